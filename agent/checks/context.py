"""What a figure counts: the noun after it, names that narrow it, and what befell what is counted.

No grammar of English is attempted: a noun phrase ends at the first function word or verb of fate, its head is
the first plural in it. What cannot be told stays empty, and empty is compared with nothing alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from agent.checks.lexicon import FATES, IRREGULAR, NOT_PLURAL, RATES, STOPWORDS, words
from agent.domain import Span


@dataclass(frozen=True, slots=True)
class Counted:
    """``head`` in the singular, small letters (``soldier``); ``names`` the capitalised words before it.

    ``fates`` are classes such as ``killed`` or ``captured`` in the order met; ``rate`` is ``day`` for a
    figure per day; ``words`` shows all that to a reader.
    """

    head: str = ""
    names: tuple[str, ...] = ()
    fates: tuple[str, ...] = ()
    rate: str = ""
    phrase: str = ""

    @property
    def words(self) -> str:
        parts = (self.phrase, " or ".join(self.fates), f"per {self.rate}" if self.rate else "")
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    lower: str
    start: int
    end: int


_WORD = re.compile(r"\bshot down\b|(?<!\d)[^\W\d_]+(?:['’][^\W\d_]+)?")
_NO_FATE = re.compile(r"fall(?= (?:of )?(?:1[5-9]|20)\d\d)|(?:(?<=give )|(?<=gives )|(?<=gave ))rise\b")
"""The season, and what gives rise to another thing."""
_BREAK = re.compile(r"[.;:!?\n()]|,(?!\s)|\s[–—-]\s")
_CLAUSE = words(
    """while but whereas although though including where which who when as after before because of"""
)
_MAX_NOUN_WORDS = 5
_NEAR = words(
    """at least about around some more than over up to nearly almost roughly a an the another of total"""
)
_OF = re.compile(r"\s*(?:out\s+)?of\s+(?:the|its|their|about|some|roughly|approximately|all|a total of)?\s*$")
_PER = re.compile(r"\s*(?:a|per|each|every)\s+(day|week|month|year|hour)\b")


def describe_counted(text: str, spans: tuple[Span, ...], measured: tuple[bool, ...]) -> tuple[Counted, ...]:
    """What each figure at ``spans`` counts; ``measured`` says which carry a unit of their own."""
    found = [_counted(text, spans, place, measured[place]) for place in range(len(spans))]
    for place in range(len(spans) - 1):
        if _OF.fullmatch(text[spans[place].end : spans[place + 1].start]):
            found[place], found[place + 1] = _part_of(found[place], found[place + 1])
    return tuple(found)


def _part_of(part: Counted, whole: Counted) -> tuple[Counted, Counted]:
    """``4,000 of 12,000 men killed``: the killed are the 4,000; the 12,000 are the base."""
    fates = part.fates or whole.fates
    return replace(part, head=whole.head, names=whole.names, fates=fates, phrase=whole.phrase), replace(
        whole, fates=()
    )


def _counted(text: str, spans: tuple[Span, ...], place: int, measured: bool) -> Counted:
    span = spans[place]
    floor = spans[place - 1].end if place else 0
    ceiling = spans[place + 1].start if place + 1 < len(spans) else len(text)
    after = _words(text, span.end, _clause_end(text, span.end, ceiling))
    before = _words(text, _clause_start(text, floor, span.start), span.start)
    per = _PER.match(text, span.end)
    rate = per.group(1) if per else ""
    noun = _noun_phrase(after, measured)
    fates, daily = _fates(before, after)
    phrase = text[noun[0].start : noun[-1].end] if noun else ""
    head = _head(noun)
    names = tuple(_singular(word.lower) for word in noun if word.text[0].isupper() and word is not head)
    if rate and head and head.lower == rate:
        head, phrase = None, ""
    return Counted(
        _singular(head.lower) if head else "", names, fates, rate or daily or _rate_after(text, noun), phrase
    )


def _rate_after(text: str, noun: list[_Word]) -> str:
    match = _PER.match(text, noun[-1].end) if noun else None
    return match.group(1) if match else ""


def _words(text: str, start: int, end: int) -> list[_Word]:
    return [
        _Word(match.group(), match.group().lower(), match.start(), match.end())
        for match in _WORD.finditer(text, start, max(start, end))
        if not _NO_FATE.match(text, match.start())
    ]


def _clause_end(text: str, start: int, ceiling: int) -> int:
    """Where what follows stops being about the figure; a comma ends it unless a list of fates goes on."""
    stop = _BREAK.search(text, start, ceiling)
    end = stop.start() if stop else ceiling
    for comma in re.finditer(",", text[start:end]):
        word = _WORD.search(text, start + comma.end(), end)
        if word is None or word.group().lower() not in FATES:
            return start + comma.start()
    return end


def _clause_start(text: str, floor: int, end: int) -> int:
    stops = [match.end() for match in re.finditer(r"[.;:!?,\n()]", text[floor:end])]
    return floor + stops[-1] if stops else floor


def _noun_phrase(after: list[_Word], measured: bool) -> list[_Word]:
    words = list(after)
    while words and words[0].lower in {
        "of",
        "the",
        "its",
        "their",
        "his",
        "more",
        "other",
        "additional",
        "new",
        "further",
    }:
        words.pop(0)
    if measured and (not after or after[0].lower != "of"):
        return []
    phrase: list[_Word] = []
    for word in words[:_MAX_NOUN_WORDS]:
        if word.lower in STOPWORDS or word.lower in FATES or word.lower in RATES:
            break
        phrase.append(word)
        if _plural(word):
            break
    return phrase


def _head(noun: list[_Word]) -> _Word | None:
    return noun[-1] if noun else None


def _plural(word: _Word) -> bool:
    if word.lower in IRREGULAR:
        return True
    return (
        len(word.lower) > 3
        and word.lower.endswith("s")
        and not word.lower.endswith("ss")
        and (word.lower not in NOT_PLURAL)
    )


def _singular(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return (
        word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")) else word
    )


def _fates(before: list[_Word], after: list[_Word]) -> tuple[tuple[str, ...], str]:
    """What befell, in classes: a verb right before the figure, else what follows, else the clause."""
    daily = next((RATES[word.lower] for word in (*after, *before) if word.lower in RATES), "")
    leading = _leading(before)
    if leading:
        return (leading,), daily
    following = _following(after)
    if following:
        return following, daily
    return _preceding(before), daily


def _leading(before: list[_Word]) -> str:
    for word in reversed(before):
        if word.lower in FATES:
            return FATES[word.lower]
        if word.lower not in _NEAR:
            return ""
    return ""


def _following(after: list[_Word]) -> tuple[str, ...]:
    fates: list[str] = []
    for word in after:
        if word.lower in _CLAUSE and (fates or word.lower != "of"):
            break
        fate = FATES.get(word.lower)
        if fate and fate not in fates:
            fates.append(fate)
        elif fates and word.lower not in {"and", "or"}:
            break
    return tuple(fates)


def _preceding(before: list[_Word]) -> tuple[str, ...]:
    fates: list[str] = []
    for word in reversed(before):
        if word.lower in FATES and FATES[word.lower] not in fates:
            fates.insert(0, FATES[word.lower])
        elif (fates and word.lower not in {"and", "or"}) or word.lower in _CLAUSE - {"of", "as"}:
            break
    return tuple(fates)
