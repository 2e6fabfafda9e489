"""What a report draws of a run, each figure with the reason where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.domain import NO_USAGE, Label, Usage
from evals.metrics.calibration import Bin, Point, reliability, risk_coverage
from evals.metrics.classification import Confusion, confusion
from evals.metrics.value import Measured, Metric, Refused
from evals.report.loaded import LoadedRun
from evals.tasks.values import SampleResult

_ORDER = [label.value for label in Label]


@dataclass(frozen=True, slots=True)
class Figures:
    """``f1`` maps labels to their F1. ``ranked_by`` says what the risk–coverage curve sorts by."""

    confusion: Confusion | Refused
    f1: Mapping[str, Measured]
    reliability: tuple[Bin, ...] | Refused
    risk: tuple[Point, ...] | Refused
    ranked_by: str
    usage: Usage
    seconds: float


def figures_of(run: LoadedRun) -> Figures:
    risk, ranked_by = _risk(run.results)
    stated, right = _pairs(run.results, confidence)
    return Figures(
        confusion=_confusion(run.results),
        f1={label: run.metrics[key] for label in _ORDER if (key := f"f1/{label}") in run.metrics},
        reliability=reliability(stated, right),
        risk=risk,
        ranked_by=ranked_by,
        usage=sum((result.usage for result in run.results), NO_USAGE),
        seconds=sum(result.seconds for result in run.results),
    )


def is_right(result: SampleResult) -> bool | None:
    """Whether the prediction is the gold label; None where one of the two is missing."""
    if result.gold is None or result.prediction is None:
        return None
    return result.gold == result.prediction


def confidence(result: SampleResult) -> float | None:
    stated = result.payload.get("confidence")
    return float(stated) if isinstance(stated, int | float) and 0 <= stated <= 1 else None


def margin(result: SampleResult) -> float | None:
    """How far the best rated label is before the second, as a share of the scale of 1 to 5."""
    given = result.payload.get("ratings")
    if not isinstance(given, Mapping):
        return None
    best = sorted((value for value in given.values() if isinstance(value, int | float)), reverse=True)
    return min(1.0, max(0.0, (best[0] - best[1]) / 4)) if len(best) > 1 else None


def _risk(results: Sequence[SampleResult]) -> tuple[tuple[Point, ...] | Refused, str]:
    stated, right = _pairs(results, confidence)
    if any(value is not None for value in stated):
        return risk_coverage(stated, right), "confidence"
    margins, right = _pairs(results, margin)
    if any(value is not None for value in margins):
        return risk_coverage(margins, right), "margin"
    return Refused("no prediction states a confidence or ratings"), ""


def _pairs(results: Sequence[SampleResult], sure: Any) -> tuple[list[float | None], list[bool]]:
    judged = [(sure(result), right) for result in results if (right := is_right(result)) is not None]
    return [value for value, _ in judged], [right for _, right in judged]


def _confusion(results: Sequence[SampleResult]) -> Confusion | Refused:
    """In the labels' own order, with every label that is gold or was given as a column."""
    found = confusion([result.gold for result in results], [result.prediction for result in results])
    if isinstance(found, Refused):
        return found
    rows, columns = _ordered(found.rows), _ordered(found.columns)
    counts = [
        tuple(found.counts[found.rows.index(row)][found.columns.index(column)] for column in columns)
        for row in rows
    ]
    return Confusion(rows, columns, tuple(counts))


def _ordered(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (_ORDER.index(name) if name in _ORDER else 9, name)))


def is_share(measured: Measured) -> bool:
    """Whether the whole interval fits on a scale of 0 to 1."""
    return isinstance(measured, Metric) and measured.low >= 0 and measured.high <= 1
