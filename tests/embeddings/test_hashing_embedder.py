"""Vectors without a model."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import numpy as np
import pytest

from agent.adapters.embeddings import make_embedder

TEXTS = ["The mayor opened the bridge on 3 May.", "", "…!?", "橋は五月に開通した。", "bad \ud800 surrogate"]


GOLDEN = [(58, 0.3451), (162, 0.3451), (170, 0.3451), (288, -0.3451), (364, 0.1992)]
"""Places and values of the greatest coordinates: a change needs a new version in the embedder's name."""


@pytest.fixture
def hashing():
    return make_embedder("hashing")


async def test_every_row_has_length_one_even_without_a_word(hashing):
    vectors = await hashing.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), hashing.dimension) == (len(TEXTS), 512)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


async def test_vectors_stay_the_same_between_releases(hashing):
    (vector,) = await hashing.embed(["Twelve drones fell on Saturday."])
    strongest = np.argsort(-np.abs(vector), kind="stable")[:5]
    assert [(int(i), round(float(vector[i]), 4)) for i in strongest] == GOLDEN


def test_vectors_do_not_depend_on_the_process(hashing):
    script = (
        "import asyncio; from agent.adapters.embeddings import make_embedder;"
        "print(asyncio.run(make_embedder('hashing').embed(['rye bread'])).tobytes().hex())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    here = asyncio.run(hashing.embed(["rye bread"])).tobytes().hex()
    assert [run.strip() for run in runs] == [here, here]


async def test_shared_and_inflected_words_bring_texts_together(hashing):
    query, inflected, other = await hashing.embed(
        [
            "The port was closed by strikes",
            "A strike has been closing ports this week",
            "Rye bread is baked at dawn",
        ]
    )
    assert query @ inflected > query @ other + 0.1


async def test_figures_are_features_of_their_own(hashing):
    query, same, different = await hashing.embed(["4,000 soldiers", "soldiers: 4,000", "4,500 soldiers"])
    assert query @ same > 0.99 > query @ different


async def test_the_notice_says_that_no_model_was_there(hashing):
    assert "No model" in hashing.notice
    assert "lexical" in hashing.notice


async def test_no_texts_are_no_rows(hashing):
    assert (await hashing.embed([])).shape == (0, 512)
