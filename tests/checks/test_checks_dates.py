"""Dates keep the exactness they were stated with, and a false alarm is worse than silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.checks import compare_dates, find_dates
from agent.domain import CheckResult


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on 12 March 2025", "2025-03-12"),
        ("on March 12, 2025,", "2025-03-12"),
        ("on 2025-03-12", "2025-03-12"),
        ("am 12. März 2025", "2025-03-12"),
        ("12 березня 2025 року", "2025-03-12"),
        ("am 12.03.2025", "2025-03-12"),
        ("in early February 2025", "2025-02"),
        ("in 2024", "2024"),
    ],
)
def test_reads_dates(text: str, wanted: str) -> None:
    (mention,) = find_dates(text)
    assert str(mention.date) == wanted
    assert mention.span.cut(text) == mention.text


@pytest.mark.parametrize("text", ["they may march on", "2,024 men", "31 February"])
def test_reads_none_where_there_is_none(text: str) -> None:
    assert not [mention for mention in find_dates(text) if mention.day]


SAME_EVENT = "The harbour warehouse burned down on {} after an explosion."


@pytest.mark.parametrize(
    ("claim", "quote", "result"),
    [
        (SAME_EVENT.format("12 March 2025"), SAME_EVENT.format("12 March 2025"), CheckResult.AGREES),
        (SAME_EVENT.format("12 March 2025"), SAME_EVENT.format("13 March 2025"), CheckResult.DIFFERS),
        ("It opened in early March 2025.", "It opened on 4 March 2025.", CheckResult.AGREES),
        ("It opened on 4 March 2025.", "It opened in March 2025.", CheckResult.NOT_COMPARABLE),
        ("The warehouse burned on 12 March 2025.", "He was born on 3 May 1950.", CheckResult.NOT_COMPARABLE),
        (SAME_EVENT.format("March 2025"), SAME_EVENT.format("April 2025"), CheckResult.NOT_COMPARABLE),
    ],
)
def test_only_another_day_of_the_same_event_differs(claim: str, quote: str, result: CheckResult) -> None:
    assert [remark.result for remark in compare_dates(claim, quote)] == [result]


def test_texts_without_dates_have_nothing_to_compare() -> None:
    assert compare_dates("It burned down.", "It burned on 12 March 2025.") == ()


@given(st.text(max_size=80))
def test_any_text_is_read_without_raising(text: str) -> None:
    assert all(mention.span.cut(text) == mention.text for mention in find_dates(text))
