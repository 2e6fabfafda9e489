"""Dates in running text, with how exactly they are stated, and their comparison.

Silence is preferred to a false alarm: a day that differs is only called different where both texts give
exactly one day and speak of recognisably the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from agent.domain import UNKNOWN_DATE, CheckKind, CheckResult, PartialDate, Precision, Remark, Span

_MONTHS = (
    "january jan januar janvier enero gennaio січня января січень январь",
    "february feb februar février fevrier febrero febbraio лютого февраля лютий февраль",
    "march mar märz mars marzo березня марта березень март",
    "april apr avril abril aprile квітня апреля квітень апрель",
    "may mai mayo maggio травня мая травень май",
    "june jun juni juin junio giugno червня июня червень июнь",
    "july jul juli juillet julio luglio липня июля липень июль",
    "august aug août aout agosto серпня августа серпень август",
    "september sept sep septembre septiembre settembre вересня сентября вересень сентябрь",
    "october oct oktober octobre octubre ottobre жовтня октября жовтень октябрь",
    "november nov novembre noviembre листопада ноября листопад ноябрь",
    "december dec dezember décembre decembre diciembre dicembre грудня декабря грудень декабрь",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

MONTH_NAMES = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May",),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
"""As English writes them, in order."""

_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|er)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d)"
_PART = r"(?:(?P<part>early|mid|late|the beginning of|the end of|the start of|end of)[ -])?"
_LEAD = (
    r"(?:in|since|by|until|till|during|from|before|after|of|through|throughout|early|mid|late|year|"
    r"spring|summer|autumn|fall|winter)"
)

# In order: the first form that fits at a place is taken. The flag says whether letter case is free.
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<mm>\d{2})-(?P<day>\d{2})(?:T[\d:.]+Z?)?(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})\.(?P<mm>\d{1,2})\.(?P<year>\d{4})(?!\d)",
        rf"(?<![\w.,]){_DAY} (?:of |de )?{_MONTH},?(?: (?:of |de )?{_YEAR})?",
        rf"\b{_MONTH} {_DAY}(?![\d:%]|[.,]\d)(?:,? {_YEAR})?",
        rf"\b{_PART}{_MONTH},? (?:of )?{_YEAR}",
        rf"\b{_LEAD}[ -](?:the year )?{_YEAR}",
    )
)
_BARE_MONTH = re.compile(
    rf"\b(?:(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|[Ff]rom|[Ee]nd of|[Ss]tart of) )?{_PART}"
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_SLASHED = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/(?P<year>\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text has it: ``text == source[span.start:span.end]``. The year may be left out."""

    span: Span
    text: str
    year: int | None
    month: int | None
    day: int | None
    part: str = ""

    @property
    def date(self) -> PartialDate:
        """Unknown where the text leaves out the year."""
        return UNKNOWN_DATE if self.year is None else PartialDate(self.year, self.month, self.day)


def find_dates(text: str) -> tuple[DateMention, ...]:
    """All dates in ``text``, in order, none overlapping. Never raises."""
    found: list[DateMention] = []
    for form in (*_FORMS, _SLASHED, _BARE_MONTH):
        for match in form.finditer(text):
            mention = _mention(match)
            if mention is not None and not any(mention.span.overlaps(other.span) for other in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.span))


def _mention(match: re.Match[str]) -> DateMention | None:
    groups = match.groupdict()
    month = _month(groups)
    year, day = (int(groups[name]) if groups.get(name) else None for name in ("year", "day"))
    if not _possible(year, month, day) or _is_a_word(match, year, day):
        return None
    span = Span(match.start(), match.end())
    return DateMention(span, match.group(), year, month, day, (groups.get("part") or "").lower())


def _month(groups: dict[str, str | None]) -> int | None:
    name, number = groups.get("month"), groups.get("mm")
    if name:
        return _MONTH_OF.get(name.lower())
    return int(number) if number else None


def _possible(year: int | None, month: int | None, day: int | None) -> bool:
    try:
        date(
            year if year is not None else 2000,
            month if month is not None else 1,
            day if day is not None else 1,
        )
    except ValueError:
        return False
    return True


def _is_a_word(match: re.Match[str], year: int | None, day: int | None) -> bool:
    """``may`` and ``march`` in small letters, or a bare ``May``, are no months."""
    name = match.groupdict().get("month") or ""
    english = name.lower() in {"may", "march", "mar", "jan", "sept", "sep", "dec", "mars"}
    if english and name.islower():
        return True
    return year is None and day is None and match.group() == "May"


def compare_dates(claim_text: str, quote: str) -> tuple[Remark, ...]:
    """What a claim's dates and a quote's have to do with one another; empty where nothing can be said."""
    ours, theirs = find_dates(claim_text), find_dates(quote)
    remarks = tuple(remark for mention in ours if (remark := _matched(mention, theirs)))
    if remarks or not ours or not theirs:
        return remarks
    remark = _unmatched(ours, theirs, claim_text, quote)
    return (remark,) if remark else ()


def _matched(ours: DateMention, theirs: tuple[DateMention, ...]) -> Remark | None:
    for other in theirs:
        if _within(other, ours) or (other.day is not None and _within(ours, other)):
            return _remark(CheckResult.AGREES, ours, other)
    for other in theirs:
        if _within(ours, other):
            return _remark(CheckResult.NOT_COMPARABLE, ours, other, ": less exact")
    return None


def _within(inner: DateMention, outer: DateMention) -> bool:
    """Whether ``inner`` states all that ``outer`` does, and the same."""
    if outer.part and inner.part != outer.part and not _in_part(inner.day, outer.part):
        return False
    pairs = ((inner.year, outer.year), (inner.month, outer.month), (inner.day, outer.day))
    shared = sum(1 for mine, other in pairs if other is not None and mine == other)
    return shared > 0 and all(other is None or mine == other for mine, other in pairs)


def _in_part(day: int | None, part: str) -> bool:
    third = {"early": 0, "the beginning of": 0, "the start of": 0, "mid": 1}.get(part, 2)
    return day is not None and min((day - 1) // 10, 2) == third


def _unmatched(
    ours: tuple[DateMention, ...], theirs: tuple[DateMention, ...], claim_text: str, quote: str
) -> Remark | None:
    mine, other = ours[0], theirs[0]
    single = len(ours) == 1 and len(theirs) == 1
    days = mine.day is not None and other.day is not None
    if single and days and _one_year(mine, other) and _same_event(claim_text, quote):
        return _remark(CheckResult.DIFFERS, mine, other, ": another day")
    if single and mine.date.precision is not Precision.UNKNOWN and other.date.known:
        return _remark(CheckResult.NOT_COMPARABLE, mine, other, ": another date")
    return None


def _one_year(mine: DateMention, other: DateMention) -> bool:
    """Whether the years leave it open that one day is a slip for the other."""
    return mine.year is None or other.year is None or mine.year == other.year


_WORD = re.compile(r"[^\W\d_]{4,}")
_SHARED_WORDS = 3
_SHARED_PART = 0.5


def _same_event(claim_text: str, quote: str) -> bool:
    mine, theirs = (
        {word.lower()[:6] for word in _WORD.findall(_dateless(text))} for text in (claim_text, quote)
    )
    shared = len(mine & theirs)
    return shared >= _SHARED_WORDS and shared >= _SHARED_PART * min(len(mine), len(theirs))


def _dateless(text: str) -> str:
    for mention in reversed(find_dates(text)):
        text = text[: mention.span.start] + text[mention.span.end :]
    return text


def _remark(result: CheckResult, ours: DateMention, theirs: DateMention, why: str = "") -> Remark:
    return Remark(CheckKind.DATE, result, f"claim: {ours.text}; source: {theirs.text}{why}")
