"""The opposite: a ``not`` put in, or taken out."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from evals.perturb.values import Swap

_OUT = (
    re.compile(r"(?<=\w)\snot(?=\s)(?!\s(?:only|just|even|all|every|one|a|an|the|in|on|for|to|until)\b)"),
    re.compile(r"\bnever\s"),
)
_CONTRACTED = {
    "isn't": "is",
    "aren't": "are",
    "wasn't": "was",
    "weren't": "were",
    "doesn't": "does",
    "didn't": "did",
    "hasn't": "has",
    "haven't": "have",
    "can't": "can",
    "won't": "will",
}
_SHORT = re.compile(r"\b(?:" + "|".join(_CONTRACTED) + r")\b")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|could|should|can|may|must)\b"
    r"|\b(?:has|have|had)(?=\s(?:been|\w+ed|become|won|made|had|taken|given|gone|led|held|grown|shown|lost)\b)"
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|fail\w*|lacks?)\b|n['’]t\b", re.I
)


def negation_swaps(claim: str, evidence: str, rng: random.Random) -> Iterator[Swap]:
    """A claim without a negation gets one at its first auxiliary; one that has a plain one loses it.

    ``stated`` is True: whatever the evidence supports, it does not support the opposite.
    """
    if not _NEGATED.search(claim):
        first = _AUXILIARY.search(claim)
        if first is not None:
            yield Swap(first.start(), first.group(), f"{first.group()} not", stated=True)
        return
    if len(_NEGATED.findall(claim)) > 1:
        return
    for pattern in _OUT:
        for match in pattern.finditer(claim):
            yield Swap(match.start(), match.group(), "", stated=True)
    for match in _SHORT.finditer(claim):
        yield Swap(match.start(), match.group(), _CONTRACTED[match.group()], stated=True)
