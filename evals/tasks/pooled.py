"""Metrics over things of which a sample has several (claims of a text, pairs of texts)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evals.metrics.interval import resampled
from evals.metrics.value import Measured, Metric, Refused
from evals.tasks.values import SampleResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

Counts = Mapping[str, Sequence[int]]
"""A part's name to how many of its things hold, and how many there are."""


def counted(checks: Iterable[tuple[str, bool]]) -> dict[str, list[int]]:
    """Counts of what was checked, by name, ready for ``SampleResult.payload["counts"]``."""
    counts: dict[str, list[int]] = {}
    for name, holds in checks:
        pair = counts.setdefault(name, [0, 0])
        pair[0] += holds
        pair[1] += 1
    return counts


def scores_of(counts: Counts) -> dict[str, float]:
    """One sample's shares, for paired comparison; parts it has nothing of are left out."""
    return {name: holding / total for name, (holding, total) in counts.items() if total}


def pooled(results: Sequence[SampleResult], part: str, what: str) -> Measured:
    """The share over all samples' things together; the interval resamples samples, for the things of one
    text are alike. ``n`` counts things."""
    pairs = [counts[part] for result in results if part in (counts := result.payload.get("counts", {}))]
    return ratio([pair[0] for pair in pairs], [pair[1] for pair in pairs], what)


def ratio(parts: Sequence[float], wholes: Sequence[float], what: str) -> Measured:
    """The sum of ``parts`` over the sum of ``wholes``, one of each a sample; ``n`` is the latter."""
    import numpy as np

    if not sum(wholes):
        return Refused(f"no {what}")
    above, below = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)

    def statistic(places: NDArray[np.int64]) -> float:
        whole = below[places].sum()
        return float(above[places].sum() / whole) if whole else float("nan")

    found = resampled(len(above), statistic)
    return replace(found, n=int(sum(wholes))) if isinstance(found, Metric) else found
