"""Texts changed by rule, so that what ought to be noticed is known without an annotator.

The rules read claims with small patterns of their own and not with the grammar of ``agent.checks``:
otherwise only what the checks can see would be changed, and they would be found to see everything.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from evals.perturb.dates import date_swaps
from evals.perturb.figures import number_swaps, unit_swaps
from evals.perturb.names import name_swaps
from evals.perturb.negation import negation_swaps
from evals.perturb.values import Change, Kind, Swap

__all__ = ["Change", "Kind", "changes"]

Find = Callable[[str, str, random.Random], Iterator[Swap]]


def changes(claim: str, evidence: str, names: Sequence[str], seed: str) -> tuple[Change, ...]:
    """At most one change of each kind, after which ``evidence`` no longer bears the claim out.

    ``names`` are what a name may be replaced by. The same arguments make the same changes. A kind for
    which the claim has nothing to change is left out.
    """
    rules: dict[Kind, Find] = {
        Kind.NUMBER: number_swaps,
        Kind.UNIT: unit_swaps,
        Kind.DATE: date_swaps,
        Kind.NAME: lambda claim, evidence, rng: name_swaps(claim, evidence, rng, names),
        Kind.NEGATION: negation_swaps,
    }
    made = (_one(kind, find, claim, evidence, seed) for kind, find in rules.items())
    return tuple(change for change in made if change is not None)


def _one(kind: Kind, find: Find, claim: str, evidence: str, seed: str) -> Change | None:
    """One of the possible changes; one whose original the evidence states is preferred."""
    rng = random.Random(f"{seed} {kind}")
    swaps = list(find(claim, evidence, rng))
    stated = [swap for swap in swaps if swap.stated]
    return rng.choice(stated or swaps).made(claim, kind) if swaps else None
