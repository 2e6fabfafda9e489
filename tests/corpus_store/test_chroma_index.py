"""The vector index on Chroma."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from store_fakes import WordHashes

from agent.adapters import chroma
from agent.adapters.chroma import ChromaIndex
from agent.errors import CorpusDamaged, EmbedderMismatch


async def test_the_nearest_come_first_with_their_cosine(tmp_path: Path) -> None:
    index = ChromaIndex.open(tmp_path, "words@1", 32)
    texts = ["ferry sank", "ferry sank fast", "bread is dear"]
    vectors = await WordHashes().embed(texts)
    await index.upsert(texts, vectors)
    await index.upsert(texts, vectors)
    ((first, second, third),) = await index.nearest(vectors[:1], 5)
    assert [hit.passage_id for hit in (first, second, third)] == texts
    assert [hit.similarity for hit in (first, second, third)] == pytest.approx(
        (vectors @ vectors[0]).tolist(), abs=1e-5
    )
    await index.remove(["ferry sank", "never there"])
    assert (await index.ids(), await index.count()) == (set(texts[1:]), 2)
    await index.close()


async def test_an_index_without_entries_or_questions_answers_with_none(tmp_path: Path) -> None:
    index = ChromaIndex.open(tmp_path, "words@1", 32)
    assert await index.nearest(np.ones((2, 32), dtype=np.float32), 3) == [[], []]
    assert await index.nearest(np.empty((0, 32), dtype=np.float32), 3) == []
    await index.close()


async def test_vectors_of_another_embedder_or_size_are_refused(tmp_path: Path) -> None:
    index = ChromaIndex.open(tmp_path, "words@1", 32)
    await index.upsert(["a"], await WordHashes().embed(["a"]))
    with pytest.raises(CorpusDamaged, match="--repair"):
        await index.upsert(["b"], np.ones((1, 8), dtype=np.float32))
    await index.close()
    with pytest.raises(EmbedderMismatch, match="words@1"):
        ChromaIndex.open(tmp_path, "letters@1", 32)


async def test_more_rows_than_chroma_takes_in_one_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ChromaIndex.open(tmp_path, "words@1", 32)
    assert index._client.get_max_batch_size() >= chroma._BATCH
    monkeypatch.setattr(chroma, "_BATCH", 10)
    ids = [f"ferry {n}" for n in range(25)]
    await index.upsert(ids, await WordHashes().embed(ids))
    assert await index.count() == 25
    await index.remove(ids)
    assert await index.count() == 0
    await index.close()
