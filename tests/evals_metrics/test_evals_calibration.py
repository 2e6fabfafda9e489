"""Calibration and selective answering, by hand and by what must not matter."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.calibration import Bin, Point, calibration, reliability, risk_coverage
from evals.metrics.value import Metric, Refused

stated = st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.5001, 0.9]), st.booleans()), min_size=1, max_size=20)


def value(confidence: list[float | None], right: list[bool], name: str) -> float:
    found = calibration(confidence, right)[name]
    assert isinstance(found, Metric), found
    return found.value


def test_confidence_that_comes_true_has_no_error() -> None:
    assert value([0.75] * 4, [True, True, True, False], "ece") == pytest.approx(0)


def test_calibration_error_by_hand() -> None:
    confidence = [0.2] * 10 + [0.9] * 10
    right = [True] * 4 + [False] * 6 + [True] * 6 + [False] * 4

    assert value([*confidence], right, "ece") == pytest.approx(0.5 * 0.2 + 0.5 * 0.3)
    assert reliability(confidence, right) == (
        Bin(pytest.approx(0.2), 0.4, 10),
        Bin(pytest.approx(0.9), 0.6, 10),
    )


def test_brier_is_scikit_learns() -> None:
    sklearn = pytest.importorskip("sklearn.metrics")
    confidence, right = [0.2, 0.9, 0.6, 0.5], [False, True, False, True]

    expected = sklearn.brier_score_loss(right, confidence)
    assert value([*confidence], right, "brier") == pytest.approx(expected)


def test_risk_and_coverage_by_hand() -> None:
    confidence, right = [0.9, 0.8, 0.8, 0.3], [True, True, False, False]

    assert risk_coverage(confidence, right) == (
        Point(0.25, 0.0, 0.9),
        Point(0.75, pytest.approx(1 / 3), 0.8),
        Point(1.0, 0.5, 0.3),
    )
    # Risks at 1, 2, 3 and 4 samples, half an error each for the two equal ones.
    assert value([*confidence], right, "aurc") == pytest.approx((0 + 0.25 + 1 / 3 + 0.5) / 4)


def test_the_area_is_the_mean_risk_over_every_order_of_equal_confidences() -> None:
    confidence, right = [0.9, 0.7, 0.7, 0.7, 0.4], [False, True, False, True, True]

    def area(order: tuple[int, ...]) -> float:
        wrong = [not right[place] for place in order]
        return sum(sum(wrong[:n]) / n for n in range(1, 6)) / 5

    orders = [(0, *middle, 4) for middle in permutations((1, 2, 3))]
    assert value([*confidence], right, "aurc") == pytest.approx(sum(map(area, orders)) / len(orders))


def test_confidences_that_a_resample_did_not_draw_change_nothing_in_it() -> None:
    import numpy as np

    from evals.metrics.calibration import _aurc, _ece

    values, table = np.array([0.2, 0.5, 0.9]), np.array([[3, 1], [0, 0], [1, 5]])
    drawn, without = table[None], table[[0, 2]][None]

    assert _aurc(drawn) == pytest.approx(_aurc(without))
    assert _ece(values, drawn) == pytest.approx(_ece(values[[0, 2]], without))


def test_knowing_what_one_does_not_know_lowers_the_risk() -> None:
    right = [True, True, False, False]

    assert value([0.9, 0.8, 0.2, 0.1], right, "aurc") < value([0.1, 0.2, 0.8, 0.9], right, "aurc")


def test_bins_hold_equal_numbers() -> None:
    found = reliability([i / 100 for i in range(100)], [True] * 100)

    assert not isinstance(found, Refused)
    assert [each.n for each in found] == [10] * 10


@settings(max_examples=30, deadline=None)
@given(stated, st.randoms(use_true_random=False))
def test_the_order_of_samples_changes_nothing_and_all_lies_in_bounds(pairs, random) -> None:  # type: ignore[no-untyped-def]
    mixed = random.sample(pairs, len(pairs))
    one = calibration([c for c, _ in pairs], [r for _, r in pairs])
    other = calibration([c for c, _ in mixed], [r for _, r in mixed])

    for name, measured in one.items():
        assert isinstance(measured, Metric)
        assert 0 <= measured.low <= measured.value <= measured.high <= 1
        assert value([c for c, _ in mixed], [r for _, r in mixed], name) == pytest.approx(measured.value)
    assert other.keys() == one.keys()


def test_samples_without_confidence_take_no_part_and_none_at_all_is_refused() -> None:
    found = calibration([0.5, None], [True, False])["ece"]
    assert isinstance(found, Metric)
    assert found.n == 1

    refused = Refused("no prediction states a confidence")
    assert set(calibration([None], [True]).values()) == {refused}
    assert reliability([], []) == risk_coverage([None], [False]) == refused


def test_a_confidence_that_is_no_probability_is_an_error() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        calibration([5.0], [True])


def test_an_interval_holds_the_value_although_resampling_only_adds_calibration_error() -> None:
    confidence = [share / 10 for share in (2, 4, 6, 8) for _ in range(10)]
    right = [place < share for share in (2, 4, 6, 8) for place in range(10)]
    found = calibration(confidence, right)["ece"]

    assert isinstance(found, Metric)
    assert found.value == pytest.approx(0, abs=1e-12)
    assert found.low <= found.value < found.high
