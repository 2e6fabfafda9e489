"""The same claim in other words, by rules simple enough to keep its meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewording:
    """``by`` names the rule."""

    by: str
    text: str


_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORD_OF = {str(value): word for value, word in enumerate(_NUMBERS, start=2)}
_DIGITS_OF = {word: digits for digits, word in _WORD_OF.items()}
_CONTRACTED = {
    "did not": "didn't",
    "does not": "doesn't",
    "do not": "don't",
    "is not": "isn't",
    "are not": "aren't",
    "was not": "wasn't",
    "were not": "weren't",
    "has not": "hasn't",
    "have not": "haven't",
    "had not": "hadn't",
    "will not": "won't",
    "would not": "wouldn't",
    "could not": "couldn't",
    "cannot": "can't",
}
_FULL = {short: full for full, short in _CONTRACTED.items()}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A lone small number: no part of a date, a decimal, a range, a time, a score or an amount.
_LONE_DIGITS = re.compile(
    r"(?<![\w.,:/$€£%°+-])(?<!\bto )(?<!\band )(\d{1,2})"
    r"(?=\s+(?!(?:million|billion|thousand|hundred|percent|per|to|and|or)\b)[a-z]{3,})"
)
_LONE_WORD = re.compile(
    rf"(?<![\w-])({'|'.join(_NUMBERS)})(?=\s+(?!(?:of|or|to|million|billion|thousand|hundred)\b)[a-z]{{3,}})"
)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}}) ({_MONTHS}) (\d{{4}})\b")
_MONTH_DAY = re.compile(rf"\b({_MONTHS}) (\d{{1,2}}), (\d{{4}})\b")
_PERCENT_SIGN = re.compile(r"(\d)%")
_PERCENT_WORD = re.compile(r"(\d) (?:percent|per cent)\b")
_WHEN = rf"[Ii]n (?:(?:early|late|mid-?) ?)?(?:(?:{_MONTHS}) )?\d{{4}}"
_WHEN_FIRST = re.compile(rf"^({_WHEN}), ([^,;:]+?)([.!]?)$")
_WHEN_LAST = re.compile(rf"^([^,;:]+?) ({_WHEN})([.!]?)$")
# Words that only open a sentence with a capital; any other word may be a name.
_OPENERS = {
    "The",
    "A",
    "An",
    "It",
    "He",
    "She",
    "They",
    "There",
    "This",
    "These",
    "We",
    "Some",
    "Many",
    "Most",
}


def rewordings(claim: str) -> tuple[Rewording, ...]:
    """Every rule that changes the claim, one rewording each; at least one, the frame that always fits."""
    found = (Rewording(name, rule(claim)) for name, rule in RULES.items())
    return tuple(each for each in found if each.text != claim)


def _contraction(claim: str) -> str:
    table = _CONTRACTED if any(full in claim for full in _CONTRACTED) else _FULL
    for words, others in table.items():
        claim = re.sub(rf"\b{re.escape(words)}\b", others, claim)
    return claim


def _numerals(claim: str) -> str:
    if _LONE_DIGITS.search(claim):
        return _LONE_DIGITS.sub(lambda match: _WORD_OF.get(match[1], match[1]), claim)
    return _LONE_WORD.sub(lambda match: _DIGITS_OF[match[1]], claim)


def _date(claim: str) -> str:
    if _DAY_MONTH.search(claim):
        return _DAY_MONTH.sub(r"\2 \1, \3", claim)
    return _MONTH_DAY.sub(r"\2 \1 \3", claim)


def _percent(claim: str) -> str:
    if _PERCENT_SIGN.search(claim):
        return _PERCENT_SIGN.sub(r"\1 percent", claim)
    return _PERCENT_WORD.sub(r"\1%", claim)


def _order(claim: str) -> str:
    """A time that opens the sentence goes to its end, or the other way round."""
    if match := _WHEN_FIRST.match(claim):
        when, rest, stop = match.groups()
        return f"{rest[0].upper()}{rest[1:]} {_lowered(when)}{stop}"
    if match := _WHEN_LAST.match(claim):
        rest, when, stop = match.groups()
        return f"{when[0].upper()}{when[1:]}, {_as_continued(rest)}{stop}"
    return claim


def _framed(claim: str) -> str:
    return f"It is the case that {_as_continued(claim)}"


def _as_continued(sentence: str) -> str:
    first = sentence.split(" ", 1)[0]
    return _lowered(sentence) if first in _OPENERS else sentence


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


RULES: dict[str, Callable[[str], str]] = {
    "contraction": _contraction,
    "numerals": _numerals,
    "date": _date,
    "percent": _percent,
    "order": _order,
    "frame": _framed,
}
