"""The project's own form of a set, a folder with one JSON object a line in each file:

corpus.jsonl      doc_id, text [, title, url, source, date]
claims.jsonl      claim_id, claim, label [, evidence: [{doc_id, quote, stance}], speaker, as_of, date,
                  kind, also_acceptable, meta]; another split is claims_SPLIT.jsonl
extraction.jsonl  doc_id, text, sentences: [{text, claims: [{text, …}]}]
attacks.jsonl     attack_id, text, …

``date`` of a claim is when it was said and goes to ``Sample.meta``; only ``as_of`` hides evidence.
"""

from __future__ import annotations

from pathlib import Path

from agent.domain import Metadata
from agent.errors import BadInput
from evals.samples import EvalSet, GoldEvidence, Sample, SetDocument, SetInfo
from evals.sets.reading import Row, digest, json_lines, unique

FILES = ("corpus.jsonl", "claims.jsonl", "extraction.jsonl", "attacks.jsonl")


def found(folder: Path) -> bool:
    """Whether the folder holds a set in this form (the SciFact release shares a file name)."""
    return any((folder / name).is_file() for name in FILES[1:])


def load(folder: Path, info: SetInfo, split: str = "") -> EvalSet:
    """Raises Unreadable naming the bad line, and BadInput for a split that is not there."""
    claims = folder / (f"claims_{split}.jsonl" if split else "claims.jsonl")
    if split and not claims.is_file():
        raise BadInput(f"the set {info.name} has no split {split!r}: no {claims.name} in {folder}")
    files = (claims, *(folder / name for name in FILES if name != "claims.jsonl"))
    present = [path for path in files if path.is_file()]
    return EvalSet(
        info=info,
        samples=_samples(claims),
        documents=_documents(folder / "corpus.jsonl"),
        sha256=digest(present),
        records={
            name: tuple(row.data for row in json_lines(folder / f"{name}.jsonl"))
            for name in ("extraction", "attacks")
            if (folder / f"{name}.jsonl").is_file()
        },
    )


def _samples(path: Path) -> tuple[Sample, ...]:
    rows = tuple(json_lines(path)) if path.is_file() else ()
    samples = tuple(_sample(row) for row in rows)
    unique(((s.id, row.where) for s, row in zip(samples, rows, strict=True)), "claim")
    return samples


def _sample(row: Row) -> Sample:
    meta = dict(row.data.get("meta") or {})
    if row.optional("date"):
        meta["date"] = row.optional("date")
    return Sample(
        id=row.text("claim_id"),
        claim=row.text("claim"),
        label=row.label(),
        as_of=row.day("as_of"),
        speaker=row.optional("speaker"),
        kind=row.kind(),
        also_acceptable=row.labels("also_acceptable"),
        evidence=tuple(_evidence(each) for each in row.rows("evidence")),
        relevant=tuple(str(doc_id) for doc_id in meta.get("cited_doc_ids") or ()),
        meta=meta,
    )


def _evidence(row: Row) -> GoldEvidence:
    return GoldEvidence(row.text("doc_id"), row.optional("quote"), row.stance())


def _documents(path: Path) -> tuple[SetDocument, ...]:
    rows = tuple(json_lines(path)) if path.is_file() else ()
    documents = tuple(_document(row) for row in rows)
    unique(((d.doc_id, row.where) for d, row in zip(documents, rows, strict=True)), "document")
    return documents


def _document(row: Row) -> SetDocument:
    metadata = Metadata(
        title=row.optional("title"),
        outlet=row.optional("source"),
        url=row.optional("url"),
        published=row.partial_date("date"),
    )
    return SetDocument(row.text("doc_id"), row.text("text"), metadata)
