"""``batch`` with a scripted server: what is asked, how much at once, and what a limit leaves behind."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from adapters.fake_server import Answer, ScriptedServer, Seen, failed
from batch.small_town import CLOSED, batch, check_sound, claim_lines, ledgers, make_articles, summary
from e2e.reading_server import answer


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return make_articles(tmp_path / "articles", 4)


def llm(server: ScriptedServer, *arguments: object, corpus: Path, out: Path):
    options = ("--engine", "llm", "--model", "scripted", "--base-url", server.base_url)
    return batch(*arguments, *options, corpus=corpus, out=out)


def prompt(seen: Seen) -> str:
    return seen.body["messages"][-1]["content"]


def is_extraction(seen: Seen) -> bool:
    return seen.body["response_format"]["json_schema"]["name"] == "extract"


def test_a_claim_made_by_several_documents_is_asked_about_once(corpus, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Paper number {number}\n\n{CLOSED.format('tram', 5)}\n")
    files = [tmp_path / f"{number}.txt" for number in range(3)]
    with ScriptedServer(answer) as server:
        result = llm(server, *files, "--no-second-look", corpus=corpus, out=tmp_path / "out")
    assert result.exit_code == 0, result.stdout
    about = [seen for seen in server.seen if not is_extraction(seen) and "closed for 5 days" in prompt(seen)]
    assert len(about) == 1
    told = [line for line in claim_lines(tmp_path / "out") if "5 days" in line["outcome"]["claim"]["text"]]
    assert [line["document"] for line in sorted(told, key=lambda line: line["document"])] == [
        "0.txt",
        "1.txt",
        "2.txt",
    ]


def test_identical_texts_are_read_once_and_reported_for_each(corpus, tmp_path):
    folder = make_articles(tmp_path / "articles", 1)
    (folder / "copy.txt").write_text((folder / "article0.txt").read_text())
    with ScriptedServer(answer) as server:
        llm(server, folder, corpus=corpus, out=tmp_path / "out")
    assert sum(is_extraction(seen) for seen in server.seen) == 1
    check_sound(tmp_path / "out")
    assert json.loads(ledgers(tmp_path / "out")["copy.txt.json"])["document"]["name"] == "copy.txt"
    once = json.loads(ledgers(tmp_path / "out")["article0.txt.json"])["usage"]
    assert summary(tmp_path / "out")["usage"] == once


def test_a_rerun_elsewhere_costs_no_call(corpus, articles, tmp_path):
    with ScriptedServer(answer) as server:
        llm(server, articles, corpus=corpus, out=tmp_path / "one")
    with ScriptedServer(answer) as server:
        result = llm(server, articles, corpus=corpus, out=tmp_path / "two")
        assert server.seen == []
    assert "asked now   nothing" in result.stdout
    assert ledgers(tmp_path / "one") == ledgers(tmp_path / "two")
    assert summary(tmp_path / "one") == summary(tmp_path / "two")


def test_a_limit_stops_cleanly_and_a_higher_one_goes_on(corpus, articles, tmp_path):
    with ScriptedServer(answer) as server:
        llm(server, articles, corpus=corpus, out=tmp_path / "whole")
        calls = len(server.seen)
    (corpus / "replies.sqlite").unlink()
    out = tmp_path / "out"
    with ScriptedServer(answer) as server:
        stopped = llm(server, articles, "--max-calls", calls // 2, corpus=corpus, out=out)
        assert stopped.exit_code == 3
        assert "the same command with a higher limit goes on" in stopped.stderr
        assert 0 < len(claim_lines(out)) < len(claim_lines(tmp_path / "whole"))
        assert not any("unassessed" in line["outcome"] for line in claim_lines(out))
        assert summary(out)["stopped"]
        assert summary(out)["documents"]["not_reached"] > 0
        went_on = llm(server, articles, corpus=corpus, out=out)
        assert went_on.exit_code == 0, went_on.stdout
        assert len(server.seen) == calls
    check_sound(out)
    assert ledgers(out) == ledgers(tmp_path / "whole")
    assert summary(out) == summary(tmp_path / "whole")


class Holding(ScriptedServer):
    """Keeps back the reading of article0 until three other documents are finished."""

    def __init__(self, out: Path) -> None:
        super().__init__(answer)
        self._out = out

    def answer(self, seen: Seen) -> Answer:
        given = super().answer(seen)
        if is_extraction(seen) and "day 0" in prompt(seen):
            give_up = time.monotonic() + 20
            while len(finished(self._out)) < 3 and time.monotonic() < give_up:
                time.sleep(0.01)
        return given


def finished(out: Path) -> list[str]:
    """Documents in the order they were finished."""
    journal = out / "documents.jsonl"
    lines = journal.read_text().splitlines() if journal.exists() else []
    return [json.loads(line)["document"] for line in lines]


def test_documents_share_the_requests_and_a_slow_one_idles_no_other(corpus, articles, tmp_path):
    out = tmp_path / "out"
    with Holding(out) as server:
        result = llm(server, articles, "--documents", 2, "--concurrency", 2, corpus=corpus, out=out)
        assert result.exit_code == 0
        assert server.peak_in_flight <= 2
    assert finished(out)[-1] == "article0.txt"
    assert len(finished(out)) == 4


def test_a_document_the_model_will_not_read_stops_no_other_and_is_tried_again(corpus, articles, tmp_path):
    def script(seen: Seen) -> Answer:
        if "day 1" in prompt(seen) and is_extraction(seen):
            return failed(400, "too odd")
        return answer(seen)

    out = tmp_path / "out"
    with ScriptedServer(script) as server:
        result = llm(server, articles, corpus=corpus, out=out)
    assert result.exit_code == 3
    assert summary(out)["documents"]["incomplete"] == 1
    assert summary(out)["documents"]["assessed"] == 3
    assert "article1.txt: " in result.stdout
    with ScriptedServer(answer) as server:
        again = llm(server, articles, corpus=corpus, out=out)
        assert again.exit_code == 0, again.stdout
        assert sum(is_extraction(seen) for seen in server.seen) == 1
    check_sound(out)


def test_a_claim_that_failed_is_told_once_and_replaced_when_it_is_judged(corpus, articles, tmp_path):
    def script(seen: Seen) -> Answer:
        if not is_extraction(seen) and "ferry of Velm was closed for" in prompt(seen):
            return failed(400, "too odd")
        return answer(seen)

    out = tmp_path / "out"
    with ScriptedServer(script) as server:
        assert llm(server, articles, corpus=corpus, out=out).exit_code == 3
    assert any("unassessed" in line["outcome"] for line in claim_lines(out))
    check_sound(out)
    with ScriptedServer(answer) as server:
        assert llm(server, articles, corpus=corpus, out=out).exit_code == 0
    assert not any("unassessed" in line["outcome"] for line in claim_lines(out))
    check_sound(out)
