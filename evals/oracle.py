"""A judge without judgement: it reads the gold evidence as support of whatever it is asked.

With it, what keeps a changed claim from being corroborated is the checks' doing alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agent.domain import Candidate, Document, EngineIdentity, Finding, Judgement, Sentence, Stance
from agent.ports import Case, Extraction, Judged
from evals.metrics.words import words
from evals.samples import Sample


class Oracle:
    """Fits the Engine port. Supports every claim, wholly, by one finding.

    The finding is on the passage that shares most words with ``sample.meta["original"]`` (else the claim),
    and names the sentences that hold its marked quotes; where none is marked, the one sentence that shares
    most. One passage and not all: annotators mark context too, which no judge would call whole support.
    """

    def __init__(self, sample: Sample) -> None:
        self._words = words(str(sample.meta.get("original", sample.claim)))
        self._quotes = tuple(evidence.quote for evidence in sample.evidence if evidence.quote)

    @property
    def identity(self) -> EngineIdentity:
        return EngineIdentity("oracle", notice="reads the gold evidence as support of any claim")

    async def extract(self, document: Document, sentences: Sequence[Sentence]) -> Extraction:
        return Extraction((), ())

    async def judge(self, cases: Sequence[Case], as_of: date | None) -> Judged:
        return Judged(tuple(self._judged(case) for case in cases))

    def _judged(self, case: Case) -> Judgement:
        named = [(candidate, self._sentences(candidate)) for candidate in case.candidates]
        best = max(named, key=lambda pair: self._shared(_text(*pair)), default=None)
        if best is None:
            return Judgement(())
        return Judgement((Finding(best[0].passage.id, best[1], Stance.SUPPORTS),))

    def _sentences(self, candidate: Candidate) -> tuple[int, ...]:
        texts = candidate.sentences
        marked = tuple(n for n, text in enumerate(texts, start=1) if self._is_marked(text))
        if marked:
            return marked
        return (max(range(1, len(texts) + 1), key=lambda n: self._shared(texts[n - 1])),)

    def _is_marked(self, sentence: str) -> bool:
        return any(sentence in quote or quote in sentence for quote in self._quotes)

    def _shared(self, text: str) -> int:
        return (self._words & words(text)).total()


def _text(candidate: Candidate, sentences: tuple[int, ...]) -> str:
    return " ".join(candidate.sentences[n - 1] for n in sentences)
