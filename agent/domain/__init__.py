"""The nouns of corroborate: plain frozen values that import nothing but the standard library."""

from agent.domain.claim import Claim, ClaimKind, Discarded, DiscardReason, Unread
from agent.domain.dates import UNKNOWN_DATE, PartialDate, Precision
from agent.domain.evidence import (
    CheckKind,
    CheckResult,
    Evidence,
    Finding,
    Judgement,
    Ratings,
    ReasonedSentence,
    Remark,
    Stance,
    Voice,
)
from agent.domain.report import (
    NO_USAGE,
    Document,
    EngineIdentity,
    PromptIdentity,
    Provenance,
    Report,
    Usage,
)
from agent.domain.source import Candidate, Metadata, Passage, Scope, Source
from agent.domain.text import Sentence, Span
from agent.domain.verdict import Assessed, JustificationSentence, Label, Outcome, Unassessed, Verdict

__all__ = [
    "NO_USAGE",
    "UNKNOWN_DATE",
    "Assessed",
    "Candidate",
    "CheckKind",
    "CheckResult",
    "Claim",
    "ClaimKind",
    "DiscardReason",
    "Discarded",
    "Document",
    "EngineIdentity",
    "Evidence",
    "Finding",
    "Judgement",
    "JustificationSentence",
    "Label",
    "Metadata",
    "Outcome",
    "PartialDate",
    "Passage",
    "Precision",
    "PromptIdentity",
    "Provenance",
    "Ratings",
    "ReasonedSentence",
    "Remark",
    "Report",
    "Scope",
    "Sentence",
    "Source",
    "Span",
    "Stance",
    "Unassessed",
    "Unread",
    "Usage",
    "Verdict",
    "Voice",
]
