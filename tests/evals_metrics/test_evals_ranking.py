"""Ranking figures as trec_eval and BEIR give them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.ranking import query_scores, ranking
from evals.metrics.value import Metric, Refused

documents = st.lists(st.sampled_from("abcdefghij"), max_size=10)


def test_one_query_by_hand() -> None:
    found = query_scores(["x", "a", "y", "b"], {"a", "b", "c"}, recall_ks=(2, 4), ndcg_ks=(3,))

    ideal = 1 + 1 / math.log2(3) + 1 / 2
    assert found == {
        "ndcg@3": pytest.approx((1 / math.log2(3)) / ideal),
        "recall@2": pytest.approx(1 / 3),
        "recall@4": pytest.approx(2 / 3),
        "mrr": 0.5,
    }


def test_ndcg_agrees_with_scikit_learn() -> None:
    sklearn = pytest.importorskip("sklearn.metrics")
    ranked, wanted = list("abcdefghijkl"), {"b", "e", "l"}

    truth = np.array([[float(name in wanted) for name in ranked]])
    expected = sklearn.ndcg_score(truth, np.arange(12, 0, -1)[None, :], k=10)

    assert query_scores(ranked, wanted)["ndcg@10"] == pytest.approx(expected)


def test_more_relevant_documents_than_places_can_still_be_perfect_in_ndcg_but_not_in_recall() -> None:
    wanted = {f"d{i}" for i in range(20)}
    found = query_scores(sorted(wanted), wanted)

    assert found["ndcg@10"] == pytest.approx(1)
    assert found["recall@10"] == 0.5


def test_of_a_document_ranked_twice_the_better_place_counts_and_the_other_takes_none() -> None:
    assert query_scores(["a", "a", "b"], {"b"})["mrr"] == 0.5
    assert query_scores(["a", "a"], {"a", "b"})["recall@5"] == 0.5


@settings(max_examples=50, deadline=None)
@given(documents, st.sets(st.sampled_from("abcdefghij"), min_size=1))
def test_figures_lie_between_none_and_all_and_relevant_first_is_best(
    ranked: list[str], wanted: set[str]
) -> None:
    found = query_scores(ranked, wanted)
    best = query_scores(sorted(ranked, key=lambda name: name not in wanted), wanted)

    for name, score in found.items():
        assert 0 <= score <= best[name] + 1e-12 <= 1 + 1e-9


def test_means_are_over_queries_that_have_something_to_find() -> None:
    found = ranking([["a"], ["x"], ["y"]], [{"a"}, {"b"}, set()])

    assert isinstance(found["mrr"], Metric)
    assert (found["mrr"].value, found["mrr"].n) == (0.5, 2)


def test_nothing_to_find_is_refused() -> None:
    assert set(ranking([["a"]], [[]]).values()) == {Refused("no query has a relevant document")}
    with pytest.raises(ValueError, match="nothing is relevant"):
        query_scores(["a"], [])
