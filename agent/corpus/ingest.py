"""Taking texts in: decide what is new, embed it, store it, index it; in batches, each all or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from agent.corpus.families import FamilyIndex, signature
from agent.corpus.holdings import Holdings
from agent.corpus.passages import passages
from agent.corpus.reads import Named
from agent.corpus.rows import text_digest
from agent.corpus.store import NewSource, Store
from agent.domain import Metadata, Passage
from agent.errors import EmbedderUnavailable, Unreadable
from agent.ports import Embedder

if TYPE_CHECKING:
    from agent.ports import Vectors

_BATCH_PASSAGES = 256
_BATCH_ITEMS = 128
_SYNC_PASSAGES = 2_000  # an index takes in thousands of entries hardly slower than ten
_SHORTEST_ID = 12


class Item(Protocol):
    """A text to take in, under a name: what agent/corpus/load yields."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def metadata(self) -> Metadata: ...


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A name whose text the corpus already has under another name; the text was not stored again."""

    name: str
    of: str


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of each item, by name, in the order they came; every item is in exactly one tuple.

    ``replaced`` had another text or other metadata before; ``blank`` have no words to store.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """So far: items seen, and passages embedded of those found."""

    items: int
    embedded: int
    found: int


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A text the corpus does not have yet."""

    id: str
    sha256: str
    text: str
    passages: tuple[Passage, ...]
    signature: bytes


@dataclass(slots=True)
class _Batch:
    named: list[Named] = field(default_factory=list)
    fresh: dict[str, _Fresh] = field(default_factory=dict)  # by digest
    items: int = 0

    @property
    def passages(self) -> int:
        return sum(len(source.passages) for source in self.fresh.values())

    @property
    def full(self) -> bool:
        return self.passages >= _BATCH_PASSAGES or self.items >= _BATCH_ITEMS

    def last_named(self, name: str) -> Named | None:
        return next((named for named in reversed(self.named) if named.name == name), None)

    def holder(self, source_id: str) -> str | None:
        return next((named.name for named in self.named if named.source_id == source_id), None)


@dataclass(slots=True)
class _Tally:
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)

    def result(self) -> IngestResult:
        return IngestResult(
            tuple(self.added),
            tuple(self.replaced),
            tuple(self.unchanged),
            tuple(self.duplicates),
            tuple(self.blank),
        )


class Ingest:
    """One run of taking texts in. What is reported is stored; what a crash cut off is not reported."""

    def __init__(self, holdings: Holdings, embedder: Embedder, on_progress: OnProgress | None) -> None:
        self._holdings = holdings
        self._store = holdings.store
        self._embedder = embedder
        self._on_progress = on_progress or (lambda progress: None)
        self._tally = _Tally()
        self._progress = Progress(0, 0, 0)

    async def run(self, items: Iterable[Item]) -> IngestResult:
        """Raises Unreadable for a text that is no Unicode, EmbedderUnavailable, CorpusDamaged; the
        batches before stay. Otherwise what the iterable itself raises."""
        await self._holdings.lexical()
        await self._holdings.vectors()
        iterator = iter(items)
        unsynced = 0
        try:
            while (batch := await asyncio.to_thread(self._fill, iterator)).items:
                vectors = await self._embed(batch)
                await asyncio.to_thread(self._commit, batch, vectors)
                unsynced += batch.passages
                if unsynced >= _SYNC_PASSAGES:
                    await self._holdings.sync()
                    unsynced = 0
        finally:
            await self._holdings.sync()
        return self._tally.result()

    def _fill(self, iterator: Iterator[Item]) -> _Batch:
        batch = _Batch()
        for item in iterator:
            self._plan(item, batch)
            batch.items += 1
            if batch.full:
                break
        before = self._progress
        self._progress = Progress(before.items + batch.items, before.embedded, before.found + batch.passages)
        return batch

    def _plan(self, item: Item, batch: _Batch) -> None:
        digest = _digest(item)
        before = batch.last_named(item.name) or self._store.named(item.name)
        known = batch.fresh[digest].id if digest in batch.fresh else self._store.id_of_digest(digest)
        if known is not None:
            self._plan_known(Named(item.name, known, item.metadata), before, batch)
            return
        source_id = self._new_id(digest, batch)
        cut = passages(source_id, item.text, self._store.identity.split)
        if not cut:
            self._tally.blank.append(item.name)
            return
        batch.fresh[digest] = _Fresh(source_id, digest, item.text, cut, signature(item.text))
        batch.named.append(Named(item.name, source_id, item.metadata))
        (self._tally.added if before is None else self._tally.replaced).append(item.name)

    def _plan_known(self, named: Named, before: Named | None, batch: _Batch) -> None:
        if before == named:
            self._tally.unchanged.append(named.name)
            return
        batch.named.append(named)
        if before is not None and before.source_id == named.source_id:
            self._tally.replaced.append(named.name)
            return
        others = [name for name in self._store.names_of(named.source_id) if name != named.name]
        of = others[0] if others else batch.holder(named.source_id) or named.name
        self._tally.duplicates.append(Duplicate(named.name, of))

    def _new_id(self, digest: str, batch: _Batch) -> str:
        taken = {source.id for source in batch.fresh.values()}
        length = _SHORTEST_ID
        while digest[:length] in taken or self._store.ids_like(digest[:length], 1) == [digest[:length]]:
            length += 1
        return digest[:length]

    async def _embed(self, batch: _Batch) -> list[Vectors]:
        """The passages' vectors, source by source."""
        import numpy as np

        texts = [p.span.cut(source.text) for source in batch.fresh.values() for p in source.passages]
        parts = []
        for start in range(0, len(texts), _BATCH_PASSAGES):
            part = texts[start : start + _BATCH_PASSAGES]
            parts.append(self._checked(await self._embedder.embed(part), len(part)))
            before = self._progress
            self._progress = Progress(before.items, before.embedded + len(part), before.found)
            self._on_progress(self._progress)
        if not parts:
            self._on_progress(self._progress)
            return []
        ends = np.cumsum([len(source.passages) for source in batch.fresh.values()])
        return np.split(np.concatenate(parts), ends[:-1])

    def _checked(self, vectors: Vectors, count: int) -> Vectors:
        import numpy as np

        expected = (count, self._store.identity.dimension)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise EmbedderUnavailable(
                f"{self._embedder.name} did not return {count} finite vectors of {expected[1]} numbers; "
                "check which model it serves"
            )
        return vectors

    def _commit(self, batch: _Batch, vectors: list[Vectors]) -> None:
        families = self._holdings.families()
        done = False
        try:
            with self._store.transaction():
                for source, rows in zip(batch.fresh.values(), vectors, strict=True):
                    changed = families.add(source.id, source.text)
                    new = NewSource(
                        source.id, source.sha256, source.text, source.passages, rows, source.signature
                    )
                    self._store.insert(new, changed[source.id])
                    self._store.set_families(changed)
                displaced = [self._store.set_name(named) for named in batch.named]
                drop_nameless(self._store, families, [source_id for source_id in displaced if source_id])
            done = True
        finally:
            self._holdings.changed(families_lost=not done)


def drop_nameless(store: Store, families: FamilyIndex, source_ids: Iterable[str]) -> None:
    """Within a transaction: let go of those sources that no name holds any more; the others' lead may
    have changed."""
    for source_id in dict.fromkeys(source_ids):
        if not store.refresh_lead(source_id):
            store.set_families(families.remove(source_id))


def _digest(item: Item) -> str:
    try:
        return text_digest(item.text)
    except UnicodeEncodeError as error:
        raise Unreadable(item.name, "holds characters that are no Unicode; save it as UTF-8") from error
