"""Dates that say how exactly they are known."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date known to the day, the month, the year, or not at all.

    Written in ISO 8601's reduced precision: ``2025-02-01``, ``2025-02``, ``2025``; an unknown
    date is the empty string. Raises ValueError for a date the calendar does not have.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if (self.day is not None and self.month is None) or (self.month is not None and self.year is None):
            raise ValueError("a day needs its month and a month its year")
        if self.year is not None:
            date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ISO 8601 (``2025``, ``2025-02``, ``2025-02-01``, a timestamp's date); empty is unknown."""
        text = text.strip()
        if not text:
            return UNKNOWN_DATE
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a date like 2025-02-01, 2025-02 or 2025")
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year, month, day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        if self.year is None:
            return Precision.UNKNOWN
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def known(self) -> bool:
        return self.year is not None

    @property
    def earliest(self) -> date:
        """First day it can mean. Raises ValueError when unknown."""
        if self.year is None:
            raise ValueError("an unknown date has no earliest day")
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Last day it can mean. Raises ValueError when unknown."""
        if self.year is None:
            raise ValueError("an unknown date has no latest day")
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def by(self, limit: date) -> bool:
        """Whether it is certainly not after ``limit``; an unknown date is not."""
        return self.known and self.latest <= limit

    def __str__(self) -> str:
        if self.year is None:
            return ""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


UNKNOWN_DATE = PartialDate()
