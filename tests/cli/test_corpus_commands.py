"""ingest, corpus and verify over a real corpus on disk, with the embedder that needs no model."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from agent.surfaces.cli import cli

COURIER = """---
title: Bridge shut
outlet: Lindel Courier
published: 2024-03-02
origin: county road office
---
The Lindel bridge was closed to all traffic at noon on Saturday. Water had reached the deck – “in minutes”.
"""
RESCUE = """---
outlet: Fire and Rescue Service
---
In all, 400 people in Lindel were told to leave their homes on Saturday.
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "CORROBORATE_MODEL", "CORROBORATE_CORPUS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "courier.md").write_text(COURIER)
    (reports / "rescue.md").write_text(RESCUE)
    return tmp_path


def run(*args, stdin=None):
    return CliRunner().invoke(cli, args, input=stdin)


def ingest(*args, stdin=None):
    return run("ingest", *args, "--embedder", "hashing", stdin=stdin)


def listed():
    return {
        entry["names"][0]: entry for entry in json.loads(run("corpus", "list", "--format", "json").stdout)
    }


def test_a_folder_is_taken_in_and_a_second_time_changes_nothing(here):
    first = ingest("reports")
    assert first.exit_code == 0, first.stderr
    assert first.stdout.startswith("2 added; .corroborate holds 2 sources")
    assert "1 source without a date" in first.stderr
    again = ingest("reports")
    assert again.stdout.startswith("2 unchanged")
    (here / "reports" / "rescue.md").write_text(RESCUE.replace("400", "410"))
    assert ingest("reports").stdout.startswith("1 replaced, 1 unchanged; .corroborate holds 2 sources")


def test_what_a_folder_hides_is_noted_in_one_line_and_is_no_failure(here):
    (here / "reports" / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (here / "reports" / ".git").mkdir()
    (here / "reports" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    result = ingest("reports")
    assert result.exit_code == 0
    assert "unreadable" not in result.stdout + result.stderr
    assert "note: 2 hidden entries left out (.DS_Store, .git); name one to have it read\n" in result.stderr


def test_a_hidden_file_that_is_named_is_taken_in(here):
    (here / "reports" / ".draft.md").write_text(COURIER.replace("noon", "dusk"))
    result = ingest("reports/.draft.md")
    assert (result.exit_code, result.stderr) == (0, result.stderr.replace("hidden", ""))
    assert result.stdout.startswith("1 added")


def test_what_cannot_be_read_is_named_and_the_rest_is_taken_in(here):
    (here / "reports" / "empty.txt").write_text("")
    (here / "reports" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    result = ingest("reports", "nowhere.txt")
    assert result.exit_code == 1
    assert "2 added, 3 unreadable" in result.stdout
    named = [line for line in result.stderr.splitlines() if line.startswith("unreadable: ")]
    assert [line.split(": ")[1] for line in named] == [
        "reports/empty.txt",
        "reports/photo.jpg",
        "nowhere.txt",
    ]
    assert named[0].endswith("is empty")


def test_nothing_readable_leaves_no_empty_corpus(here):
    result = ingest("nowhere.txt")
    assert result.exit_code == 1
    assert not (here / ".corroborate").exists()


def test_columns_are_mapped_and_a_wrong_mapping_is_bad_usage(here):
    (here / "wire.csv").write_text("kopf,inhalt\nDam holds,The Harrow dam held on Saturday night.\n")
    assert ingest("wire.csv", "--field", "title=kopf", "--field", "text=inhalt").exit_code == 0
    (entry,) = listed().values()
    assert entry["metadata"]["title"] == "Dam holds"
    for field in ("colour=red", "title"):
        result = ingest("wire.csv", "--field", field)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_report_may_be_piped_in(here):
    result = ingest("-", stdin="The Harrow dam held on Saturday night.\n")
    assert result.exit_code == 0, result.stderr
    assert list(listed()) == ["-"]


def test_another_embedder_for_the_same_corpus_is_refused(here):
    ingest("reports")
    for name, says in (("minilm", "made with the embedder hashing"), ("magic", "there are auto")):
        result = run("ingest", "reports", "--embedder", name)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert says in result.stderr


def test_show_gives_the_stored_text_and_its_metadata(here):
    ingest("reports")
    entry = listed()["reports/courier.md"]
    shown = json.loads(run("corpus", "show", entry["id"][:6], "--format", "json").stdout)
    assert shown["sha256"] == entry["sha256"]
    assert shown["text"].startswith("The Lindel bridge")
    assert (shown["metadata"]["published"], shown["metadata"]["published_precision"]) == ("2024-03-02", "day")
    text = run("corpus", "show", entry["id"]).stdout
    assert "Lindel Courier" in text
    assert "“in minutes”" in text


def test_an_undated_source_is_null_in_json_and_said_to_be_undated(here):
    ingest("reports")
    about = listed()["reports/rescue.md"]["metadata"]
    assert (about["published"], about["published_precision"]) == (None, "unknown")
    assert "undated" in run("corpus", "list").stdout


def test_a_stored_text_cannot_steer_the_terminal(here):
    (here / "reports" / "courier.md").write_text("Quiet words \x1b[2J here about the bridge of Lindel.\n")
    ingest("reports")
    assert "\x1b" not in run("corpus", "show", listed()["reports/courier.md"]["id"]).stdout


def test_removing_says_what_went_and_an_unknown_source_is_an_error(here):
    ingest("reports")
    entry = listed()["reports/courier.md"]
    result = run("corpus", "remove", entry["id"])
    assert result.exit_code == 0, result.stderr
    assert "Bridge shut" in result.stdout
    assert list(listed()) == ["reports/rescue.md"]
    missing = run("corpus", "remove", entry["id"])
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)


def test_numbers_and_check(here):
    ingest("reports")
    assert json.loads(run("corpus", "stats", "--format", "json").stdout)["sources"] == 2
    assert "; 1 undated" in run("corpus", "stats").stdout
    assert "everything fits together" in run("corpus", "check").stdout


def test_a_damaged_index_is_found_and_repaired(here):
    import shutil

    ingest("reports")
    shutil.rmtree(here / ".corroborate" / "lexical")
    found = run("corpus", "check")
    assert found.exit_code == 2
    assert "lexical" in found.stdout
    assert run("corpus", "check", "--repair").exit_code == 0
    assert run("corpus", "check").exit_code == 0


@pytest.mark.parametrize("command", [("list",), ("stats",), ("check",), ("show", "x"), ("remove", "x")])
def test_a_missing_corpus_is_one_line_with_what_to_do(here, command):
    result = run("corpus", *command, "--corpus", "nowhere")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "no corpus in nowhere" in result.stderr


def test_a_text_is_verified_end_to_end_by_rules(here):
    ingest("reports")
    (here / "brief.txt").write_text("The Lindel bridge was closed to all traffic on Saturday.\n")
    command = ["verify", "brief.txt", "--engine", "rules", "--format", "json", "--as-of", "2024-03-31"]
    done = subprocess.run(
        [sys.executable, "-c", "from agent.surfaces.cli import main; main()", *command],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("engine: rules")
    report = json.loads(done.stdout)
    assert report["provenance"]["undated_excluded"] == 1
    (outcome,) = report["outcomes"]
    (item,) = outcome["verdict"]["evidence"]
    source = json.loads(run("corpus", "show", item["source_id"], "--format", "json").stdout)
    assert source["text"][item["start"] : item["end"]] == item["quote"]
