"""A small run sees every label in proportion, and the same seed sees the same samples."""

from __future__ import annotations

from collections import Counter

import pytest

from agent.domain import Label
from evals.samples import Sample
from evals.tasks.choose import choose
from evals.tasks.reword import rewordings

SAMPLES = tuple(Sample(str(n), "x", Label.CORROBORATED if n % 4 else Label.CONTRADICTED) for n in range(100))


def test_labels_are_drawn_in_proportion_and_in_the_sets_order():
    chosen = choose(SAMPLES, 0, 20)
    assert Counter(sample.label for sample in chosen) == {Label.CORROBORATED: 15, Label.CONTRADICTED: 5}
    assert [int(sample.id) for sample in chosen] == sorted(int(sample.id) for sample in chosen)


def test_the_seed_decides_and_nothing_else():
    assert choose(SAMPLES, 1, 20) == choose(SAMPLES, 1, 20)
    assert choose(SAMPLES, 1, 20) != choose(SAMPLES, 2, 20)
    assert choose(SAMPLES, 1, None) == choose(SAMPLES, 1, 1000) == SAMPLES


def test_a_larger_draw_contains_the_smaller_one():
    assert set(choose(SAMPLES, 5, 20)) <= set(choose(SAMPLES, 5, 60))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 99])
def test_exactly_as_many_are_drawn_as_asked_for(limit: int):
    assert len(choose(SAMPLES, 0, limit)) == limit


@pytest.mark.parametrize(
    ("claim", "by", "expected"),
    [
        ("The mayor did not resign.", "contraction", "The mayor didn't resign."),
        ("The mayor didn't resign.", "contraction", "The mayor did not resign."),
        ("Velm lost 3 ferries.", "numerals", "Velm lost three ferries."),
        ("Velm lost three ferries.", "numerals", "Velm lost 3 ferries."),
        ("It opened on 2 May 2004.", "date", "It opened on May 2, 2004."),
        ("It opened on May 2, 2004.", "date", "It opened on 2 May 2004."),
        ("It fell by 12%.", "percent", "It fell by 12 percent."),
        ("It fell by 12 per cent.", "percent", "It fell by 12%."),
        ("In 2019, the ferry sank.", "order", "The ferry sank in 2019."),
        ("The ferry sank in May 2019.", "order", "In May 2019, the ferry sank."),
        ("Orsa flooded in 2019.", "order", "In 2019, Orsa flooded."),
        ("The ferry sank.", "frame", "It is the case that the ferry sank."),
        ("Orsa flooded.", "frame", "It is the case that Orsa flooded."),
    ],
)
def test_a_claim_in_other_words_says_the_same(claim: str, by: str, expected: str):
    assert {each.by: each.text for each in rewordings(claim)}[by] == expected


@pytest.mark.parametrize(
    ("claim", "by"),
    [
        ("It opened on 2 May 2004.", "numerals"),
        ("It cost $5 million.", "numerals"),
        ("It holds 5 to 7 boats.", "numerals"),
        ("It grew by 2.5 points.", "numerals"),
        ("One of two of them left.", "numerals"),
        ("The ferry, built in Velm, sank in 2019.", "order"),
    ],
)
def test_what_might_change_its_meaning_is_left_alone(claim: str, by: str):
    assert by not in {each.by for each in rewordings(claim)}
