"""Drawing a limited sample of a set, by label, so that small runs see every label."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence

from evals.samples import Sample


def choose(
    samples: Sequence[Sample],
    seed: int,
    limit: int | None,
    by: Callable[[Sample], Hashable] = lambda sample: sample.label,
) -> tuple[Sample, ...]:
    """All samples, or ``limit`` of them in the set's order, each group in proportion (largest remainders).

    A smaller limit with the same seed draws a subset of a larger one's within each group.
    """
    if limit is None or limit >= len(samples):
        return tuple(samples)
    groups: dict[Hashable, list[int]] = {}
    for place, sample in enumerate(samples):
        groups.setdefault(by(sample), []).append(place)
    quotas = _quotas({key: len(places) for key, places in groups.items()}, limit)
    chosen: set[int] = set()
    for key, places in groups.items():
        shuffled = random.Random(f"{seed} {key}").sample(places, len(places))
        chosen.update(shuffled[: quotas[key]])
    return tuple(samples[place] for place in sorted(chosen))


def _quotas(sizes: dict[Hashable, int], limit: int) -> dict[Hashable, int]:
    total = sum(sizes.values())
    exact = {key: size * limit / total for key, size in sizes.items()}
    quotas = {key: int(value) for key, value in exact.items()}
    for key in sorted(exact, key=lambda key: (quotas[key] - exact[key], str(key)))[
        : limit - sum(quotas.values())
    ]:
        quotas[key] += 1
    return quotas
