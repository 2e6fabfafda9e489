"""What a run will ask and cost, told before anything is spent."""

from __future__ import annotations

import math
from collections.abc import Callable, Container
from dataclasses import dataclass

from agent.batch.plan import Inputs, Work
from agent.settings import SearchSettings, VerifySettings

# Measured on the demonstration (a brief of 25 sentences against 59 reports, at two dates, 10 passages a
# claim): 41 claims, 1 extraction, and 82 judgements with 20 second looks at the two dates.
CLAIMS_PER_SENTENCE = 1.6
SECOND_LOOKS = 0.24
CHARS_A_TOKEN = 4
_EXTRACT_FIXED, _WRITTEN_PER_CLAIM = 1180, 107
_JUDGE_FIXED, _JUDGE_PER_PASSAGE, _JUDGE_WRITTEN = 920, 104, 372

CostOf = Callable[[int, int], float]
"""US dollars of so many tokens sent and received."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """``sentences`` are those that would be read; ``claims`` is a guess where texts are to be read, and a
    count where they come worded. ``usd`` is None where the price is not known."""

    documents: int = 0
    sentences: int = 0
    claims: int = 0
    extraction_calls: int = 0
    judge_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float | None = None


def estimate(
    inputs: Inputs,
    to_do: Container[str],
    *,
    search: SearchSettings,
    verify: VerifySettings,
    cost_of: CostOf | None = None,
) -> Estimate:
    """Of what is in ``to_do`` (digests of work), each once. What is on record will cost nothing, so this is
    what it comes to at the most, as far as its assumptions hold."""
    size, seen = _Size(), set[str]()
    for item in inputs():
        if isinstance(item, Work) and item.digest in to_do and item.digest not in seen:
            seen.add(item.digest)
            size.add(item)
    share = min(SECOND_LOOKS, verify.second_look_share) if verify.second_look else 0.0
    claims = size.given + math.ceil(size.sentences * CLAIMS_PER_SENTENCE)
    judged = math.ceil(claims * (1 + share))
    sent = size.calls * _EXTRACT_FIXED + size.characters // CHARS_A_TOKEN
    sent += judged * (_JUDGE_FIXED + search.limit * _JUDGE_PER_PASSAGE)
    written = (claims - size.given) * _WRITTEN_PER_CLAIM + judged * _JUDGE_WRITTEN
    usd = cost_of(sent, written) if cost_of else None
    return Estimate(len(seen), size.sentences, claims, size.calls, judged, sent, written, usd)


class _Size:
    """How much there is to read."""

    def __init__(self) -> None:
        self.given = self.sentences = self.characters = self.calls = 0

    def add(self, work: Work) -> None:
        from agent.corpus.document import document_sentences
        from agent.engines.llm.windows import windows

        if work.claims is not None:
            self.given += len(work.claims)
            return
        read = windows(document_sentences(work.document))
        self.calls += len(read)
        self.sentences += sum(len(window.sentences) for window in read)
        self.characters += sum(len(one.text) for window in read for one in window.sentences)
