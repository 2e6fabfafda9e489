"""SciFact as published: ``corpus.jsonl`` of abstracts in sentences and ``claims_SPLIT.jsonl``.

Wadden et al., Fact or Fiction, EMNLP 2020. Retrieval counts ``cited_doc_ids``, as BEIR does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from agent.domain import Label, Metadata, Stance
from agent.errors import Unreadable
from evals.samples import EvalSet, GoldEvidence, Sample, SetDocument, SetInfo
from evals.sets.reading import Row, digest, json_lines

_STANCES = {"SUPPORT": Stance.SUPPORTS, "CONTRADICT": Stance.REFUTES}


def load(folder: Path, file: Path, info: SetInfo) -> EvalSet:
    corpus = folder / "corpus.jsonl"
    abstracts = {row.text("doc_id"): row for row in json_lines(corpus)}
    documents = tuple(_document(name, row) for name, row in abstracts.items())
    samples = tuple(_sample(row, abstracts, file.stem) for row in json_lines(file))
    return EvalSet(info, samples, documents, digest([corpus, file]))


def _sentences(row: Row) -> list[str]:
    sentences = row.data.get("abstract")
    if not isinstance(sentences, list) or not all(isinstance(each, str) for each in sentences):
        raise Unreadable(row.where, "needs the abstract's sentences under 'abstract'")
    return [each.strip() for each in sentences]


def _document(name: str, row: Row) -> SetDocument:
    return SetDocument(name, " ".join(_sentences(row)), Metadata(title=row.optional("title")))


def _sample(row: Row, abstracts: Mapping[str, Row], split: str) -> Sample:
    evidence = tuple(
        GoldEvidence(doc_id, _sentences(abstracts[doc_id])[number], _stance(row, each.get("label")))
        for doc_id, sets in (row.data.get("evidence") or {}).items()
        for each in sets
        for number in each["sentences"]
    )
    return Sample(
        id=f"scifact-{split.removeprefix('claims_')}-{row.text('id')}",
        claim=row.text("claim"),
        label=_label({each.stance for each in evidence}),
        evidence=evidence,
        relevant=tuple(str(doc_id) for doc_id in row.data.get("cited_doc_ids") or ()),
    )


def _stance(row: Row, label: object) -> Stance:
    if label not in _STANCES:
        raise Unreadable(row.where, f"{label!r} is neither SUPPORT nor CONTRADICT")
    return _STANCES[str(label)]


def _label(stances: set[Stance | None]) -> Label:
    if len(stances) > 1:
        return Label.CONFLICTING
    if Stance.SUPPORTS in stances:
        return Label.CORROBORATED
    return Label.CONTRADICTED if stances else Label.NOT_ENOUGH_EVIDENCE
