"""A claim's figures against a quote's: the same thing is compared, another thing is named as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.checks import compare_dates, compare_numbers
from agent.domain import CheckResult

AGREES, DIFFERS, OPEN = CheckResult.AGREES, CheckResult.DIFFERS, CheckResult.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("claim", "quote", "result"),
    [
        # the same thing, near enough
        ("4,000 soldiers were killed", "3,900 soldiers were killed", AGREES),
        ("12,000 soldiers were deployed", "11,000 soldiers were deployed", AGREES),
        ("about 12,000 soldiers were deployed", "10,000 soldiers were deployed", AGREES),
        ("about 12,000 soldiers were deployed", "10,000 to 12,000 soldiers were deployed", AGREES),
        ("20 officers were killed", "dozens of officers were killed", AGREES),
        ("more than 500 square miles were captured", "1,300 sq km were captured", AGREES),
        ("4,000 casualties", "4,000 were killed or wounded", AGREES),
        ("a third of the fleet", "33 percent of the fleet", AGREES),
        ("the bridge cost £3bn", "it cost £3.1 billion to build", AGREES),
        ("more than 100 people died", "130 people died", AGREES),
        # another number
        ("12 officers were killed", "13 officers were killed", DIFFERS),
        ("4,000 soldiers were killed", "300 soldiers were killed", DIFFERS),
        ("12,000 soldiers were deployed", "9,000 soldiers were deployed", DIFFERS),
        ("more than 5,000 casualties", "more than 4,000 casualties", DIFFERS),
        ("the bridge cost £3bn", "it cost £5bn to build", DIFFERS),
        ("a third of the fleet", "half of the fleet", DIFFERS),
        ("the rate rose by 3 percent", "the rate rose by 4 percent", DIFFERS),
        ("the works employ 200 people", "the works employ 300 people", DIFFERS),
        # the same number for another thing
        ("4,000 soldiers were killed", "4,000 soldiers were killed or wounded", DIFFERS),
        ("4,000 killed", "4,000 casualties in all", DIFFERS),
        ("prices rose by 3 percent", "prices fell by 3 percent", DIFFERS),
        # nothing that could be told
        ("4,000 soldiers were killed", "2,700 soldiers were wounded", OPEN),
        ("4,000 soldiers were killed", "many soldiers were killed", OPEN),
        ("more than 100 people died", "400 people died", OPEN),
        ("the bridge cost £3bn", "it cost $3 billion", OPEN),
    ],
)
def test_compares_like_with_like(claim: str, quote: str, result: CheckResult) -> None:
    assert [remark.result for remark in compare_numbers(claim, quote)] == [result]


def test_says_in_words_what_was_compared() -> None:
    (remark,) = compare_numbers("4,000 killed", "4,000 killed or wounded")
    assert remark.text == "claim: 4,000 killed; source: 4,000 killed or wounded: another quantity"


def test_each_figure_of_the_claim_gets_its_own_remark() -> None:
    remarks = compare_numbers(
        "12,000 soldiers were deployed, with 4,000 killed",
        "11,000 soldiers were deployed and 1,000 were killed",
    )
    assert [remark.result for remark in remarks] == [AGREES, DIFFERS]


def test_soldiers_of_another_army_are_another_quantity() -> None:
    results = [
        r.result for r in compare_numbers("900 Ruritanian soldiers died", "900 Sylvanian soldiers died")
    ]
    assert AGREES not in results


def test_a_figure_that_bears_out_one_of_the_claim_contradicts_no_other() -> None:
    remarks = compare_numbers(
        "The rate is 3.1 percent in Sylvania and 2.8 percent in Ruritania",
        "The rate is 3.1 percent in Sylvania",
    )
    assert DIFFERS not in [remark.result for remark in remarks]


def test_a_figure_a_fortieth_off_is_neither_the_same_nor_another() -> None:
    (remark,) = compare_numbers("80.63 million women were seen", "81.78 million women were seen")
    assert (remark.result, remark.text.rsplit(": ", 1)[1]) == (OPEN, "close, not the same")


def test_named_findings_say_why_nothing_follows() -> None:
    (peak,) = compare_numbers("1,250 square kilometres were captured", "800 square kilometres are held")
    (other,) = compare_numbers("900 Ruritanian soldiers died", "900 Sylvanian soldiers died")
    assert (peak.result, other.result) == (OPEN, OPEN)
    assert peak.text.endswith("what was captured is not what is held")
    assert other.text.endswith("of others")


def test_a_percentage_that_follows_from_two_counts_is_noted_and_agrees_with_nothing() -> None:
    (remark,) = compare_numbers("25 percent of the crew fled", "50 sailors fled; the ship had 200 sailors")
    assert remark.result is OPEN
    assert "would be 25 percent" in remark.text


def test_a_claim_without_figures_is_left_in_peace() -> None:
    assert compare_numbers("the mayor resigned", "12 people saw the mayor resign") == ()


@given(st.integers(1, 10**7), st.sampled_from(["", "about ", "more than ", "up to "]))
def test_a_figure_agrees_with_itself(value: int, bound: str) -> None:
    text = f"{bound}{value:,} soldiers were killed"
    assert [remark.result for remark in compare_numbers(text, text)] == [AGREES]


@given(st.integers(2, 10**6), st.integers(3, 50))
def test_a_figure_many_times_as_large_never_agrees(value: int, times: int) -> None:
    claim = f"{value * times:,} soldiers were killed"
    assert AGREES not in [r.result for r in compare_numbers(claim, f"{value:,} soldiers were killed")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(claim: str, quote: str) -> None:
    compare_numbers(claim, quote)


@pytest.mark.parametrize(
    ("claim", "quote", "result"),
    [
        ("31 percent of adults smoke", "69 percent of adults do not", OPEN),
        ("about 2 percent of the yield was lost", "3.7 percent of the yield was lost", DIFFERS),
        ("one doctor serves the valley", "40,000 doctors work in the country", OPEN),
        ("at least 6 doctors left", "at least 12 doctors left", OPEN),
        ("the share is 68 percent", "the share of the young is 45 percent", DIFFERS),
    ],
)
def test_parts_bounds_and_small_shares(claim: str, quote: str, result: CheckResult) -> None:
    assert [remark.result for remark in compare_numbers(claim, quote)] == [result]


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("4,000 soldiers were killed", "4,000 soldiers were killed"),
        ("4,000 soldiers were killed", "300 soldiers were killed"),
        ("more than 100 soldiers were killed", "400 soldiers were killed"),
        ("They met on 2 March 2024", "The meeting was on 2 March 2024"),
    ],
)
def test_a_remark_s_words_do_not_repeat_its_result(claim: str, quote: str) -> None:
    remarks = (*compare_numbers(claim, quote), *compare_dates(claim, quote))
    assert remarks
    assert not [remark.text for remark in remarks if remark.text.endswith(("agrees", "differs", "compared"))]
