"""One claim for each thing a text asserts, wherever and however often it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from agent.domain import Claim, ClaimKind, Span


def merged(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims in document order with ids c1, c2 …; those of one kind and wording become the first of them,
    with the spans of all."""
    unique: dict[tuple[ClaimKind, str], Claim] = {}
    for claim in claims:
        key = (claim.kind, _wording(claim.text))
        if earlier := unique.get(key):
            unique[key] = replace(earlier, spans=_union(earlier.spans + claim.spans))
        else:
            unique[key] = claim
    ordered = sorted(unique.values(), key=lambda claim: claim.spans[0].start)
    return tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(ordered, start=1))


def _wording(text: str) -> str:
    """Without case, spacing and a closing stop."""
    return " ".join(text.casefold().split()).rstrip(".!")


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    union: list[Span] = []
    for span in sorted(spans):
        if union and span.start <= union[-1].end:
            union[-1] = Span(union[-1].start, max(union[-1].end, span.end))
        else:
            union.append(span)
    return tuple(union)
