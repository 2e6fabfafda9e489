"""How alike two places of two texts are in their words: whether two figures are said of the same thing.

A grammar that knows no verbs cannot tell; words can tell a little. Near the figures, up to three words in
common; in their sentences, the share of the claim's words that the source's sentence has, thrice.
"""

from __future__ import annotations

import re

from agent.checks.lexicon import STOPWORDS
from agent.domain import Span

ALIKE = 1.6
"""From here on, what differs is read as differing about one thing. Chosen on supported claims of public sets
and copies of them with one figure changed, so that of the unchanged at most one in fifty is doubted."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_NEAR_BEFORE, _NEAR_AFTER = 2, 3
_REACH = 36
_ENDS = re.compile(r"[.;!?]\s|\n")


def likeness(claim: str, ours: Span, source: str, theirs: Span) -> float:
    """From 0 (nothing in common) to 6."""
    near = len(_near(claim, ours) & _near(source, theirs))
    mine, others = _stems(sentence_at(claim, ours)), _stems(sentence_at(source, theirs))
    return min(near, 3) + (3 * len(mine & others) / len(mine) if mine else 0.0)


def is_dateline(source: str, theirs: Span) -> bool:
    """Whether what stands there has next to no words around it: a line with a date, a figure in a table."""
    return len(_stems(sentence_at(source, theirs))) < _FEW


_FEW = 3


def sentence_at(text: str, span: Span) -> str:
    """The sentence around ``span``, found by its stops alone."""
    start = max((match.end() for match in _ENDS.finditer(text, 0, span.start)), default=0)
    end = _ENDS.search(text, span.end)
    return text[start : end.start() if end else len(text)]


def _near(text: str, span: Span) -> frozenset[str]:
    before = _listed(text[max(0, span.start - _REACH) : span.start])
    after = _listed(text[span.end : span.end + _REACH])
    return frozenset((*before[-_NEAR_BEFORE:], *after[:_NEAR_AFTER]))


def _stems(text: str) -> frozenset[str]:
    return frozenset(_listed(text))


def _listed(text: str) -> list[str]:
    found = (word.lower() for word in _WORD.findall(text))
    return [word[:_STEM] for word in found if word not in STOPWORDS]
