"""What is changed in a claim, and that what was changed no longer holds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from evals.perturb import Kind, changes
from evals.perturb.dates import date_swaps
from evals.perturb.figures import number_swaps, unit_swaps
from evals.perturb.names import find_names, name_swaps
from evals.perturb.negation import negation_swaps
from evals.perturb.reprints import Lookalike, Reprint, lookalike, reprint
from evals.perturb.values import Swap

SEEDS = range(40)


def all_swaps(find, claim: str, evidence: str = "", **extra) -> list[Swap]:  # type: ignore[no-untyped-def]
    return [swap for seed in SEEDS for swap in find(claim, evidence, random.Random(seed), **extra)]


def after(find, claim: str, evidence: str = "") -> set[str]:  # type: ignore[no-untyped-def]
    return {swap.after for swap in all_swaps(find, claim, evidence)}


def numbers(values: set[str]) -> Iterator[float]:
    return (float(value.replace(",", "")) for value in values)


def test_a_number_becomes_one_that_no_rounding_makes_the_old_one() -> None:
    found = list(numbers(after(number_swaps, "The harbour has 4,000 berths.")))
    assert found
    assert all(value >= 6000 or value <= 4000 / 1.5 for value in found)


def test_a_new_number_is_none_that_the_evidence_has() -> None:
    open_to = after(number_swaps, "Five wells were dug and 40 repaired.", "")
    assert "80" in open_to
    assert "80" not in after(number_swaps, "Five wells were dug and 40 repaired.", "Of 80 wells, 40 work.")


@pytest.mark.parametrize(
    ("claim", "up"),
    [
        ("More than 40 boats were lost.", True),
        ("At least $40 was paid.", True),
        ("It seats 40 or more guests.", True),
        ("Fewer than 40 boats were lost.", False),
        ("Up to 40 guests fit in.", False),
    ],
)
def test_a_bounded_number_moves_to_where_the_bound_is_broken(claim: str, up: bool) -> None:
    found = list(numbers(after(number_swaps, claim)))
    assert found
    assert all((value > 40) is up for value in found)


@pytest.mark.parametrize(
    "claim",
    [
        "It was finished in 1994.",
        "Type 2 diabetes is common.",
        "They flew an Aerolux 747 home.",
        "It opened on May 14 last spring.",
        "It opened on 14 May last spring.",
        "COVID-19 spread quickly.",
    ],
)
def test_years_days_and_labels_are_no_numbers_of_something(claim: str) -> None:
    assert not all_swaps(number_swaps, claim)


def test_a_percentage_stays_one() -> None:
    assert all(value <= 100 for value in numbers(after(number_swaps, "About 45% of members voted.")))


def test_a_unit_is_exchanged_behind_its_number_alone() -> None:
    (swap,) = {*all_swaps(unit_swaps, "It cost 3 million, a million too much.", "It cost 3 million.")}
    assert (swap.start, swap.before, swap.after, swap.stated) == (10, "million", "billion", True)


def test_a_smaller_unit_leaves_more_than_true_and_is_not_taken() -> None:
    assert after(unit_swaps, "It lasted 5 decades.") == {"years"}
    assert not after(unit_swaps, "It lasted more than 5 decades.")


@pytest.mark.parametrize(("lead", "earlier"), [("before", True), ("by", True), ("after", False)])
def test_a_year_moves_to_the_side_on_which_the_claim_is_false(lead: str, earlier: bool) -> None:
    found = after(date_swaps, f"The mine closed {lead} 1950.")
    assert found
    assert all((int(year) < 1950) is earlier for year in found)


def test_a_new_date_is_none_that_the_evidence_has() -> None:
    evidence = "Work went on in 1948, 1952 and 1950."
    assert not {"1948", "1952"} & after(date_swaps, "The mine closed in 1950.", evidence)


def test_names_are_found_without_the_word_that_opens_the_sentence() -> None:
    found = [match.group() for match in find_names("The Velm Ferry met Ada Lind in May on Orsa.")]
    assert found == ["Velm Ferry", "Ada Lind", "Orsa"]


def test_a_name_is_exchanged_only_where_the_evidence_has_it_and_for_one_it_has_not() -> None:
    claim, names = "Ada Lind sailed to Orsa.", ["Bo Falk", "Velm", "Ada Berg"]
    found = all_swaps(lambda c, e, rng: name_swaps(c, e, rng, names), claim, "In June, Ada Lind set sail.")
    assert {(swap.before, swap.after) for swap in found} == {("Ada Lind", "Bo Falk")}


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The bridge is open.", "The bridge is not open."),
        ("The bridge has been closed.", "The bridge has not been closed."),
        ("The bridge is not open.", "The bridge is open."),
        ("The bridge wasn't open.", "The bridge was open."),
    ],
)
def test_a_claim_is_turned_into_its_opposite(claim: str, text: str) -> None:
    (swap,) = negation_swaps(claim, "", random.Random(0))
    assert swap.made(claim, Kind.NEGATION).text == text


@pytest.mark.parametrize("claim", ["No bridge was not closed.", "The bridge has three arches.", "It sank."])
def test_a_claim_that_cannot_be_turned_surely_is_left(claim: str) -> None:
    assert not list(negation_swaps(claim, "", random.Random(0)))


def test_each_change_tells_what_was_changed_and_is_made_again_alike() -> None:
    claim = "Ada Lind was paid $40 for 3 days in 1950."
    evidence = "In 1950 the clerk paid $40 to Ada Lind, who had worked for 3 days."
    made = changes(claim, evidence, ["Bo Falk"], "seed")
    assert {change.kind for change in made} == set(Kind)
    for change in made:
        assert claim[change.start : change.start + len(change.before)] == change.before
        rest = claim[change.start + len(change.before) :]
        assert change.text == claim[: change.start] + change.after + rest != claim
        assert change.stated
    assert made == changes(claim, evidence, ["Bo Falk"], "seed")


STORY = " ".join(
    f"Sentence {n} tells of keeper {n * 7} and of storm {n * 13} off the cape." for n in range(30)
)


@pytest.mark.parametrize("kind", Reprint)
def test_a_reprint_is_the_story_with_something_done_to_it(kind: Reprint) -> None:
    made = reprint(STORY, kind, random.Random(1))
    assert made != STORY
    words = set(re.findall(r"\w+", made))
    assert len(words & set(STORY.split())) > 0.3 * len(set(STORY.split()))


def test_a_tail_is_cut_at_a_sentence_and_leaves_half() -> None:
    made = reprint(STORY, Reprint.CUT_TAIL, random.Random(1))
    assert STORY.startswith(made)
    assert made.endswith("cape.")
    assert 0.4 < len(made) / len(STORY) < 0.7


def test_a_lookalike_tells_another_story() -> None:
    other = "A quite different matter was settled at the mill. " * 20
    for kind in Lookalike:
        made = lookalike(STORY, other, kind, random.Random(1))
        assert made.count("at the mill") == 20
        assert sum(f"keeper {n * 7} " in made for n in range(30)) <= 15
