"""The settle table, row by row, and what holds for every standing there can be."""

from itertools import product

import pytest

from agent.checks import TABLE, Standing, explain, find_row
from agent.checks.settle import by_voices_alone
from agent.domain import Label, Ratings

YES, NO = Label.CORROBORATED, Label.CONTRADICTED
TORN, OPEN = Label.CONFLICTING, Label.NOT_ENOUGH_EVIDENCE

FOR_IT = Ratings(corroborated=5, contradicted=1, conflicting=1, not_enough_evidence=1)
AGAINST_IT = Ratings(corroborated=1, contradicted=5, conflicting=1, not_enough_evidence=1)
SEES_CONFLICT = Ratings(corroborated=1, contradicted=1, conflicting=5, not_enough_evidence=2)
UNSURE = Ratings(corroborated=2, contradicted=2, conflicting=2, not_enough_evidence=5)


def standing(for_: int = 0, against: int = 0, **rest: object) -> Standing:
    return Standing(independent_for=for_, independent_against=against, **rest)  # type: ignore[arg-type]


CASES = [
    (standing(covered=False), "not covered", OPEN),
    (standing(vetoed=1), "other figures", OPEN),
    (standing(), "silent", OPEN),
    (standing(divided=True), "one voice for and against", TORN),
    (standing(1, 0, divided=True), "borne out, single origin", YES),
    (standing(claimant_for=2), "only its own origin", OPEN),
    (standing(0, 1, ratings=SEES_CONFLICT), "refutation doubted, engine torn", TORN),
    (standing(0, 1, ratings=UNSURE), "refutation doubted", OPEN),
    (standing(1, 0, ratings=SEES_CONFLICT), "support doubted, engine torn", TORN),
    (standing(2, 0, ratings=UNSURE), "support doubted", OPEN),
    (standing(2, 0, ratings=AGAINST_IT), "support doubted", OPEN),
    (standing(0, 1), "excluded", NO),
    (standing(0, 2, claimant_for=1), "excluded", NO),
    (standing(1, 3), "excluded by many", NO),
    (standing(1, 1), "voices on both sides", TORN),
    (standing(1, 2), "voices on both sides", TORN),
    (standing(2, 1), "voices on both sides", TORN),
    (standing(2, 3), "voices on both sides", TORN),
    (standing(4, 2), "voices on both sides", TORN),
    (standing(3, 1, supported_whole=False), "voices on both sides", TORN),
    (standing(1, 1, ratings=FOR_IT), "voices on both sides", TORN),
    (standing(2, 0, supported_whole=False), "supported in part", OPEN),
    (standing(2, 0, unborne=1), "figure not borne out", OPEN),
    (standing(3, 1, unborne=1), "figure not borne out", OPEN),
    (standing(1, 1, unborne=1), "voices on both sides", TORN),
    (standing(0, 1, unborne=1), "excluded", NO),
    (standing(1, 0, required=2), "too few origins", OPEN),
    (standing(3, 1), "borne out against a lone dissent", YES),
    (standing(2, 0), "borne out", YES),
    (standing(2, 0, supported_whole=False, ratings=FOR_IT), "borne out", YES),
    (standing(2, 0, required=2), "borne out", YES),
    (standing(1, 0), "borne out, single origin", YES),
    (standing(1, 0, claimant_for=3), "borne out, single origin", YES),
]


@pytest.mark.parametrize(("given", "rule", "label"), CASES)
def test_row(given: Standing, rule: str, label: Label) -> None:
    row = find_row(given)
    assert (row.name, row.label) == (rule, label)


def test_every_row_is_tested() -> None:
    assert {rule for _, rule, _ in CASES} == {row.name for row in TABLE}


GRID = [
    Standing(covered, for_, against, claimant, whole, vetoed, required, ratings, unborne)
    for covered, for_, against, claimant, whole, vetoed, required, ratings, unborne in product(
        (True, False), range(5), range(5), range(2), (True, False), range(2), (1, 2, 4),
        (None, FOR_IT, AGAINST_IT, SEES_CONFLICT, UNSURE, Ratings(3, 3, 3, 3)),
        range(2),
    )
]  # fmt: skip


def test_some_row_always_holds() -> None:
    assert all(find_row(given) in TABLE for given in GRID)


def test_support_never_outranks_refutation_silently() -> None:
    """Corroborated over a dissent only where three or more stand against one, and the rule's name says so."""
    for given in GRID:
        row = find_row(given)
        if row.label is YES and given.independent_against:
            assert given.independent_for >= 3 > 1 == given.independent_against
            assert "dissent" in row.name


def test_ratings_only_hold_back() -> None:
    for given in GRID:
        label, unbraked = find_row(given).label, by_voices_alone(given).label
        assert label is unbraked or label in {OPEN, TORN}


def test_no_label_without_its_voices() -> None:
    for given in GRID:
        label = find_row(given).label
        assert label is not YES or given.independent_for >= given.required
        assert label is not NO or given.independent_against > 0


def test_what_no_quote_bears_out_is_never_called_corroborated() -> None:
    assert not [given for given in GRID if given.unborne and find_row(given).label is YES]


def test_the_explanation_prints_the_table() -> None:
    text = explain()
    assert all(f"{row.name}: {row.label.value}" in text for row in TABLE)
