"""Figures that count nothing: dates, times, years, ordinals, names of models and formations, list numbers."""

from __future__ import annotations

import re

from agent.checks.dates import find_dates
from agent.checks.lexicon import (
    AT_LEAST,
    AT_MOST,
    CURRENCY_SIGNS,
    FORMATIONS,
    IRREGULAR,
    LABELS_BEFORE,
    NOT_PLURAL,
    words,
)
from agent.domain import Span

_ALWAYS = re.compile(
    r"""
      https?://\S+ | www\.\S+ | \S+@\S+\.\S+
    | \+\d[\d\s()-]{7,}\d                                    # a telephone number
    | \b\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b)? | \b\d{1,2}\s?[ap]\.?m\b
    | \b\d+(?:st|nd|rd|th)\b
    | \b(?:1[5-9]|20)\d0s\b                                  # a decade
    | \b\d+(?:\.\d+){2,}\b(?<!\.\d{3})                       # a version or an address
    | \b\d+/\d+(?:/\d+)*\b(?!\s+of\b)
    | \b\d+[x×]\d+\b
    | ^[ \t]*(?:\d{1,2}[.)]|\(\d{1,2}\))(?=\s) | \[\d{1,3}\] # a list number, a reference
    | [№\#]\s?\d+
    | \b9\d(?:\.\d)?\s?%\s(?:CI|confidence)\b | \bp\s?[=<>≤]\s?\d?[.·]?\d+ # of statistics
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_MODEL = re.compile(r"(?<![^\W_])(?P<head>[^\W\d_]+)[-–]?\d+(?:[-–/.]?\w+)*")
_DIGITS_THEN_LETTERS = re.compile(r"(?<![\w.,])\d+[A-Z][\w-]*")
_FIRST_DAY = re.compile(r"(?<![\w.,])\d{1,2}\s*(?:[-–]|to|and|or)\s*$")
_LABELLED = re.compile(r"\b(?P<label>[^\W\d_]+)\.?[ \u00a0]\d+(?:[.,]\d+)*")
_FORMATION = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ -][^\W\d_]*[^\W\ds_])?[ -](?:"
    + "|".join(sorted(FORMATIONS))
    + r")\b(?! [a-z]+s\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<![\w.,$€£¥₴₽])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)(?P<next>[ \u00a0][^\W\d_]+)?(?P<then>[ ][^\W\d_]+)?"
)
_YEAR_RANGE = re.compile(r"\b(?:1[5-9]|20)\d\d[-–/](?:(?:1[5-9]|20)\d\d|\d\d)\b")
_BOUND_BEFORE = re.compile(rf"(?:{AT_LEAST}|{AT_MOST}|some|nearly|almost)\s*$", re.IGNORECASE)
_THE_BEFORE = re.compile(r"\b(?:the|in|since|by|until|from|this|of)\s*$", re.IGNORECASE)
_LABELS_IN_SMALL = words("aged age page pages article chapter section resolution paragraph")
_UNITS_IN_CAPITALS = frozenset({"A", "K", "M", "GW", "MW", "TWh", "GWh", "MWh", "B", "C", "F"})


def masked(text: str) -> tuple[Span, ...]:
    """The spans of ``text`` whose figures are no quantities."""
    spans = [_from_first_day(mention.span, text) for mention in find_dates(text)]
    spans += [Span(*match.span()) for match in _ALWAYS.finditer(text)]
    spans += [Span(*match.span()) for match in _MODEL.finditer(text) if not _is_currency(match.group("head"))]
    spans += [
        Span(*match.span()) for match in _DIGITS_THEN_LETTERS.finditer(text) if not _is_measure(match.group())
    ]
    spans += [Span(*match.span()) for match in _LABELLED.finditer(text) if _is_label(match.group("label"))]
    spans += [
        Span(*match.span()) for match in _FORMATION.finditer(text) if not match.group().startswith("1 ")
    ]
    spans += [Span(*match.span()) for match in _YEAR_RANGE.finditer(text)]
    spans += [
        Span(match.start(), match.start() + 4) for match in _YEAR.finditer(text) if _is_year(match, text)
    ]
    return tuple(sorted(spans))


def _from_first_day(span: Span, text: str) -> Span:
    """``30-31 January`` as a whole, of which the date is only the end."""
    first = _FIRST_DAY.search(text[: span.start])
    return Span(first.start(), span.end) if first else span


def _is_currency(head: str) -> bool:
    return head.lower() in CURRENCY_SIGNS or head.lower() in {"rs"}


def _is_measure(figure: str) -> bool:
    return figure.lstrip("0123456789") in _UNITS_IN_CAPITALS


def _is_label(word: str) -> bool:
    """``Article 5``, ``aged 25``; but ``in order 300 men`` counts."""
    return word.lower() in LABELS_BEFORE and (word[0].isupper() or word in _LABELS_IN_SMALL)


def _is_year(match: re.Match[str], text: str) -> bool:
    """A bare four-digit figure is a year unless it visibly counts: a bound before it, a plural after it."""
    before = text[max(0, match.start() - 16) : match.start()]
    if _BOUND_BEFORE.search(before):
        return False
    if _THE_BEFORE.search(before):
        return True
    return not any(_counts(match.group(name)) for name in ("next", "then"))


def _counts(word: str | None) -> bool:
    word = (word or "").strip().lower()
    plural = word.endswith("s") and not word.endswith("ss") and word not in NOT_PLURAL
    return (
        plural
        or word in IRREGULAR
        or word in {"km", "sq", "square", "tonnes", "percent", "thousand", "million"}
    )
