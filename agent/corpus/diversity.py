"""Room for other voices among the passages a claim is judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def diversify(
    ranked: Sequence[T],
    limit: int,
    *,
    source: Callable[[T], str],
    family: Callable[[T], str],
    per_source: int = 2,
    per_family: int = 3,
) -> list[T]:
    """The first ``limit`` of ``ranked``, with at most ``per_source`` passages of one source and
    ``per_family`` of one near-copy family while others wait.

    Those held back fill what room is left, so that a narrow corpus loses nothing. The order within the
    admitted, and within those held back, stays.
    """
    sources: Counter[str] = Counter()
    families: Counter[str] = Counter()
    admitted: list[T] = []
    held: list[T] = []
    for item in ranked:
        if sources[source(item)] < per_source and families[family(item)] < per_family:
            sources[source(item)] += 1
            families[family(item)] += 1
            admitted.append(item)
        else:
            held.append(item)
    return (admitted + held)[:limit]
