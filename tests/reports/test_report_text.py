import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from reports import examples

from agent.domain import (
    Assessed,
    CheckKind,
    CheckResult,
    Discarded,
    DiscardReason,
    Document,
    Label,
    Metadata,
    Remark,
    Span,
    Unassessed,
    Unread,
)
from agent.reports.to_markdown import report_markdown
from agent.reports.to_text import report_text

GOLDEN = Path(__file__).parent / "golden"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def hostile_report():
    bad = examples.HOSTILE
    about = Metadata(title=bad, outlet=bad, url="javascript:alert(1)")
    verdict = examples.HOMES_VERDICT
    item = replace(verdict.evidence[0], quote=bad, origin=bad, note=bad, metadata=about, source_id=bad)
    voice = replace(verdict.voices[0], name=bad, because=(bad,))
    claim = replace(examples.BRIDGE, text=bad, attribution=(bad, bad))
    return replace(
        examples.REPORT,
        document=Document(bad, bad, "", about),
        outcomes=(
            Assessed(claim, replace(verdict, evidence=(item,), voices=(voice,), would_settle=bad, rule=bad)),
            Unassessed(claim, bad),
        ),
        discarded=(Discarded(Span(0, 3), bad, DiscardReason.OPINION, bad),),
        unread=(Unread(Span(0, len(bad)), bad),),
    )


@pytest.mark.parametrize("name", ["report-80.txt", "report-120.txt", "report.md"])
def test_the_ledger_reads_as_the_golden_file_has_it(name):
    width = int(name[7:-4]) if name.endswith(".txt") else 0
    made = report_text(examples.REPORT, width=width) if width else report_markdown(examples.REPORT)
    assert made == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    long = replace(examples.BRIDGE, text="洪水 " * 60 + "x" * 200)
    report = replace(examples.REPORT, outcomes=(Assessed(long, examples.BRIDGE_VERDICT),))
    for line in report_text(report, width=width).splitlines():
        cells = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
        assert cells <= width, line


def test_piped_output_has_no_escape_sequences_and_no_trailing_blanks():
    text = report_text(examples.REPORT)
    assert "\x1b" not in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_colour_changes_the_colours_alone():
    coloured = report_text(examples.REPORT, colour=True)
    assert "\x1b[" in coloured
    assert ANSI.sub("", coloured) == report_text(examples.REPORT)


def test_failures_stand_above_the_first_claim():
    text = report_text(examples.REPORT)
    top = text[: text.index("✓ CORROBORATED")]
    assert "1 claim could not be assessed." in top
    assert "the reply" in top
    assert "could not" not in report_text(examples.CLEAN)


def test_a_text_without_claims_says_so():
    assert "No check-worthy claims were found in this text." in report_text(
        replace(examples.CLEAN, outcomes=())
    )


def test_a_text_that_could_not_be_read_is_not_said_to_have_no_claims():
    for rendered in (report_text, report_markdown):
        text = rendered(replace(examples.REPORT, outcomes=()))
        assert "No check-worthy claims were found in what could be read" in text


def test_rules_say_that_no_model_read_the_text():
    for rendered in (report_text(examples.CLEAN), report_markdown(examples.CLEAN)):
        assert "No model read the text" in rendered
        assert "no model calls" in rendered


def test_an_unknown_price_is_named_unknown():
    assert "price unknown" in report_text(examples.REPORT)
    known = replace(examples.REPORT, usage=replace(examples.REPORT.usage, cost=0.0123))
    assert "$0.0123" in report_text(known)


def test_what_would_settle_a_claim_is_told_only_where_it_is_open():
    settled = replace(examples.BRIDGE_VERDICT, would_settle="a photograph")
    open_ = replace(examples.DAM_VERDICT, would_settle="a photograph")
    for rendered in (report_text, report_markdown):
        assert "photograph" not in rendered(
            replace(examples.CLEAN, outcomes=(Assessed(examples.BRIDGE, settled),))
        )
        assert "photograph" in rendered(replace(examples.CLEAN, outcomes=(Assessed(examples.DAM, open_),)))


def test_the_label_s_own_side_comes_first_and_the_claimant_last():
    refuting = replace(examples.HOMES_VERDICT.voices[0], evidence=("e4",))
    own = replace(
        examples.BRIDGE_VERDICT.voices[0], name="the mayor herself", evidence=("e3",), claimant=True
    )
    voices = (own, *examples.BRIDGE_VERDICT.voices[:1], refuting)
    for label, order in (
        (Label.CORROBORATED, ["county road", "Fire and Rescue", "mayor herself"]),
        (Label.CONTRADICTED, ["Fire and Rescue", "county road", "mayor herself"]),
    ):
        verdict = replace(examples.BRIDGE_VERDICT, label=label, voices=voices, justification=())
        text = report_text(replace(examples.CLEAN, outcomes=(Assessed(examples.DAM, verdict),)))
        shown = [line for line in text.splitlines() if line.lstrip().startswith(("for ", "against "))]
        assert [name in line for name, line in zip(order, shown, strict=True)] == [True] * 3


def test_many_discarded_are_counted_and_a_few_listed():
    many = tuple(Discarded(Span(0, 3), f"line {n}", DiscardReason.BOILERPLATE) for n in range(40))
    text = report_text(replace(examples.REPORT, discarded=many))
    assert "40 stretches not checked: 40 boilerplate" in text
    assert "and 30 more" in text
    assert "line 10" not in text


def test_an_author_s_sentences_come_before_boilerplate_among_the_discarded():
    text = report_text(examples.REPORT)
    assert text.index("opinion: It was a shameful") < text.index("boilerplate: Subscribe")


def test_a_comparison_s_result_is_said_once():
    same = Remark(CheckKind.DATE, CheckResult.AGREES, "claim: Saturday; source: 2 March")
    item = replace(examples.HOMES_VERDICT.evidence[0], remarks=(same,))
    verdict = replace(examples.HOMES_VERDICT, evidence=(item,))
    text = report_text(replace(examples.CLEAN, outcomes=(Assessed(examples.HOMES, verdict),)))
    assert "date agrees: claim: Saturday; source: 2 March\n" in text


def test_quotes_are_numbered_as_they_are_shown_and_cited_by_those_numbers():
    evidence = tuple(reversed(examples.BRIDGE_VERDICT.evidence))
    verdict = replace(examples.BRIDGE_VERDICT, evidence=evidence)
    text = report_text(replace(examples.CLEAN, outcomes=(Assessed(examples.BRIDGE, verdict),)))
    assert [int(number) for number in re.findall(r"^ +\[(\d)\] ", text, re.M)] == [1, 2, 3]
    assert "[1] Valley Radio" in text
    assert "relay it. [2][1]" in re.sub(r"\s+", " ", text)


def test_nothing_quoted_can_steer_the_terminal():
    text = report_text(hostile_report(), colour=True)
    left = ANSI.sub("", text)
    assert [char for char in left if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"] == []
    assert "\u202e" not in left


def test_nothing_quoted_becomes_markup():
    text = report_markdown(hostile_report())
    assert "<script" not in text
    assert "](javascript" not in text.replace(r"\](javascript", "")
    assert [char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"] == []


def test_a_document_without_a_title_is_named_once_in_markdown():
    bare = replace(
        examples.CLEAN, document=replace(examples.CLEAN.document, name="notes.txt", metadata=Metadata())
    )
    assert report_markdown(bare).startswith("# notes.txt\n\n**")
