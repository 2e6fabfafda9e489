"""The engine without a model: fits the ``Engine`` port with word lists and arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agent.domain import Document, EngineIdentity, Sentence
from agent.engines.boilerplate import readable
from agent.engines.rules.claims import read
from agent.engines.rules.judge import judge
from agent.ports import Case, Extraction, Judged

NOTICE = (
    "No language model read this text: claims were found and passages weighed by word lists, similarity, "
    "negation and number comparison, in English only. What they do not settle is left open."
)


class RulesEngine:
    """Reads English by rule. Same input, same output; asks nobody, so its usage is nothing."""

    @property
    def identity(self) -> EngineIdentity:
        return EngineIdentity(name="rules", notice=NOTICE)

    async def extract(self, document: Document, sentences: Sequence[Sentence]) -> Extraction:
        """Claims in the order of the text. Sentences in other languages are ``unread``."""
        reading = read(readable(sentences), document.metadata)
        return Extraction(reading.claims, reading.discarded, reading.unread)

    async def judge(self, cases: Sequence[Case], as_of: date | None) -> Judged:
        """A judgement for each case, each by itself; ``as_of`` has already chosen the passages."""
        return Judged(tuple(judge(case.claim, case.candidates) for case in cases))
