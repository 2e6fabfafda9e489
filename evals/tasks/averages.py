"""Metrics that are means of the samples' scores, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.value import Measured, Metric, Refused
from evals.tasks.values import SampleResult

RESAMPLES = 1_000


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


def mean(values: Sequence[float], seed: int = 0) -> Measured:
    """Mean and percentile bootstrap interval (Efron 1979): 1,000 resamples, 95 %, seeded."""
    import numpy as np

    if not values:
        return Refused("no values")
    data = np.asarray(values, dtype=np.float64)
    places = np.random.default_rng(seed).integers(0, len(data), size=(RESAMPLES, len(data)))
    low, high = np.percentile(data[places].mean(axis=1), [2.5, 97.5])
    return Metric(float(data.mean()), len(data), float(low), float(high))
