"""A small set in words of ours, and engines that do one thing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from agent.domain import (
    Claim,
    ClaimKind,
    Document,
    EngineIdentity,
    Finding,
    Judgement,
    Label,
    Sentence,
    Stance,
    Unread,
)
from agent.ports import Case, Extraction, Judged
from evals.samples import EvalSet, GoldEvidence, Sample, SetDocument, SetInfo
from evals.tasks import SampleResult, Task, TaskSettings, TaskTools

TOWER = "The Brennmark lighthouse was built in 1871. It is 42 metres high. Three keepers lived there."
FIRE = "A fire broke out in the tower in March 1903. Nobody was hurt."


def gold(doc_id: str, quote: str, stance: Stance = Stance.SUPPORTS) -> GoldEvidence:
    return GoldEvidence(doc_id, quote, stance)


SUPPORTED = Sample(
    "high", "The Brennmark lighthouse is 42 metres high.", Label.CORROBORATED,
    evidence=(gold("tower", "It is 42 metres high."),),
)  # fmt: skip
BUILT = Sample(
    "built", "The Brennmark lighthouse was built in 1871.", Label.CORROBORATED,
    evidence=(gold("tower", "The Brennmark lighthouse was built in 1871."),),
)  # fmt: skip
REFUTED = Sample(
    "hurt", "Two people were hurt in the fire.", Label.CONTRADICTED,
    evidence=(gold("fire", "Nobody was hurt.", Stance.REFUTES),),
)  # fmt: skip
OPEN = Sample("open", "The keeper had a dog.", Label.NOT_ENOUGH_EVIDENCE)


def eval_set(*samples: Sample, **records: Sequence[dict[str, Any]]) -> EvalSet:
    documents = (SetDocument("tower", TOWER), SetDocument("fire", FIRE))
    info = SetInfo("lighthouse", "ours", "here")
    return EvalSet(info, samples, documents, "0" * 64, {name: tuple(rows) for name, rows in records.items()})


class Scripted:
    """An engine that reads each shown passage by ``read`` and extracts what ``find`` says."""

    identity = EngineIdentity("scripted")

    def __init__(
        self,
        read: Callable[[Case], Sequence[Finding]] = lambda case: (),
        find: Callable[[Document], Sequence[Claim]] = lambda document: (),
        unread: tuple[Unread, ...] = (),
    ) -> None:
        self._read, self._find, self._unread = read, find, unread

    async def extract(self, document: Document, sentences: Sequence[Sentence]) -> Extraction:
        return Extraction(tuple(self._find(document)), (), self._unread)

    async def judge(self, cases: Sequence[Case], as_of: date | None) -> Judged:
        return Judged(tuple(Judgement(tuple(self._read(case))) for case in cases))


def citing(words: str, stance: Stance = Stance.SUPPORTS) -> Callable[[Case], Sequence[Finding]]:
    """Reads every sentence that has these words, and no other, as for or against."""

    def read(case: Case) -> Sequence[Finding]:
        return [
            Finding(candidate.passage.id, (number,), stance)
            for candidate in case.candidates
            for number, sentence in enumerate(candidate.sentences, start=1)
            if words in sentence
        ]

    return read


def run_all(
    task: Task, of: EvalSet, engine: Scripted | None, name: str = "scripted", limit: int | None = None
) -> list[SampleResult]:
    tools = TaskTools(of, TaskSettings(engine=name, evidence="gold"), 0, engine)

    async def all_of() -> list[SampleResult]:
        return [await task.run(sample, tools) for sample in task.samples(of, 0, limit)]

    return asyncio.run(all_of())


def value(task: Task, results: Sequence[SampleResult], of: EvalSet, name: str) -> float | None:
    """A metric's value; None where it is refused."""
    return getattr(task.metrics(results, of)[name], "value", None)


def claim(text: str, document: Document, sentence: str) -> Claim:
    from agent.domain import Span

    start = document.text.index(sentence)
    return Claim(text, text, ClaimKind.CONTENT, (Span(start, start + len(sentence)),))
