"""Extracted claims against the claims that annotators wrote for the same text.

Two claims may be the same where the F1 of their stemmed content words (``words.token_f1``) reaches MATCH.
Each is matched with one other at most, so that the similarities add up to the most (Kuhn, 1955; scipy's
``linear_sum_assignment``). Word overlap judges wording: a faithful paraphrase can miss, and what is told
is a lower bound. Texts are resampled whole, since the claims of one text stand and fall together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.metrics.interval import resampled
from evals.metrics.value import Measured, Metric, Refused
from evals.metrics.words import token_f1

if TYPE_CHECKING:
    from numpy.typing import NDArray

MATCH = 0.6


@dataclass(frozen=True, slots=True)
class Matching:
    """One text's claims: ``pairs`` of places among those extracted and among the gold ones."""

    pairs: tuple[tuple[int, int], ...]
    extracted: int
    gold: int

    @property
    def coverage(self) -> float | None:
        """The share of gold claims found; None where there are none."""
        return len(self.pairs) / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """The share of extracted claims that are gold ones; None where nothing was extracted."""
        return len(self.pairs) / self.extracted if self.extracted else None


def match_claims(extracted: Sequence[str], gold: Sequence[str], threshold: float = MATCH) -> Matching:
    if not extracted or not gold:
        return Matching((), len(extracted), len(gold))
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    alike = np.array([[token_f1(one, other) for other in gold] for one in extracted])
    alike[alike < threshold] = 0.0
    rows, columns = linear_sum_assignment(alike, maximize=True)
    pairs = ((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if alike[i, j] > 0)
    return Matching(tuple(pairs), len(extracted), len(gold))


def extraction(texts: Sequence[Matching], seed: int = 0) -> dict[str, Measured]:
    """``coverage`` and ``precision`` over all claims of all texts together, and their harmonic mean ``f1``;
    ``n`` counts the claims divided by."""
    owed, made = sum(each.gold for each in texts), sum(each.extracted for each in texts)
    if not owed:
        return dict.fromkeys(("coverage", "precision", "f1"), Refused("no text has gold claims"))
    nothing = Refused("no claim was extracted")
    return {
        "coverage": _share(texts, 0, 1, owed, seed),
        "precision": _share(texts, 1, 0, made, seed) if made else nothing,
        "f1": _share(texts, 1, 1, owed + made, seed),
    }


def _share(texts: Sequence[Matching], extracted: int, gold: int, n: int, seed: int) -> Measured:
    """Matched claims ÷ the claims counted, on one side or (F1) both."""
    import numpy as np

    sides = extracted + gold
    table = np.array([[sides * len(t.pairs), extracted * t.extracted + gold * t.gold] for t in texts])

    def ratio(places: NDArray[Any]) -> float:
        part, whole = table[places].sum(axis=0)
        return float(part / whole) if whole else float("nan")

    found = resampled(len(texts), ratio, seed)
    return Metric(found.value, n, found.low, found.high) if isinstance(found, Metric) else found
