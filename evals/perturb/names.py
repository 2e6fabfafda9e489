"""Another name: one that other claims of the set have, of as many words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from evals.perturb.dates import MONTHS
from evals.perturb.values import Swap

_RUN = re.compile(r"(?<![\w-])[A-Z][\w’'.-]*\w(?:\s[A-Z][\w’'.-]*\w)*")
_POSSESSIVE = re.compile(r"['’]s$")
_NO_NAME = re.compile(
    rf"(?:{MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|The|This|That|These|Those|An?|In|On|At|By|For|From|"
    r"After|Before|During|Since|As|When|While|Although|Though|If|It|Its|He|She|His|Her|They|Their|There|We|Our|"
    r"I|You|Your|And|But|Or|Of|To|With|Without|Some|Many|Most|All|Both|Each|Every|No|Not|Only|One|Two|Three|"
    r"More|Less|Over|Under|What|Who|How|Why|Where|Which|According|Mr|Mrs|Dr|Sir)\b[’'.]?\w*"
)


def find_names(text: str) -> Iterator[re.Match[str]]:
    """Runs of capitalised words, without an opening word that is capitalised for its place only."""
    for match in _RUN.finditer(text):
        place = match.start()
        while place < match.end() and (lead := _NO_NAME.match(text, place)) is not None:
            place = lead.end() + 1
        trimmed = _RUN.match(text, place, match.end()) if place < match.end() else None
        if trimmed is not None:
            yield trimmed


def names_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in the middle of texts, where a capital means a name; sorted, without repeats."""
    return tuple(sorted({_bare(m.group()) for text in texts for m in find_names(text) if m.start() > 0}))


def name_swaps(claim: str, evidence: str, rng: random.Random, names: Sequence[str]) -> Iterator[Swap]:
    """Other names for those that the evidence has as well, so that it does speak of them."""
    lowered = f"{claim} {evidence}".casefold()
    for match in find_names(claim):
        name = _bare(match.group())
        if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", evidence) or _is_word(name, evidence):
            continue
        others = [
            other
            for other in names
            if _alike(other, name) and not any(word in lowered for word in other.casefold().split())
        ]
        if others:
            yield Swap(match.start(), name, rng.choice(others), stated=True)


def _bare(name: str) -> str:
    return _POSSESSIVE.sub("", name)


def _is_word(name: str, evidence: str) -> bool:
    """Whether the evidence has it in small letters too: then its capital says nothing."""
    return re.search(rf"\b{re.escape(name.lower())}\b", evidence) is not None


def _alike(one: str, other: str) -> bool:
    """As many words, and both or neither an abbreviation."""
    return len(one.split()) == len(other.split()) and one.isupper() == other.isupper()
