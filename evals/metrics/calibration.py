"""Whether stated confidence can be believed, and what is gained by answering only where it is high.

``confidence`` is the stated probability that the label is right, ``right`` whether it was. Equal
confidences are kept together throughout, so that the order of the samples changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.metrics.interval import around, mean, multinomial
from evals.metrics.value import Measured, Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

BINS = 10
_NONE = Refused("no prediction states a confidence")


@dataclass(frozen=True, slots=True)
class Bin:
    """A point of the reliability curve: mean confidence and share right of ``n`` samples."""

    confidence: float
    accuracy: float
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the risk–coverage curve: answering where confidence is at least ``threshold`` answers
    the share ``coverage`` of samples and errs in the share ``risk`` of these."""

    coverage: float
    risk: float
    threshold: float


def calibration(
    confidence: Sequence[float | None], right: Sequence[bool], seed: int = 0
) -> dict[str, Measured]:
    """``ece``, ``brier`` and ``aurc`` over the samples that state a confidence: lower is better in each.

    Raises ValueError for a confidence outside [0, 1].
    """
    counted = _counted(confidence, right)
    if counted is None:
        return dict.fromkeys(("ece", "brier", "aurc"), _NONE)
    values, table = counted
    drawn, n = multinomial(table, seed), int(table.sum())
    squares = [(c - r) ** 2 for c, r in zip(confidence, right, strict=True) if c is not None]
    return {
        "ece": around(float(_ece(values, table[None])[0]), n, _ece(values, drawn)),
        "brier": mean(squares, seed),
        "aurc": around(float(_aurc(table[None])[0]), n, _aurc(drawn)),
    }


def reliability(
    confidence: Sequence[float | None], right: Sequence[bool], bins: int = BINS
) -> tuple[Bin, ...] | Refused:
    """The reliability curve, in bins of about equal numbers of samples, by rising confidence.

    Guo et al., On Calibration of Modern Neural Networks (ICML 2017), with the equal-mass bins of Nguyen and
    O'Connor (EMNLP 2015), which leave none almost empty. Fewer bins where many confidences are the same.
    """
    counted = _counted(confidence, right)
    if counted is None:
        return _NONE
    values, table = counted
    sums = (each[0] for each in _bin_sums(values, table[None], bins))
    return tuple(Bin(float(c / n), float(r / n), int(n)) for c, r, n in zip(*sums, strict=True) if n)


def risk_coverage(confidence: Sequence[float | None], right: Sequence[bool]) -> tuple[Point, ...] | Refused:
    """The curve of Geifman and El-Yaniv, Selective Classification (NeurIPS 2017), by falling threshold."""
    counted = _counted(confidence, right)
    if counted is None:
        return _NONE
    values, table = counted
    covered, errors = table[::-1].sum(axis=1).cumsum(), table[::-1, 0].cumsum()
    return tuple(
        Point(float(n / table.sum()), float(wrong / n), float(value))
        for value, n, wrong in zip(values[::-1], covered, errors, strict=True)
    )


def _counted(confidence: Sequence[float | None], right: Sequence[bool]) -> tuple[Array, Array] | None:
    """The confidences stated, rising, and how many samples state each: wrong ones, right ones."""
    import numpy as np

    pairs = [(c, bool(r)) for c, r in zip(confidence, right, strict=True) if c is not None]
    if not pairs:
        return None
    if not all(0 <= c <= 1 for c, _ in pairs):
        raise ValueError("a confidence is a probability, from 0 to 1")
    values, at = np.unique([c for c, _ in pairs], return_inverse=True)
    right_ones = np.array([r for _, r in pairs])
    sides = [np.bincount(at[right_ones == side], minlength=len(values)) for side in (False, True)]
    return values, np.stack(sides, axis=1)


def _bin_sums(values: Array, tables: Array, bins: int) -> tuple[Array, Array, Array]:
    """By table and bin: confidence and right ones added up, and the number of samples.

    The bin of a confidence is that of the middle of its ranks.
    """
    import numpy as np

    counts = tables.sum(axis=-1)
    middle = counts.cumsum(axis=-1) - counts / 2
    place = np.minimum(bins * middle // counts.sum(axis=-1, keepdims=True), bins - 1)
    parts = (counts * values, tables[..., 1], counts)
    confidence, right, n = (
        np.stack([part.sum(axis=-1, where=place == each) for each in range(bins)], axis=-1) for part in parts
    )
    return confidence, right, n


def _ece(values: Array, tables: Array) -> Array:
    """Expected calibration error: |confidence - share right|, weighed by the bins' samples."""
    confidence, right, n = _bin_sums(values, tables, BINS)
    found: Array = abs(confidence - right).sum(axis=-1) / n.sum(axis=-1)
    return found


def _aurc(tables: Array) -> Array:
    """Area under the risk–coverage curve: the mean risk over coverages 1/n, 2/n … 1.

    Among equal confidences the errors are spread evenly: e errors before N samples and r errors a sample in
    the next c make (e + jr) / (N + j) for j = 1 … c, which adds up by harmonic numbers.
    """
    import numpy as np

    falling = tables[..., ::-1, :]
    counts, errors = falling.sum(axis=-1), falling[..., 0]
    after, wrong = counts.cumsum(axis=-1), errors.cumsum(axis=-1) - errors
    n = int(after[0, -1])
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, n + 1))])
    before = after - counts
    steps = harmonic[after] - harmonic[before]
    risks = wrong * steps + errors / np.maximum(counts, 1) * (counts - before * steps)
    found: Array = risks.sum(axis=-1) / n
    return found
