"""What became of a claim: a verdict, or our failure to reach one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent.domain.claim import Claim
from agent.domain.evidence import Evidence, Ratings, Remark, Voice


class Label(StrEnum):
    CORROBORATED = "corroborated"
    CONTRADICTED = "contradicted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


@dataclass(frozen=True, slots=True)
class JustificationSentence:
    """A sentence and the ids of the evidence it rests on."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of one claim and all that it rests on.

    ``rule`` names the row of the settle table that gave the label. ``confidence`` is a calibrated
    probability that the label is right, or None: never a model's own feeling. ``second_look`` says
    that the claim was searched and judged twice.
    """

    label: Label
    rule: str
    independent_for: int
    independent_against: int
    evidence: tuple[Evidence, ...]
    voices: tuple[Voice, ...]
    justification: tuple[JustificationSentence, ...] = ()
    would_settle: str = ""
    confidence: float | None = None
    ratings: Ratings | None = None
    remarks: tuple[Remark, ...] = ()
    second_look: bool = False


@dataclass(frozen=True, slots=True)
class Assessed:
    claim: Claim
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Unassessed:
    """A claim that could not be judged, through a failure of ours. Never a label."""

    claim: Claim
    reason: str


Outcome = Assessed | Unassessed
