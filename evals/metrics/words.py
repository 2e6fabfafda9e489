"""How alike two texts are by their words: what citations and extracted claims are matched with.

Words are lower-cased, without accents; English function words are left out and the rest are reduced to
their Snowball stems, unless nothing would remain. The list is this module's own, so that no change of an
engine moves the measure it is judged by.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_FUNCTION_WORDS = """
    a an the and or but nor of in on at by to for from with into onto over under as than then that this
    these those it its he him his she her they them their we us our you your i me my who whom whose which what
    when where is are was were be been being am do does did has have had having will would shall should can
    could may might must there here also s
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


@lru_cache(maxsize=16_384)
def words(text: str) -> Counter[str]:
    """The stems of the text's content words with their numbers. Do not change what is returned."""
    plain = unicodedata.normalize("NFKD", text.lower())
    every = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    content = [word for word in every if word not in _FUNCTION] or every
    return Counter(_stemmer().stemWords(content))


def token_f1(one: str, other: str) -> float:
    """2 × shared words ÷ all words of both, in [0, 1] (SQuAD's token F1, on stems); 0 where one is empty."""
    ours, theirs = words(one), words(other)
    shared, total = (ours & theirs).total(), ours.total() + theirs.total()
    return 2 * shared / total if shared else 0.0


def overlap(one: str, other: str) -> float:
    """Shared words ÷ the shorter text's words, in [0, 1] (Szymkiewicz–Simpson): 1 where one holds the
    other, as a sentence and the paragraph it is cut from; 0 where one is empty."""
    ours, theirs = words(one), words(other)
    shared = (ours & theirs).total()
    return shared / min(ours.total(), theirs.total()) if shared else 0.0


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # the library has no types
    import snowballstemmer

    return snowballstemmer.stemmer("english")
