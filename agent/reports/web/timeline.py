"""Evidence by the day it was published: for above the line, against below it.

Positions are percentages and sizes pixels, so that a drawing fills any width and its letters stay legible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agent.domain import Evidence, PartialDate, Precision, Report, Stance, Verdict
from agent.domain.verdict import Assessed
from agent.reports import wording
from agent.reports.web.labels import STANCES, quote_anchor
from agent.reports.web.markup import Html, join, tag

ROW = 20
RADIUS = 8
APART = 6.0
"""Percent of the width between two marks in one row: their size on a phone."""
DAYS, MONTHS = 45, 48
"""Up to so many days a column is a day, up to so many months a month, beyond that a year."""
BAR_ROOM = 56
_ABOVE = "Quotes that take a side on a claim"


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        length = (self.last - self.first).days
        return 50.0 if not length else 4 + 92 * (day - self.first).days / length


def claim_timeline(number: int, verdict: Verdict, as_of: date | None) -> Html:
    """The deciding quotes of one claim, by their numbers; nothing where fewer than two are dated."""
    places = wording.numbered(verdict)
    decides = [item for item in verdict.evidence if item.stance is not Stance.NEUTRAL]
    dated = [item for item in decides if item.metadata.published.known]
    if len(dated) < 2:
        return Html("")
    scale = _scale([item.metadata.published for item in dated], as_of)
    rows = {
        stance: _rows([item for item in dated if item.stance is stance], scale)
        for stance in (Stance.SUPPORTS, Stance.REFUTES)
    }
    above, below = (max(rows[stance].values(), default=-1) + 1 for stance in rows)
    axis = 4 + above * ROW
    marks = [
        _dot(item, scale, axis - ROW * row - 11 if stance is Stance.SUPPORTS else axis + ROW * row + 11)
        for stance, rows_of in rows.items()
        for item, row in rows_of.items()
    ]
    anchored = [
        tag(
            "a",
            mark,
            tag("text", str(places[item.id]), x=_pc(x), y=y + 4),
            href=f"#{quote_anchor(number, places[item.id])}",
        )
        for item, x, y, mark in marks
    ]
    undated = [f"[{places[item.id]}]" for item in decides if item not in dated]
    return tag(
        "figure",
        tag("figcaption", "When it was published: for above the line, against below it"),
        _drawing(
            f"Timeline of the deciding quotes, {scale.first} to {scale.last}",
            [*_axis(axis, axis + below * ROW + 18, str(scale.first), _end(scale, as_of)), *anchored],
            axis + below * ROW + 24,
        ),
        tag("p", f"undated: {' '.join(undated)}", class_="dim") if undated else "",
        class_="timeline",
    )


def report_timeline(report: Report) -> Html:
    """How many deciding quotes were published when, over all claims; nothing where none is dated."""
    decides = [
        item
        for outcome in report.outcomes
        if isinstance(outcome, Assessed)
        for item in outcome.verdict.evidence
        if item.stance is not Stance.NEUTRAL
    ]
    unit = _unit([item.metadata.published for item in decides if item.metadata.published.known])
    fits = [item for item in decides if _fine(item.metadata.published) >= _fine_as(unit)]
    if not fits:
        return Html("")
    counts = Counter((_bucket(item.metadata.published, unit), item.stance) for item in fits)
    rest = len(decides) - len(fits)
    return tag(
        "figure",
        tag("figcaption", f"{_ABOVE}, by {unit.value} of publication: for above the line, against below it"),
        _bars(counts, unit),
        tag(
            "p",
            f"and {wording.count(rest, 'quote')} whose date is not known to the {unit.value}",
            class_="dim",
        )
        if rest
        else "",
        tag("details", tag("summary", "The same as a table"), _table(counts, unit), class_="table"),
        class_="timeline",
    )


def _scale(days: Sequence[PartialDate], as_of: date | None) -> _Scale:
    last = max(day.latest for day in days)
    return _Scale(min(day.earliest for day in days), max(last, as_of) if as_of else last)


def _end(scale: _Scale, as_of: date | None) -> str:
    return f"as of {scale.last}" if scale.last == as_of else str(scale.last)


def _middle(day: PartialDate) -> date:
    return day.earliest + timedelta(days=(day.latest - day.earliest).days // 2)


def _rows(items: Sequence[Evidence], scale: _Scale) -> dict[Evidence, int]:
    """Each in the first row where it covers no other, the days it may mean included."""
    taken: list[float] = []
    rows = {}
    for item in sorted(items, key=lambda item: item.metadata.published.earliest):
        start, end = _extent(item.metadata.published, scale)
        row = next((row for row, free in enumerate(taken) if start >= free), len(taken))
        taken[row : row + 1] = [end]
        rows[item] = row
    return rows


def _extent(day: PartialDate, scale: _Scale) -> tuple[float, float]:
    """The percentages its mark takes up: at least those of the dot itself."""
    middle = scale.at(_middle(day))
    first, last = scale.at(day.earliest), scale.at(day.latest)
    return min(first, middle - APART / 2), max(last, middle + APART / 2)


def _dot(item: Evidence, scale: _Scale, y: int) -> tuple[Evidence, float, int, Html]:
    day = item.metadata.published
    x = scale.at(_middle(day))
    word, _ = STANCES[item.stance]
    title = tag("title", f"{word}: {wording.citation(item)}")
    mark = tag("circle", title, class_=word, cx=_pc(x), cy=y, r=RADIUS)
    if day.precision is not Precision.DAY:
        ends = {"x1": _pc(scale.at(day.earliest)), "x2": _pc(scale.at(day.latest))}
        mark = join([tag("line", class_=f"range {word}", y1=y, y2=y, **ends), mark])
    return item, x, y, mark


def _axis(y: int, bottom: int, first: str, last: str) -> list[Html]:
    return [
        tag("line", class_="axis", x1="0", x2="100%", y1=y, y2=y),
        tag("text", first, class_="start", x="0", y=bottom),
        tag("text", last, class_="end", x="100%", y=bottom),
    ]


def _drawing(label: str, parts: Sequence[Html], height: int) -> Html:
    return tag("svg", *parts, role="group", aria_label=label, width="100%", height=height)


def _pc(value: float) -> str:
    return f"{value:.2f}%"


def _unit(days: Sequence[PartialDate]) -> Precision:
    if not days:
        return Precision.DAY
    first, last = min(day.earliest for day in days), max(day.latest for day in days)
    if (last - first).days <= DAYS:
        return Precision.DAY
    return (
        Precision.MONTH
        if (last.year - first.year) * 12 + last.month - first.month < MONTHS
        else Precision.YEAR
    )


_FINE = {Precision.UNKNOWN: 0, Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}


def _fine(day: PartialDate) -> int:
    return _FINE[day.precision]


def _fine_as(unit: Precision) -> int:
    return _FINE[unit]


def _bucket(day: PartialDate, unit: Precision) -> int:
    first = day.earliest
    if unit is Precision.DAY:
        return first.toordinal()
    return first.year * 12 + first.month - 1 if unit is Precision.MONTH else first.year


def _name(bucket: int, unit: Precision) -> str:
    if unit is Precision.DAY:
        return date.fromordinal(bucket).isoformat()
    return f"{bucket // 12:04d}-{bucket % 12 + 1:02d}" if unit is Precision.MONTH else f"{bucket:04d}"


def _bars(counts: Counter[tuple[int, Stance]], unit: Precision) -> Html:
    buckets = [bucket for bucket, _ in counts]
    first, last = min(buckets), max(buckets)
    columns = last - first + 1
    step, tallest = 100 / columns, max(counts.values())
    above, below = (
        max((n for (_, s), n in counts.items() if s is stance), default=0)
        for stance in (Stance.SUPPORTS, Stance.REFUTES)
    )
    axis = 16 + round(BAR_ROOM * above / tallest)
    bottom = axis + round(BAR_ROOM * below / tallest) + (14 if below else 0)
    parts = []
    for (bucket, stance), number in sorted(counts.items()):
        word, _ = STANCES[stance]
        height = max(2, round(BAR_ROOM * number / tallest))
        x, wide = step * (bucket - first), max(0.4, min(step * 0.8, 9))
        top = axis - height if stance is Stance.SUPPORTS else axis
        middle = x + step / 2
        title = tag("title", f"{_name(bucket, unit)}: {number} {word}")
        parts.append(
            tag("rect", title, class_=word, x=_pc(middle - wide / 2), y=top, width=_pc(wide), height=height)
        )
        if columns <= 24:
            y = top - 4 if stance is Stance.SUPPORTS else top + height + 12
            parts.append(tag("text", str(number), x=_pc(middle), y=y))
    ends = _axis(axis, bottom + 16, _name(first, unit), _name(last, unit) if last > first else "")
    return _drawing(f"Deciding quotes by {unit.value}", [*parts, *ends], bottom + 22)


def _table(counts: Counter[tuple[int, Stance]], unit: Precision) -> Html:
    head = tag("tr", *(tag("th", name, scope="col") for name in (unit.value, "for", "against")))
    rows = [
        tag(
            "tr",
            tag("th", _name(bucket, unit), scope="row"),
            *(tag("td", str(counts[bucket, stance])) for stance in (Stance.SUPPORTS, Stance.REFUTES)),
        )
        for bucket in sorted({bucket for bucket, _ in counts})
    ]
    return tag("table", tag("thead", head), tag("tbody", *rows))
