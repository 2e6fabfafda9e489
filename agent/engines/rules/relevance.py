"""How much of a claim a sentence speaks of: shared words, the rarer and the more telling the heavier."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.checks.lexicon import words as word_set
from agent.engines.rules.lexicon import SAYING, SAYING_THAT
from agent.engines.rules.tokens import Kind, Token, is_verb, tokens

_BASE = {Kind.WORD: 1.0, Kind.NAME: 1.4, Kind.NUMBER: 1.2, Kind.YEAR: 1.2, Kind.FUNCTION: 0.0}
_SAID = 0.2  # that somebody says it tells little of what it is about
SAYING_VERBS = frozenset((SAYING + " " + SAYING_THAT).split())
_NOUN_FOLLOWS = word_set(
    """the a an of in on at by for from with his her its their our my this no any some each every"""
)
_FROM_CONTEXT = {Kind.NAME: 0.9, Kind.YEAR: 0.4, Kind.NUMBER: 0.0, Kind.WORD: 0.4, Kind.FUNCTION: 0.0}


@dataclass(frozen=True, slots=True)
class Ideas:
    """What words a text has, for fast look-up. ``people`` are the first letters of its names, which a
    country and its people share."""

    ideas: frozenset[str]
    people: frozenset[str]

    def have(self, word: Token) -> bool:
        if word.idea in self.ideas:
            return True
        return word.kind is Kind.NAME and len(word.lower) >= 5 and word.lower[:5] in self.people


@lru_cache(maxsize=4096)
def ideas(text: str) -> Ideas:
    words = [word for word in tokens(text) if word.content]
    people = frozenset(word.lower[:5] for word in words if len(word.lower) >= 5 and word.text[0].isupper())
    return Ideas(frozenset(word.idea for word in words), people)


@lru_cache(maxsize=4096)
def doings(text: str) -> tuple[Token, ...]:
    """The verbs of ``text`` that tell what was done: without auxiliaries, words of saying, participles
    and nouns behind an article or a preposition, and the first of two in a row, a noun as in "forces began".
    """
    words, found = tokens(text), []
    for place, word in enumerate(words):
        before = words[place - 1].lower if place else ""
        after = words[place + 1] if place + 1 < len(words) else None
        noun = before in _NOUN_FOLLOWS or (after is not None and after.content and is_verb(after))
        if word.content and is_verb(word) and not noun and word.lower not in SAYING_VERBS:
            found.append(word)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Subject:
    """A claim's telling words, each with its weight (sum 1 where there is any)."""

    words: tuple[Token, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the claim is in the sentence itself and how much with the help of its surroundings,
    both in [0, 1]; ``missing`` are the words that are in neither, ``borrowed`` those only around it."""

    own: float
    share: float
    missing: tuple[Token, ...]
    borrowed: tuple[Token, ...]


def subject(claim: str, sentences: Sequence[str]) -> Subject:
    """Weigh the claim's words by kind, and by how few of the ``sentences`` shown have them."""
    words = tuple({word.idea: word for word in tokens(claim) if word.content}.values())
    shown = [ideas(sentence) for sentence in sentences]
    raw = [
        _BASE[word.kind] * _rarity(word, shown) * (_SAID if word.lower in SAYING_VERBS else 1.0)
        for word in words
    ]
    total = sum(raw) or 1.0
    return Subject(words, tuple(weight / total for weight in raw))


def _rarity(word: Token, shown: Sequence[Ideas]) -> float:
    having = sum(sentence.have(word) for sentence in shown)
    return 1.0 + 0.3 * math.log((len(shown) + 1) / (having + 1))


def cover(claim: Subject, sentence: str, around: Iterable[str]) -> Coverage:
    """How far ``sentence`` covers the claim; ``around`` are the title and the sentences beside it."""
    inside, nearby = ideas(sentence), [ideas(text) for text in around]
    own = share = 0.0
    missing, borrowed = [], []
    for word, weight in zip(claim.words, claim.weights, strict=True):
        if inside.have(word):
            own += weight
            share += weight
        elif any(text.have(word) for text in nearby):
            share += weight * _FROM_CONTEXT[word.kind]
            borrowed.append(word)
        else:
            missing.append(word)
    return Coverage(own, share, tuple(missing), tuple(borrowed))
