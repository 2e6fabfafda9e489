"""``batch`` with the rules engine: what it leaves behind, what it refuses, what it says beforehand."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from batch.small_town import batch, check_sound, claim_lines, ledgers, make_articles, summary

from agent.reports.schema import report_schema


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return make_articles(tmp_path / "articles", 3)


def rules(*arguments: object, corpus: Path, out: Path):
    return batch(*arguments, "--engine", "rules", corpus=corpus, out=out)


def test_every_claim_is_a_line_and_every_document_a_ledger(corpus, articles, tmp_path):
    out = tmp_path / "out"
    result = rules(articles, corpus=corpus, out=out)
    assert result.exit_code == 0, result.stderr
    assert "3: 3 assessed" in result.stdout
    schema = report_schema()
    for text in ledgers(out).values():
        jsonschema.validate(json.loads(text), schema)
    check_sound(out)
    assert summary(out)["claims"] == len(claim_lines(out)) == sum(summary(out)["labels"].values()) > 0
    run = json.loads((out / "run.json").read_text())
    assert [entry["name"] for entry in run["inputs"]] == ["article0.txt", "article1.txt", "article2.txt"]


def test_what_cannot_be_read_is_named_and_stops_no_other(corpus, articles, tmp_path):
    (articles / "blank.txt").write_text("  \n")
    result = rules(articles, corpus=corpus, out=tmp_path / "out")
    assert result.exit_code == 3
    assert "blank.txt: holds white space only" in result.stdout
    found = summary(tmp_path / "out")
    assert found["documents"]["assessed"] == 3
    assert found["unreadable"] == [{"name": "blank.txt", "reason": "holds white space only"}]


def test_a_second_run_changes_nothing(corpus, articles, tmp_path):
    out = tmp_path / "out"
    rules(articles, corpus=corpus, out=out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert rules(articles, corpus=corpus, out=out).exit_code == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_folder_with_another_run_is_refused_in_one_line(corpus, articles, tmp_path):
    out = tmp_path / "out"
    rules(articles, corpus=corpus, out=out)
    result = rules(articles, "--as-of", "2024-05-05", corpus=corpus, out=out)
    assert result.exit_code == 2
    assert "holds another run (it differs in: as_of)" in result.stderr.splitlines()[-1]


def test_resume_begins_no_run(corpus, articles, tmp_path):
    result = rules(articles, "--resume", corpus=corpus, out=tmp_path / "out")
    assert result.exit_code == 2
    assert "holds no run to go on with" in result.stderr
    assert not (tmp_path / "out").exists()


def test_results_are_not_written_among_what_is_read(corpus, articles):
    result = rules(articles, corpus=corpus, out=articles / "out")
    assert result.exit_code == 2
    assert not (articles / "out").exists()


def test_a_lost_report_is_made_again_and_no_claim_told_twice(corpus, articles, tmp_path):
    out = tmp_path / "out"
    rules(articles, corpus=corpus, out=out)
    whole = ledgers(out)
    (out / "reports" / "article1.txt.json").unlink()
    (out / "claims.jsonl").write_bytes((out / "claims.jsonl").read_bytes()[:-40])  # as a crash leaves it
    rules(articles, corpus=corpus, out=out)
    assert ledgers(out) == whole


def test_documents_of_one_name_are_told_apart(corpus, tmp_path):
    make_articles(tmp_path / "a", 1)
    make_articles(tmp_path / "b", 1, sentences=2)
    rules(tmp_path / "a", tmp_path / "b", corpus=corpus, out=tmp_path / "out")
    assert set(ledgers(tmp_path / "out")) == {"article0.txt.json", "article0.txt~2.json"}


def test_files_of_claims_come_as_lines_json_or_a_table(corpus, tmp_path):
    (tmp_path / "plain.txt").write_text("The tram of Velm was closed.\n")
    (tmp_path / "objects.jsonl").write_text('{"id": "x", "text": "The bus of Velm was closed."}\n')
    (tmp_path / "table.csv").write_text(
        'claim,said_on\n"The ferry of Velm, ""Anna"", was closed.",2024-05-04\n'
    )
    files = [tmp_path / name for name in ("plain.txt", "objects.jsonl", "table.csv")]
    result = rules(*files, "--claims", corpus=corpus, out=tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    claims = {line["document"]: line["outcome"]["claim"] for line in claim_lines(tmp_path / "out")}
    assert claims["objects.jsonl"]["id"] == "x"
    table = json.loads(ledgers(tmp_path / "out")["table.csv.json"])
    (span,) = table["outcomes"][0]["claim"]["spans"]
    assert table["document"]["text"][span["start"] : span["end"]] == 'The ferry of Velm, "Anna", was closed.'
    assert claims["table.csv"]["said_on"] == "2024-05-04"


def test_a_table_without_a_column_of_claims_is_named(corpus, tmp_path):
    (tmp_path / "table.csv").write_text("assertion\nThe ferry of Velm was closed.\n")
    result = rules(tmp_path / "table.csv", "--claims", corpus=corpus, out=tmp_path / "out")
    assert result.exit_code == 3
    assert 'no column "claim" or "text"' in result.stdout


def test_dry_run_lists_what_would_be_done_and_does_nothing(corpus, articles, tmp_path):
    (articles / "copy.txt").write_text((articles / "article0.txt").read_text())
    result = rules(articles, "--dry-run", corpus=corpus, out=tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].split() == ["to", "do", "article0.txt"]
    assert result.stdout.splitlines()[3].split() == ["same", "as", "article0.txt", "copy.txt"]
    assert not (tmp_path / "out").exists()


def test_the_estimate_says_calls_tokens_money_and_what_it_assumes(corpus, articles, tmp_path):
    prices = tmp_path / "prices.toml"
    prices.write_text('[models."scripted"]\nprompt = 1.0\ncompletion = 10.0\n')
    server = ("--engine", "llm", "--model", "scripted", "--base-url", "http://127.0.0.1:9/v1")
    asked = (articles, "--estimate", *server, "--prices", prices)
    result = batch(*asked, corpus=corpus, out=tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    told = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert told["documents"] == "3 to judge"
    assert told["extraction"] == "3 calls"
    assert told["cost"].startswith("about $0.")
    assert "1.6 claims a sentence, 24% second looks" in result.stdout
    assert not (tmp_path / "out").exists()
