"""What changed between two reports on a text: which claims moved, and which sources moved them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain import Assessed, Evidence, Outcome, Report, Stance, Verdict

_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """One claim in both reports, with the deciding evidence that only one of them has."""

    old: Outcome
    new: Outcome
    gained: tuple[Evidence, ...]
    lost: tuple[Evidence, ...]

    @property
    def moved(self) -> bool:
        """Whether it ended otherwise: another label, or assessed in one report only."""
        return standing(self.old) != standing(self.new)

    @property
    def recounted(self) -> bool:
        """Whether it kept its label on other counts of independent origins."""
        return not self.moved and _counts(self.old) != _counts(self.new)


@dataclass(frozen=True, slots=True)
class Setting:
    """A condition under which the two reports were made differently."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Diff:
    """``same`` counts the claims with the same label and counts. ``conditions`` are what could explain
    a change besides the corpus' content: another date, engine, model, prompt or setting."""

    moved: tuple[Pair, ...]
    recounted: tuple[Pair, ...]
    new: tuple[Outcome, ...]
    gone: tuple[Outcome, ...]
    same: int
    conditions: tuple[Setting, ...]


def compare(old: Report, new: Report) -> Diff:
    """Claims are matched by id and text, the rest by their text without case and punctuation."""
    matched = _match(old.outcomes, new.outcomes)
    pairs = [_pair(old.outcomes[left], new.outcomes[right]) for right, left in sorted(matched.items())]
    moved = tuple(pair for pair in pairs if pair.moved)
    recounted = tuple(pair for pair in pairs if pair.recounted)
    taken = set(matched.values())
    return Diff(
        moved=moved,
        recounted=recounted,
        new=tuple(outcome for place, outcome in enumerate(new.outcomes) if place not in matched),
        gone=tuple(outcome for place, outcome in enumerate(old.outcomes) if place not in taken),
        same=len(pairs) - len(moved) - len(recounted),
        conditions=_conditions(old, new),
    )


def standing(outcome: Outcome) -> str:
    """The label's value, or ``unassessed``."""
    return outcome.verdict.label.value if isinstance(outcome, Assessed) else "unassessed"


def _match(old: Sequence[Outcome], new: Sequence[Outcome]) -> dict[int, int]:
    """Places in ``new`` to places in ``old``, each used once."""
    matched: dict[int, int] = {}
    for key in (_exact, _loose):
        free: dict[object, list[int]] = {}
        taken = set(matched.values())
        for place, outcome in enumerate(old):
            if place not in taken:
                free.setdefault(key(outcome), []).append(place)
        for place, outcome in enumerate(new):
            places = free.get(key(outcome))
            if place not in matched and places:
                matched[place] = places.pop(0)
    return matched


def _exact(outcome: Outcome) -> object:
    return outcome.claim.id, outcome.claim.text


def _loose(outcome: Outcome) -> object:
    text = unicodedata.normalize("NFKC", outcome.claim.text).casefold()
    return _NOT_WORDS.sub(" ", text).strip(), outcome.claim.kind


def _pair(old: Outcome, new: Outcome) -> Pair:
    before, after = _deciding(old), _deciding(new)
    return Pair(
        old,
        new,
        gained=tuple(item for key, item in after.items() if key not in before),
        lost=tuple(item for key, item in before.items() if key not in after),
    )


def _deciding(outcome: Outcome) -> dict[tuple[str, str], Evidence]:
    """Evidence that takes a side, one for each source and side."""
    found: dict[tuple[str, str], Evidence] = {}
    if isinstance(outcome, Assessed):
        for item in outcome.verdict.evidence:
            if item.stance is not Stance.NEUTRAL:
                found.setdefault((item.source_id, item.stance.value), item)
    return found


def _counts(outcome: Outcome) -> tuple[int, int] | None:
    return origins_of(outcome.verdict) if isinstance(outcome, Assessed) else None


def origins_of(verdict: Verdict) -> tuple[int, int]:
    return verdict.independent_for, verdict.independent_against


def _conditions(old: Report, new: Report) -> tuple[Setting, ...]:
    before, after = _described(old), _described(new)
    names = dict.fromkeys((*before, *after))
    return tuple(
        Setting(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _described(report: Report) -> dict[str, str]:
    made = report.provenance
    prompts = {f"prompt {item.name}": f"{item.version} {item.sha256[:8]}" for item in made.engine.prompts}
    settings = {f"setting {name}": str(value) for name, value in sorted(made.settings.items())}
    return {
        "document": report.document.sha256[:12],
        "as of": report.as_of.isoformat() if report.as_of else "any date",
        "engine": made.engine.name,
        "model": made.engine.model,
        **prompts,
        "corpus": made.corpus_sha256[:12],
        "embedder": made.embedder,
        "version": made.version,
        **settings,
    }
