import json
from copy import deepcopy
from dataclasses import replace

import jsonschema
import pytest
from reports import examples

from agent.domain import UNKNOWN_DATE, Assessed, Label
from agent.reports.from_json import NotAReport, loads
from agent.reports.schema import report_schema
from agent.reports.to_json import dumps, report_json

REPORTS = {
    "rich": examples.REPORT,
    "clean": examples.CLEAN,
    "empty": replace(examples.CLEAN, outcomes=(), discarded=()),
}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(report_schema())
    return jsonschema.Draft202012Validator(report_schema())


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_a_report_fits_the_published_schema(report, validator):
    validator.validate(report_json(report))


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_a_report_read_back_is_written_with_the_same_bytes(report):
    assert dumps(loads(dumps(report))) == dumps(report)


def objects_in(value, path=()):
    """Paths of all objects that are records, not maps of free keys."""
    if isinstance(value, dict):
        if path[-1:] not in (("calls",), ("settings",)):
            yield path
        for key, item in value.items():
            yield from objects_in(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from objects_in(item, (*path, place))


def at(value, path):
    for step in path:
        value = value[step]
    return value


WHOLE = report_json(examples.REPORT)
RECORDS = list(objects_in(WHOLE))


def test_no_record_may_gain_a_field(validator):
    for path in RECORDS:
        changed = deepcopy(WHOLE)
        at(changed, path)["surprise"] = 1
        assert not validator.is_valid(changed), path


def test_no_record_may_lose_a_field(validator):
    for path in RECORDS:
        for key in at(WHOLE, path):
            changed = deepcopy(WHOLE)
            del at(changed, path)[key]
            assert not validator.is_valid(changed), (*path, key)


def test_every_field_of_the_schema_is_described():
    def properties(schema):
        if isinstance(schema, dict):
            yield from schema.get("properties", {}).items()
            for item in schema.values():
                yield from properties(item)
        elif isinstance(schema, list):
            for item in schema:
                yield from properties(item)

    found = dict(properties(report_schema()))
    assert {"quote", "label", "would_settle"} <= found.keys()
    assert [name for name, field in found.items() if not (field.get("description") or "$ref" in field)] == []


def test_the_issue_s_keys_are_there():
    assert list(WHOLE) == [
        "schema_version", "document", "as_of", "engine", "outcomes",
        "discarded", "unread", "provenance", "usage",
    ]  # fmt: skip
    assert WHOLE["outcomes"][0]["verdict"]["independent_origins"] == {"for": 2, "against": 0}
    assert WHOLE["outcomes"][3]["unassessed"] == {"reason": "the server gave no answer within 300 s"}
    assert "verdict" not in WHOLE["outcomes"][3]


def test_spans_cut_the_document_s_text():
    text = WHOLE["document"]["text"]
    for item in WHOLE["discarded"]:
        assert text[item["start"] : item["end"]] == item["text"]


def test_an_unknown_date_is_null_and_says_so():
    undated = WHOLE["outcomes"][0]["verdict"]["evidence"][3]
    assert (undated["published"], undated["published_precision"]) == (None, "unknown")
    month = WHOLE["outcomes"][0]["verdict"]["evidence"][2]
    assert (month["published"], month["published_precision"]) == ("2024-03", "month")


def test_an_unknown_price_is_null_and_no_price_is_zero():
    assert WHOLE["usage"]["cost"] is None
    assert report_json(examples.CLEAN)["usage"]["cost"] == 0.0


def test_maps_are_sorted_so_that_equal_reports_give_equal_bytes():
    shuffled = replace(
        examples.REPORT, usage=replace(examples.REPORT.usage, calls={"extract": 1, "judge": 4})
    )
    assert dumps(shuffled) == dumps(examples.REPORT)


def test_a_lone_surrogate_from_a_model_can_be_written_and_read_back():
    odd = replace(examples.BRIDGE, text="half a pair \ud83d")
    report = replace(examples.CLEAN, outcomes=(Assessed(odd, examples.BRIDGE_VERDICT),))
    written = dumps(report).encode("utf-8")
    assert loads(written.decode("utf-8")).outcomes[0].claim.text == odd.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "not JSON"),
        ("[]", "no schema_version"),
        ('{"schema_version": "7.0"}', "schema 7.0"),
        ('{"schema_version": "1.0"}', "document is missing"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(text, says):
    with pytest.raises(NotAReport, match=says):
        loads(text)


def test_an_unknown_label_is_refused():
    changed = deepcopy(WHOLE)
    changed["outcomes"][0]["verdict"]["label"] = "probably"
    with pytest.raises(NotAReport, match="probably"):
        loads(json.dumps(changed))


def test_dates_unknown_stay_unknown():
    assert loads(dumps(examples.REPORT)).outcomes[1].claim.said_on == UNKNOWN_DATE
    assert loads(dumps(examples.REPORT)).outcomes[1].verdict.label is Label.CONTRADICTED
