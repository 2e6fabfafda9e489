"""Years, months and days of a claim that no supporting quote has, where one says another instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.checks.dates import MONTH_NAMES, DateMention, find_dates
from agent.checks.likeness import ALIKE, is_dateline, likeness
from agent.checks.quantities import find_quantities
from agent.checks.unborne import IN_PART, Unborne
from agent.domain import CheckKind, CheckResult, PartialDate, Remark, Span

_YEAR = re.compile(r"(?<![\w.,$€£¥₴])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")
_RANGE = re.compile(
    r"(?<!\d)(?P<from>(?:1[5-9]|20)\d\d)\s?(?:[-–—/]|to|and|until|through)\s?(?P<to>(?:1[5-9]|20)?\d\d)(?!\d)"
)
_HEDGE = re.compile(
    r"\b(?:before|after|since|until|till|by|from|between|prior to|as of|past|following)\s"
    r"(?:(?:the|early|mid|late|year|[A-Z][a-z]+|\d{1,2})[\s,-]){0,3}$",
    re.IGNORECASE,
)
_REACH = 32


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a date as written: ``value`` is a year, a month, or a day of ``month``."""

    name: str
    value: int
    span: Span
    text: str
    month: int = 0


def unborne_dates(
    claim_text: str, quotes: Sequence[str], published: Sequence[PartialDate] = ()
) -> tuple[Unborne, ...]:
    """One for each part of a date in the claim that is in no quote, and for which a quote has another.

    ``published`` are the days of the quotes' sources, which reports leave out of their own sentences. What
    a claim hedges (``before 1990``, ``since May``) is not looked for. Never raises.
    """
    ours = [part for part in _parts(claim_text) if not _hedged(claim_text, part)]
    theirs = [(place, part) for place, quote in enumerate(quotes) for part in _parts(quote)]
    some = any(
        _is_there(own, quotes, [part for _, part in theirs], published) for own in ours if own.name == "year"
    )
    needed = ALIKE + (IN_PART if some else 0)
    found = []
    for claim in ours:
        if not _is_there(claim, quotes, [part for _, part in theirs], published):
            rivals = [(place, part) for place, part in theirs if _rival(claim, part, ours)]
            found.append(_instead(claim_text, claim, quotes, rivals, needed))
    return tuple(each for each in found if each is not None)


def _parts(text: str) -> list[_Part]:
    counted = [quantity.span for quantity in find_quantities(text)]
    parts = [
        _Part("year", int(match.group()), Span(*match.span()), match.group())
        for match in _YEAR.finditer(text)
        if not any(Span(*match.span()).overlaps(span) for span in counted)
    ]
    for mention in find_dates(text):
        parts += _of_mention(mention)
    return parts


def _of_mention(mention: DateMention) -> list[_Part]:
    if mention.month is None:
        return []
    month = _Part("month", mention.month, mention.span, mention.text)
    if mention.day is None:
        return [month]
    return [month, _Part("day", mention.day, mention.span, mention.text, mention.month)]


def _hedged(text: str, part: _Part) -> bool:
    return _HEDGE.search(text[max(0, part.span.start - _REACH) : part.span.start]) is not None or bool(
        _HEDGE.match(f"{part.text.split()[0]} ") and " " in part.text
    )


def _is_there(
    claim: _Part, quotes: Sequence[str], theirs: Sequence[_Part], published: Sequence[PartialDate]
) -> bool:
    if any((part.name, part.value, part.month) == (claim.name, claim.value, claim.month) for part in theirs):
        return True
    if claim.name == "year":
        return any(_about(date.year, claim) for date in published) or any(
            _has_year(quote, claim.value) for quote in quotes
        )
    if claim.name == "month":
        return any(date.month == claim.value for date in published) or any(
            re.search(rf"\b{name}\b", quote) for name in MONTH_NAMES[claim.value - 1] for quote in quotes
        )
    return any(date.day == claim.value for date in published)


def _has_year(text: str, year: int) -> bool:
    """In full, in short (``'09``, ``2013/14``, ``Feb 19``), as a decade, or within a range."""
    short = f"{year % 100:02d}"
    if re.search(rf"(?<!\d){year}|(?<!\d){year // 10}0s|['’/–-]{short}(?!\d)", text):
        return True
    if re.search(
        rf"\b(?:{'|'.join(name for names in MONTH_NAMES for name in names)})\.? {short}(?!\d)", text
    ):
        return True
    return any(_within(match, year) for match in _RANGE.finditer(text))


def _within(match: re.Match[str], year: int) -> bool:
    first, last = int(match["from"]), match["to"]
    end = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return first <= year <= end


def _rival(claim: _Part, part: _Part, ours: Sequence[_Part]) -> bool:
    """Of one kind, of one month where it is a day, and no part of the claim itself."""
    same_kind = (claim.name, claim.month) == (part.name, part.month)
    return same_kind and not any((part.name, part.value) == (own.name, own.value) for own in ours)


def _instead(
    claim_text: str,
    claim: _Part,
    quotes: Sequence[str],
    rivals: Sequence[tuple[int, _Part]],
    needed: float,
) -> Unborne | None:
    degrees = [(_degree(claim_text, claim, quotes[place], part), place, part) for place, part in rivals]
    degree, place, part = max(degrees, key=lambda each: each[0], default=(0.0, 0, claim))
    if degree < needed:
        return None
    text = f"claim: {claim.text}; source: {part.text}: another {claim.name} in its place"
    return Unborne(place, Remark(CheckKind.DATE, CheckResult.DIFFERS, text))


def _degree(claim_text: str, claim: _Part, quote: str, part: _Part) -> float:
    """A date that stands alone dates all of its report, though not to the year: it may tell of last year."""
    if not is_dateline(quote, part.span):
        return likeness(claim_text, claim.span, quote, part.span)
    if claim.name != "year" or _about(part.value, claim):
        return 0.0
    return likeness(claim_text, claim.span, quote, Span(0, len(quote)))


def _about(year: int | None, claim: _Part) -> bool:
    return year is not None and abs(year - claim.value) <= 1
