"""Ports played from a script, to drive the graph without a model, a corpus or a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date

from doubles import candidate

from agent.domain import (
    Candidate,
    Claim,
    ClaimKind,
    Document,
    EngineIdentity,
    Finding,
    Judgement,
    ReasonedSentence,
    Scope,
    Sentence,
    Span,
    Stance,
    Usage,
)
from agent.ports import Case, CorpusState, Extraction, Judged, Query

Answer = Judgement | Exception
Judge = Callable[[Claim, Sequence[Candidate]], Answer]


def claim(number: int, text: str = "", kind: ClaimKind = ClaimKind.CONTENT) -> Claim:
    return Claim(
        f"c{number}", text or f"The number {number} bus was late.", kind, (Span(number, number + 1),)
    )


def supported(claim: Claim, candidates: Sequence[Candidate]) -> Judgement:
    """The first passage's first sentence supports the claim."""
    finding = Finding(candidates[0].passage.id, (1,), Stance.SUPPORTS)
    return Judgement((finding,), (ReasonedSentence("A report says the same.", (0,)),))


def silent(claim: Claim, candidates: Sequence[Candidate]) -> Judgement:
    return Judgement((), would_settle="A timetable.", search_next="timetable of that day")


class ScriptedEngine:
    """Finds ``claims`` in any document and judges by ``answer``; keeps the cases it was shown."""

    identity = EngineIdentity("scripted")

    def __init__(self, claims: Sequence[Claim], answer: Judge = supported) -> None:
        self.claims = tuple(claims)
        self.answer = answer
        self.extractions = 0
        self.judged: list[tuple[str, ...]] = []
        self.shown: dict[str, list[tuple[str, ...]]] = {}

    async def extract(self, document: Document, sentences: Sequence[Sentence]) -> Extraction:
        self.extractions += 1
        return Extraction(self.claims, (), usage=Usage({"extract": 1}, 100, 10))

    async def judge(self, cases: Sequence[Case], as_of: date | None) -> Judged:
        self.judged.append(tuple(case.claim.id for case in cases))
        for case in cases:
            self.shown.setdefault(case.claim.id, []).append(tuple(c.passage.id for c in case.candidates))
        await asyncio.sleep(0)
        answers = [self.answer(case.claim, case.candidates) for case in cases]
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        return Judged(tuple(a for a in answers if isinstance(a, Judgement)), Usage({"judge": 1}, 50, 5))


class ScriptedLibrary:
    """Answers every query with the passages ``find`` gives for its first wording."""

    def __init__(self, find: Callable[[str], Sequence[Candidate]] | None = None) -> None:
        self.find = find or (lambda wording: [candidate("p1", "The bus was late.")])
        self.scopes: list[Scope] = []
        self.asked: list[str] = []

    async def state(self) -> CorpusState:
        return CorpusState("corpus-digest", sources=3, passages=3, undated=2, embedder="hashing")

    async def copies_of(self, document: Document) -> Scope:
        return Scope(exclude_sources=frozenset({"the-document-itself"}))

    async def search(self, queries: Sequence[Query], scope: Scope, limit: int) -> list[tuple[Candidate, ...]]:
        self.scopes.append(scope)
        self.asked += [query.wordings[0] for query in queries]
        return [tuple(self.find(query.wordings[0]))[:limit] for query in queries]
