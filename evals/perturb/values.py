"""A change made to a claim by rule, and the kinds there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` is the claim with ``before``, which began at ``start``, replaced by ``after``.

    ``stated`` says whether the evidence has what was replaced, in the same form: then reading is enough to
    notice the change, and no reckoning is asked for.
    """

    kind: Kind
    text: str
    start: int
    before: str
    after: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Swap:
    """A possible replacement in a claim: ``claim[start:start + len(before)] == before``."""

    start: int
    before: str
    after: str
    stated: bool

    def made(self, claim: str, kind: Kind) -> Change:
        text = claim[: self.start] + self.after + claim[self.start + len(self.before) :]
        return Change(kind, text, self.start, self.before, self.after, self.stated)
