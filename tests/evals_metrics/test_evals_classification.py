"""Figures of labels: by hand, against scikit-learn, and what failures and refusals do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.classification import FAILED, Confusion, classification, confusion, correct
from evals.metrics.value import Measured, Metric, Refused

sklearn = pytest.importorskip("sklearn.metrics")

A, B, C = "corroborated", "contradicted", "not_enough_evidence"
GOLD = [A, A, A, A, B, B, C, C]
GIVEN = [A, A, B, None, B, C, C, C]
QUICK = settings(max_examples=15, deadline=None)
labels = st.sampled_from([A, B, C])
outcomes = st.lists(st.tuples(labels, labels | st.none()), min_size=3, max_size=25)


def value(measured: Measured) -> float:
    assert isinstance(measured, Metric), measured
    return measured.value


def test_accuracy_by_hand_with_and_without_the_failure() -> None:
    found = classification(GOLD, GIVEN)

    assert value(found["accuracy"]) == pytest.approx(5 / 7)
    assert value(found["accuracy_with_failures"]) == pytest.approx(5 / 8)
    assert value(found["balanced_accuracy"]) == pytest.approx((2 / 3 + 1 / 2 + 1) / 3)
    assert value(found["balanced_accuracy_with_failures"]) == pytest.approx((2 / 4 + 1 / 2 + 1) / 3)
    assert value(found["macro_f1"]) == pytest.approx((4 / 5 + 2 / 4 + 4 / 5) / 3)
    assert value(found["macro_f1_with_failures"]) == pytest.approx((4 / 6 + 2 / 4 + 4 / 5) / 3)
    assert value(found["abstention"]) == pytest.approx(3 / 7)


def test_each_label_by_hand_with_the_number_it_divides_by() -> None:
    found = classification(GOLD, GIVEN)

    for name, expected, n in (
        (f"precision/{A}", 1.0, 2),
        (f"recall/{A}", 2 / 3, 3),
        (f"f1/{A}", 4 / 5, 7),
        (f"precision/{C}", 2 / 3, 3),
        (f"recall/{C}", 1.0, 2),
    ):
        measured = found[name]
        assert isinstance(measured, Metric)
        assert (measured.value, measured.n) == (pytest.approx(expected), n)


@QUICK
@given(outcomes)
def test_figures_agree_with_scikit_learn_and_lie_in_their_intervals(
    pairs: list[tuple[str, str | None]],
) -> None:
    gold, given_labels = [g for g, _ in pairs], [p for _, p in pairs]
    found = classification(gold, given_labels)
    said = [p or FAILED for p in given_labels]

    assert value(found["accuracy_with_failures"]) == pytest.approx(sklearn.accuracy_score(gold, said))
    if len(set(gold)) > 1:
        expected = sklearn.f1_score(gold, said, labels=sorted(set(gold)), average="macro", zero_division=0)
        assert value(found["macro_f1_with_failures"]) == pytest.approx(expected)
    for measured in found.values():
        if isinstance(measured, Metric):
            assert 0 <= measured.low <= measured.value <= measured.high <= 1


@QUICK
@given(outcomes)
def test_counting_failures_never_flatters(pairs: list[tuple[str, str | None]]) -> None:
    found = classification([g for g, _ in pairs], [p for _, p in pairs])

    for name in ("accuracy", "balanced_accuracy", "macro_f1"):
        without, counted = found[name], found[f"{name}_with_failures"]
        if isinstance(without, Metric) and isinstance(counted, Metric):
            assert counted.value <= without.value + 1e-12


@QUICK
@given(outcomes, st.randoms(use_true_random=False))
def test_the_order_of_samples_changes_no_value(pairs: list[tuple[str, str | None]], random) -> None:  # type: ignore[no-untyped-def]
    mixed = random.sample(pairs, len(pairs))
    one = classification([g for g, _ in pairs], [p for _, p in pairs])
    other = classification([g for g, _ in mixed], [p for _, p in mixed])

    for name, measured in one.items():
        if isinstance(measured, Metric):
            assert value(other[name]) == pytest.approx(measured.value)


def test_the_interval_of_macro_f1_narrows_with_more_samples() -> None:
    few, many = classification(GOLD, GIVEN)["macro_f1"], classification(GOLD * 50, GIVEN * 50)["macro_f1"]

    assert isinstance(few, Metric)
    assert isinstance(many, Metric)
    assert few.value == pytest.approx(many.value)
    assert many.high - many.low < (few.high - few.low) / 3


def test_a_defensible_label_counts_in_the_acceptable_figures_alone() -> None:
    found = classification([A, A, B], [A, C, C], also=[(), (C,), ()])

    assert value(found["accuracy"]) == pytest.approx(1 / 3)
    assert value(found["acceptable_accuracy"]) == pytest.approx(2 / 3)
    assert value(found["acceptable_macro_f1"]) > value(found["macro_f1"])
    assert "acceptable_accuracy" not in classification([A, B], [A, B])


def test_one_gold_label_gives_accuracy_but_no_balance() -> None:
    found = classification([A, A], [A, B])

    assert value(found["accuracy"]) == 0.5
    assert found["balanced_accuracy"] == found["macro_f1"] == Refused("the gold labels are all the same")


def test_without_gold_labels_everything_is_refused() -> None:
    assert set(classification([None, None], [A, B]).values()) == {Refused("no sample has a gold label")}
    assert isinstance(confusion([None], [A]), Refused)


def test_where_all_failed_only_the_counting_figures_have_a_value() -> None:
    found = classification([A, B], [None, None])

    assert found["accuracy"] == found["abstention"] == Refused("every sample failed")
    assert value(found["accuracy_with_failures"]) == 0
    assert value(found["macro_f1_with_failures"]) == 0


def test_a_label_never_given_has_no_precision() -> None:
    found = classification([A, B], [A, A])

    assert found[f"precision/{B}"] == Refused(f"{B} was never given")
    assert value(found[f"f1/{B}"]) == 0


def test_confusion_shows_failures_in_a_column_of_their_own() -> None:
    assert confusion(GOLD, GIVEN) == Confusion(
        rows=(B, A, C),
        columns=(B, A, C, FAILED),
        counts=((1, 0, 1, 0), (1, 2, 0, 1), (0, 0, 2, 0)),
    )


def test_a_label_given_that_is_nowhere_gold_has_a_column() -> None:
    found = confusion([A, B], [C, B])

    assert isinstance(found, Confusion)
    assert found.columns == (B, A, C)
    assert found.to_json()["counts"] == [[1, 0, 0], [0, 0, 1]]


def test_a_failure_is_never_right_whatever_is_acceptable() -> None:
    assert not correct(A, None, (A, B, C))
    assert correct(A, B, (B,))
    assert not correct(A, C, (B,))
