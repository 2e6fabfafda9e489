"""Samples that two runs resolved differently, with what each run rested its answer on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from evals.metrics.classification import correct
from evals.tasks.values import SampleResult


class Change(StrEnum):
    """What became of the sample from the first run to the second."""

    LOST = "lost"
    """Right or better before."""
    GAINED = "gained"
    """Wrong or worse before."""
    CHANGED = "changed"
    """Another answer, as right or as wrong as the one before."""


@dataclass(frozen=True, slots=True)
class Cite:
    doc_id: str
    stance: str
    quote: str


@dataclass(frozen=True, slots=True)
class Side:
    """One run's answer and its proof. ``prediction`` is empty where it failed or the task gives no label."""

    prediction: str
    failed: str
    score: float | None
    rule: str
    evidence: tuple[Cite, ...]
    justification: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    id: str
    change: Change
    claim: str
    gold: str
    first: Side
    second: Side

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


Scored = tuple[SampleResult, float | None]
"""A result and its value of the metric compared, None where that does not apply; higher is better."""


def flips(pairs: Iterable[tuple[Scored, Scored]]) -> tuple[Flip, ...]:
    """What was lost first, then what was gained, then what is merely different; by id within each."""
    found = [_flip(first, second) for first, second in pairs if _differ(first, second)]
    return tuple(sorted(found, key=lambda flip: (tuple(Change).index(flip.change), flip.id)))


def _differ(first: Scored, second: Scored) -> bool:
    (one, before), (other, after) = first, second
    return one.prediction != other.prediction or bool(one.failed) != bool(other.failed) or before != after


def _flip(first: Scored, second: Scored) -> Flip:
    result = first[0]
    return Flip(
        id=result.id,
        change=_change(first, second),
        claim=str(result.payload.get("claim") or second[0].payload.get("claim") or ""),
        gold=result.gold or "",
        first=_side(*first),
        second=_side(*second),
    )


def _change(first: Scored, second: Scored) -> Change:
    before, after = _worth(first), _worth(second)
    if before == after:
        return Change.CHANGED
    return Change.GAINED if after > before else Change.LOST


def _worth(scored: Scored) -> float:
    """The metric's value; where it does not apply, whether the label is right."""
    result, value = scored
    if value is not None:
        return value
    return float(result.gold is not None and correct(result.gold, result.prediction))


def _side(result: SampleResult, value: float | None) -> Side:
    payload = result.payload
    return Side(
        prediction=result.prediction or "",
        failed=result.failed,
        score=value,
        rule=str(payload.get("rule") or ""),
        evidence=tuple(_cite(each) for each in _objects(payload.get("evidence"))),
        justification=tuple(str(each.get("text", "")) for each in _objects(payload.get("justification"))),
    )


def _cite(data: Mapping[str, Any]) -> Cite:
    return Cite(str(data.get("doc_id", "")), str(data.get("stance", "")), str(data.get("quote", "")))


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
