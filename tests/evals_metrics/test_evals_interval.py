"""Intervals and tests of difference: known answers, bounds, and what must not matter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.interval import mcnemar, mean, multinomial, paired_bootstrap, percentile, resampled
from evals.metrics.value import Metric, Refused, measured_from_json

QUICK = settings(max_examples=25, deadline=None)
shares = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_the_interval_of_a_proportion_is_about_the_binomial_one() -> None:
    found = mean([1.0] * 300 + [0.0] * 100)

    assert isinstance(found, Metric)
    assert (found.value, found.n) == (0.75, 400)
    spread = 1.96 * math.sqrt(0.75 * 0.25 / 400)
    assert found.low == pytest.approx(0.75 - spread, abs=0.012)
    assert found.high == pytest.approx(0.75 + spread, abs=0.012)


def test_values_that_are_all_the_same_leave_no_doubt() -> None:
    assert mean([0.5] * 7) == Metric(0.5, 7, 0.5, 0.5)


@QUICK
@given(shares)
def test_a_mean_lies_in_its_interval_and_the_interval_among_the_values(values: list[float]) -> None:
    found = mean(values)

    assert isinstance(found, Metric)
    assert found.low <= found.value <= found.high
    assert min(values) - 1e-9 <= found.low
    assert found.high <= max(values) + 1e-9


def test_the_same_seed_gives_the_same_interval_and_another_gives_another() -> None:
    values = [i / 50 for i in range(50)]

    assert mean(values, seed=1) == mean(values, seed=1)
    assert mean(values, seed=1) != mean(values, seed=2)


def test_nothing_to_average_is_refused() -> None:
    assert mean([]) == percentile([], 50) == Refused("no values")
    assert resampled(0, lambda at: 1.0) == Refused("no samples")


def test_a_figure_that_has_no_value_is_refused_and_not_nan() -> None:
    assert isinstance(resampled(3, lambda at: math.nan), Refused)


def test_resampling_places_agrees_with_resampling_values() -> None:
    data = np.array([0.1, 0.9, 0.4, 0.4])

    assert resampled(4, lambda at: float(data[at].mean())) == mean(list(data))


def test_large_sets_are_drawn_in_parts_with_the_right_number_of_resamples() -> None:
    found = mean([0.0, 1.0] * 5_000)  # more cells than are held at once

    assert isinstance(found, Metric)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.5 / 100, rel=0.15)


def test_the_median_is_numpys() -> None:
    found = percentile([1.0, 2.0, 3.0, 10.0], 50)

    assert isinstance(found, Metric)
    assert found.value == 2.5


def test_a_difference_is_that_of_the_pairs() -> None:
    found = paired_bootstrap([0.0] * 50, [1.0] * 50)

    assert (found.value, found.n, found.low, found.high) == (1.0, 50, 1.0, 1.0)
    assert found.p == pytest.approx(2 / 1001)


def test_identical_values_do_not_differ() -> None:
    found = paired_bootstrap([0.0, 1.0, 1.0], [0.0, 1.0, 1.0])

    assert (found.value, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_pairing_sees_what_two_separate_intervals_would_miss() -> None:
    first = [i / 100 for i in range(100)]
    second = [value + 0.05 + 0.001 * (i % 3) for i, value in enumerate(first)]

    found = paired_bootstrap(first, second)
    alone, other = mean(first), mean(second)

    assert found.low > 0
    assert isinstance(alone, Metric)
    assert isinstance(other, Metric)
    assert other.low < alone.high  # the separate intervals overlap


def test_a_difference_turned_round_changes_its_sign_alone() -> None:
    first, second = [0.0, 1.0, 0.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0, 1.0]
    one, other = paired_bootstrap(first, second), paired_bootstrap(second, first)

    assert (one.value, one.low, one.high) == pytest.approx((-other.value, -other.high, -other.low))


def test_comparing_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        paired_bootstrap([], [])


@pytest.mark.parametrize(
    ("only_first", "only_second", "p"),
    [(0, 0, 1.0), (0, 4, 0.125), (4, 0, 0.125), (1, 5, 2 * 7 / 64), (3, 3, 1.0), (0, 10, 2 / 1024)],
)
def test_mcnemar_by_hand(only_first: int, only_second: int, p: float) -> None:
    assert mcnemar(only_first, only_second) == pytest.approx(p)


def test_mcnemar_is_scipys_binomial_test_also_for_many() -> None:
    binomtest = pytest.importorskip("scipy.stats").binomtest

    for one, other in ((3, 11), (120, 160), (700, 800)):
        assert mcnemar(one, other) == pytest.approx(binomtest(one, one + other, 0.5).pvalue, rel=1e-9)


def test_resampled_tables_have_as_many_samples_and_no_new_cells() -> None:
    tables = multinomial(np.array([[8, 2], [0, 10]]))

    assert tables.shape == (1_000, 2, 2)
    assert (tables.sum(axis=(1, 2)) == 20).all()
    assert (tables[:, 1, 0] == 0).all()
    assert tables[:, 0, 0].mean() == pytest.approx(8, abs=0.3)
    assert (tables == multinomial(np.array([[8, 2], [0, 10]]))).all()
    assert (tables != multinomial(np.array([[8, 2], [0, 10]]), seed=1)).any()


@pytest.mark.parametrize("measured", [Metric(0.5, 8, 0.25, 0.75), Refused("no gold labels")])
def test_what_is_written_can_be_read(measured: Metric | Refused) -> None:
    assert measured_from_json(measured.to_json()) == measured


@pytest.mark.parametrize("data", [{}, {"value": 1, "n": 1.5, "low": 0, "high": 1}])
def test_what_is_no_metric_is_not_read_as_one(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError)):
        measured_from_json(data)
