"""Another year, month or day."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from evals.perturb.values import Swap

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAMES = MONTHS.split("|")
YEAR = re.compile(r"(?:1[5-9]\d\d|20[0-4]\d)")

_YEARS = re.compile(
    rf"(?<![\w.,$€£/-]){YEAR.pattern}(?![\w/%-]|[.,]\d|\s(?:people|men|women|dollars|miles|km)\b)"
)
_NAMED = re.compile(
    rf"\b(?:{MONTHS})(?=,?\s(?:of\s)?\d)|(?<=\d\s)(?:{MONTHS})\b|(?<=\b[Ii]n\s)(?:{MONTHS})\b"
)
_DAYS = re.compile(
    rf"(?:{MONTHS})\s(?P<after>\d{{1,2}})(?![\d:])|(?<!\d)(?P<before>\d{{1,2}})\s(?:{MONTHS})\b"
)
_EARLIER_ONLY = re.compile(
    r"\b(?:before|by|since|prior to|no later than|as early as)\s(?:the\s)?(?:year\s)?$", re.IGNORECASE
)
_LATER_ONLY = re.compile(r"\b(?:after|following|as late as)\s(?:the\s)?(?:year\s)?$", re.IGNORECASE)


def date_swaps(claim: str, evidence: str, rng: random.Random) -> Iterator[Swap]:
    """Another year, month or day for one of the claim, none of them in the evidence.

    A year behind ``before``, ``by`` or ``since`` only moves back and one behind ``after`` only forward:
    the other way, the claim would stay true.
    """
    yield from _years(claim, evidence, rng)
    yield from _months(claim, evidence, rng)
    yield from _days(claim, evidence, rng)


def _years(claim: str, evidence: str, rng: random.Random) -> Iterator[Swap]:
    for match in _YEARS.finditer(claim):
        before, year = claim[: match.start()], int(match.group())
        steps = [step for step in range(-9, 10) if abs(step) >= 2]
        if _EARLIER_ONLY.search(before):
            steps = [step for step in steps if step < 0]
        if _LATER_ONLY.search(before):
            steps = [step for step in steps if step > 0]
        years = [str(year + step) for step in steps if str(year + step) not in evidence + claim]
        if years:
            stated = re.search(rf"\b{year}\b", evidence) is not None
            yield Swap(match.start(), match.group(), rng.choice(years), stated)


def _months(claim: str, evidence: str, rng: random.Random) -> Iterator[Swap]:
    others = [name for name in _NAMES if name not in evidence + claim]
    for match in _NAMED.finditer(claim):
        if others:
            yield Swap(match.start(), match.group(), rng.choice(others), match.group() in evidence)


def _days(claim: str, evidence: str, rng: random.Random) -> Iterator[Swap]:
    taken = {day for text in (claim, evidence) for day in re.findall(r"\d+", text)}
    others = [str(day) for day in range(1, 29) if str(day) not in taken]
    for match in _DAYS.finditer(claim):
        name = "after" if match["after"] else "before"
        if others:
            yield Swap(match.start(name), match[name], rng.choice(others), match.group() in evidence)
