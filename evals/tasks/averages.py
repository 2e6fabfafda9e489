"""Metrics that are means of the samples' scores."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.interval import mean
from evals.metrics.value import Measured, Refused
from evals.tasks.values import SampleResult


def average(results: Sequence[SampleResult], score: str, *, failures: bool = False) -> Measured:
    """The mean of one of the samples' scores; with ``failures``, failed samples count as 0."""
    values = [
        result.scores.get(score, 0.0)
        for result in results
        if score in result.scores or (failures and result.failed)
    ]
    return mean(values) if values else Refused(f"no sample has the score {score}")


def averages(results: Sequence[SampleResult], scores: Sequence[str]) -> dict[str, Measured]:
    """Each score without failures and, as ``NAME_with_failures``, with them as 0."""
    found: dict[str, Measured] = {}
    for score in scores:
        found[score] = average(results, score)
        found[f"{score}_with_failures"] = average(results, score, failures=True)
    return found


def share(holding: int, total: int, what: str) -> Measured:
    """A proportion; refused where nothing was counted."""
    return mean([1.0] * holding + [0.0] * (total - holding)) if total else Refused(f"no {what}")
