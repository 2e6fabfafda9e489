"""Does everything in a corpus fit together, and putting it right where the store alone can."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.corpus.families import FamilyIndex, signature
from agent.corpus.holdings import LEXICAL, STORE, VECTORS, Holdings, IndexFactory
from agent.corpus.lexical import LexicalIndex
from agent.corpus.lock import FolderLock
from agent.corpus.reads import TARGETS
from agent.corpus.rows import text_digest
from agent.corpus.store import Store
from agent.domain import Passage, Source
from agent.errors import CorpusDamaged, CorpusError, CorpusMissing
from agent.ports import VectorIndex

_SAMPLE = 50
_SAME = 0.9999  # passages this similar may stand in for one another in a self-retrieval
_TOLERATED = 0.1  # of the sample: an approximate index misses a few by nature
_SLACK = 0.001  # of a vector's length

OnStep = Callable[[str], None]


async def check(folder: Path, index_factory: IndexFactory, *, patience_s: float = 2.0) -> list[str]:
    """Compare the store with itself and with both indexes; what is wrong, a sentence each.

    No finding means: every text has its digest, every span lies in its text, every passage its vector
    and its entry in both indexes, and a sample of passages finds itself. Changes nothing.
    """
    lock, store = await asyncio.to_thread(_open, folder, False, patience_s)
    try:
        findings = await asyncio.to_thread(_check_store, store)
        findings += await _check_lexical(folder, store)
        findings += await _check_vectors(folder, store, index_factory)
        return findings
    finally:
        await asyncio.to_thread(store.close)
        lock.release()


async def repair(
    folder: Path, index_factory: IndexFactory, *, on_step: OnStep | None = None, patience_s: float = 2.0
) -> None:
    """Build families and both indexes anew from the store's texts and vectors; nothing is embedded again.

    Killed midway, the next opening goes on with it. What is wrong in the store itself stays: only
    ingesting again mends a text that does not fit its digest.
    """
    say = on_step or (lambda step: None)
    lock, store = await asyncio.to_thread(_open, folder, True, patience_s)
    holdings = Holdings(folder, store, index_factory)
    try:
        say("families")
        await asyncio.to_thread(_rebuild_families, store)
        say("indexes")
        await asyncio.to_thread(_drop_indexes, folder, store)
        await holdings.sync()
    finally:
        await holdings.close()
        lock.release()


def _open(folder: Path, exclusive: bool, patience_s: float) -> tuple[FolderLock, Store]:
    if not (folder / STORE).is_file():
        raise CorpusMissing(f"no corpus in {folder}; name its folder with --corpus")
    lock = FolderLock.acquire(folder, exclusive=exclusive, patience_s=patience_s)
    try:
        return lock, Store.open(folder / STORE)
    except BaseException:
        lock.release()
        raise


def _rebuild_families(store: Store) -> None:
    index = FamilyIndex((), store.text_of)
    signatures = {}
    for source_id, _, _ in store.signatures():
        text = store.text_of(source_id)
        signatures[source_id] = signature(text)
        index.add(source_id, text)
    with store.transaction():
        store.set_signatures(signatures)
        store.set_families(index.all_families())


def _drop_indexes(folder: Path, store: Store) -> None:
    # Noted first: killed in between, the next opening finds everything pending and fills what is left.
    with store.transaction():
        for target in TARGETS:
            store.mark_all(target)
    try:
        for name in (LEXICAL, VECTORS):
            if (folder / name).exists():
                shutil.rmtree(folder / name)
    except OSError as error:
        raise CorpusError(
            f"cannot rebuild the indexes in {folder}: {error}; check its permissions"
        ) from error


# --- the store with itself ---


def _check_store(store: Store) -> list[str]:
    findings = [f"the store's file is damaged: {problem}" for problem in store.file_problems()]
    families = {family for _, family, _ in store.signatures()}
    for source_id in store.source_ids():
        findings += _check_source(store, store.source(source_id))
        families.discard(source_id)
    findings += [f"family {family} is named after a source that is not there" for family in sorted(families)]
    for target in TARGETS:
        if pending := store.pending_count(target):
            findings.append(f"{_count(pending, 'passage')} still to be brought into the {target} index")
    return findings


def _check_source(store: Store, source: Source) -> Iterator[str]:
    if text_digest(source.text) != source.sha256:
        yield f"source {source.id}: its text does not fit its digest; ingest it again"
    if not source.sha256.startswith(source.id):
        yield f"source {source.id}: its id is not the beginning of its digest"
    if not store.names_of(source.id):
        yield f"source {source.id}: no name holds it"
    passages = store.passages_of(source.id)
    if not passages:
        yield f"source {source.id}: it has no passages"
    for passage in passages:
        if not _spans_fit(passage, len(source.text)):
            yield f"passage {passage.id}: its spans lie outside its text"
    yield from _check_lengths(store, [passage.id for passage in passages])


def _spans_fit(passage: Passage, length: int) -> bool:
    inside = all(passage.span.contains(sentence) for sentence in passage.sentences)
    return inside and passage.span.end <= length


def _check_lengths(store: Store, passage_ids: list[str]) -> Iterator[str]:
    import numpy as np

    try:
        found, vectors = store.vectors(passage_ids)
    except CorpusDamaged as error:
        yield f"passage {passage_ids[0]} or one after it: {error}"
        return
    for missing in sorted(set(passage_ids) - set(found)):
        yield f"passage {missing}: it has no vector; ingest its source again"
    lengths = np.linalg.norm(vectors, axis=1)
    for passage_id, length in zip(found, lengths, strict=True):
        if not abs(float(length) - 1.0) <= _SLACK:
            yield f"passage {passage_id}: its vector's length is {float(length):.3f}, not 1"


# --- the indexes with the store ---


async def _check_lexical(folder: Path, store: Store) -> list[str]:
    findings: list[str] = []
    if not (folder / LEXICAL).exists():
        return _missing("lexical", store)
    with _as_finding(findings):
        index = await asyncio.to_thread(LexicalIndex.open, folder / LEXICAL)
        found = await asyncio.to_thread(index.ids)
        findings += _compare("lexical", found, set(await asyncio.to_thread(store.passage_ids)))
    return findings


async def _check_vectors(folder: Path, store: Store, factory: IndexFactory) -> list[str]:
    findings: list[str] = []
    if not (folder / VECTORS).exists():
        return _missing("vector", store)
    made = store.identity
    with _as_finding(findings):
        index = await asyncio.to_thread(factory, folder / VECTORS, made.embedder, made.dimension)
        try:
            stored = await asyncio.to_thread(store.passage_ids)
            findings += _compare("vector", await index.ids(), set(stored))
            findings += await _retrieve_sample(store, index, stored)
        finally:
            await index.close()
    return findings


async def _retrieve_sample(store: Store, index: VectorIndex, stored: list[str]) -> list[str]:
    sample = stored[:: max(1, len(stored) // _SAMPLE)][:_SAMPLE]
    ids, vectors = await asyncio.to_thread(store.vectors, sample)
    found = await index.nearest(vectors, 10) if ids else []
    lost = [
        passage_id
        for passage_id, hits in zip(ids, found, strict=True)
        if not any(hit.passage_id == passage_id or hit.similarity >= _SAME for hit in hits)
    ]
    if len(lost) <= _TOLERATED * len(ids):
        return []
    return [f"the vector index does not find {len(lost)} of {len(ids)} passages by their own vectors"]


def _missing(index: str, store: Store) -> list[str]:
    """Of an empty corpus, an index need not have been made yet."""
    return [f"the {index} index is missing"] if store.passage_count() else []


def _compare(index: str, found: set[str], stored: set[str]) -> Iterator[str]:
    if missing := len(stored - found):
        yield f"the {index} index lacks {missing} of {_count(len(stored), 'passage')}"
    if extra := len(found - stored):
        yield f"the {index} index holds {_count(extra, 'passage')} that the corpus does not have"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def _as_finding(findings: list[str]) -> Iterator[None]:
    """An index that cannot be read is what a check is for: it goes on with the rest."""
    try:
        yield
    except CorpusError as error:
        findings.append(str(error))
