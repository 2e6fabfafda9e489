"""When something was said: dates in the words around it, read against the document's own date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from agent.checks.dates import DateMention, find_dates
from agent.domain import UNKNOWN_DATE, PartialDate, Precision

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = r"(?P<month>" + "|".join(_MONTHS) + ")"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FIRST_DAY = date(1, 1, 8)  # before it there is no week to go back
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
    found = find_dates(frame)
    if day := next((date for date in found if date.day), None):
        return day.date if day.year else _last_such_day(published, day)
    if month := next((date for date in found if date.month and date.year), None):
        return month.date
    return _relative(frame, published)


def speaks_of(text: str) -> str:
    """The first expression of time in ``text``, as it stands there; empty where there is none."""
    match = _TIME.search(text)
    return match.group().strip() if match else ""


def _last_such_day(published: PartialDate, said: DateMention) -> PartialDate:
    if not published.known or said.month is None or said.day is None:
        return UNKNOWN_DATE
    limit = published.latest
    try:
        this_year = date(limit.year, said.month, said.day)
        return PartialDate.of(this_year if this_year <= limit else this_year.replace(year=limit.year - 1))
    except ValueError:  # 29 February of a year without one
        return UNKNOWN_DATE


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
