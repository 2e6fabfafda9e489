"""The parts of a batch by themselves: lines that last, inputs that are the same, the line that tells."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

import pytest

from agent.batch.lines import Lines, mend, read_lines
from agent.batch.plan import Work, make_plan
from agent.batch.run import Standing
from agent.batch.spending import Spending
from agent.corpus.rows import text_digest
from agent.domain import Document, Metadata, Usage
from agent.errors import BadInput, BudgetSpent, ModelUnavailable, Unreadable
from agent.surfaces.cli.batch_progress import standing_text


def line(number: int) -> str:
    return json.dumps({"number": number}) + "\n"


def numbers(path) -> list[int]:
    return [value["number"] for _, value in read_lines(path)]


async def test_lines_are_on_disk_in_their_order_after_a_flush(tmp_path):
    lines = Lines(tmp_path / "lines.jsonl")
    for number in range(50):
        lines.put(line(number))
        if number % 7 == 0:
            await asyncio.sleep(0)
    await lines.flush()
    assert numbers(tmp_path / "lines.jsonl") == list(range(50))


async def test_a_rewrite_loses_nothing_that_is_put_meanwhile(tmp_path):
    lines = Lines(tmp_path / "lines.jsonl")

    async def put(first: int) -> None:
        for number in range(first, first + 20):
            lines.put(line(number))
            await asyncio.sleep(0)

    rewrite = lines.replace(lambda value: value["number"] != 0, [line(1000)])
    await asyncio.gather(put(0), rewrite, put(100))
    await lines.flush()
    assert sorted(numbers(tmp_path / "lines.jsonl")) == [*range(1, 20), *range(100, 120), 1000]


async def test_lines_that_cannot_be_written_are_an_error_and_not_lost_in_silence(tmp_path):
    lines = Lines(tmp_path / "no such folder" / "lines.jsonl")
    lines.put(line(1))
    with pytest.raises(BadInput, match="cannot be written"):
        await lines.flush()


def test_a_line_cut_short_is_dropped_and_a_garbled_one_named(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text(line(1) + '{"num')
    assert numbers(path) == [1]
    mend(path)
    assert path.read_text() == line(1)
    path.write_text("?\n" + line(2))
    with pytest.raises(Unreadable, match=r"lines\.jsonl:1"):
        numbers(path)


def work(name: str, text: str, **about: str) -> Work:
    return Work(Document(name, text, text_digest(text), Metadata(**about)))


def test_one_text_is_judged_once_but_not_as_another_outlets():
    found = make_plan(
        lambda: [
            work("a", "The tram stood.", outlet="Courier", url="https://a.example"),
            work("b", "The tram stood.", outlet="Courier", url="https://b.example"),
            work("c", "The tram stood.", outlet="Herald"),
        ]
    )
    assert [entry.same_as for entry in found.entries] == ["", "a", ""]


def test_names_become_file_names_that_every_system_takes():
    found = make_plan(lambda: [work("rows.csv:3", "One."), work("ROWS.csv-3", "Two."), work("../", "Three.")])
    assert [entry.key for entry in found.entries] == ["rows.csv-3", "ROWS.csv-3~2", "document"]


def test_no_input_at_all_is_an_error():
    with pytest.raises(BadInput, match="nothing to verify"):
        make_plan(list)


def test_the_line_tells_documents_claims_labels_tokens_and_money():
    spending = Spending()
    spending(Usage({"judge": 2}, 1200, 34, 0.5), None)
    standing = Standing(3, 9, Counter(corroborated=4, contradicted=1), 2)
    assert standing_text(standing, spending) == "documents · 7 claims  ✗ 1  ✓ 4  ! 2 · 1,234 tokens · $0.50"


def test_a_limit_is_remembered_and_another_failure_is_not_one():
    spending = Spending()
    spending(Usage(), ModelUnavailable("no answer"))
    assert spending.limit == ""
    spending(Usage(), BudgetSpent("the limit of 3 requests is reached"))
    assert spending.limit == "the limit of 3 requests is reached"
