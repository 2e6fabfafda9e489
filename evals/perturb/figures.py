"""Another number, or another unit behind the same number."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal

from evals.perturb.dates import MONTHS, YEAR
from evals.perturb.values import Swap

LEAST_RATIO = Decimal("1.5")
"""A new number is at least so many times larger or smaller: no rounding makes it the old one."""

_FACTORS = tuple(Decimal(factor) for factor in ("0.2", "0.25", "0.4", "0.5", "2", "2.5", "3", "4"))
_SMALL = tuple(Decimal(value) for value in range(2, 13))
_SPELT = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_WORDS = {word: Decimal(value) for value, word in enumerate(_SPELT.split("|"), start=2)}
_WORD_OF = {value: word for word, value in _WORDS.items()}

_FIGURE = re.compile(
    r"(?<![\w.,/:#°-])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\w|[.,/:]\d|-[\dA-Z]|(?:st|nd|rd|th)\b)"
)
_WORD = re.compile(rf"(?<![\w-])(?P<word>{_SPELT})(?![\w-])")
_LABEL = re.compile(
    r"\b(?:type|types|grade|phase|stage|class|chapter|section|article|title|level|group|category|route|"
    r"channel|number|no\.|part|season|episode|version|volume|act|war|day|page|figure|top)\s$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?<=\s)(?:[a-z]*[A-Z]\w*)\s$")
_YEAR_CUE = re.compile(r"\b(?:in|since|by|until|before|after|circa|around)\s$", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"(?:{MONTHS})\.?\s$")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s(?:of\s)?(?:{MONTHS})\b")

_AT_LEAST = re.compile(
    r"\b(?:more than|over|at least|above|exceed\w*|greater than|longer than|minimum of|"
    r"no (?:fewer|less) than)\s(?:\w+\s)?[$€£]?$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:less than|fewer than|under|below|up to|at most|no more than|shorter than|maximum of|within)"
    r"\s(?:\w+\s)?[$€£]?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s?(?:\+|(?:\w+\s)?or (?:more|older|above|greater))")
_OR_LESS = re.compile(r"\s(?:\w+\s)?or (?:less|fewer|younger|below)")


def number_swaps(claim: str, evidence: str, rng: random.Random) -> Iterator[Swap]:
    """Other numbers for those of the claim that count something, none of them in the evidence.

    A bounded number is moved to where the bound is broken: ``more than 40`` to more, never to fewer.
    """
    there = _values(evidence)
    for match in (*_FIGURE.finditer(claim), *_WORD.finditer(claim)):
        if _counts(claim, match):
            value = _value(match.group())
            found = [v for v in _others(claim, match, value) if v not in there and v not in _values(claim)]
            if found:
                after = _written(rng.choice(found), match.group())
                yield Swap(match.start(), match.group(), after, value in there)


def _counts(claim: str, match: re.Match[str]) -> bool:
    """Whether it is a number of something, and no year, day, model, label or heading."""
    text, before = match.group(), claim[: match.start()]
    year = YEAR.fullmatch(text) or (len(text) == 4 and _YEAR_CUE.search(before))
    if year or _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(claim, match.end()):
        return False
    return _LABEL.search(before) is None and _NAME_BEFORE.search(before) is None


def _others(claim: str, match: re.Match[str], value: Decimal) -> list[Decimal]:
    small = value in _SMALL
    numbers = _SMALL if small else tuple(_rounded(value * factor, value) for factor in _FACTORS)
    percent = re.match(r"\s?(?:%|per\s?cent)", claim[match.end() :]) is not None
    return [
        number
        for number in numbers
        if number > 0
        and max(number, value) >= LEAST_RATIO * min(number, value)
        and not (percent and number > 100)
        and breaks_bound(claim, match.start(), match.end(), up=number > value)
    ]


def breaks_bound(claim: str, start: int, end: int, *, up: bool) -> bool:
    """Whether moving the figure at ``claim[start:end]`` up, or down, says something else for sure."""
    before = claim[:start]
    if _AT_LEAST.search(before) or _OR_MORE.match(claim, end):
        return up
    if _AT_MOST.search(before) or _OR_LESS.match(claim, end):
        return not up
    return True


def _rounded(number: Decimal, like: Decimal) -> Decimal:
    """With as many telling digits as the original has, at least two."""
    digits = max(2, len(like.normalize().as_tuple().digits))
    exponent = number.adjusted() - digits + 1
    places = max(exponent, -max(0, -int(like.as_tuple().exponent)))
    return number.quantize(Decimal(1).scaleb(places)).normalize()


def _value(text: str) -> Decimal:
    return _WORDS[text] if text in _WORDS else Decimal(text.replace(",", "")).normalize()


def _values(text: str) -> set[Decimal]:
    return {_value(m.group()) for pattern in (_FIGURE, _WORD) for m in pattern.finditer(text)}


def _written(value: Decimal, like: str) -> str:
    if like in _WORDS:
        return _WORD_OF[value]
    return f"{value:,f}" if "," in like or (value >= 10_000 and "." not in like) else f"{value:f}"


# --- units ---

_LARGER = (
    ("thousand", "million"),
    ("million", "billion"),
    ("billion", "trillion"),
    ("seconds", "minutes"),
    ("minutes", "hours"),
    ("hours", "days"),
    ("days", "weeks"),
    ("weeks", "months"),
    ("months", "years"),
    ("hour", "week"),
    ("day", "month"),
    ("week", "year"),
    ("month", "year"),
    ("years", "decades"),
    ("feet", "metres"),
    ("meters", "kilometers"),
    ("metres", "kilometres"),
    ("kilometres", "miles"),
    ("kilometers", "miles"),
    ("km", "miles"),
    ("inches", "feet"),
    ("grams", "kilograms"),
    ("mg", "g"),
    ("acres", "hectares"),
)
_OTHER = {smaller: (larger, True) for smaller, larger in reversed(_LARGER)} | {
    larger: (smaller, False) for smaller, larger in _LARGER if larger not in dict(_LARGER)
}
_UNIT = re.compile(
    rf"(?P<figure>\d[\d,.]*|{_SPELT})[ -]"
    rf"(?P<unit>{'|'.join(sorted(_OTHER, key=len, reverse=True))})\b"
)
_CURRENCY = re.compile(r"[$€£](?=\d)")
_CURRENCIES = {"$": "€", "€": "$", "£": "€"}


def unit_swaps(claim: str, evidence: str, rng: random.Random) -> Iterator[Swap]:
    """The same number of something else: ``3 million`` for ``3 billion``, ``€`` for ``$``."""
    for match in _UNIT.finditer(claim):
        unit = match["unit"]
        after, up = _OTHER[unit]
        if breaks_bound(claim, match.start(), match.end(), up=up):
            stated = re.search(rf"{re.escape(match['figure'])}[ -]{unit}", evidence) is not None
            yield Swap(match.start("unit"), unit, after, stated)
    for match in _CURRENCY.finditer(claim):
        figure = re.match(r"[\d,.]*\d", claim[match.end() :])
        stated = figure is not None and match.group() + figure.group() in evidence
        yield Swap(match.start(), match.group(), _CURRENCIES[match.group()], stated)
