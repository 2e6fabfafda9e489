"""Words with their places, stems and kinds: what relevance and stance are computed from."""

from __future__ import annotations

import itertools
import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from agent.engines.rules.lexicon import (
    AUXILIARIES,
    FOREIGN_WORDS,
    FUNCTION_WORDS,
    IRREGULAR,
    OPPOSITES,
    SYNONYMS,
    VERBS,
)

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+|-[^\W_]+)*")
_GENITIVE = re.compile(r"['’]s?$")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


class Kind(StrEnum):
    FUNCTION = "function"
    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    YEAR = "year"


class Token(NamedTuple):
    """A word at ``start`` of its text. ``stem`` is the stem of its dictionary form; ``idea`` the same
    for all words listed as synonyms."""

    text: str
    lower: str
    stem: str
    idea: str
    kind: Kind
    start: int

    @property
    def content(self) -> bool:
        return self.kind is not Kind.FUNCTION


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of ``text``, in order."""
    read = [_token(match, opens=_opens(text, match.start())) for match in _TOKEN.finditer(text)]
    for place, (word, after) in enumerate(itertools.pairwise(read)):
        capital = word.kind is Kind.WORD and word.text[0].isupper()
        adjoins = after.start == word.start + len(word.text) + 1
        if capital and adjoins and after.kind is Kind.NAME:  # "Harbour Watch" opens a sentence
            read[place] = word._replace(kind=Kind.NAME)
    return tuple(read)


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \t\n\"'“”‘’«([-–—•*#`")
    return not before or before[-1] in ".!?:;…\n"


def _token(match: re.Match[str], *, opens: bool) -> Token:
    text = match.group()
    lower, base, idea = _forms(text)
    return Token(text, lower, base, idea, _kind(text, lower, opens), match.start())


@lru_cache(maxsize=65536)
def _forms(text: str) -> tuple[str, str, str]:
    """A word's lower case, stem and idea, without accents, which reports set or drop: ``Noël``, ``Noel``."""
    parts = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    lower = _GENITIVE.sub("", plain) or text.lower()
    base = stem(lower)
    return lower, base, _ideas().get(base, base)


def _kind(text: str, lower: str, opens: bool) -> Kind:
    if lower[0].isdigit():
        return Kind.YEAR if _YEAR.fullmatch(text) else Kind.NUMBER
    if lower in FUNCTION_WORDS:
        return Kind.FUNCTION
    if text[0].isupper() and (not opens or text[1:2].isupper()):
        return Kind.NAME
    return Kind.WORD


@lru_cache(maxsize=65536)
def stem(lower: str) -> str:
    """The Snowball English stem of a lower-case word's dictionary form."""
    base: str = _stemmer().stemWord(IRREGULAR.get(lower, lower))
    return base


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # the library has no types
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _ideas() -> dict[str, str]:
    ideas: dict[str, str] = {}
    for line in SYNONYMS.strip().splitlines():
        head, *others = (stem(word) for word in line.split())
        for word in (head, *others):
            ideas.setdefault(word, head)
    return ideas


def is_verb(word: Token) -> bool:
    """Whether a word is a verb, as far as an ending and a word list can tell; nouns like "film" pass."""
    if word.lower in AUXILIARIES:
        return True
    if word.kind is not Kind.WORD:
        return False
    if word.lower == f"{word.stem}ly":  # "costly" has the stem of "cost"; that of "apply" is "appli"
        return False
    return word.stem in _verb_stems() or (word.lower.endswith("ed") and len(word.lower) > 4)


@cache
def _verb_stems() -> frozenset[str]:
    return frozenset(stem(verb) for verb in VERBS)


@cache
def opposites() -> dict[str, frozenset[str]]:
    """For each idea, the ideas that exclude it."""
    pairs: dict[str, set[str]] = {}
    for line in OPPOSITES.strip().splitlines():
        one, other = (_ideas().get(stem(word), stem(word)) for word in line.split())
        pairs.setdefault(one, set()).add(other)
        pairs.setdefault(other, set()).add(one)
    return {idea: frozenset(others) for idea, others in pairs.items()}


@lru_cache(maxsize=4096)
def is_english(text: str) -> bool:
    """Whether the word lists can be trusted on ``text``. Texts too short to tell count as English."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return True
    latin = sum(character < "ɐ" for character in letters)
    if latin < 0.7 * len(letters):
        return False
    words = [token.lower for token in tokens(text)]
    english = sum(word in FUNCTION_WORDS for word in words)
    return sum(word in FOREIGN_WORDS for word in words) <= english
