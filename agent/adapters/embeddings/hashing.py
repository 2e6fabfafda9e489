"""Vectors without a model: signed feature hashing of words and their character n-grams.

After Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (ICML 2009): each feature
adds its weight, with a sign, to one coordinate, both taken from its hash, so that collisions cancel
out on average. The hash is BLAKE2b and not Python's own, which differs from process to process.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.ports import Vectors

_DIMENSION = 512
_VERSION = 1
_GRAM_SIZES = (3, 4, 5)
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+")
_LONGEST_WORD = 40  # scripts written without spaces make one word of a line
_SLICE = 256  # texts between two chances to be cancelled


class HashingEmbedder:
    """Compares wording, not meaning. ``instead_of`` opens the notice when another embedder was hoped for."""

    def __init__(self, instead_of: str = "") -> None:
        self._instead_of = instead_of

    @property
    def name(self) -> str:
        return f"hashing-{_DIMENSION}@{_VERSION}"

    @property
    def dimension(self) -> int:
        return _DIMENSION

    @property
    def notice(self) -> str:
        lead = f"{self._instead_of}. " if self._instead_of else ""
        return f"{lead}No model computed these vectors: search is mostly lexical and misses paraphrases."

    async def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for start in range(0, len(texts), _SLICE):
            rows = vectors[start : start + _SLICE]
            await asyncio.to_thread(_fill, rows, texts[start : start + _SLICE])
        return vectors


def _fill(rows: Vectors, texts: Sequence[str]) -> None:
    for row, text in zip(rows, texts, strict=True):
        for word, count in Counter(_words(text)).items():
            weight = 1.0 + math.log(count)
            for coordinate, value in _coordinates(word):
                row[coordinate] += weight * value
        length = math.sqrt(float(row @ row))
        if length == 0.0:  # no words, or every feature cancelled by another
            row[0] = length = 1.0
        row /= length


def _words(text: str) -> list[str]:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [
        word[start : start + _LONGEST_WORD] for word in words for start in range(0, len(word), _LONGEST_WORD)
    ]


@lru_cache(maxsize=65_536)
def _coordinates(word: str) -> tuple[tuple[int, float], ...]:
    """Where a word and its n-grams go, and how much of each."""
    padded = f"<{word}>"  # never shorter than the shortest n-gram
    grams = [padded[i : i + size] for size in _GRAM_SIZES for i in range(len(padded) - size + 1)]
    share = 1 / math.sqrt(len(grams))  # together they have the length of the word's own feature
    # A word is prefixed so that it never hashes like an n-gram of the same letters.
    return (_hashed("=" + word, 1.0), *(_hashed(gram, share) for gram in grams))


def _hashed(feature: str, weight: float) -> tuple[int, float]:
    digest = hashlib.blake2b(feature.encode("utf-8", "replace"), digest_size=4).digest()
    number = int.from_bytes(digest, "little")
    return (number >> 1) % _DIMENSION, weight if number & 1 else -weight
