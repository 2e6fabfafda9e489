"""A set's documents become a corpus once, and search is measured on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.bootstrap import EmbedderChoice
from agent.errors import BadInput
from evals.corpora import open_own, open_set
from evals.metrics.value import Metric
from evals.options import RunOptions
from evals.run import run
from evals.samples import EvalSet, SetInfo
from evals.sets import load_set
from evals.tasks.retrieval import TASK as RETRIEVAL

HASHING = EmbedderChoice("hashing")


def corpora(cache: Path) -> list[Path]:
    return list(cache.glob("harbour-*"))


async def test_documents_are_taken_in_once_and_known_by_their_ids(data: Path, tmp_path: Path):
    harbour, seen = load_set("harbour", data), list[int]()
    for _ in range(2):
        async with open_set(
            harbour, tmp_path, HASHING, on_progress=lambda done, total: seen.append(done)
        ) as opened:
            assert (await opened.corpus.state()).sources == 3
            assert sorted(opened.doc_ids.values()) == [("bridge", "bridge-copy"), ("ferry",), ("tax",)]
    assert seen == [4]


async def test_another_split_over_the_same_documents_shares_their_corpus(data: Path, tmp_path: Path):
    harbour = load_set("harbour", data)
    for samples in (harbour.samples, harbour.samples[:1]):
        async with open_set(replace(harbour, samples=samples, sha256=str(len(samples))), tmp_path, HASHING):
            pass
    assert len(corpora(tmp_path)) == 1


async def test_taking_in_goes_on_after_a_kill(data: Path, tmp_path: Path):
    harbour = load_set("harbour", data)

    class Killed(BaseException):
        pass

    def kill(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        async with open_set(harbour, tmp_path, HASHING, on_progress=kill):
            pass
    async with open_set(harbour, tmp_path, HASHING) as opened:
        assert (await opened.corpus.state()).sources == 3


async def test_search_is_scored_beside_each_index_alone(data: Path, tmp_path: Path):
    options = RunOptions("retrieval", embedder=HASHING, cache=tmp_path / "cache", out=tmp_path / "out")
    finished = await run(options, load_set("harbour", data))
    assert finished.samples == 3  # one claim names no document
    assert finished.failed == 0
    for name in ("ndcg@10", "bm25/ndcg@10", "dense/ndcg@10", "recall@5", "mrr"):
        measured = finished.metrics[name]
        assert isinstance(measured, Metric)
        assert measured.n == 3
    assert finished.metrics["recall@10"].to_json()["value"] == 1.0
    ferry = next(result for result in finished.results if result.id == "1")
    assert ferry.payload["bm25"][0] == "ferry"
    assert set(ferry.payload["fused"]) <= {"ferry", "bridge", "bridge-copy", "tax"}


async def test_a_copy_of_a_gold_document_counts_as_found(data: Path, tmp_path: Path):
    harbour = load_set("harbour", data)
    copied = replace(harbour.samples[1], relevant=("bridge-copy",))
    finished = await run(
        RunOptions("retrieval", embedder=HASHING, cache=tmp_path), replace(harbour, samples=(copied,))
    )
    assert finished.results[0].scores["recall@10"] == 1.0
    assert "bridge-copy" in finished.results[0].payload["fused"]


async def test_a_gold_document_the_corpus_lacks_is_missed_and_not_forgotten(data: Path, tmp_path: Path):
    harbour = load_set("harbour", data)
    lacking = replace(harbour.samples[0], relevant=("ferry", "lost"))
    finished = await run(
        RunOptions("retrieval", embedder=HASHING, cache=tmp_path), replace(harbour, samples=(lacking,))
    )
    assert finished.results[0].scores["recall@10"] == 0.5


def test_retrieval_is_refused_where_it_means_nothing(data: Path):
    harbour = load_set("harbour", data)
    with pytest.raises(BadInput, match="names the documents"):
        RETRIEVAL.samples(replace(harbour, samples=harbour.samples[2:3]), 0, None)
    given = replace(harbour, info=SetInfo("given", "ours", "here", "no titles", gold_by_default=True))
    with pytest.raises(BadInput, match="retrieval is not scored on given: no titles"):
        RETRIEVAL.samples(given, 0, None)


async def test_a_users_sources_go_by_id_and_by_name(data: Path, tmp_path: Path):
    harbour: EvalSet = load_set("harbour", data)
    async with open_set(harbour, tmp_path, HASHING) as opened:
        (folder,) = corpora(tmp_path)
        (source,) = [s for s in await opened.corpus.sources() if "ferry" in s.names]
    async with open_own(folder) as own:
        assert own.doc_ids[source.id] == (source.id, "ferry")
