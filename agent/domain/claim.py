"""What a text asserts, and what of it was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent.domain.dates import UNKNOWN_DATE, PartialDate
from agent.domain.text import Span


class ClaimKind(StrEnum):
    STATEMENT = "statement"
    """Did they say it?"""
    CONTENT = "content"
    """Is it so?"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One check-worthy assertion, worded to stand alone; words added for context are in [brackets].

    ``spans`` are the places in the document that make it, merged duplicates included.
    ``attribution`` is the chain from the outlet that relays it to the first speaker, outermost first.
    ``speaks_of`` is the time it is about, as the text has it. ``queries`` are what to search for
    besides the wording itself.
    """

    id: str
    text: str
    kind: ClaimKind
    spans: tuple[Span, ...]
    attribution: tuple[str, ...] = ()
    said_on: PartialDate = UNKNOWN_DATE
    speaks_of: str = ""
    queries: tuple[str, ...] = ()


class DiscardReason(StrEnum):
    OPINION = "opinion"
    FORECAST = "forecast"
    QUESTION = "question"
    AMBIGUOUS = "ambiguous"
    BOILERPLATE = "boilerplate"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Discarded:
    """A stretch of the document that was read and not made a claim, and why."""

    span: Span
    text: str
    reason: DiscardReason
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch of the document that could not be read: our failure, never the document's silence."""

    span: Span
    reason: str
