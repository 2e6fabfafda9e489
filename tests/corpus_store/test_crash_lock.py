"""Several processes at one corpus, and processes that die at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from store_fakes import SMALL, WordHashes, item, open_corpus

from agent.adapters.chroma import ChromaIndex
from agent.corpus.checkup import check
from agent.corpus.corpus import Corpus
from agent.corpus.lock import FolderLock
from agent.domain import Scope
from agent.errors import CorpusDamaged, CorpusLocked
from agent.ports import Query

HERE = Path(__file__).parent


@contextmanager
def other_process(task: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(HERE / "writer_process.py"), task, str(folder)]
    environment = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[1]}"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


async def test_while_one_process_writes_others_are_told_so_in_one_line(folder: Path) -> None:
    with other_process("hold", folder):
        for create in (True, False):
            with pytest.raises(CorpusLocked, match="another process") as refused:
                await open_corpus(folder, create=create)
            assert "\n" not in str(refused.value)
    await (await open_corpus(folder)).close()


async def test_a_process_killed_while_ingesting_leaves_a_sound_corpus(folder: Path) -> None:
    with other_process("ingest", folder) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(4)]
    assert int(lines[-1]) > 300
    async with await open_corpus(folder, create=False) as corpus:
        state = await corpus.state()
        assert state.sources >= 300
        ((first, *_),) = await corpus.search([Query(("Ferry report 77.",))], Scope(), 5)
        assert "Ferry report 77." in first.text
    assert await check(folder, ChromaIndex.open) == []


def test_readers_share_and_a_writer_waits_for_all_of_them(tmp_path: Path) -> None:
    readers = [FolderLock.acquire(tmp_path, exclusive=False, patience_s=0) for _ in range(3)]
    for reader in readers:
        with pytest.raises(CorpusLocked, match="wait for it to end"):
            FolderLock.acquire(tmp_path, exclusive=True, patience_s=0)
        reader.release()
    writer = FolderLock.acquire(tmp_path, exclusive=True, patience_s=0)
    with pytest.raises(CorpusLocked):
        FolderLock.acquire(tmp_path, exclusive=False, patience_s=0)
    writer.release()
    writer.release()


class Stubborn(ChromaIndex):
    """Takes nothing in, as if the process died on the way."""

    async def upsert(self, passage_ids: Any, vectors: Any) -> None:
        raise CorpusDamaged("died here")


@pytest.mark.parametrize("reopened_for", ["reading", "writing"])
async def test_what_an_ingest_left_undone_is_finished_on_opening(folder: Path, reopened_for: str) -> None:
    corpus = await Corpus.open(folder, WordHashes(), Stubborn.open, create=True, split=SMALL)
    with pytest.raises(CorpusDamaged, match="died here"):
        await corpus.ingest([item("a", "The ferry sank."), item("b", "The mill burned.")])
    await corpus.close()
    assert any("still to be brought" in finding for finding in await check(folder, ChromaIndex.open))
    async with await open_corpus(folder, create=reopened_for == "writing") as corpus:
        (found,) = await corpus.search([Query(("ferry",))], Scope(), 5)
        assert len(found) == 2
    assert await check(folder, ChromaIndex.open) == []


async def test_a_failing_batch_leaves_those_before_it(folder: Path) -> None:
    class Failing(WordHashes):
        async def embed(self, texts: Any) -> Any:
            if len(self.batches) == 1:
                raise RuntimeError("out of memory")
            return await super().embed(texts)

    items = [item(f"{n}", f"Ferry report number {n}.") for n in range(300)]
    async with await open_corpus(folder, Failing()) as corpus:
        with pytest.raises(RuntimeError):
            await corpus.ingest(items)
        kept = (await corpus.state()).sources
        assert 0 < kept < 300
    async with await open_corpus(folder) as corpus:
        result = await corpus.ingest(items)
        assert len(result.unchanged) == kept
        assert len(result.added) == 300 - kept
    assert await check(folder, ChromaIndex.open) == []
