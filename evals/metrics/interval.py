"""How sure a number is, and whether two differ: percentile bootstrap and McNemar's exact test.

Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 16: 1,000 resamples, 95 %,
seeded, so that the same results give the same interval. An interval is widened to hold the value itself
where resampling is biased away from it (calibration error, rare classes). What has no number in a
resample (a class that was not drawn) is left out of that resample.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.metrics.value import Measured, Metric, Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]
    Counts = NDArray[Any]

RESAMPLES = 1_000
LEVEL = 0.95
_CELLS = 2_000_000
"""Drawn numbers held at once: a bound on memory, not on the size of a set."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``value`` is the second's figure less the first's, over ``n`` samples that both have.

    ``p`` is two-sided, from the share of resamples in which the difference has the other sign or none.
    """

    value: float
    n: int
    low: float
    high: float
    p: float


def mean(values: Sequence[float], seed: int = 0) -> Measured:
    """The mean of one value a sample."""
    return of_rows(values, lambda rows: rows.mean(axis=-1), seed)


def percentile(values: Sequence[float], q: float, seed: int = 0) -> Measured:
    """The ``q``-th percentile of one value a sample, between neighbours where it falls between."""
    import numpy as np

    return of_rows(values, lambda rows: np.percentile(rows, q, axis=-1), seed)


def of_rows(values: Sequence[float], statistic: Callable[[Floats], Floats], seed: int = 0) -> Measured:
    """A figure of one value a sample. ``statistic`` takes resamples in rows and gives a figure for each."""
    import numpy as np

    if not len(values):
        return Refused("no values")
    data = np.asarray(values, dtype=np.float64)
    drawn = np.concatenate([statistic(data[places]) for places in _places(len(data), seed)])
    return around(float(statistic(data)), len(data), drawn)


def resampled(n: int, statistic: Callable[[Counts], float], seed: int = 0) -> Measured:
    """Any figure of ``n`` samples: ``statistic`` is given the places to use, repeats among them."""
    import numpy as np

    if not n:
        return Refused("no samples")
    drawn = np.array([statistic(row) for places in _places(n, seed) for row in places], dtype=np.float64)
    return around(float(statistic(np.arange(n))), n, drawn)


def around(value: float, n: int, drawn: Floats) -> Measured:
    """``value`` with the percentile interval of its resampled figures; NaN among these does not count."""
    import numpy as np

    known = drawn[~np.isnan(drawn)]
    if math.isnan(value) or not len(known):
        return Refused("has no value for these results")
    low, high = np.percentile(known, _percentiles())
    return Metric(value, n, min(float(low), value), max(float(high), value))


def paired_bootstrap(first: Sequence[float], second: Sequence[float], seed: int = 0) -> Difference:
    """The difference of two means over the same samples, drawn together. Raises ValueError for none."""
    import numpy as np

    change = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    if not len(change):
        raise ValueError("nothing to compare")
    drawn = np.concatenate([change[places].mean(axis=1) for places in _places(len(change), seed)])
    return difference(float(change.mean()), len(change), drawn)


def difference(value: float, n: int, drawn: Floats) -> Difference:
    """A difference with the interval and p of its resampled values."""
    import numpy as np

    known = drawn[~np.isnan(drawn)]
    low, high = np.percentile(known, _percentiles())
    tail = min(int((known <= 0).sum()), int((known >= 0).sum()))
    p = min(1.0, 2 * (tail + 1) / (len(known) + 1))
    return Difference(value, n, min(float(low), value), max(float(high), value), p)


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact two-sided p that as many samples are right in one run alone as in the other alone.

    McNemar (1947), with the binomial distribution in place of the approximation, which fails for few.
    """
    total = only_first + only_second
    tail = sum(math.comb(total, k) for k in range(min(only_first, only_second) + 1))
    return min(1.0, float(2 * tail / 2**total))


def multinomial(counts: Counts, seed: int = 0) -> Counts:
    """Resampled tables, RESAMPLES of them stacked: drawing samples with replacement and counting them
    into the cells of ``counts`` is drawing from this distribution."""
    import numpy as np

    n = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(n, counts.ravel() / n, size=RESAMPLES)
    return drawn.reshape(RESAMPLES, *counts.shape)


def _places(n: int, seed: int) -> Iterator[Counts]:
    import numpy as np

    random = np.random.default_rng(seed)
    block = max(1, min(RESAMPLES, _CELLS // n))
    for start in range(0, RESAMPLES, block):
        yield random.integers(0, n, size=(min(block, RESAMPLES - start), n))


def _percentiles() -> list[float]:
    return [50 * (1 - LEVEL), 50 * (1 + LEVEL)]
