"""cost: what a claim takes, in calls by step, tokens, US dollars and seconds.

A reply from a store counts as the call that earned it; seconds do not, so that they mean something only
where models were really asked, and one sample at a time (``--concurrency 1``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics.interval import mean
from evals.metrics.spend import spend
from evals.metrics.value import Measured
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
        usages = [result.usage for result in results]
        steps = sorted({step for usage in usages for step in usage.calls})
        return {
            **spend(usages, [result.seconds for result in results]),
            **{
                f"calls/{step}": mean([float(usage.calls.get(step, 0)) for usage in usages]) for step in steps
            },
            "prompt_tokens": mean([float(usage.prompt_tokens) for usage in usages]),
            "completion_tokens": mean([float(usage.completion_tokens) for usage in usages]),
            "failed": share(sum(bool(result.failed) for result in results), len(results), "samples"),
        }


TASK = Cost()
