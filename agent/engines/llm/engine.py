"""The engine that asks a language model. It fits ``ports.Engine``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agent.domain import Document, EngineIdentity, Sentence
from agent.engines.llm.extract import extract
from agent.engines.llm.judge import judge
from agent.ports import Case, ChatModel, Extraction, Judged, Prompt


@dataclass(frozen=True, slots=True)
class LlmEngine:
    """Reads with ``model``, as the two released prompts say. Holds no state between calls."""

    model: ChatModel
    extract_prompt: Prompt
    judge_prompt: Prompt

    @property
    def identity(self) -> EngineIdentity:
        prompts = (self.extract_prompt.identity, self.judge_prompt.identity)
        return EngineIdentity("llm", self.model.model, prompts)

    async def extract(self, document: Document, sentences: Sequence[Sentence]) -> Extraction:
        """Find the claims, one call per window of sentences. Boilerplate is neither read nor reported."""
        return await extract(self.model, self.extract_prompt, document, sentences)

    async def judge(self, cases: Sequence[Case], as_of: date | None) -> Judged:
        """Judge a group in one call. Raises ModelError; ValueError for a case without passages."""
        return await judge(self.model, self.judge_prompt, cases, as_of)
