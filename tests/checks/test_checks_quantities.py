"""Figures are read as what they are: how much, of what, how exactly."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.checks import Bound, find_quantities


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1,250 soldiers", 1250, 1250, ""),
        ("1 250 soldiers", 1250, 1250, ""),
        ("1.250,5 km", 1250.5, 1250.5, "km"),
        ("1.250.000 people", 1_250_000, 1_250_000, ""),
        ("1.250 km", 1.25, 1.25, "km"),
        ("2,5 million people", 2_500_000, 2_500_000, ""),
        ("twelve thousand men", 12_000, 12_000, ""),
        ("two hundred and fifty tanks", 250, 250, ""),
        ("twenty-one ships", 21, 21, ""),
        ("half a million people", 500_000, 500_000, ""),
        ("a dozen lorries", 12, 12, ""),
        ("two dozen lorries", 24, 24, ""),
        ("two thirds had died", 200 / 3, 200 / 3, "percent"),
        ("a third of them fled", 100 / 3, 100 / 3, "percent"),
        ("about half of the crew", 50, 50, "percent"),
        ("10,000 to 12,000 soldiers", 10_000, 12_000, ""),
        ("10-12 thousand soldiers", 10_000, 12_000, ""),
        ("between 5 and 8 percent", 5, 8, "percent"),
        ("£1.5m", 1_500_000, 1_500_000, "GBP"),
        ("$3 billion", 3_000_000_000, 3_000_000_000, "USD"),
        ("$3-5bn", 3_000_000_000, 5_000_000_000, "USD"),
        ("5m euros", 5_000_000, 5_000_000, "EUR"),
        ("30k men", 30_000, 30_000, ""),
        ("100 square miles", 258.9988110336, 258.9988110336, "km²"),
        ("200 hectares", 2, 2, "km²"),
        ("3 weeks", 21, 21, "day"),
        ("12 км²", 12, 12, "km²"),
    ],
)
def test_reads_value_and_unit(text: str, low: float, high: float, unit: str) -> None:
    (quantity,) = find_quantities(text)
    assert (float(quantity.low), float(quantity.high), quantity.unit) == pytest.approx((low, high, unit))


@pytest.mark.parametrize(
    "text",
    [
        "on 12 March 2025",
        "in the night of 30-31 January",
        "at 14:30 in 2024",
        "the 2022 invasion of the 1990s",
        "an F-16, Su-35 jets and COVID-19",
        "the 225th Assault Battalion",
        "47 Assault Brigade held out",
        "Article 5 and Channel 24",
        "the third wave, a third wave, the first half of the year",
        "1. First\n2) Second [12]",
        "it ended 3-1",
        "see https://example.org/2024/300",
        "a man aged 25",
        "no one knew, one of them said",
    ],
)
def test_what_names_or_dates_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("about 300 men", Bound.ABOUT),
        ("nearly 300 men", Bound.ABOUT),
        ("~300 men", Bound.ABOUT),
        ("some 300 men", Bound.ABOUT),
        ("more than 300 men", Bound.AT_LEAST),
        ("no fewer than 300 men", Bound.AT_LEAST),
        ("300+ men", Bound.AT_LEAST),
        ("300 or more men", Bound.AT_LEAST),
        ("up to 300 men", Bound.AT_MOST),
        ("fewer than 300 men", Bound.AT_MOST),
        ("dozens of men", Bound.VAGUE),
        ("several hundred men", Bound.VAGUE),
        ("300 men", Bound.STATED),
    ],
)
def test_reads_how_exactly_it_is_stated(text: str, bound: Bound) -> None:
    assert [quantity.bound for quantity in find_quantities(text)] == [bound]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12,000 northern soldiers had been deployed", [("soldier", ("deployed",))]),
        ("300 were killed and 2,700 wounded", [("", ("killed",)), ("", ("wounded",))]),
        ("killed 20 soldiers and wounded 30", [("soldier", ("killed",)), ("", ("wounded",))]),
        ("4,000 of 12,000 soldiers were killed", [("soldier", ("killed",)), ("soldier", ())]),
        ("4,000 killed, wounded or missing", [("", ("killed", "wounded", "missing"))]),
        ("30 drones were shot down", [("drone", ("shot down",))]),
        ("they captured 90 villages", [("village", ("captured",))]),
    ],
)
def test_reads_what_is_counted_and_what_befell_it(text: str, wanted: list[object]) -> None:
    found = [(quantity.counted.head, quantity.counted.fates) for quantity in find_quantities(text)]
    assert found == wanted


def test_a_rise_from_one_figure_to_another_is_no_range() -> None:
    assert [(q.low, q.high) for q in find_quantities("it rose from 5 to 8 percent")] == [(5, 5), (8, 8)]


PIECES = st.sampled_from(
    [
        *(
            "about",
            "1,250",
            "1.5",
            "half",
            "a",
            "million",
            "third",
            "%",
            "$",
            "£",
            "3",
            "bn",
            "m",
            "k",
            "-",
            "–",
        ),
        *(
            "to",
            "between",
            "and",
            "soldiers",
            "killed",
            "of",
            ",",
            ".",
            "\n",
            "12",
            "March",
            "2025",
            "F-16",
            "km²",
        ),
        *("sq", "km", "dozens", "½", "²", "٣", "00", ":", "half-", "one", "hundred"),
    ]
)


@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join)
    )
)
def test_any_text_is_read_without_raising_and_spans_round_trip(text: str) -> None:
    quantities = find_quantities(text)
    for quantity in quantities:
        assert quantity.span.cut(text) == quantity.text
        assert quantity.low <= quantity.high
    spans = [quantity.span for quantity in quantities]
    assert all(not one.overlaps(other) for one, other in pairwise(spans))
