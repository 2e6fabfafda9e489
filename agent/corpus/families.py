"""Near-copy families: which texts are one text, reprinted.

A wire story under another headline, with its tail cut or a paragraph added, is still one voice. Texts
are compared as sets of word trigrams: candidates come from MinHash signatures (Broder 1997) in a
banded index, every candidate is then compared exactly, and a family is a connected component of the
near copies, named by its smallest source id. So families depend on what the corpus holds, not on the
order in which it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from agent.corpus.wellformed import clean

if TYPE_CHECKING:
    import rensa

SHINGLE_WORDS = 3
SHORT_WORDS = 25
"""Below this a text is a copy only of the same words in the same order: in a short note, one other
figure is another report."""

MIN_SHARED = 0.75
"""Of the shorter text's shingles, what the longer must share."""

MIN_SIZE = 0.25
"""The shorter text's size over the longer's: a round-up that quotes a note whole is not its copy."""

_PERMUTATIONS, _SEED = 128, 1
# Bands of two rows find a pair at the bounds above (Jaccard 0.18) nine times in ten, one at 0.3 always.
_BANDS = 64
_MIN_ESTIMATE = 0.06
_SPACELESS = "\u3040-\u30ff\u3400-\u9fff"  # kana and ideographs: each a word, for want of spaces
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")

Shingles = frozenset[str]


def shingles(text: str) -> Shingles:
    """Word trigrams without case and punctuation; a short text is one shingle as a whole."""
    words = _WORD.findall(text.casefold())
    if len(words) < SHORT_WORDS:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))


def near_copies(one: Shingles, other: Shingles) -> bool:
    """Whether two texts are one, by the bounds above. Texts without words are copies of nothing."""
    small, large = sorted((one, other), key=len)
    if not small or len(small) < MIN_SIZE * len(large):
        return False
    return len(small & large) >= MIN_SHARED * len(small)


def signature(text: str) -> bytes:
    """The text's MinHash, as the store keeps it. It says which version of the algorithm made it."""
    return bytes(_minhash(shingles(clean(text))).__getstate__())


class FamilyIndex:
    """Families in memory, kept up as sources come and go.

    ``known`` are id, family and signature of the sources; ``text_of`` reads the text of one. A
    signature of another version of the algorithm is computed anew from the text.
    """

    def __init__(self, known: Iterable[tuple[str, str, bytes]], text_of: Callable[[str], str]) -> None:
        import rensa

        self._text_of = text_of
        self._shingles_of = lru_cache(maxsize=512)(lambda source_id: shingles(text_of(source_id)))
        self._lsh = rensa.RMinHashLSH(_MIN_ESTIMATE, _PERMUTATIONS, _BANDS)
        self._minhashes: dict[str, rensa.RMinHash] = {}
        self._numbers = count()
        self._ids: dict[int, str] = {}
        self._keys: dict[str, int] = {}
        self._family: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        for source_id, family, stored in known:
            self._file(source_id, self._restore(source_id, stored))
            self._assign({source_id: family})

    def __len__(self) -> int:
        return len(self._family)

    def near(self, text: str) -> frozenset[str]:
        """The sources that are near copies of a text, which need not be among them."""
        own = shingles(clean(text))
        return frozenset(
            source_id for source_id in self._candidates(_minhash(own)) if self._is_copy(own, source_id)
        )

    def family_of(self, source_id: str) -> str:
        return self._family[source_id]

    def add(self, source_id: str, text: str) -> dict[str, str]:
        """Files a source; returns the family of every source whose family this made or changed."""
        own = shingles(clean(text))
        minhash = _minhash(own)
        joined: set[str] = {source_id}
        for other in self._candidates(minhash):
            # One copy in a family draws in all of it: the rest need no comparing.
            if other not in joined and self._is_copy(own, other):
                joined |= self._members[self._family[other]]
        self._file(source_id, minhash)
        return self._assign(dict.fromkeys(joined, min(joined)))

    def remove(self, source_id: str) -> dict[str, str]:
        """Forgets a source; returns the families of those that it alone held together."""
        family = self._family.pop(source_id)
        rest = self._members.pop(family) - {source_id}
        self._lsh.remove(self._keys[source_id])
        del self._ids[self._keys.pop(source_id)], self._minhashes[source_id]
        for member in rest:
            del self._family[member]
        if not rest:
            return {}
        regrouped = FamilyIndex((), self._text_of)
        for member in sorted(rest):
            regrouped.add(member, self._text_of(member))
        self._assign(regrouped._family)
        return {member: new for member, new in regrouped._family.items() if new != family}

    def all_families(self) -> Mapping[str, str]:
        return self._family

    def _candidates(self, minhash: rensa.RMinHash) -> list[str]:
        found = [self._ids[key] for key in self._lsh.query(minhash) if key in self._ids]
        return sorted(i for i in found if self._minhashes[i].jaccard(minhash) >= _MIN_ESTIMATE)

    def _is_copy(self, own: Shingles, source_id: str) -> bool:
        return near_copies(own, self._shingles_of(source_id))

    def _file(self, source_id: str, minhash: rensa.RMinHash) -> None:
        key = next(self._numbers)
        self._ids[key], self._keys[source_id], self._minhashes[source_id] = source_id, key, minhash
        self._lsh.insert(key, minhash)

    def _assign(self, families: Mapping[str, str]) -> dict[str, str]:
        changed = {i: family for i, family in families.items() if self._family.get(i) != family}
        for source_id, family in changed.items():
            before = self._members.get(self._family.get(source_id, ""))
            if before is not None:
                before.discard(source_id)
            self._family[source_id] = family
            self._members.setdefault(family, set()).add(source_id)
        return changed

    def _restore(self, source_id: str, stored: bytes) -> rensa.RMinHash:
        import rensa

        minhash = rensa.RMinHash(_PERMUTATIONS, _SEED)
        try:
            minhash.__setstate__(stored)
        except ValueError:  # how rensa refuses the state of another version
            return _minhash(self._shingles_of(source_id))
        return minhash


def _minhash(tokens: Shingles) -> rensa.RMinHash:
    import rensa

    minhash = rensa.RMinHash(_PERMUTATIONS, _SEED)
    minhash.update(sorted(tokens))
    return minhash
