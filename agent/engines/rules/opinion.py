"""What of a text is not a claim: questions, opinions, forecasts, and sentences that assert nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.checks.quantities import Bound, find_quantities
from agent.domain import DiscardReason
from agent.engines.rules.lexicon import (
    COMMENT_OPENERS,
    FIRST_PERSON_STANCE,
    FORECAST_CUES,
    JUDGING_CUES,
)
from agent.engines.rules.tokens import Kind, Token, is_verb, tokens

_STANCE = re.compile("|".join(FIRST_PERSON_STANCE), re.IGNORECASE)
_JUDGING = re.compile("|".join(JUDGING_CUES), re.IGNORECASE)
_FORECAST = re.compile("|".join(FORECAST_CUES), re.IGNORECASE)
_COMMENT = re.compile(rf",\s+(?:thus |thereby )?(?:{'|'.join(COMMENT_OPENERS.split())})\b[^,;“”\d]*$")
_MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a sentence is no claim."""

    reason: DiscardReason
    note: str


def objection(text: str) -> Objection | None:
    """The reason why ``text`` asserts nothing that reports could settle, or None."""
    words = tokens(text)
    if text.rstrip(" \"'”’»)").endswith("?"):
        return Objection(DiscardReason.QUESTION, "ends in a question mark")
    if len(words) < _MIN_WORDS:
        return Objection(DiscardReason.NOT_CHECKABLE, f"fewer than {_MIN_WORDS} words")
    for cues in (_STANCE, _JUDGING):
        if cue := cues.search(text):
            return Objection(DiscardReason.OPINION, f"opinion cue: {cue.group().strip()}")
    if forecast := _forecast(text):
        return Objection(DiscardReason.FORECAST, f"speaks of the future: {forecast}")
    if not any(is_verb(word) for word in words):
        return Objection(DiscardReason.NOT_CHECKABLE, "no verb found")
    if not check_worthy(words) and not _counts(text):
        return Objection(DiscardReason.NOT_CHECKABLE, "names nobody and nothing, no number and no date")
    return None


def without_comment(text: str) -> str:
    """``text`` without the writer's gloss at its end, such as ", underscoring how weak they were"."""
    cut = _COMMENT.sub("", text)
    return text if cut == text else f"{cut}."


def _forecast(text: str) -> str:
    """The forecast cue, unless the sentence first says something of the past or present."""
    cue = _FORECAST.search(text)
    if cue is None or _past_verb(tokens(text[: cue.start()])):
        return ""
    return cue.group()


def _past_verb(words: tuple[Token, ...]) -> bool:
    return any(word.lower in {"have", "has", "had", "was", "were", "did"} for word in words)


def _counts(text: str) -> bool:
    """Whether it states a count in words: ``Two workers were injured``. A vague one settles nothing."""
    return any(found.bound is not Bound.VAGUE for found in find_quantities(text))


def check_worthy(words: tuple[Token, ...]) -> bool:
    return any(word.kind in (Kind.NAME, Kind.NUMBER, Kind.YEAR) for word in words)
