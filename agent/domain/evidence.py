"""What engines find, what code proves of it, and whose voices it adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent.domain.source import Metadata
from agent.domain.text import Span


class Stance(StrEnum):
    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEUTRAL = "neutral"
    """On the subject, deciding nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An engine's reading of one passage, in ids: code cuts the quote from them.

    ``sentences`` are places within the passage's sentences, from 1, ascending. ``said_by`` is who said
    it first as the passage tells it; empty when the passage speaks for itself. ``whole`` is False when
    it bears on a part of the claim only.
    """

    passage_id: str
    sentences: tuple[int, ...]
    stance: Stance
    said_by: str = ""
    note: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Ratings:
    """How well each label fits, from 1 (not at all) to 5 (fully), as the engine sees it."""

    corroborated: int
    contradicted: int
    conflicting: int
    not_enough_evidence: int


@dataclass(frozen=True, slots=True)
class ReasonedSentence:
    """A sentence of a justification and the findings it rests on (places in the findings, from 0)."""

    text: str
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An engine's reading of one claim against the passages it was shown.

    ``ratings`` is None for an engine that does not rate. ``search_next`` is a query that might settle
    an open claim, or empty.
    """

    findings: tuple[Finding, ...]
    justification: tuple[ReasonedSentence, ...] = ()
    ratings: Ratings | None = None
    would_settle: str = ""
    search_next: str = ""


class CheckKind(StrEnum):
    NUMBER = "number"
    DATE = "date"
    JUSTIFICATION = "justification"


class CheckResult(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Remark:
    """What code compared, in words a reader can check: ``claim: 4,000 killed; source: 300 killed``."""

    kind: CheckKind
    result: CheckResult
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote, cut by offset from a stored source: ``quote == source.text[span.start:span.end]``.

    ``stance`` is the engine's after the checks: a vetoed finding is neutral, and a remark says why.
    ``origin`` is who said it first: the source's own metadata where given, else the engine's reading,
    else the outlet.
    """

    id: str
    source_id: str
    passage_id: str
    span: Span
    quote: str
    stance: Stance
    origin: str
    metadata: Metadata
    source_sha256: str
    family: str = ""
    note: str = ""
    whole: bool = True
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Evidence that counts once, because it goes back to one origin.

    ``because`` names the rules that joined its members (same origin, near-copies, one party ...);
    empty for a voice of one. ``claimant`` is True where it is the claim's own speaker or party, which
    cannot corroborate its own word on what is so.
    """

    name: str
    stance: Stance
    evidence: tuple[str, ...]
    because: tuple[str, ...] = ()
    claimant: bool = False

    @property
    def divided(self) -> bool:
        """Whether the same speaker is heard on the other side too: then it counts on neither."""
        return DIVIDED in self.because


DIVIDED = "heard for and against"
"""Why a voice counts on neither side, as it stands in ``Voice.because``."""
