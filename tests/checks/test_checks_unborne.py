"""A figure or date of the claim that no supporting quote has keeps it from being called corroborated."""

import pytest
from checks_builders import candidate, claim
from hypothesis import given
from hypothesis import strategies as st

from agent import checks
from agent.checks.unborne import unborne_figures
from agent.checks.unborne_dates import unborne_dates
from agent.domain import Finding, Judgement, Label, PartialDate, Stance, Verdict
from agent.ports import Case
from agent.settings import VerifySettings


def figures(claim_text: str, *quotes: str) -> list[str]:
    return [each.remark.text for each in unborne_figures(claim_text, quotes)]


def dates(claim_text: str, *quotes: str, published: tuple[PartialDate, ...] = ()) -> list[str]:
    return [each.remark.text for each in unborne_dates(claim_text, quotes, published)]


@pytest.mark.parametrize(
    ("claim_text", "quote", "why"),
    [
        ("The site has a 100 character limit.", "The site has a limit of 140 characters.", "another number"),
        ("She had 9 children with the baker.", "She and the baker had three daughters.", "another number"),
        ("The mill opened with 160 pupils.", "The mill opened with 400 apprentices.", "another number"),
        ("The siege of Overford lasted 3 months.", "The siege of Overford lasted 3 weeks.", "another unit"),
        ("The bridge at Overford cost €5m.", "The bridge at Overford cost $5m.", "another unit"),
        ("The council spent 3 million crowns.", "The council spent 3 billion crowns.", "another number"),
    ],
)
def test_another_figure_said_in_like_words_is_named(claim_text: str, quote: str, why: str) -> None:
    (text,) = figures(claim_text, quote)
    assert why in text


@pytest.mark.parametrize(
    ("claim_text", "quotes"),
    [
        # it is there, in whatever form
        ("She had three daughters.", ["She had two sons.", "She had three daughters."]),
        ("The siege lasted 21 days.", ["The siege lasted three weeks."]),
        ("He came second of 2 riders.", ["He came second of eleven riders."]),
        ("Seven people were hurt in Overford.", ["In Overford 3 people were hurt, then 4 people."]),
        ("The shop sold 1,002 lamps.", ["The shop sold 1,000 lamps."]),
        # nothing is there, or something else is
        ("She had 9 children.", ["She had children."]),
        ("The mill employs 160 people in Overford.", ["The lake is 12 feet deep."]),
        ("31 percent of the town smokes.", ["69 percent of the town does not smoke."]),
        ("3 officers and 40 men left Overford.", ["3 officers left Overford."]),
        ("Dozens of people left Overford.", ["17 people left Overford."]),
    ],
)
def test_what_is_there_or_cannot_be_told_is_left_in_peace(claim_text: str, quotes: list[str]) -> None:
    assert figures(claim_text, *quotes) == []


@pytest.mark.parametrize(
    ("claim_text", "quote", "why"),
    [
        ("The 1975 mill strike closed Overford.", "The 1971 mill strike closed Overford.", "another year"),
        ("The mill of Overford burned in 1975.", "The mill of Overford burned in 1971.", "another year"),
        (
            "The mill of Overford burned in May 1975.",
            "The mill of Overford burned in July 1975.",
            "another month",
        ),
        ("The mill of Overford burned on 3 May.", "The mill of Overford burned on 9 May.", "another day"),
        (
            "The mill of Overford burned in 1975.",
            "Overford, 2 May 1971\nThe mill burned down.",
            "another year",
        ),
    ],
)
def test_another_date_said_in_like_words_is_named(claim_text: str, quote: str, why: str) -> None:
    (text,) = dates(claim_text, quote)
    assert why in text


@pytest.mark.parametrize(
    ("claim_text", "quote"),
    [
        ("The mill burned in 1975.", "The mill burned on 3 May 1975."),
        ("The mill burned in the 1970s.", "The mill burned in 1971."),
        ("The mill ran in 1975.", "The mill ran from 1971 to 1980."),
        ("The mill ran in 1975.", "The mill ran in 1974/75, 1971 and 1980."),
        ("The mill burned before 1975.", "The mill burned in 1971."),
        ("The mill burned in 1975.", "He was born in 1931."),
        ("The mill burned in 1975.", "Overford, 2 May 1976\nThe mill burned last year."),
        ("The mill burned in May.", "The mill burned."),
    ],
)
def test_a_date_that_is_there_or_hedged_is_left_in_peace(claim_text: str, quote: str) -> None:
    assert dates(claim_text, quote) == []


def test_a_report_leaves_out_the_year_it_appeared_in() -> None:
    claim_text, quote = "The mill burned again in 1975.", "The mill burned again, as in 1971."
    assert dates(claim_text, quote)
    assert dates(claim_text, quote, published=(PartialDate(1975, 5, 3),)) == []


def verdict(claim_text: str, *quotes: str) -> Verdict:
    shown = tuple(candidate(f"s{n}", quote) for n, quote in enumerate(quotes))
    findings = tuple(Finding(item.passage.id, (1,), Stance.SUPPORTS) for item in shown)
    checked = checks.check(Case(claim(claim_text), shown), Judgement(findings))
    return checks.settle(checked, VerifySettings())


def test_the_brake_holds_a_corroboration_back_and_its_remark_is_on_the_quote() -> None:
    found = verdict("She had 9 children with the baker.", "She and the baker had three daughters.")
    assert (found.label, found.rule) == (Label.NOT_ENOUGH_EVIDENCE, "figure not borne out")
    assert found.evidence[0].stance is Stance.SUPPORTS
    assert "three daughters" in found.evidence[0].remarks[-1].text


def test_one_supporting_quote_that_has_the_figure_is_enough() -> None:
    quotes = ("She and the baker had three daughters.", "She and the baker had 9 children in all.")
    assert verdict("She had 9 children with the baker.", *quotes).label is Label.CORROBORATED


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_texts_can_be_held_against_one_another(claim_text: str, quotes: list[str]) -> None:
    unborne_figures(claim_text, quotes)
    unborne_dates(claim_text, quotes)


@given(st.text(max_size=80))
def test_a_claim_that_is_quoted_lacks_nothing(text: str) -> None:
    assert unborne_figures(text, [text]) == unborne_dates(text, [text]) == ()
