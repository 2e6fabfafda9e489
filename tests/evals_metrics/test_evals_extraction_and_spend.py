"""Extracted claims against gold ones; what claims take."""

from __future__ import annotations

import pytest

from agent.domain import Usage
from evals.metrics.extraction import Matching, extraction, match_claims
from evals.metrics.spend import spend
from evals.metrics.value import Metric, Refused

CLOSED = "The bridge was closed to lorries on 3 May."
FERRY = "A ferry carried 120 passengers across the river."
MAYOR = "The mayor promised repairs before winter."


def test_claims_are_matched_by_their_words_whatever_their_order() -> None:
    found = match_claims(
        [FERRY, "On 3 May the bridge closed to lorries", "It rained."], [CLOSED, FERRY, MAYOR]
    )

    assert found == Matching(((0, 1), (1, 0)), 3, 3)
    assert found.coverage == found.precision == pytest.approx(2 / 3)


def test_one_gold_claim_cannot_be_found_twice() -> None:
    assert len(match_claims([CLOSED, CLOSED], [CLOSED]).pairs) == 1


def test_the_assignment_takes_the_best_sum_and_not_the_first_come() -> None:
    gold = ["red boats sail north", "red boats sail"]
    found = match_claims(["red boats sail", "red boats sail north today"], gold)

    assert set(found.pairs) == {(0, 1), (1, 0)}


def test_what_is_too_unlike_is_no_match() -> None:
    assert match_claims([CLOSED], [MAYOR]).pairs == ()
    assert match_claims([CLOSED], ["The bridge was closed."], threshold=0.99).pairs == ()


def test_coverage_and_precision_are_over_all_claims_and_say_of_how_many() -> None:
    found = extraction([Matching(((0, 0),), 1, 4), Matching(((0, 0), (1, 1)), 5, 2)])

    for name, expected, n in (("coverage", 3 / 6, 6), ("precision", 3 / 6, 6), ("f1", 2 * 3 / 12, 12)):
        measured = found[name]
        assert isinstance(measured, Metric)
        assert (measured.value, measured.n) == (pytest.approx(expected), n)
        assert 0 <= measured.low <= measured.value <= measured.high <= 1


def test_extraction_without_gold_or_without_claims_is_refused() -> None:
    assert set(extraction([Matching((), 3, 0)]).values()) == {Refused("no text has gold claims")}
    assert set(extraction([]).values()) == {Refused("no text has gold claims")}

    found = extraction([match_claims([], [CLOSED])])
    assert found["precision"] == Refused("no claim was extracted")
    assert isinstance(found["coverage"], Metric)
    assert found["coverage"].value == 0


def test_spending_by_hand() -> None:
    usages = [Usage({"judge": 1}, 100, 10, 0.01), Usage({"judge": 2, "extract": 1}, 300, 10, 0.05)] * 10
    found = spend(usages, [1.0] * 19 + [9.0])

    expected = {"calls/mean": 2, "tokens/mean": 210, "cost/median": 0.03, "seconds/median": 1}
    for name, value in expected.items():
        measured = found[name]
        assert isinstance(measured, Metric)
        assert measured.value == pytest.approx(value)
        assert measured.low <= measured.value <= measured.high
    assert found["seconds/p95"].value == pytest.approx(1.4)  # type: ignore[union-attr]


def test_one_unknown_price_leaves_no_cost_but_everything_else() -> None:
    found = spend([Usage({"judge": 1}, 5, 5, None), Usage({"judge": 1}, 5, 5, 0.1)], [1.0, 1.0])

    assert isinstance(found["cost/mean"], Refused)
    assert "no known price" in found["cost/mean"].reason
    assert isinstance(found["tokens/mean"], Metric)


def test_a_95th_percentile_of_few_is_refused_and_so_is_everything_of_none() -> None:
    assert isinstance(spend([Usage()] * 19, [1.0] * 19)["seconds/p95"], Refused)
    assert all(isinstance(measured, Refused) for measured in spend([], []).values())
