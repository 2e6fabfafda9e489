import json
from dataclasses import replace
from datetime import date

from reports import examples

from agent.domain import Assessed, Label, Unassessed
from agent.reports.diff import compare
from agent.reports.diff_text import diff_json, diff_text

OPEN = replace(
    examples.BRIDGE_VERDICT,
    label=Label.NOT_ENOUGH_EVIDENCE,
    independent_for=0,
    evidence=examples.BRIDGE_VERDICT.evidence[3:],
    voices=(),
)


def with_outcomes(*outcomes):
    return replace(examples.CLEAN, outcomes=outcomes)


BEFORE = with_outcomes(Assessed(examples.BRIDGE, OPEN), Assessed(examples.DAM, examples.DAM_VERDICT))
AFTER = with_outcomes(
    Assessed(examples.HOMES, examples.HOMES_VERDICT), Assessed(examples.BRIDGE, examples.BRIDGE_VERDICT)
)


def test_a_claim_that_moved_names_the_sources_that_moved_it():
    (pair,) = compare(BEFORE, AFTER).moved
    assert pair.new.claim == examples.BRIDGE
    assert [item.source_id for item in pair.gained] == ["courier-0302", "valley-radio-7", "ferry-log"]
    assert pair.lost == ()


def test_new_and_gone_claims_are_told_apart():
    diff = compare(BEFORE, AFTER)
    assert [outcome.claim for outcome in diff.new] == [examples.HOMES]
    assert [outcome.claim for outcome in diff.gone] == [examples.DAM]


def test_a_report_does_not_differ_from_itself():
    diff = compare(examples.REPORT, examples.REPORT)
    assert (diff.moved, diff.recounted, diff.new, diff.gone, diff.conditions) == ((), (), (), (), ())
    assert diff.same == len(examples.REPORT.outcomes)
    assert diff_text(diff) == "4 unchanged\nNo claim moved.\n"


def test_a_claim_with_another_id_is_found_by_its_words():
    renamed = replace(
        examples.BRIDGE, id="c9", text=examples.BRIDGE.text.upper().replace("[", "").replace("]", "")
    )
    diff = compare(BEFORE, with_outcomes(Assessed(renamed, OPEN), BEFORE.outcomes[1]))
    assert (diff.same, diff.new, diff.gone) == (2, (), ())


def test_two_claims_of_the_same_words_are_matched_one_to_one():
    twice = with_outcomes(BEFORE.outcomes[0], Assessed(replace(examples.BRIDGE, id="c8"), OPEN))
    diff = compare(twice, with_outcomes(twice.outcomes[0]))
    assert (diff.same, len(diff.gone)) == (1, 1)


def test_becoming_unassessed_is_a_move_and_no_label():
    diff = compare(AFTER, with_outcomes(Unassessed(examples.BRIDGE, "no answer")))
    assert diff_json(diff)["moved"][0]["new"] == {"standing": "unassessed", "reason": "no answer"}


def test_more_origins_under_the_same_label_are_shown_apart():
    more = replace(examples.BRIDGE_VERDICT, independent_for=3)
    diff = compare(AFTER, with_outcomes(Assessed(examples.BRIDGE, more)))
    assert (len(diff.moved), len(diff.recounted)) == (0, 1)
    assert "2 for, 0 against → 3 for, 0 against" in diff_text(diff)


def test_other_conditions_are_named():
    diff = compare(examples.CLEAN, replace(examples.REPORT, as_of=date(2024, 3, 5)))
    names = {item.name: (item.old, item.new) for item in diff.conditions}
    assert names["as of"] == ("any date", "2024-03-05")
    assert names["engine"] == ("rules", "llm")
    assert "prompt judge" in names


def test_the_text_form_shows_both_labels_in_words():
    text = diff_text(compare(BEFORE, AFTER))
    assert "? NOT ENOUGH EVIDENCE  →  ✓ CORROBORATED" in text
    assert "\x1b" not in text


def test_a_claim_moved_by_another_rule_names_both_rules():
    held = replace(examples.BRIDGE_VERDICT, label=Label.NOT_ENOUGH_EVIDENCE, rule="support doubted")
    diff = compare(with_outcomes(Assessed(examples.BRIDGE, held)), AFTER)
    assert f"support doubted → {examples.BRIDGE_VERDICT.rule}" in diff_text(diff)
    assert diff_json(diff)["moved"][0]["old"]["rule"] == "support doubted"


def test_the_json_form_is_json():
    value = diff_json(compare(BEFORE, AFTER))
    assert json.loads(json.dumps(value)) == value
    assert value["moved"][0]["gained"][2]["published"] == "2024-03"
