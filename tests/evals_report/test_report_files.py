"""Reports on disk, and the Markdown and JSON forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from report_runs import HOSTILE, many, result, write_run

from agent.errors import BadInput
from evals.report.commands import report
from evals.report.loaded import load_all
from evals.report.markdown import text
from evals.report.plain import data


def test_a_report_is_three_files_beside_the_run(tmp_path: Path) -> None:
    run = write_run(tmp_path / "bridges", many(30))
    said = CliRunner().invoke(report, [str(run)], catch_exceptions=False)
    assert said.output.split() == [str(run / f"report.{form}") for form in ("html", "md", "json")]
    assert (run / "report.html").read_text().startswith("<!doctype html>")


def test_several_runs_need_a_folder_for_their_report(tmp_path: Path) -> None:
    runs = [str(write_run(tmp_path / name, many(20))) for name in ("one", "two")]
    with pytest.raises(BadInput, match="--out"):
        CliRunner().invoke(report, runs, catch_exceptions=False)
    CliRunner().invoke(report, [*runs, "--out", str(tmp_path / "both")], catch_exceptions=False)
    assert len(json.loads((tmp_path / "both" / "report.json").read_text())["runs"]) == 2


def test_the_same_run_gives_the_same_report(tmp_path: Path) -> None:
    run = write_run(tmp_path / "bridges", many(30))
    files = [run / f"report.{form}" for form in ("html", "md", "json")]
    CliRunner().invoke(report, [str(run)], catch_exceptions=False)
    before = [file.read_bytes() for file in files]
    CliRunner().invoke(report, [str(run)], catch_exceptions=False)
    assert [file.read_bytes() for file in files] == before


def test_json_holds_the_figures_and_no_texts(tmp_path: Path) -> None:
    run = write_run(tmp_path / "bridges", many(60))
    made = data(load_all((run,)))
    (one,) = made["runs"]
    assert made["format"] == "corroborate-eval-report/1"
    assert sum(map(sum, one["confusion"]["counts"])) == 60
    assert sum(each["n"] for each in one["reliability"]) == 60 - len(one["failures"])
    assert one["risk_coverage"][-1]["coverage"] == 1.0
    assert "reopened" not in json.dumps(made)


def test_without_confidence_claims_are_ranked_by_their_ratings(tmp_path: Path) -> None:
    sure = {"corroborated": 5, "contradicted": 1, "conflicting": 1, "not_enough_evidence": 1}
    torn = {"corroborated": 4, "contradicted": 4, "conflicting": 1, "not_enough_evidence": 1}
    results = [
        result(1, payload={"ratings": sure}),
        result(2, gold="contradicted", payload={"ratings": torn}),
    ]
    (one,) = data(load_all((write_run(tmp_path / "run", results),)))["runs"]
    assert one["ranked_by"] == "margin"
    assert [(each["coverage"], each["risk"]) for each in one["risk_coverage"]] == [(0.5, 0.0), (1.0, 0.5)]
    assert one["reliability"] == {"refused": "no prediction states a confidence"}


def test_markdown_has_every_metric_and_no_markup_of_a_samples_making(tmp_path: Path) -> None:
    failed = [result(n, prediction=None, failed=HOSTILE + " | [x](http://y)") for n in (2, 3)]
    said = text(load_all((write_run(tmp_path / "run", [result(1), *failed]),)))
    assert "| accuracy | 1.000 | 1.000 – 1.000 | 1 | 0.333" in said
    assert "| balanced accuracy | refused | the gold labels are all the same |" in said
    assert "<script" not in said
    assert "- 2: &lt;/script&gt;" in said
    assert r"\[x\](http\://y)" in said
