"""Whether stated confidence can be believed, and what is gained by answering only where it is high.

``confidence`` is the stated probability that the label is right, ``right`` whether it was. Equal
confidences are kept together throughout, so that the order of the samples changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.metrics.interval import mean, resampled
from evals.metrics.value import Measured, Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

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
    given = _stated(confidence, right)
    if given is None:
        return dict.fromkeys(("ece", "brier", "aurc"), _NONE)
    stated, hit = given
    return {
        "ece": resampled(len(stated), lambda at: _ece(stated[at], hit[at]), seed),
        "brier": mean([float(value) for value in (stated - hit) ** 2], seed),
        "aurc": resampled(len(stated), lambda at: _aurc(stated[at], hit[at]), seed),
    }


def reliability(
    confidence: Sequence[float | None], right: Sequence[bool], bins: int = BINS
) -> tuple[Bin, ...] | Refused:
    """The reliability curve, in bins of about equal numbers of samples, by rising confidence.

    Guo et al., On Calibration of Modern Neural Networks (ICML 2017), with the equal-mass bins of Nguyen and
    O'Connor (EMNLP 2015), which leave none almost empty. Fewer bins where many confidences are the same.
    """
    given = _stated(confidence, right)
    return _NONE if given is None else tuple(_bins(*given, bins))


def risk_coverage(confidence: Sequence[float | None], right: Sequence[bool]) -> tuple[Point, ...] | Refused:
    """The curve of Geifman and El-Yaniv, Selective Classification (NeurIPS 2017), by falling threshold."""
    import numpy as np

    given = _stated(confidence, right)
    if given is None:
        return _NONE
    values, at, counts = np.unique(-given[0], return_inverse=True, return_counts=True)
    errors = np.cumsum(np.bincount(at, weights=1 - given[1]))
    covered = np.cumsum(counts)
    return tuple(
        Point(float(n / len(at)), float(wrong / n), float(-value))
        for value, n, wrong in zip(values, covered, errors, strict=True)
    )


def _stated(confidence: Sequence[float | None], right: Sequence[bool]) -> tuple[Floats, Floats] | None:
    import numpy as np

    pairs = [(c, float(r)) for c, r in zip(confidence, right, strict=True) if c is not None]
    if not pairs:
        return None
    stated, hit = np.array(pairs, dtype=np.float64).T
    if not ((stated >= 0) & (stated <= 1)).all():
        raise ValueError("a confidence is a probability, from 0 to 1")
    return stated, hit


def _bins(stated: Floats, hit: Floats, bins: int) -> list[Bin]:
    sums = _bin_sums(stated, hit, bins)
    return [Bin(float(c / n), float(r / n), int(n)) for c, r, n in zip(*sums, strict=True) if n]


def _bin_sums(stated: Floats, hit: Floats, bins: int) -> tuple[Floats, Floats, Floats]:
    """By bin: confidence and hits added up, and the number of samples. A sample's bin is its mid-rank's."""
    import numpy as np

    _, at, counts = np.unique(stated, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    place = (bins * middle / len(stated)).astype(int)[at]
    return (
        np.bincount(place, weights=stated, minlength=bins),
        np.bincount(place, weights=hit, minlength=bins),
        np.bincount(place, minlength=bins),
    )


def _ece(stated: Floats, hit: Floats) -> float:
    """Expected calibration error: |confidence - share right|, weighed by the bins' samples."""
    confidence, right, _ = _bin_sums(stated, hit, BINS)
    return float(abs(confidence - right).sum() / len(stated))


def _aurc(stated: Floats, hit: Floats) -> float:
    """Area under the risk–coverage curve: the mean risk over coverages 1/n, 2/n … 1.

    Among equal confidences the risk is that of any order of them, on average.
    """
    import numpy as np

    _, at, counts = np.unique(-stated, return_inverse=True, return_counts=True)
    rate = np.bincount(at, weights=1 - hit) / counts
    risks = np.cumsum(np.repeat(rate, counts)) / np.arange(1, len(stated) + 1)
    return float(risks.mean())
