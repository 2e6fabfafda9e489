"""FEVER-style files, a claim a line with its evidence in words: FEVER-Symmetric and Fool Me Twice.

Schuster et al., EMNLP 2019 (``evidence_sentence``); Eisenschlos et al., FM2, NAACL 2021
(``gold_evidence``: sentences under section headers of ``wikipedia_page``). A document is a sentence where
nothing says what page it is from, else a page's section with all its sentences in the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.domain import Label, Metadata, Stance
from evals.samples import EvalSet, GoldEvidence, Sample, SetDocument, SetInfo
from evals.sets.reading import Row, digest, json_lines, unique

_STANCES = {Label.CORROBORATED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.REFUTES}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of evidence. ``title`` is its page and section, or empty."""

    title: str
    text: str

    @property
    def doc_id(self) -> str:
        return "fever-" + hashlib.sha256((self.title or self.text).encode()).hexdigest()[:12]


def load(folder: Path, file: Path, info: SetInfo) -> EvalSet:
    rows = tuple(json_lines(file))
    samples = tuple(_sample(row) for row in rows)
    unique(((s.id, row.where) for s, row in zip(samples, rows, strict=True)), "claim")
    return EvalSet(info, samples, _documents(rows), digest([file]))


def _sample(row: Row) -> Sample:
    label = row.label("label") or row.label("gold_label")
    stance = _STANCES.get(label) if label else None
    return Sample(
        id=row.text("id"),
        claim=row.text("claim" if "claim" in row.data else "text"),
        label=label,
        evidence=tuple(GoldEvidence(piece.doc_id, piece.text, stance) for piece in _pieces(row)),
    )


def _pieces(row: Row) -> Iterator[_Piece]:
    for key in ("evidence_sentence", "evidence"):
        if isinstance(row.data.get(key), str):
            yield _Piece("", row.text(key).strip())
            return
    page = row.optional("wikipedia_page")
    for piece in row.rows("gold_evidence"):
        section = piece.optional("section_header")
        yield _Piece(" - ".join(part for part in (page, section) if part), piece.text("text").strip())


def _documents(rows: tuple[Row, ...]) -> tuple[SetDocument, ...]:
    sentences: dict[str, dict[str, None]] = {}
    titles: dict[str, str] = {}
    for piece in (piece for row in rows for piece in _pieces(row)):
        sentences.setdefault(piece.doc_id, {})[piece.text] = None
        titles[piece.doc_id] = piece.title
    return tuple(
        SetDocument(doc_id, "\n".join(texts), Metadata(title=titles[doc_id]))
        for doc_id, texts in sentences.items()
    )
