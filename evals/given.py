"""Evidence that is handed to the judge in place of a search: a library that finds what it was given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from agent.corpus.passages import passages
from agent.domain import Candidate, Document, Passage, Scope
from agent.ports import CorpusState, Query
from agent.settings import SplitSettings
from evals.samples import EvalSet, Sample, SetDocument


class GivenLibrary:
    """Fits the Library port: every search finds the same candidates, whatever it asks."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = tuple(candidates)

    async def state(self) -> CorpusState:
        told = "\n".join(candidate.passage.id for candidate in self._candidates)
        digest = hashlib.sha256(told.encode()).hexdigest()
        return CorpusState(digest, len(self._candidates), len(self._candidates), 0, "given")

    async def copies_of(self, document: Document) -> Scope:
        return Scope()

    async def search(self, queries: Sequence[Query], scope: Scope, limit: int) -> list[tuple[Candidate, ...]]:
        return [self._candidates[:limit] for _ in queries]


def gold_candidates(sample: Sample, eval_set: EvalSet, split: SplitSettings) -> tuple[Candidate, ...]:
    """The passages of the gold documents that hold a marked quote, or all of a document's passages where
    none is marked; source ids are the documents' ids. Empty for a sample without gold evidence."""
    wanted = {evidence.doc_id for evidence in sample.evidence}
    return tuple(
        _candidate(document, passage)
        for document in eval_set.documents
        if document.doc_id in wanted
        for passage in _marked(document, sample, split)
    )


def _marked(document: SetDocument, sample: Sample, split: SplitSettings) -> Iterator[Passage]:
    quotes = [each.quote for each in sample.evidence if each.doc_id == document.doc_id and each.quote]
    places = [(at, at + len(quote)) for quote in quotes if (at := document.text.find(quote)) >= 0]
    for passage in passages(document.doc_id, document.text, split):
        if not places or any(s < passage.span.end and passage.span.start < e for s, e in places):
            yield passage


def _candidate(document: SetDocument, passage: Passage) -> Candidate:
    return Candidate(
        passage=passage,
        text=passage.span.cut(document.text),
        metadata=document.metadata,
        source_sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        family=document.doc_id,
        score=1.0,
        similarity=1.0,
    )
