"""The store and what is derived from it, opened when first needed and kept in line with it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.corpus.families import FamilyIndex
from agent.corpus.lexical import LexicalEntry, LexicalIndex
from agent.corpus.reads import TARGETS, Entry, Target
from agent.corpus.store import Store
from agent.domain import Scope
from agent.errors import CorpusDamaged
from agent.ports import VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

IndexFactory = Callable[[Path, str, int], VectorIndex]
"""Opens the vector index in a folder for an embedder's name and dimension; blocking."""

STORE, LEXICAL, VECTORS = "store.sqlite", "lexical", "vectors"
_SYNC_BATCH = 2_000
_VIEWS = 16  # kept: each document under test has its own, of the size of the catalog


@dataclass(frozen=True, slots=True)
class View:
    """What of the corpus a scope admits. ``sources`` is None when that is everything."""

    total: int
    admitted: int
    sources: frozenset[str] | None
    families: dict[str, str]

    def admits(self, source_id: str | None) -> bool:
        """Whether hits of this source may be shown; an index may know passages the store has lost."""
        if self.sources is None:
            return source_id in self.families
        return source_id in self.sources


@dataclass(frozen=True, slots=True)
class Narrow:
    """All passages of a view, to be searched exactly: their ids, ascending, their vectors in the same
    order, and the source of each."""

    ids: list[str]
    vectors: NDArray[np.float32]
    sources: dict[str, str]


class Holdings:
    """One corpus folder, as one process holds it."""

    def __init__(self, folder: Path, store: Store, index_factory: IndexFactory) -> None:
        self.folder = folder
        self.store = store
        self._factory = index_factory
        self._lexical: LexicalIndex | None = None
        self._vectors: VectorIndex | None = None
        self._families: FamilyIndex | None = None
        self._catalog: _Catalog | None = None
        self._views: dict[Scope, View] = {}
        self._narrow: tuple[View, Narrow] | None = None
        self._opening = asyncio.Lock()
        self._syncing = asyncio.Lock()
        self._reading = threading.Lock()

    async def lexical(self) -> LexicalIndex:
        """Raises CorpusDamaged when it does not hold what the store says it should."""
        async with self._opening:
            if self._lexical is None:
                index = await asyncio.to_thread(LexicalIndex.open, self.folder / LEXICAL)
                await self._expect("lexical", await asyncio.to_thread(index.count))
                self._lexical = index
            return self._lexical

    async def vectors(self) -> VectorIndex:
        """Raises CorpusDamaged when it does not hold what the store says it should."""
        async with self._opening:
            if self._vectors is None:
                made = self.store.identity
                folder = self.folder / VECTORS
                index = await asyncio.to_thread(self._factory, folder, made.embedder, made.dimension)
                try:
                    await self._expect("vectors", await index.count())
                except CorpusDamaged:
                    await index.close()
                    raise
                self._vectors = index
            return self._vectors

    async def _expect(self, target: Target, count: int) -> None:
        # While entries are pending the counts differ by right.
        if await asyncio.to_thread(self.store.pending_count, target):
            return
        expected = await asyncio.to_thread(self.store.passage_count)
        if count != expected:
            name = "lexical" if target == "lexical" else "vector"
            raise CorpusDamaged(
                f"the {name} index holds {count} passages where the corpus has {expected}; "
                "`corroborate corpus check --repair` rebuilds it"
            )

    @property
    def in_line(self) -> bool:
        """Whether both indexes have taken in all changes of the store."""
        return not any(self.store.pending_count(target) for target in TARGETS)

    async def sync(self) -> None:
        """Bring the indexes into line with the store; what an earlier process left undone included."""
        async with self._syncing:
            while ids := await asyncio.to_thread(self.store.pending, "lexical", _SYNC_BATCH):
                await asyncio.to_thread(self._sync_lexical, await self.lexical(), ids)
            while ids := await asyncio.to_thread(self.store.pending, "vectors", _SYNC_BATCH):
                await self._sync_vectors(await self.vectors(), ids)

    def _sync_lexical(self, index: LexicalIndex, ids: list[str]) -> None:
        entries = [
            LexicalEntry(i, s.passage.source_id, s.text, s.metadata.title, s.metadata.language)
            for i, s in self.store.stored(ids).items()
        ]
        index.apply(entries, set(ids) - {entry.passage_id for entry in entries})
        self._settle("lexical", ids)

    async def _sync_vectors(self, index: VectorIndex, ids: list[str]) -> None:
        found, vectors = await asyncio.to_thread(self.store.vectors, ids)
        gone = sorted(set(ids) - set(found))
        if found:
            await index.upsert(found, vectors)
        if gone:
            await index.remove(gone)
        await asyncio.to_thread(self._settle, "vectors", ids)

    def _settle(self, target: Target, ids: list[str]) -> None:
        with self.store.transaction():
            self.store.settle(target, ids)

    def families(self) -> FamilyIndex:
        """Blocking where it has to be loaded."""
        with self._reading:
            if self._families is None:
                self._families = FamilyIndex(self.store.signatures(), self.store.text_of)
            return self._families

    def view(self, scope: Scope) -> View:
        """Blocking where the catalog has to be read."""
        with self._reading:
            if self._catalog is None:
                self._catalog, self._views, self._narrow = _Catalog(self.store.catalog()), {}, None
            view = self._views.pop(scope, None) or self._catalog.view(scope)
            self._views[scope] = view  # the latest last
            if len(self._views) > _VIEWS:
                del self._views[next(iter(self._views))]
            return view

    def narrow(self, view: View) -> Narrow:
        """The passages of a view that admits little. Blocking unless it is the view last asked for: at a
        million passages they may be fifty thousand."""
        with self._reading:
            if self._narrow is None or self._narrow[0] is not view:
                sources = self.store.passages_in(sorted(view.sources or view.families))
                ids, vectors = self.store.vectors(sorted(sources))
                self._narrow = view, Narrow(ids, vectors, {i: sources[i] for i in ids})
            return self._narrow[1]

    def changed(self, *, families_lost: bool = False) -> None:
        """The store was written: forget what was read of it. ``families_lost``: and what failed midway."""
        with self._reading:
            self._catalog, self._narrow = None, None
            if families_lost:
                self._families = None

    async def close(self) -> None:
        vectors, self._vectors = self._vectors, None
        if vectors is not None:
            await vectors.close()
        await asyncio.to_thread(self.store.close)


class _Catalog:
    """All sources, as what a scope admits is worked out from; every view shares its families."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._total = sum(entry.passages for entry in entries)
        self._families = {entry.source_id: entry.family for entry in entries}

    def view(self, scope: Scope) -> View:
        if scope == Scope():
            return View(self._total, self._total, None, self._families)
        admitted = [e for e in self._entries if scope.admits(e.source_id, e.family, e.published)]
        everything = len(admitted) == len(self._entries)
        return View(
            total=self._total,
            admitted=sum(entry.passages for entry in admitted),
            sources=None if everything else frozenset(entry.source_id for entry in admitted),
            families=self._families,
        )
