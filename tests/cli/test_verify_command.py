"""The verify command over a scripted verifier: what reaches it, what is written, how it ends."""

import json
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from reports import examples

from agent.domain import Document
from agent.surfaces.cli import cli


class Scripted:
    def __init__(self, report, error=None):
        self.report = report
        self.error = error
        self.asked = {}

    async def can_resume(self, document, *, as_of=None, claims=None):
        return False

    async def verify(self, document, **asked):
        self.asked = {"document": document, **asked}
        if self.error:
            raise self.error
        return self.report

    async def verify_claims(self, claims, document, **asked):
        self.asked = {"claims": claims, "document": document, **asked}
        return self.report


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run `corroborate verify` with a scripted verifier, which it returns beside the result."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "CORROBORATE_MODEL", "CORROBORATE_CORPUS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brief.md").write_text("The Lindel bridge was closed.\n")

    def go(*args, report=examples.CLEAN, error=None, stdin=None):
        verifier = Scripted(report, error)

        @asynccontextmanager
        async def open_verifier(folder, **settings):
            verifier.opened = {"folder": folder, **settings}
            yield verifier

        monkeypatch.setattr("agent.bootstrap.open_verifier", open_verifier)
        return CliRunner().invoke(cli, ["verify", *args], input=stdin), verifier

    return go


def test_the_ledger_goes_to_stdout_and_the_engine_to_stderr(run):
    result, _ = run("brief.md")
    assert result.exit_code == 0, result.stderr
    assert "✓ CORROBORATED" in result.stdout
    assert result.stderr.startswith("engine: rules")
    assert "\x1b" not in result.output


def test_a_failed_claim_is_exit_code_3_and_the_report_is_written_all_the_same(run):
    result, _ = run("brief.md", "--format", "json", report=examples.REPORT)
    assert result.exit_code == 3
    assert json.loads(result.stdout)["outcomes"][3]["unassessed"]


def test_unread_text_alone_is_exit_code_3(run):
    report = replace(examples.CLEAN, unread=examples.REPORT.unread)
    assert run("brief.md", report=report)[0].exit_code == 3


def test_options_reach_the_verifier(run):
    result, verifier = run(
        "brief.md", "--as-of", "2024-03-10", "--corpus", "c", "--require-origins", "2",
        "--limit-passages", "7", "--max-usd", "1.5",
        "--max-calls", "9", "--resume", "--fresh", "--no-second-look",
        "--engine", "llm", "--model", "m", "--base-url", "http://localhost:1/v1", "--concurrency", "3",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    opened = verifier.opened
    assert (str(opened["folder"]), opened["engine"], opened["model"].max_in_flight) == ("c", "llm", 3)
    assert (opened["verify"].require_origins, opened["verify"].second_look) == (2, False)
    assert (opened["search"].limit, opened["limits"].max_usd, opened["limits"].max_requests) == (7, 1.5, 9)
    assert opened["fresh"]
    assert verifier.asked["as_of"] == date(2024, 3, 10)
    assert verifier.asked["resume"] is True
    assert "starting from the beginning" in result.stderr


def test_the_text_may_come_from_standard_input(run):
    result, verifier = run("-", stdin="The dam held.\n")
    assert result.exit_code == 0, result.stderr
    document: Document = verifier.asked["document"]
    assert (document.name, document.text) == ("-", "The dam held.\n")


def test_a_report_names_a_file_and_never_a_path(run, tmp_path):
    _, verifier = run(str(tmp_path / "brief.md"))
    assert verifier.asked["document"].name == "brief.md"


def test_a_list_of_claims_is_not_read_as_an_article(run, tmp_path):
    (tmp_path / "claims.jsonl").write_text('{"text": "The dam held."}\n{"text": "The bridge fell."}\n')
    _, verifier = run("claims.jsonl", "--claims")
    assert [claim.text for claim in verifier.asked["claims"]] == ["The dam held.", "The bridge fell."]


def test_the_corpus_may_be_named_by_the_environment(run, monkeypatch):
    monkeypatch.setenv("CORROBORATE_CORPUS", "elsewhere")
    assert str(run("brief.md")[1].opened["folder"]) == "elsewhere"
    assert str(run("brief.md", "--corpus", "here")[1].opened["folder"]) == "here"


def test_out_holds_the_report_and_stdout_stays_empty(run, tmp_path):
    result, _ = run("brief.md", "--format", "md", "--out", "r.md")
    assert result.stdout == ""
    assert (tmp_path / "r.md").read_text().startswith("# Flood closes")


def test_a_file_that_ends_in_html_is_the_web_page(run, tmp_path):
    run("brief.md", "--out", "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert examples.HOMES.text in page


@pytest.mark.parametrize("args", [("--out", "r.json"), ("--format", "json", "--out", "r.txt")])
def test_the_format_is_the_one_asked_for_or_that_of_the_file_s_ending(run, tmp_path, args):
    run("brief.md", *args)
    assert json.loads((tmp_path / args[-1]).read_text())["engine"] == "rules"


@pytest.mark.parametrize("more", [(), ("--claims",)])
def test_nothing_on_standard_input_is_said_in_words(run, more):
    result, _ = run("-", *more, stdin="\n")
    assert (result.exit_code, result.stderr) == (2, "error: standard input: holds white space only\n")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("nowhere.txt",), "nowhere.txt: no such file"),
        (("brief.md", "--out", "no/such/folder.json"), "cannot be written"),
        (("brief.md", "--engine", "llm"), "--engine llm needs more"),
        (("brief.md", "--base-url", "localhost", "--model", "m"), "no address"),
        (("brief.md", "--require-origins", "0"), "--require-origins"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(run, args, says):
    result, _ = run(*args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_ctrl_c_says_how_to_go_on(run):
    result, _ = run("brief.md", error=KeyboardInterrupt())
    assert result.exit_code == 130
    assert "--resume" in result.stderr.splitlines()[-1]
