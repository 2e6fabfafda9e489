"""What outcomes, stances and evidence are called in the page: classes, anchors, words."""

from __future__ import annotations

from agent.domain import Assessed, ClaimKind, Label, Outcome, Stance
from agent.reports import wording

_CLASSES = {
    Label.CORROBORATED: "corroborated",
    Label.CONTRADICTED: "contradicted",
    Label.CONFLICTING: "conflicting",
    Label.NOT_ENOUGH_EVIDENCE: "open",
}
CLASSES = (*_CLASSES.values(), "unassessed")
STANCES = {
    Stance.SUPPORTS: ("for", "+"),
    Stance.REFUTES: ("against", "−"),
    Stance.NEUTRAL: ("neutral", "·"),
}
KINDS = {ClaimKind.CONTENT: "whether it is so", ClaimKind.STATEMENT: wording.STATEMENT}


def class_of(outcome: Outcome) -> str:
    return _CLASSES[outcome.verdict.label] if isinstance(outcome, Assessed) else "unassessed"


def claim_anchor(number: int) -> str:
    return f"claim-{number}"


def quote_anchor(number: int, place: int) -> str:
    return f"claim-{number}-{place}"


def mark_anchor(number: int) -> str:
    return f"mark-{number}"
