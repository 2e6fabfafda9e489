"""The runner: samples through a task, a few at a time, each kept as soon as it resolves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agent.domain import NO_USAGE, Usage
from agent.errors import BudgetSpent, ModelError, ReplyMissing
from evals.corpora import OnProgress
from evals.journal import SUMMARY, Journal, in_order, write_json
from evals.metrics.value import Measured
from evals.opening import open_tools
from evals.options import SAMPLES_AT_ONCE, RunOptions
from evals.record import record_of
from evals.samples import EvalSet, Sample
from evals.tasks import Task, task
from evals.tasks.values import SampleResult, TaskTools
from evals.watched import errors_met

OnSample = Callable[[int, int], None]
"""Called with the samples resolved so far and their number."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A run, or as much of one as was resolved: ``stopped`` says why the rest was not, or is empty."""

    record: dict[str, Any]
    results: tuple[SampleResult, ...]
    metrics: dict[str, Measured]
    samples: int
    stopped: str = ""
    usage: Usage = field(default=NO_USAGE)

    @property
    def failed(self) -> int:
        return sum(bool(result.failed) for result in self.results)

    def summary(self) -> dict[str, Any]:
        """What ``summary.json`` holds: no texts of the set, no clock, no path."""
        record = self.record
        return {
            "task": record["task"],
            "set": record["set"]["name"],
            "engine": record["engine"]["name"],
            "model": record["engine"]["model"],
            "samples": self.samples,
            "resolved": len(self.results),
            "failed": self.failed,
            "stopped": self.stopped or None,
            "metrics": {name: measured.to_json() for name, measured in self.metrics.items()},
            "usage": {
                "calls": dict(self.usage.calls),
                "prompt_tokens": self.usage.prompt_tokens,
                "completion_tokens": self.usage.completion_tokens,
                "cost": self.usage.cost,
            },
            "run": record,
        }


async def run(
    options: RunOptions,
    eval_set: EvalSet,
    *,
    on_documents: OnProgress = lambda done, total: None,
    on_sample: OnSample = lambda done, total: None,
) -> Finished:
    """Run a task over a set and write the run's folder.

    A folder that holds the same run is continued. A spent budget, or a server that rejects the very first
    requests, stops the run with what resolved kept; in replay, a missing reply raises ReplyMissing naming
    the sample.
    """
    chosen = task(options.task)
    samples = chosen.samples(eval_set, options.seed, options.limit)
    async with open_tools(options, chosen, eval_set, on_documents) as tools:
        record = await record_of(options, chosen, tools, len(samples))
        with _folder(options.out) as folder:
            journal = Journal.open(folder, record)
            try:
                stopped = await resolve(
                    chosen,
                    samples,
                    tools,
                    journal,
                    concurrency=options.concurrency,
                    retry_failed=options.retry_failed,
                    on_sample=on_sample,
                )
            finally:
                journal.close()
            finished = _finished(chosen, eval_set, samples, journal, record, stopped)
            write_json(folder / SUMMARY, finished.summary())
    return finished


def _finished(
    chosen: Task,
    eval_set: EvalSet,
    samples: Sequence[Sample],
    journal: Journal,
    record: dict[str, Any],
    stopped: str,
) -> Finished:
    results = in_order([sample.id for sample in samples], journal.results)
    return Finished(
        record=record,
        results=tuple(results),
        metrics=chosen.metrics(results, eval_set),
        samples=len(samples),
        stopped=stopped,
        usage=sum((result.usage for result in results), NO_USAGE),
    )


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    if out is not None:
        yield out
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


async def resolve(
    chosen: Task,
    samples: Sequence[Sample],
    tools: TaskTools,
    journal: Journal,
    *,
    concurrency: int = SAMPLES_AT_ONCE,
    retry_failed: bool = False,
    on_sample: OnSample = lambda done, total: None,
) -> str:
    """Run the samples that the journal does not have, ``concurrency`` at once.

    Returns why some were not run, or an empty string. Raises ReplyMissing naming the sample.
    """

    def resolved(sample: Sample) -> bool:
        result = journal.results.get(sample.id)
        return result is not None and not (retry_failed and result.failed)

    waiting = [sample for sample in samples if not resolved(sample)]
    resolving = _Resolving(chosen, tools, journal, lambda: on_sample(len(journal.results), len(samples)))
    on_sample(len(samples) - len(waiting), len(samples))
    queue = iter(waiting)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(concurrency, len(waiting))):
                group.create_task(resolving.work(queue))
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
    return resolving.stopped


class _Resolving:
    """What the workers of one run share. ``stopped`` says why no further sample is begun."""

    def __init__(
        self, chosen: Task, tools: TaskTools, journal: Journal, resolved: Callable[[], None]
    ) -> None:
        self._task = chosen
        self._tools = tools
        self._journal = journal
        self._resolved = resolved
        self._answered = False
        self.stopped = ""

    async def work(self, queue: Iterator[Sample]) -> None:
        for sample in queue:
            if self.stopped:
                return
            await self._one(sample)

    async def _one(self, sample: Sample) -> None:
        started = time.perf_counter()
        with errors_met() as errors:
            try:
                result = await self._task.run(sample, self._tools)
            except BudgetSpent as error:
                self.stopped = str(error)
                return
        if self._ends_run(sample, result, errors):
            return
        self._answered = self._answered or not result.failed
        self._journal.add(replace(result, seconds=round(time.perf_counter() - started, 3)))
        self._resolved()

    def _ends_run(self, sample: Sample, result: SampleResult, errors: Sequence[ModelError]) -> bool:
        """Whether this is no result of the sample's but the end of the run. Raises ReplyMissing."""
        for error in errors:
            if isinstance(error, ReplyMissing):
                raise ReplyMissing(f"sample {sample.id}: {error}", error.usage)
            if isinstance(error, BudgetSpent) or (result.failed and not self._answered):
                self.stopped = str(error)
                return True
        return False
