"""Damage is found, said in words, and put right from the store."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from store_fakes import WordHashes, document, item, open_corpus

from agent.adapters.chroma import ChromaIndex
from agent.corpus.checkup import check, repair
from agent.corpus.lexical import LexicalIndex
from agent.domain import Scope
from agent.errors import CorpusDamaged, CorpusError, CorpusMissing
from agent.ports import Query

TEXTS = [f"The ferry of day {n} was late. Passengers waited at quay {n % 5}." for n in range(30)]
QUERIES = [Query(("ferry late on day 12",)), Query(("passengers at quay 3",))]


@pytest.fixture
async def filled(folder: Path) -> Path:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item(f"{n}", text) for n, text in enumerate(TEXTS)])
    return folder


def edit(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "store.sqlite") as db:
        assert db.execute(statement).rowcount > 0


async def test_a_sound_corpus_has_no_findings(filled: Path) -> None:
    assert await check(filled, ChromaIndex.open) == []


@pytest.mark.parametrize("index", ["vectors", "lexical"])
async def test_a_deleted_index_is_noticed_named_and_rebuilt(filled: Path, index: str) -> None:
    embedder = WordHashes()
    async with await open_corpus(filled, embedder) as corpus:
        before = await corpus.search(QUERIES, Scope(), 8)
    shutil.rmtree(filled / index)

    async with await open_corpus(filled, create=False) as corpus:
        with pytest.raises(CorpusDamaged, match="check --repair"):
            await corpus.search(QUERIES, Scope(), 8)
    shutil.rmtree(filled / index)
    (finding,) = await check(filled, ChromaIndex.open)
    assert "missing" in finding
    assert not (filled / index).exists(), "a check changes nothing"

    await repair(filled, ChromaIndex.open)
    assert await check(filled, ChromaIndex.open) == []
    async with await open_corpus(filled, create=False) as corpus:
        assert await corpus.search(QUERIES, Scope(), 8) == before
    assert sum(embedder.batches) == 2 + 0 * len(TEXTS), "only the two queries were embedded"


async def test_an_index_that_lacks_or_invents_passages_is_found(filled: Path) -> None:
    index = LexicalIndex.open(filled / "lexical")
    index.apply([], sorted(index.ids())[:3])
    assert any("lexical index lacks 3 of" in finding for finding in await check(filled, ChromaIndex.open))
    vectors = ChromaIndex.open(filled / "vectors", "words@1", 32)
    await vectors.upsert(["stray"], await WordHashes().embed(["stray"]))
    await vectors.close()
    assert any("holds 1 passage that" in finding for finding in await check(filled, ChromaIndex.open))


async def test_vectors_under_the_wrong_ids_are_found(filled: Path) -> None:
    vectors = ChromaIndex.open(filled / "vectors", "words@1", 32)
    ids = sorted(await vectors.ids())
    await vectors.upsert(ids, -(await WordHashes().embed(ids)))
    await vectors.close()
    (finding,) = await check(filled, ChromaIndex.open)
    assert "by their own vectors" in finding


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE sources SET text = text || ' More.' WHERE rowid = 1", "does not fit its digest"),
        ('UPDATE passages SET "end" = 9999 WHERE rowid = 1', "outside its text"),
        ("UPDATE passages SET sentences = '[[0,999]]' WHERE rowid = 1", "outside its text"),
        ("DELETE FROM vectors WHERE rowid = 1", "has no vector"),
        ("UPDATE vectors SET vector = zeroblob(128) WHERE rowid = 1", "length is 0.000"),
        ("UPDATE vectors SET vector = x'00' WHERE rowid = 1", "has not 32 numbers"),
        ("UPDATE sources SET family = 'nobody' WHERE rowid = 1", "family nobody"),
        ("DELETE FROM names WHERE name = '7'", "no name holds it"),
    ],
)
async def test_a_store_that_contradicts_itself_is_found(filled: Path, statement: str, finding: str) -> None:
    edit(filled, statement)
    assert any(finding in found for found in await check(filled, ChromaIndex.open))


async def test_repair_regroups_families(filled: Path) -> None:
    edit(filled, "UPDATE sources SET family = 'nobody', signature = x'00'")
    await repair(filled, ChromaIndex.open)
    assert await check(filled, ChromaIndex.open) == []
    async with await open_corpus(filled, create=False) as corpus:
        assert len((await corpus.copies_of(document(TEXTS[4]))).exclude_sources) == 1


async def test_a_folder_without_a_corpus_is_not_made_into_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="corroborate ingest"):
        await open_corpus(tmp_path / "nowhere", create=False)
    with pytest.raises(CorpusMissing):
        await check(tmp_path, ChromaIndex.open)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("pragma", "advice"),
    [
        ("user_version = 99", "upgrade"),
        ("user_version = 0", "older"),
        ("application_id = 5", "another folder"),
    ],
)
async def test_a_store_of_another_version_or_kind_is_refused(filled: Path, pragma: str, advice: str) -> None:
    with sqlite3.connect(filled / "store.sqlite") as db:
        db.execute(f"PRAGMA {pragma}")
    with pytest.raises(CorpusError, match=advice) as refused:
        await open_corpus(filled, create=False)
    assert "\n" not in str(refused.value)


async def test_a_file_that_is_no_store_is_damage(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_text("these are somebody's notes, not a database" * 40)
    with pytest.raises(CorpusDamaged, match="cannot be read"):
        await open_corpus(tmp_path)


async def test_broken_index_files_are_damage_in_one_line(filled: Path) -> None:
    for path in [filled / "vectors" / "chroma.sqlite3", *(filled / "lexical").glob("meta.json")]:
        path.write_bytes(b"broken" * 100)
    findings = await check(filled, ChromaIndex.open)
    assert len(findings) == 2
    assert all("--repair" in finding and "\n" not in finding for finding in findings)
    await repair(filled, ChromaIndex.open)
    assert await check(filled, ChromaIndex.open) == []
