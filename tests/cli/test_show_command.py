"""``corroborate show``: a saved ledger, read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from reports.examples import REPORT

from agent.reports.to_json import dumps
from agent.surfaces.cli import cli


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.json"
    path.write_text(dumps(REPORT), encoding="utf-8")
    return path


def show(ledger: Path, *options: str) -> str:
    result = CliRunner().invoke(cli, ["show", str(ledger), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_ledger_reads_the_same_as_when_it_was_made(ledger: Path):
    from agent.reports.to_text import report_text

    assert show(ledger) == report_text(REPORT, width=80)


def test_the_overview_names_every_claim_and_quotes_nothing(ledger: Path):
    overview = " ".join(show(ledger, "--overview").split())
    for outcome in REPORT.outcomes:
        assert " ".join(outcome.claim.text.split()) in overview
    assert "“" not in overview.split("─", 1)[1]


def test_one_claim_alone(ledger: Path):
    output = " ".join(show(ledger, "--claim", "2").split())
    assert REPORT.outcomes[1].claim.text in output
    assert REPORT.outcomes[0].claim.text not in output


def test_a_claim_that_is_not_there_is_named(ledger: Path):
    result = CliRunner().invoke(cli, ["show", str(ledger), "--claim", "99"])
    assert result.exit_code == 2
    assert "no claim 99" in result.output


def refused(ledger: Path, *options: str) -> str:
    result = CliRunner().invoke(cli, ["show", str(ledger), *options])
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("how", [("--format", "html"), ("--out", "page.html")])
def test_a_ledger_as_a_web_page(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how):
    monkeypatch.chdir(tmp_path)
    printed = show(ledger, *how)
    page = printed or Path("page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    for outcome in REPORT.outcomes:
        assert outcome.claim.text in page.replace("&#x27;", "'")
    assert "Independent voices support every part of it" in page  # the rule in words


def test_drafts_of_claimreview_are_for_a_named_person_to_sign(ledger: Path):
    result = CliRunner().invoke(
        cli, ["show", str(ledger), "--format", "claimreview", "--reviewer", "Ines Marl"]
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout)["@graph"][0]["author"]["name"] == "Ines Marl"
    assert "datePublished" in result.stderr
    assert '--reviewer "NAME"' in refused(ledger, "--format", "claimreview")
    assert "no web address" in refused(
        ledger, "--format", "claimreview", "--reviewer", "Ines Marl", "--reviewer-url", "ines"
    )
    assert "for --format claimreview" in refused(ledger, "--reviewer", "Ines Marl")


def test_an_ending_that_names_no_format_is_refused(ledger: Path, tmp_path: Path):
    result = CliRunner().invoke(cli, ["show", str(ledger), "--out", str(tmp_path / "ledger.docx")])
    assert result.exit_code == 2
    assert ".docx" in result.output
    assert not (tmp_path / "ledger.docx").exists()
