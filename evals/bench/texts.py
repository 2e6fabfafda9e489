"""Made-up texts whose words are distributed as in real ones, the same for the same seed.

Word frequencies follow Zipf and Mandelbrot, 1 / (rank + 2.7); a source is about one topic, whose name
opens its sentences as a place or a person does in news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIRST_DAY = date(2000, 1, 1)
DAYS = 9_000
"""Sources are published evenly over these days."""

_SHIFT = 2.7
_SYLLABLE = re.compile("[^aeiou]+[aeiou]+")
_SYLLABLES = list(
    dict.fromkeys(
        _SYLLABLE.findall("babedobridofafleflogigragohikeklaloumamemonipaprireroustatitrouvevaiwozunu")
    )
)
_SENTENCE_WORDS = (8, 22)
_SOURCE_SENTENCES = (20, 55)


@dataclass(frozen=True, slots=True)
class MadeSource:
    text: str
    published: date


class Words:
    """Draws words. ``vocabulary`` is in order of frequency, the commonest first."""

    def __init__(self, vocabulary: Sequence[str], seed: int) -> None:
        import numpy as np

        self._vocabulary = vocabulary
        self.random = np.random.default_rng(seed)
        weights = 1.0 / (np.arange(len(vocabulary)) + 1 + _SHIFT)
        self._cumulated: NDArray[np.float64] = np.cumsum(weights / weights.sum())

    def draw(self, count: int) -> list[str]:
        places = self._cumulated.searchsorted(self.random.random(count))
        return [self._vocabulary[min(int(p), len(self._vocabulary) - 1)] for p in places]

    def sentence(self, subject: str) -> str:
        """``subject``, words, a full stop."""
        words = self.draw(int(self.random.integers(*_SENTENCE_WORDS)))
        return f"{subject} {' '.join(words)}."


def made_up(count: int) -> list[str]:
    """``count`` different words that can be pronounced, short ones first."""
    found: list[str] = []
    level = [""]
    while len(found) < count:
        level = [word + syllable for word in level for syllable in _SYLLABLES][:count]
        found += level
    return found[:count]


def sources(seed: int, topics: int) -> Iterator[MadeSource]:
    """Without end; each about one of ``topics``."""
    words = Words(made_up(50_000), seed)
    while True:
        subject = topic_name(int(words.random.integers(topics)))
        count = int(words.random.integers(*_SOURCE_SENTENCES))
        text = " ".join(words.sentence(subject) for _ in range(count))
        yield MadeSource(text, FIRST_DAY + timedelta(days=int(words.random.integers(DAYS))))


def topic_name(topic: int) -> str:
    return f"Zq{topic}"


def topic_of(text: str) -> int:
    """The topic its sentences open with. Raises ValueError where the text is none of these."""
    return int(text.split(" ", 1)[0].removeprefix("Zq"))


def day_admitting(share: float) -> date | None:
    """The as-of date by which that share of the sources was published; None for all of them."""
    return None if share >= 1 else FIRST_DAY + timedelta(days=int(DAYS * share) - 1)
