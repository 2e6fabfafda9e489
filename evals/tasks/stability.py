"""stability: does the label stay when the claim is worded otherwise, or when it is asked again?

Asked again within a run, a model with a reply store answers from it, so that ``again`` shows the product's
own steadiness. For the model's, run twice with two files of --replies and compare the runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.metrics.value import Measured
from evals.samples import EvalSet, Sample
from evals.tasks.assess import assess
from evals.tasks.averages import average, share
from evals.tasks.reword import RULES, rewordings
from evals.tasks.values import SampleResult, TaskTools
from evals.tasks.verdict import TASK as VERDICT


@dataclass(frozen=True, slots=True)
class Stability:
    """Scores: ``moved``, the share of rewordings with another label than the claim's own; ``moved/RULE``
    the same by rule; ``moved_any``; ``again``, 1 where the same wording got another label."""

    name: str = "stability"
    needs_engine: bool = True
    needs_corpus: bool = True

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        return VERDICT.samples(eval_set, seed, limit)

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        first = await assess(sample, tools, self.name)
        again = await assess(sample, tools, self.name)
        others = [
            (each, await assess(replace(sample, claim=each.text), tools, self.name))
            for each in rewordings(sample.claim)
        ]
        failed = next((r.failed for r in (first, again, *(r for _, r in others)) if r.failed), "")
        moved = {each.by: float(result.prediction != first.prediction) for each, result in others}
        return replace(
            first,
            failed=failed,
            prediction=None if failed else first.prediction,
            payload={
                "claim": sample.claim,
                "again": again.prediction,
                "rewordings": [
                    {"by": each.by, "text": each.text, "prediction": result.prediction}
                    for each, result in others
                ],
            },
            scores={} if failed else _scores(moved, again.prediction != first.prediction),
            usage=sum((result.usage for _, result in others), first.usage + again.usage),
        )

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        names = ("moved", "moved_any", "again", *(f"moved/{rule}" for rule in RULES))
        failed = sum(bool(result.failed) for result in results)
        found = {name: average(results, name) for name in names}
        return {**found, "failed": share(failed, len(results), "samples")}


def _scores(moved: dict[str, float], again: bool) -> dict[str, float]:
    return {
        "moved": sum(moved.values()) / len(moved),
        "moved_any": max(moved.values()),
        "again": float(again),
        **{f"moved/{rule}": value for rule, value in moved.items()},
    }


TASK = Stability()
