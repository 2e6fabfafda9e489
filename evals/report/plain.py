"""report.json: the numbers of one run or several, and what is drawn of them, without the samples' texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from evals.metrics.classification import Confusion
from evals.metrics.value import Refused
from evals.report.figures import Figures, figures_of
from evals.report.loaded import LoadedRun

FORMAT = "corroborate-eval-report/1"


def data(runs: Sequence[LoadedRun]) -> dict[str, Any]:
    """Each figure is its data, or ``{"refused": reason}``."""
    return {"format": FORMAT, "runs": [_run(run, figures_of(run)) for run in runs]}


def _run(run: LoadedRun, figures: Figures) -> dict[str, Any]:
    usage = figures.usage
    return {
        "name": run.name,
        "record": dict(run.record),
        "samples": run.samples,
        "resolved": len(run.results),
        "stopped": run.stopped or None,
        "metrics": {name: measured.to_json() for name, measured in run.metrics.items()},
        "confusion": _figure(figures.confusion),
        "reliability": _figure(figures.reliability),
        "risk_coverage": _figure(figures.risk),
        "ranked_by": figures.ranked_by or None,
        "usage": asdict(usage) | {"calls": dict(usage.calls)},
        "failures": [{"id": result.id, "reason": result.failed} for result in run.failures],
    }


def _figure(figure: Any) -> Any:
    if isinstance(figure, Confusion | Refused):
        return figure.to_json()
    return [asdict(point) for point in figure]
