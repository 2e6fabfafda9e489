"""The corpus as the rest of the product sees it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from agent.corpus.holdings import STORE, Holdings, IndexFactory
from agent.corpus.ingest import Ingest, IngestResult, Item, OnProgress, drop_nameless
from agent.corpus.lock import FolderLock
from agent.corpus.reads import Identity, Listed
from agent.corpus.search import Alone, Searcher
from agent.corpus.stats import Stats, stats
from agent.corpus.store import Store
from agent.domain import Candidate, Document, Scope, Source
from agent.errors import CorpusError, CorpusMissing, EmbedderMismatch, UnknownSource
from agent.ports import CorpusState, Embedder, Query
from agent.settings import SearchSettings, SplitSettings

Attempt = Callable[[bool], Awaitable["Corpus"]]


class Corpus:
    """A folder of sources, searchable. Fits the Library port.

    The folder holds ``store.sqlite`` (the record), ``lexical/`` and ``vectors/`` (derived from it) and
    ``lock``. Open it with ``Corpus.open`` and close it, or use ``async with``.
    """

    def __init__(
        self,
        holdings: Holdings,
        lock: FolderLock,
        embedder: Embedder | None,
        search: SearchSettings,
        writes: bool,
    ) -> None:
        self._holdings = holdings
        self._lock = lock
        self._embedder = embedder
        self._search = search
        self._writes = writes
        self._writing = asyncio.Lock()
        self._known_state: CorpusState | None = None

    @classmethod
    async def open(
        cls,
        folder: Path,
        embedder: Embedder | None,
        index_factory: IndexFactory,
        *,
        create: bool = False,
        write: bool = False,
        split: SplitSettings | None = None,
        search: SearchSettings | None = None,
        patience_s: float = 2.0,
    ) -> Corpus:
        """Open the corpus in ``folder`` for reading, or with ``write`` for ingesting and removing too.

        ``create`` makes one where there is none, and implies ``write``; ``split`` is then how its sources
        are cut, for good. ``embedder`` may be None where nothing is searched, ingested or made. What a killed
        process left half done is finished first. Raises CorpusMissing, CorpusLocked, CorpusDamaged,
        EmbedderMismatch, and CorpusError for a folder that holds something else.
        """
        writes = write or create
        if create and not (folder / STORE).exists():
            await asyncio.to_thread(_create, folder, embedder, split or SplitSettings(), patience_s)

        async def attempt(exclusive: bool) -> Corpus:
            holdings, lock = await asyncio.to_thread(_open, folder, index_factory, exclusive, patience_s)
            return cls(holdings, lock, embedder, search or SearchSettings(), writes)

        corpus = await attempt(writes)
        try:
            corpus._refuse_other_embedder()
            if not corpus._holdings.in_line:
                corpus = await corpus._recovered(attempt)
        except BaseException:
            await corpus.close()
            raise
        return corpus

    async def _recovered(self, attempt: Attempt) -> Corpus:
        """Finish what was left undone, which takes the exclusive lock, then go back to what was asked for."""
        if self._writes:
            await self._holdings.sync()
            return self
        await self.close()
        async with await attempt(True) as writer:
            await writer._holdings.sync()
        return await attempt(False)

    def _refuse_other_embedder(self) -> None:
        made = self._holdings.store.identity
        if self._embedder is None:
            return
        asked = (self._embedder.name, self._embedder.dimension)
        if asked != (made.embedder, made.dimension):
            raise EmbedderMismatch(
                f"the corpus in {self._holdings.folder} was made with the embedder {made.embedder}, "
                f"not {asked[0]}; ask for that one, or ingest the reports into a new folder"
            )

    async def close(self) -> None:
        """Harmless when repeated."""
        await self._holdings.close()
        self._lock.release()

    async def __aenter__(self) -> Corpus:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # --- the Library port ---

    async def state(self) -> CorpusState:
        """What the corpus holds. Open for reading it cannot change: its lock keeps writers out."""
        if self._known_state is None or self._writes:
            self._known_state = await asyncio.to_thread(self._state)
        return self._known_state

    def _state(self) -> CorpusState:
        store = self._holdings.store
        contents = store.contents()
        return CorpusState(
            sha256=hashlib.sha256(json.dumps(contents, ensure_ascii=False).encode()).hexdigest(),
            sources=len(contents),
            passages=store.passage_count(),
            undated=store.undated_count(),
            embedder=store.identity.embedder,
        )

    async def copies_of(self, document: Document) -> Scope:
        """The sources that are this document, near-copies of it, or another version at the same address."""
        return await asyncio.to_thread(self._copies_of, document)

    def _copies_of(self, document: Document) -> Scope:
        store, families = self._holdings.store, self._holdings.families()
        found = set(families.near(document.text))
        same_text = store.id_of_digest(document.sha256)
        if same_text is not None:
            found.add(same_text)
        if document.metadata.url:
            found.update(store.ids_of_url(document.metadata.url))
        return Scope(
            exclude_sources=frozenset(found),
            exclude_families=frozenset(families.family_of(source_id) for source_id in found),
        )

    async def search(self, queries: Sequence[Query], scope: Scope, limit: int) -> list[tuple[Candidate, ...]]:
        """The best passages for each query, best first, at most ``limit`` each; none from an empty corpus."""
        searcher = Searcher(self._holdings, self._need_embedder(), self._search)
        return await searcher.search(queries, scope, limit)

    async def search_alone(self, queries: Sequence[Query], scope: Scope, depth: int) -> list[Alone]:
        """What the lexical and the dense index rank by themselves, ``depth`` passages each, for measuring."""
        settings = replace(self._search, depth=depth)
        return await Searcher(self._holdings, self._need_embedder(), settings).alone(queries, scope)

    # --- keeping the corpus ---

    async def ingest(self, items: Iterable[Item], on_progress: OnProgress | None = None) -> IngestResult:
        """Take texts in; ``on_progress`` is called on the event loop. Killed midway, the finished batches
        are there and the next opening puts the indexes in line."""
        self._need_write()
        async with self._writing:
            return await Ingest(self._holdings, self._need_embedder(), on_progress).run(items)

    async def remove(self, source_id: str) -> Listed:
        """Remove a source, by id or unique beginning of one, under all its names; returns what it was.
        Raises UnknownSource."""
        self._need_write()
        async with self._writing:
            removed = await asyncio.to_thread(self._remove, source_id)
            await self._holdings.sync()
            return removed

    def _remove(self, prefix: str) -> Listed:
        store, families = self._holdings.store, self._holdings.families()
        source_id = self._resolve(prefix)
        listed = next(entry for entry in store.listed() if entry.id == source_id)
        done = False
        try:
            with store.transaction():
                store.drop_names(source_id)
                drop_nameless(store, families, [source_id])
            done = True
        finally:
            self._holdings.changed(families_lost=not done)
        return listed

    async def sources(self) -> list[Listed]:
        """All sources, by id, without their texts."""
        return await asyncio.to_thread(self._holdings.store.listed)

    async def source(self, source_id: str) -> Source:
        """A source by its id or a unique beginning of it. Raises UnknownSource."""
        return await asyncio.to_thread(lambda: self._holdings.store.source(self._resolve(source_id)))

    async def stats(self) -> Stats:
        return await asyncio.to_thread(stats, self._holdings.store)

    def _resolve(self, prefix: str) -> str:
        found = self._holdings.store.ids_like(prefix) if prefix else []
        if prefix in found or len(found) == 1:
            return prefix if prefix in found else found[0]
        if not found:
            raise UnknownSource(f"no source {prefix!r} in the corpus; `corroborate corpus list` shows them")
        raise UnknownSource(
            f"{prefix!r} begins the ids of several sources ({', '.join(found)}…); give more of it"
        )

    def _need_write(self) -> None:
        if not self._writes:
            raise CorpusError(
                f"the corpus in {self._holdings.folder} is open for reading only; open it with write=True"
            )

    def _need_embedder(self) -> Embedder:
        if self._embedder is None:
            made = self._holdings.store.identity.embedder
            raise CorpusError(f"this takes the embedder {made}; open the corpus with it")
        return self._embedder


def _create(folder: Path, embedder: Embedder | None, split: SplitSettings, patience_s: float) -> None:
    if embedder is None:
        raise CorpusError(f"a new corpus in {folder} needs an embedder; name one")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(
            f"cannot make a corpus in {folder}: {error.strerror}; choose another folder"
        ) from error
    lock = FolderLock.acquire(folder, exclusive=True, patience_s=patience_s)
    try:
        if not (folder / STORE).exists():  # unless another process was faster
            Store.create(folder / STORE, Identity(embedder.name, embedder.dimension, split)).close()
    finally:
        lock.release()


def _open(
    folder: Path, index_factory: IndexFactory, exclusive: bool, patience_s: float
) -> tuple[Holdings, FolderLock]:
    if not (folder / STORE).is_file():
        raise CorpusMissing(
            f"no corpus in {folder}; make one with `corroborate ingest PATH… --corpus {folder}`"
        )
    lock = FolderLock.acquire(folder, exclusive=exclusive, patience_s=patience_s)
    try:
        return Holdings(folder, Store.open(folder / STORE), index_factory), lock
    except BaseException:
        lock.release()
        raise
