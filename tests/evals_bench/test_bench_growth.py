"""``bench growth`` on a few hundred passages, and what it is made of."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice

import numpy as np
import pytest
from click.testing import CliRunner

from evals.bench.clusters import ClusterEmbedder
from evals.bench.machine import percentile
from evals.bench.texts import day_admitting, made_up, sources, topic_of
from evals.cli import cli


def test_growth_from_filling_to_the_table(tmp_path):
    words = ["bench", "growth", "--sizes", "300", "--queries", "10", "--dim", "32"]
    ran = CliRunner().invoke(cli, [*words, "--json", "--keep", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)
    (size,) = found["sizes"]
    assert found["machine"]["cores"] >= 1
    assert 300 <= size["passages"] < 1_000
    assert size["sources"] < size["passages"] / 3
    assert size["recall@10"] > 0.95
    for name in ("ingest_per_s", "p50_ms@1", "p95_ms@0.5", "p95_ms@0.01", "rss_mb", "vectors_mb", "add_s"):
        assert size[name] > 0, name

    again = CliRunner().invoke(cli, [*words, "--keep", str(tmp_path)])
    assert again.exit_code == 0, again.output
    filled = next(line for line in again.stdout.splitlines() if line.startswith("passages"))
    assert filled.split()[1] == str(size["passages"]), "a kept corpus is filled no further"


@pytest.mark.parametrize("sizes", ["many", "1000,2"])
def test_sizes_that_are_none_are_refused(sizes):
    ran = CliRunner().invoke(cli, ["bench", "growth", "--sizes", sizes])
    assert ran.exit_code != 0


def test_the_same_seed_makes_the_same_texts():
    first, again = (list(islice(sources(3, 10), 20)) for _ in range(2))
    assert first == again
    assert first != list(islice(sources(4, 10), 20))


def test_words_are_distributed_as_in_language():
    """Zipf: the commonest word takes several percent, and half of all different words come once or twice."""
    counted = Counter(word for source in islice(sources(0, 10), 200) for word in source.text.split())
    words = [n for word, n in counted.most_common() if not word.startswith("Zq")]
    assert 0.02 < words[0] / sum(words) < 0.1
    assert sum(n <= 2 for n in words) > len(words) / 2


def test_made_up_words_differ():
    assert len(set(made_up(5_000))) == 5_000


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
def test_an_as_of_date_admits_its_share(share):
    days = [source.published for source in islice(sources(1, 5), 2_000)]
    admitted = sum(day <= day_admitting(share) for day in days) / len(days)
    assert admitted == pytest.approx(share, abs=0.03)


async def test_vectors_cluster_by_topic_and_depend_on_the_text_alone():
    texts = [f"Zq{topic} text {n}." for topic in (1, 2) for n in range(50)]
    vectors = await ClusterEmbedder(384).embed(texts)
    alone = await ClusterEmbedder(384).embed(texts[7:8])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[7:8], alone)
    near = vectors @ vectors.T
    assert near[:50, :50].mean() > near[:50, 50:].mean() + 0.3
    assert near[:50, :50].std() > 0.03, "all equally near: no ranking to find"
    assert topic_of(texts[60]) == 2


def test_percentiles():
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert percentile([7.0], 0.5) == 7.0
