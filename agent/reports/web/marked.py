"""The document's text with its claims marked in place, what was set aside, and what could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from agent.domain import Discarded, Outcome, Report, Span, Unread
from agent.reports import wording
from agent.reports.safe import one_line
from agent.reports.web.labels import claim_anchor, class_of, mark_anchor
from agent.reports.web.markup import Html, join, quoted, tag


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch and what it is: a numbered claim, or something that is no claim (number 0)."""

    span: Span
    number: int
    what: Outcome | Discarded | Unread


def marked_text(report: Report) -> Html:
    """Every character of the text, in order. Where stretches overlap each piece shows all that cover it:
    it links to the claim with the shortest stretch, and each claim's number stands where its stretch ends.
    """
    text = report.document.text
    places = _places(report)
    ends: dict[int, list[_Place]] = defaultdict(list)
    for place in places:
        ends[place.span.end].append(place)
    first = {place.number: place for place in reversed(places) if place.number}
    pieces = []
    for span, covering in _pieces(places, len(text)):
        pieces.append(_piece(span.cut(text), covering))
        pieces += [_ending(place, first.get(place.number) is place) for place in ends[span.end]]
    return tag("div", *pieces, class_="text")


def placed(report: Report) -> frozenset[int]:
    """The numbers of the claims that have a place in the text."""
    return frozenset(place.number for place in _places(report) if place.number)


def _places(report: Report) -> list[_Place]:
    length = len(report.document.text)

    def clamped(span: Span) -> Span:
        return Span(min(span.start, length), min(span.end, length))

    claims = [
        _Place(clamped(span), number, outcome)
        for number, outcome in enumerate(report.outcomes, start=1)
        for span in dict.fromkeys(outcome.claim.spans)
    ]
    rest: tuple[Discarded | Unread, ...] = (*report.discarded, *report.unread)
    others = [_Place(clamped(item.span), 0, item) for item in rest]
    return [place for place in (*claims, *others) if place.span.start < place.span.end]


def _pieces(places: list[_Place], length: int) -> Iterator[tuple[Span, list[_Place]]]:
    """The text cut wherever a stretch starts or ends, each piece with the stretches that cover it."""
    starts: dict[int, list[_Place]] = defaultdict(list)
    for place in places:
        starts[place.span.start].append(place)
    cuts = sorted({0, length, *(edge for place in places for edge in (place.span.start, place.span.end))})
    active: list[_Place] = []
    for start, end in pairwise(cuts):
        active = [place for place in active if place.span.end > start] + starts[start]
        yield Span(start, end), active


def _piece(text: str, covering: list[_Place]) -> Html:
    claims = [place for place in covering if place.number]
    if any(isinstance(place.what, Unread) for place in covering):
        return tag("span", text, class_="unread")
    if not claims:
        return tag("span", text, class_="aside") if covering else join([text])
    closest = min(claims, key=lambda place: (place.span.end - place.span.start, place.number))
    classes = {class_of(place.what) for place in claims if not isinstance(place.what, Discarded | Unread)}
    return tag(
        "a",
        text,
        class_=f"mark {classes.pop() if len(classes) == 1 else 'mixed'}",
        href=f"#{claim_anchor(closest.number)}",
        tabindex="-1",  # the numbers are the stops for a keyboard
    )


def _ending(place: _Place, first: bool) -> Html:
    match place.what:
        case Unread(_, reason):
            return tag("span", " ! not read: ", quoted(reason), " ", class_="why failed")
        case Discarded(_, _, reason, note):
            about = f"set aside: {reason.value.replace('_', ' ')}"
            return tag("span", " ", about, *([": ", quoted(note)] if note else []), " ", class_="why")
        case outcome:
            badge = wording.badge(outcome)
            return tag(
                "a",
                f"{badge.sign}\u2060{place.number}",
                class_=f"chip {class_of(outcome)}",
                id=mark_anchor(place.number) if first else "",
                href=f"#{claim_anchor(place.number)}",
                title=one_line(outcome.claim.text, 200),
                aria_label=f"claim {place.number}: {badge.words}",
                data_label=class_of(outcome),
            )
