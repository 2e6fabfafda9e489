"""WiCE as published: a claim a line, with the sentences of the page it cites and those that support it.

Kamoi et al., WiCE, EMNLP 2023. ``partially_supported`` and ``not_supported`` are both not enough evidence;
``meta["wice_label"]`` keeps them apart, ``meta["evidence_sets"]`` the alternative sets of supporting
sentences as places in ``Sample.evidence``, any one of which is enough.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from agent.domain import Label
from agent.errors import Unreadable
from evals.samples import EvalSet, GoldEvidence, Sample, SetDocument, SetInfo
from evals.sets.reading import Row, digest, json_lines

_LABELS = {
    "supported": Label.CORROBORATED,
    "partially_supported": Label.NOT_ENOUGH_EVIDENCE,
    "not_supported": Label.NOT_ENOUGH_EVIDENCE,
}


def load(folder: Path, file: Path, info: SetInfo) -> EvalSet:
    rows = tuple(json_lines(file))
    documents = {document.doc_id: document for document in map(_document, rows)}
    samples = tuple(_sample(row, place) for place, row in enumerate(rows))
    return EvalSet(info, samples, tuple(documents.values()), digest([file]))


def _sentences(row: Row) -> list[str]:
    sentences = row.data.get("evidence")
    if not isinstance(sentences, list) or not all(isinstance(each, str) for each in sentences):
        raise Unreadable(row.where, "needs the page's sentences under 'evidence'")
    return sentences


def _document(row: Row) -> SetDocument:
    text = "\n".join(_sentences(row))
    return SetDocument(f"wice-{hashlib.sha256(text.encode()).hexdigest()[:12]}", text)


def _sample(row: Row, place: int) -> Sample:
    sentences, page = _sentences(row), _document(row).doc_id
    wice_label = row.text("label")
    if wice_label not in _LABELS:
        raise Unreadable(row.where, f"{wice_label!r} is no label of WiCE's")
    sets = row.data.get("supporting_sentences") or []
    used = sorted({number for each in sets for number in each})
    if used and not 0 <= used[0] <= used[-1] < len(sentences):
        raise Unreadable(row.where, "'supporting_sentences' names sentences the page does not have")
    at = {number: index for index, number in enumerate(used)}
    meta = row.data.get("meta") or {}
    return Sample(
        id=f"wice-{meta.get('id', place)}",
        claim=row.text("claim"),
        label=_LABELS[wice_label],
        evidence=tuple(GoldEvidence(page, sentences[number]) for number in used),
        meta={
            "wice_label": wice_label,
            "evidence_sets": [[at[number] for number in each] for each in sets],
            "page": meta.get("claim_title", ""),
            "context": meta.get("claim_context", ""),
        },
    )
