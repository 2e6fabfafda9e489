"""A run loses nothing: not to a kill, not to a spent budget, and it never takes a failure for a label."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from doubles import ScriptedModel

from agent.domain import Label
from agent.errors import (
    BadInput,
    BudgetSpent,
    ModelError,
    ModelRejected,
    ModelUnavailable,
    ReplyMissing,
    Unreadable,
)
from agent.ports import ChatRequest
from evals.journal import SAMPLES, Journal, read_results
from evals.metrics.value import Measured
from evals.options import RunOptions
from evals.run import resolve, run
from evals.samples import EvalSet, Sample, SetInfo
from evals.sets import load_set
from evals.tasks.values import SampleResult, TaskSettings, TaskTools
from evals.watched import WatchedModel

RECORD = {"task": "fake", "code": {"sha256": "1", "commit": "a"}}
SET = EvalSet(SetInfo("tiny", "ours", "here"), tuple(Sample(str(n), "x", None) for n in range(6)), (), "0")


class AskingTask:
    """Asks the model once a sample; an error becomes a failed sample, as the product makes it one."""

    name = "fake"
    needs_engine = needs_corpus = False

    def __init__(self, **script: ModelError) -> None:
        self.script = script
        self.ran: list[str] = []
        self.under_way = self.most = 0

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        return eval_set.samples

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        self.ran.append(sample.id)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        error = self.script.get(f"s{sample.id}")
        model = WatchedModel(ScriptedModel(judge=error or {}))
        try:
            await asyncio.create_task(self._ask(model))
        except ModelError as met:
            return SampleResult(sample.id, self.name, failed=str(met))
        return SampleResult(sample.id, self.name, prediction=Label.CORROBORATED)

    async def _ask(self, model: WatchedModel) -> None:
        await model.reply(ChatRequest("judge", (), "judge", {}))

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        return {}


async def resolved(folder: Path, task: AskingTask, **options: object) -> str:
    journal = Journal.open(folder, RECORD)
    try:
        return await resolve(task, SET.samples, TaskTools(SET), journal, **options)  # type: ignore[arg-type]
    finally:
        journal.close()


async def test_every_sample_is_a_line_as_soon_as_it_resolves(tmp_path: Path):
    class LooksAtTheFile(AskingTask):
        async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
            lines.append(len((tmp_path / SAMPLES).read_text().splitlines()))
            return await super().run(sample, tools)

    lines: list[int] = []
    assert await resolved(tmp_path, LooksAtTheFile(), concurrency=1) == ""
    assert lines == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("concurrency", [1, 3])
async def test_no_more_samples_are_under_way_than_allowed(tmp_path: Path, concurrency: int):
    task = AskingTask()
    await resolved(tmp_path, task, concurrency=concurrency)
    assert task.most == concurrency


async def test_what_resolved_before_a_kill_is_not_run_again(tmp_path: Path):
    await resolved(tmp_path, AskingTask())
    path = tmp_path / SAMPLES
    whole = path.read_text().splitlines(keepends=True)
    path.write_text("".join(whole[:3]) + whole[3][:20])  # the write that was cut short
    task = AskingTask()
    await resolved(tmp_path, task)
    assert len(task.ran) == 3
    assert sorted(result.id for result in read_results(tmp_path)) == ["0", "1", "2", "3", "4", "5"]


async def test_a_failed_sample_stays_failed_unless_asked_to_try_again(tmp_path: Path):
    await resolved(tmp_path, AskingTask(s2=ModelUnavailable("no answer")))
    task = AskingTask()
    await resolved(tmp_path, task)
    assert task.ran == []
    await resolved(tmp_path, task, retry_failed=True)
    assert task.ran == ["2"]
    assert not any(result.failed for result in read_results(tmp_path))


async def test_a_spent_budget_stops_the_run_and_is_no_result(tmp_path: Path):
    spent = BudgetSpent("the limit of 3 requests is reached")
    stopped = await resolved(tmp_path, AskingTask(s3=spent, s4=spent, s5=spent), concurrency=1)
    assert stopped == "the limit of 3 requests is reached"
    assert [result.id for result in read_results(tmp_path)] == ["0", "1", "2"]
    task = AskingTask()
    assert await resolved(tmp_path, task) == ""
    assert task.ran == ["3", "4", "5"]


async def test_a_wrong_key_stops_the_run_at_the_first_sample(tmp_path: Path):
    rejected = ModelRejected("the server refuses the key")
    task = AskingTask(**{f"s{n}": rejected for n in range(6)})
    assert await resolved(tmp_path, task, concurrency=1) == "the server refuses the key"
    assert task.ran == ["0"]
    assert read_results(tmp_path) == []


async def test_a_rejected_request_among_good_ones_is_a_failed_sample(tmp_path: Path):
    task = AskingTask(s2=ModelRejected("too long for the model"))
    assert await resolved(tmp_path, task, concurrency=1) == ""
    assert [result.id for result in read_results(tmp_path) if result.failed] == ["2"]


async def test_a_missing_reply_in_replay_names_the_sample(tmp_path: Path):
    task = AskingTask(s4=ReplyMissing("no recorded reply for a judge request"))
    with pytest.raises(ReplyMissing, match="sample 4: no recorded reply"):
        await resolved(tmp_path, task)


async def test_an_interrupted_run_keeps_what_resolved(tmp_path: Path):
    class Interrupted(AskingTask):
        async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
            if sample.id == "3":
                asyncio.get_running_loop().call_soon(working.cancel)
                await asyncio.sleep(60)
            return await super().run(sample, tools)

    working = asyncio.ensure_future(resolved(tmp_path, Interrupted(), concurrency=1))
    with pytest.raises(asyncio.CancelledError):
        await working
    assert [result.id for result in read_results(tmp_path)] == ["0", "1", "2"]


def test_a_folder_with_another_run_is_refused_in_one_line(tmp_path: Path):
    Journal.open(tmp_path, RECORD).close()
    Journal.open(tmp_path, {**RECORD, "code": {"sha256": "1", "commit": "b"}}).close()
    with pytest.raises(BadInput, match=r"holds another run \(it differs in code, task\)") as caught:
        Journal.open(tmp_path, {"task": "other", "code": {"sha256": "2"}})
    assert "\n" not in str(caught.value)


def test_a_damaged_line_is_named(tmp_path: Path):
    Journal.open(tmp_path, RECORD).close()
    (tmp_path / SAMPLES).write_text("{}\n" + SampleResult("1", "fake").line())
    with pytest.raises(Unreadable, match=r"samples\.jsonl:1"):
        Journal.open(tmp_path, RECORD)


def test_a_result_survives_its_line():
    result = SampleResult("a", "t", Label.CONFLICTING, None, "why", {"x": [1]}, {"s": 0.5}, seconds=1.5)
    assert SampleResult.from_json(json.loads(result.line())) == result


async def test_a_runs_folder_says_how_to_make_it_again(data: Path, tmp_path: Path):
    options = RunOptions("verdict", settings=TaskSettings(engine="majority"), out=tmp_path / "out")
    finished = await run(options, load_set("harbour", data))
    assert finished.metrics["accuracy"].to_json()["value"] == 0.5
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["set"]["sha256"] == load_set("harbour", data).sha256
    assert {"code", "versions", "settings", "samples", "engine", "corpus"} <= record.keys()
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["metrics"] == {name: value.to_json() for name, value in finished.metrics.items()}
    told = json.dumps([record, summary])
    assert str(tmp_path) not in told
    assert "ferry" not in told


async def test_results_do_not_depend_on_what_resolves_first(data: Path, tmp_path: Path):
    harbour = load_set("harbour", data)
    runs = [
        await run(RunOptions("verdict", settings=TaskSettings(engine="majority"), concurrency=n), harbour)
        for n in (1, 4)
    ]
    assert runs[0].summary() == runs[1].summary()
