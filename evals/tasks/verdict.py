"""verdict: is the label right, and does it rest on the evidence that annotators marked?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.errors import BadInput
from evals.metrics.calibration import calibration
from evals.metrics.classification import classification
from evals.metrics.value import Measured
from evals.samples import EvalSet, Sample
from evals.tasks.assess import assess
from evals.tasks.averages import averages, share
from evals.tasks.choose import choose
from evals.tasks.values import SampleResult, TaskTools


@dataclass(frozen=True, slots=True)
class Verdict:
    """Engines ``rules`` and ``llm``, and the baselines ``majority`` and ``retrieval-only``.

    Scores: ``correct`` (the gold label), ``acceptable`` (that, or another that a careful reader could
    defend), ``joint`` (correct and, where evidence is needed, citing a gold document: FEVER's score at the
    level of documents).
    """

    name: str = "verdict"
    needs_engine: bool = True
    needs_corpus: bool = True

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        if not eval_set.samples:
            raise BadInput(f"the set {eval_set.info.name} has no claims to judge")
        return choose(eval_set.samples, seed, limit)

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        return await assess(sample, tools, self.name)

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        failed = sum(bool(result.failed) for result in results)
        also = [result.payload.get("also_acceptable", ()) for result in results]
        return {
            **classification(
                [result.gold for result in results],
                [result.prediction for result in results],
                also if any(also) else (),
            ),
            **averages(results, ("joint",)),
            **_calibration(results),
            "failed": share(failed, len(results), "samples"),
        }


def _calibration(results: Sequence[SampleResult]) -> dict[str, Measured]:
    judged = [result for result in results if "correct" in result.scores]
    stated = [result.payload.get("confidence") for result in judged]
    return calibration(stated, [result.scores["correct"] == 1 for result in judged])


TASK = Verdict()
