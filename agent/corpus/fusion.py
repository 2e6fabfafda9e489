"""Reciprocal rank fusion: Cormack, Clarke and Büttcher, SIGIR 2009."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def fuse(rankings: Iterable[Sequence[str]], k: int = 60) -> dict[str, float]:
    """Each id's score: the sum of 1 / (k + its rank from 1) over the rankings that hold it.

    Summed without loss (fsum), so that the order of the rankings changes no digit.
    """
    shares: dict[str, list[float]] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            shares.setdefault(item, []).append(1.0 / (k + rank))
    return {item: math.fsum(parts) for item, parts in shares.items()}
