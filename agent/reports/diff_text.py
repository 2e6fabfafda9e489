"""A comparison of two reports, for a terminal and as JSON."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from agent.domain import Assessed, Evidence, Outcome, Stance
from agent.reports import wording
from agent.reports.diff import Diff, Pair, Setting, origins_of, standing
from agent.reports.page import Page
from agent.reports.safe import one_line

SCHEMA_VERSION = "1.0"


def diff_text(diff: Diff, *, width: int = 80, colour: bool = False, moved_only: bool = False) -> str:
    """The changes, claims that moved first; nothing quoted can reach the terminal as a control character.

    ``moved_only`` leaves it at the claims whose label moved.
    """
    page = Page(width)
    _tally(page, diff)
    for setting in diff.conditions:
        page.labelled(one_line(setting.name, 10), _change(setting), style="dim")
    for pair in diff.moved:
        page.rule()
        _moved(page, pair)
    if moved_only:
        return page.render(colour=colour)
    for pair in diff.recounted:
        page.rule()
        _recounted(page, pair)
    for title, outcomes in (("new claim", diff.new), ("claim gone", diff.gone)):
        for outcome in outcomes:
            page.rule()
            _alone(page, title, outcome)
    return page.render(colour=colour)


def diff_json(diff: Diff) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "conditions": [{"name": item.name, "old": item.old, "new": item.new} for item in diff.conditions],
        "moved": [_pair_json(pair) for pair in diff.moved],
        "recounted": [_pair_json(pair) for pair in diff.recounted],
        "new": [_outcome_json(outcome) for outcome in diff.new],
        "gone": [_outcome_json(outcome) for outcome in diff.gone],
        "same": diff.same,
    }


def _tally(page: Page, diff: Diff) -> None:
    counts = (
        (len(diff.moved), "moved"),
        (len(diff.recounted), "same label, other origins"),
        (len(diff.new), "new"),
        (len(diff.gone), "gone"),
        (diff.same, "unchanged"),
    )
    page.items([Text(f"{number} {words}", style="bold") for number, words in counts if number])
    if not any(number for number, words in counts if words != "unchanged"):
        page.line(Text("No claim moved."))
    if diff.conditions:
        page.blank()


def _change(setting: Setting) -> Text:
    return Text(f"{one_line(setting.old) or '(none)'} → {one_line(setting.new) or '(none)'}", style="dim")


def _moved(page: Page, pair: Pair) -> None:
    old, new = wording.badge(pair.old), wording.badge(pair.new)
    line = Text("     ")
    line.append(f"{old.sign} {old.words.upper()}", style=old.colour)
    line.append("  →  ")
    line.append(f"{new.sign} {new.words.upper()}", style=f"bold {new.colour}")
    page.line(line)
    _claim_and_sources(page, pair)


def _recounted(page: Page, pair: Pair) -> None:
    mark = wording.badge(pair.new)
    page.line(Text(f"     {mark.sign} {mark.words.upper()}, as before", style=mark.colour))
    _claim_and_sources(page, pair)


def _claim_and_sources(page: Page, pair: Pair) -> None:
    page.body(Text(one_line(pair.new.claim.text), style="bold"))
    page.blank()
    page.labelled("origins", Text(f"{_origins(pair.old)} → {_origins(pair.new)}"))
    if pair.moved:
        page.labelled("rule", Text(f"{_rule(pair.old)} → {_rule(pair.new)}"))
    for items, sign in ((pair.gained, "+"), (pair.lost, "−")):
        for item in items:
            _source(page, item, sign)


def _source(page: Page, item: Evidence, sign: str) -> None:
    side = wording.STANCE_WORDS[item.stance]
    colour = "red" if item.stance is Stance.REFUTES else "green"
    head = Text(f"{wording.citation(item)} · {one_line(item.source_id)}")
    page.labelled(f"{sign} {side}", head, style=colour)
    page.labelled("", Text(f"“{one_line(item.quote, 300)}”", style="dim"))


def _alone(page: Page, title: str, outcome: Outcome) -> None:
    mark = wording.badge(outcome)
    page.ends(Text(f"     {mark.sign} {mark.words.upper()}", style=mark.colour), Text(title, style="dim"))
    page.body(Text(one_line(outcome.claim.text), style="bold"))


def _origins(outcome: Outcome) -> str:
    if not isinstance(outcome, Assessed):
        return "not assessed"
    return "{} for, {} against".format(*origins_of(outcome.verdict))


def _rule(outcome: Outcome) -> str:
    """The row of the table that gave the label: what moved a claim whose origins count the same."""
    return one_line(outcome.verdict.rule) if isinstance(outcome, Assessed) else "none"


def _pair_json(pair: Pair) -> dict[str, Any]:
    return {
        "claim": {"id": pair.new.claim.id, "text": pair.new.claim.text},
        "old": _standing_json(pair.old),
        "new": _standing_json(pair.new),
        "gained": [_source_json(item) for item in pair.gained],
        "lost": [_source_json(item) for item in pair.lost],
    }


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {"claim": {"id": outcome.claim.id, "text": outcome.claim.text}, **_standing_json(outcome)}


def _standing_json(outcome: Outcome) -> dict[str, Any]:
    if not isinstance(outcome, Assessed):
        return {"standing": standing(outcome), "reason": outcome.reason}
    supporting, refuting = origins_of(outcome.verdict)
    return {
        "standing": standing(outcome),
        "rule": outcome.verdict.rule,
        "independent_origins": {"for": supporting, "against": refuting},
    }


def _source_json(item: Evidence) -> dict[str, Any]:
    published = item.metadata.published
    return {
        "source_id": item.source_id,
        "outlet": item.metadata.outlet,
        "published": str(published) if published.known else None,
        "stance": item.stance.value,
        "quote": item.quote,
    }
