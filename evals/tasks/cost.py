"""cost: what a claim takes, in calls by step, tokens, US dollars and seconds.

A reply from a store counts as the call that earned it; seconds do not, so that they mean something only
where models were really asked, and one sample at a time (``--concurrency 1``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.metrics.interval import mean
from evals.metrics.value import Measured, Refused
from evals.samples import EvalSet, Sample
from evals.tasks.assess import assess
from evals.tasks.averages import share
from evals.tasks.values import SampleResult, TaskTools
from evals.tasks.verdict import TASK as VERDICT


@dataclass(frozen=True, slots=True)
class Cost:
    """Means per claim. Failed samples are counted too: they were paid for."""

    name: str = "cost"
    needs_engine: bool = True
    needs_corpus: bool = True

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        return VERDICT.samples(eval_set, seed, limit)

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        return await assess(sample, tools, self.name)

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        def per_claim(value: Callable[[SampleResult], float]) -> Measured:
            return mean([float(value(result)) for result in results])

        steps = sorted({step for result in results for step in result.usage.calls})
        by_step = {f"calls/{step}": per_claim(_calls_of(step)) for step in steps}
        return {
            "calls": per_claim(lambda result: sum(result.usage.calls.values())),
            **by_step,
            "prompt_tokens": per_claim(lambda result: result.usage.prompt_tokens),
            "completion_tokens": per_claim(lambda result: result.usage.completion_tokens),
            "usd": _usd(results),
            "seconds": per_claim(lambda result: result.seconds),
            "failed": share(sum(bool(result.failed) for result in results), len(results), "samples"),
        }


def _calls_of(step: str) -> Callable[[SampleResult], float]:
    return lambda result: result.usage.calls.get(step, 0)


def _usd(results: Sequence[SampleResult]) -> Measured:
    costs = [result.usage.cost for result in results]
    known = [cost for cost in costs if cost is not None]
    if len(known) < len(costs):
        return Refused("the model's price is not known; list it in a file named with --prices")
    return mean(known)


TASK = Cost()
