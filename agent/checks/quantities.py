"""Quantities in running text: how much, of what, how exactly stated.

A small grammar of our own, in English first; figures in digits are read in any language. Dates, times,
years, ordinals, names of models and formations and list numbers are no quantities. ``find_quantities``
never raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from agent.checks.context import Counted, describe_counted
from agent.checks.lexicon import ABOUT, AT_LEAST, AT_MOST, CURRENCY_SIGNS, UNITS
from agent.checks.masks import masked
from agent.checks.numerals import Numeral, find_numerals
from agent.domain import Span


class Bound(StrEnum):
    STATED = "stated"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text == source[span.start:span.end]``: the figure with its approximation and unit.

    ``low`` and ``high`` are in the base of ``unit`` (``km²``, ``percent``, ``USD``, or empty for a plain
    count) and equal unless a range or a vague count. ``share`` marks a fraction in words, turned into
    percent. ``counted`` says of what, ``factor`` how many base units the unit as written has.
    """

    span: Span
    text: str
    low: Fraction
    high: Fraction
    unit: str
    bound: Bound
    counted: Counted
    share: bool = False
    factor: Fraction = Fraction(1)

    def __str__(self) -> str:
        of = "of" if self.unit == "percent" and self.counted.phrase else ""
        return " ".join(filter(None, (" ".join(self.text.split()), of, self.counted.words)))


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number or range with its signs and units, before what it counts is known."""

    span: Span
    low: Fraction
    high: Fraction
    unit: str = ""
    bound: Bound = Bound.STATED
    share: bool = False
    factor: Fraction = Fraction(1)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of ``text``, in order, none overlapping."""
    figures = _approximated(text, [_with_unit(text, figure) for figure in _ranges(text)])
    spans = tuple(figure.span for figure in figures)
    counted = describe_counted(text, spans, tuple(bool(figure.unit) for figure in figures))
    return tuple(_quantity(text, figure, what) for figure, what in zip(figures, counted, strict=True))


def _quantity(text: str, figure: _Figure, counted: Counted) -> Quantity:
    return Quantity(
        span=figure.span,
        text=figure.span.cut(text),
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        bound=figure.bound,
        counted=counted,
        share=figure.share,
        factor=figure.factor,
    )


# --- ranges ---

_TO = re.compile(r"\s*(?:to|through|[-–—]|or)\s*|\s+(?:million|billion|thousand|%)?\s*(?:to|[-–—])\s+")
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+)?[$€£¥₴]?$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:rose|rise\w*|fell|fall\w*|increas\w+|decreas\w+|grew|grow\w*|drop\w*|went|cut|rais\w+|shr[aiu]nk|climb\w*|"
    r"declin\w+|jump\w*|chang\w+|expand\w*|down|up)\b[^.;]{0,60}\bfrom\s+[$€£¥₴]?$",
    re.IGNORECASE,
)


def _ranges(text: str) -> list[_Figure]:
    figures: list[_Figure] = []
    numerals, place = find_numerals(text, masked(text)), 0
    while place < len(numerals):
        first = numerals[place]
        second = numerals[place + 1] if place + 1 < len(numerals) else None
        joined = _joined(text, first, second) if second else None
        if joined is not None:
            figures.append(joined)
            place += 2
        elif second and _score(text, first, second):
            place += 2
        else:
            figures.append(_single(first))
            place += 1
    return figures


def _single(numeral: Numeral) -> _Figure:
    bound = Bound.VAGUE if numeral.vague else Bound.STATED
    times = 100 if numeral.share else 1
    unit = "percent" if numeral.share else ""
    return _Figure(numeral.span, numeral.low * times, numeral.high * times, unit, bound, numeral.share)


def _gap(text: str, first: Numeral, second: Numeral) -> str:
    return re.sub(r"[$€£¥₴%]", "", text[first.span.end : second.span.start])


def _joined(text: str, first: Numeral, second: Numeral) -> _Figure | None:
    """``10,000 to 12,000``, ``10-12 thousand``, ``between 5 and 8``; not ``rose from 5 to 8``."""
    gap, before = _gap(text, first, second), text[: first.span.start]
    between = gap.strip() == "and" and _BETWEEN.search(before[-20:]) is not None
    connected = bool(gap.strip()) and _TO.fullmatch(gap) is not None
    if not (between or connected) or _CHANGE.search(before[-100:]) or first.share or second.share:
        return None
    low = (
        first.low * second.scale if first.scale == 1 and first.low * second.scale < second.high else first.low
    )
    if low >= second.high:
        return None
    span = Span(first.span.start, second.span.end)
    bound = Bound.VAGUE if first.vague or second.vague else Bound.STATED
    return _Figure(span, low, second.high, bound=bound)


def _score(text: str, first: Numeral, second: Numeral) -> bool:
    """``3-1``: falling figures tied by a hyphen are a score or a name, and count nothing."""
    return text[first.span.end : second.span.start] in {"-", "–"} and first.low >= second.low


# --- units and currencies ---

_UNIT = tuple(
    (re.compile(rf"[\s-]{{0,2}}(?:{pattern})(?![^\W_])", re.IGNORECASE), unit, factor)
    for pattern, unit, factor in UNITS
)
_BEFORE = re.compile(
    r"(?:" + "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True)) + r")\s?$",
    re.IGNORECASE,
)


def _with_unit(text: str, figure: _Figure) -> _Figure:
    sign = _BEFORE.search(text[max(0, figure.span.start - 4) : figure.span.start])
    if sign and not _inside_word(text, figure.span.start - len(sign.group())):
        start = figure.span.start - len(sign.group())
        span = Span(start, figure.span.end)
        return replace(figure, span=span, unit=CURRENCY_SIGNS[sign.group().strip().lower()])
    if figure.share:
        return figure
    for pattern, unit, factor in _UNIT:
        match = pattern.match(text, figure.span.end)
        if match:
            span = Span(figure.span.start, match.end())
            low, high = figure.low * factor, figure.high * factor
            return replace(figure, span=span, low=low, high=high, unit=unit, factor=factor)
    return figure


def _inside_word(text: str, start: int) -> bool:
    return start > 0 and text[start].isalpha() and text[start - 1].isalnum()


# --- approximations ---

_BOUNDS = tuple(
    (re.compile(rf"(?:^|(?<=[\s(,;:—–-]))(?:{words})\s*(?:a |an |the )?$", re.IGNORECASE), bound)
    for words, bound in ((AT_LEAST, Bound.AT_LEAST), (AT_MOST, Bound.AT_MOST), (ABOUT, Bound.ABOUT))
)
_AFTER = (
    (re.compile(r"\+|\s+or more\b|\s+at least\b|\s+and counting\b", re.IGNORECASE), Bound.AT_LEAST),
    (re.compile(r"\s+or (?:fewer|less)\b|\s+at most\b", re.IGNORECASE), Bound.AT_MOST),
    (re.compile(r"\s+or so\b|-odd\b|-ish\b", re.IGNORECASE), Bound.ABOUT),
)


def _approximated(text: str, figures: list[_Figure]) -> list[_Figure]:
    done: list[_Figure] = []
    for figure in figures:
        floor = done[-1].span.end if done else 0
        done.append(_approximate(text, figure, floor))
    return done


def _approximate(text: str, figure: _Figure, floor: int) -> _Figure:
    window = max(floor, figure.span.start - 28)
    for pattern, bound in _BOUNDS:
        match = pattern.search(text[window : figure.span.start])
        if match:
            return _bounded(figure, Span(window + match.start(), figure.span.end), bound)
    for pattern, bound in _AFTER:
        after = pattern.match(text, figure.span.end)
        if after:
            return _bounded(figure, Span(figure.span.start, after.end()), bound)
    return figure


def _bounded(figure: _Figure, span: Span, bound: Bound) -> _Figure:
    return replace(figure, span=span, bound=Bound.VAGUE if figure.bound is Bound.VAGUE else bound)
