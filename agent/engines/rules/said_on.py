"""When something was said: dates in the words around it, read against the document's own date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from agent.domain import UNKNOWN_DATE, PartialDate, Precision

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = r"(?P<month>" + "|".join(_MONTHS) + ")"
_YEAR = r"(?:,?\s+(?P<year>\d{4})\b)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FIRST_DAY = date(1, 1, 8)  # before it there is no week to go back
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_DATES = (re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}"), re.compile(rf"\b{_MONTH}\s+{_DAY}\b{_YEAR}"))
_MONTH_ONLY = re.compile(rf"\b{_MONTH}\s+(?P<year>\d{{4}})\b")
_WEEKDAY = re.compile(r"\b(?:on|late|early)\s+(?P<weekday>" + "|".join(_WEEKDAYS) + r")\b")
_RELATIVE = re.compile(r"\b(?P<word>today|yesterday)\b", re.IGNORECASE)
_TIME = re.compile(
    rf"\b(?:(?:on|in|by|since|during|from|until|at the (?:start|end) of|in (?:early|mid|late))[\s-]+)?"
    rf"(?:{_DAY}\s+)?{_MONTH}(?:\s+\d{{1,2}}\b)?(?:,?\s+\d{{4}})?|\b(?:in|since|by|until|during|from)\s+(?:1\d|20)\d\d\b"
)


def said_on(frame: str, published: PartialDate) -> PartialDate:
    """The date in ``frame``, the words around a reported clause; unknown where they hold none.

    A date without a year is the last such day up to ``published``; without ``published`` it stays
    unknown, since no year could be told.
    """
    if match := _ISO.search(frame):
        return _parsed(match.group())
    for pattern in _DATES:
        if match := pattern.search(frame):
            return _calendar(match, published)
    if match := _MONTH_ONLY.search(frame):
        return _parsed(f"{match['year']}-{_number(match['month']):02d}")
    return _relative(frame, published)


def speaks_of(text: str) -> str:
    """The first expression of time in ``text``, as it stands there; empty where there is none."""
    match = _TIME.search(text)
    return match.group().strip() if match else ""


def _parsed(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return UNKNOWN_DATE


def _number(month: str) -> int:
    return _MONTHS.index(month) + 1


def _calendar(match: re.Match[str], published: PartialDate) -> PartialDate:
    year, month, day = match["year"], _number(match["month"]), int(match["day"])
    try:
        if year:
            return PartialDate(int(year), month, day)
        if not published.known:
            return UNKNOWN_DATE
        return _last_such_day(published.latest, month, day)
    except ValueError:  # a day the calendar does not have
        return UNKNOWN_DATE


def _last_such_day(limit: date, month: int, day: int) -> PartialDate:
    this_year = date(limit.year, month, day)
    return PartialDate.of(this_year if this_year <= limit else date(limit.year - 1, month, day))


def _relative(frame: str, published: PartialDate) -> PartialDate:
    if published.precision is not Precision.DAY or published.earliest < _FIRST_DAY:
        return UNKNOWN_DATE
    day = published.earliest
    if match := _RELATIVE.search(frame):
        return PartialDate.of(day - timedelta(days=1 if match["word"].lower() == "yesterday" else 0))
    if match := _WEEKDAY.search(frame):
        back = (day.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
        return PartialDate.of(day - timedelta(days=back))
    return UNKNOWN_DATE
