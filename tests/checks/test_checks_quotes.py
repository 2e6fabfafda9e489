"""A quote is what the stored text says, cut by offset, or it is nothing."""

import pytest
from checks_builders import candidate

from agent.checks import cut_quotes
from agent.domain import Finding, Judgement, Stance

REPORT = candidate("s1", "One.", "Two.", "Three.", "Four.")


def finding(
    *sentences: int, passage: str = "s1#1", stance: Stance = Stance.SUPPORTS, said_by: str = ""
) -> Finding:
    return Finding(passage, sentences, stance, said_by)


def test_each_contiguous_run_of_sentences_is_one_quote_with_its_gap_kept() -> None:
    cut = cut_quotes(Judgement((finding(1, 2, 4),)), [REPORT])
    assert [item.quote for item in cut.evidence] == ["One.  Two.", "Four."]
    assert [item.id for item in cut.evidence] == ["e1", "e2"]
    assert cut.by_finding == (("e1", "e2"),)


def test_a_quote_is_the_slice_of_its_source() -> None:
    source = "Lead. " + REPORT.text
    cut = cut_quotes(Judgement((finding(2, 3),)), [REPORT])
    assert [item.span.cut(source) for item in cut.evidence] == [item.quote for item in cut.evidence]


def test_the_same_stretch_read_twice_the_same_way_is_one_piece_of_evidence() -> None:
    cut = cut_quotes(Judgement((finding(1), finding(1), finding(1, stance=Stance.REFUTES))), [REPORT])
    assert cut.by_finding == (("e1",), ("e1",), ("e2",))


def test_what_a_second_reading_adds_is_kept() -> None:
    part = Finding("s1#1", (1,), Stance.SUPPORTS, note="a part", whole=False)
    more = Finding("s1#1", (1,), Stance.SUPPORTS, "Ms Green", "all of it")
    (item,) = cut_quotes(Judgement((part, more)), [REPORT]).evidence
    assert (item.origin, item.whole, item.note) == ("Ms Green", True, "a part; all of it")


@pytest.mark.parametrize(
    ("said_by", "origin"),
    [
        ("Ms Green", "Ann Green"),
        ("General Brown", "General Brown, to AFP"),
        ("Mr White", "General Brown, to AFP; Ann Green"),
        ("", "General Brown, to AFP; Ann Green"),
    ],
)
def test_of_several_stated_origins_the_one_heard_counts(said_by: str, origin: str) -> None:
    stated = candidate("s1", "One.", origin="General Brown, to AFP; Ann Green")
    (item,) = cut_quotes(Judgement((finding(1, said_by=said_by),)), [stated]).evidence
    assert item.origin == origin
    assert "several origins stated" in item.note


@pytest.mark.parametrize(
    "quote",
    [
        "A third, a share derived from General Brown's count.",
        "A third, based on the general's figures.",
    ],
)
def test_a_figure_derived_from_anothers_is_that_speakers(quote: str) -> None:
    stated = candidate("s1", quote, origin="The Post")
    (item,) = cut_quotes(Judgement((finding(1, said_by="General Brown"),)), [stated]).evidence
    assert item.origin == "General Brown"
    assert "derived" in item.note


@pytest.mark.parametrize("bad", [finding(1, passage="other#1"), finding(5), finding(0), finding()])
def test_what_was_not_shown_cannot_be_quoted(bad: Finding) -> None:
    with pytest.raises(ValueError, match="a finding names"):
        cut_quotes(Judgement((bad,)), [REPORT])


def test_the_stated_origin_wins_over_the_engines_reading_which_is_noted() -> None:
    stated = candidate("s1", "One.", origin="General Brown")
    (item,) = cut_quotes(Judgement((finding(1, said_by="Ms Green"),)), [stated]).evidence
    assert item.origin == "General Brown"
    assert "Ms Green" in item.note


@pytest.mark.parametrize(
    ("said_by", "origin"), [("Ms Green", "Ms Green"), ("he", "Outlet s1"), ("", "Outlet s1")]
)
def test_without_a_stated_origin_it_is_who_said_so_or_the_outlet(said_by: str, origin: str) -> None:
    (item,) = cut_quotes(Judgement((finding(1, said_by=said_by),)), [REPORT]).evidence
    assert item.origin == origin
