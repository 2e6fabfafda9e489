"""A run's folder as a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.errors import BadInput, Unreadable
from evals.journal import RUN, SUMMARY, read_json, read_results
from evals.metrics.value import Measured, measured_from_json
from evals.tasks.values import SampleResult


@dataclass(frozen=True, slots=True)
class LoadedRun:
    """``record`` is ``run.json``; ``results`` are in the order of their ids, numbers in them as numbers.

    ``name`` tells the run from the others of a report. ``samples`` is how many the run was to resolve and
    ``stopped`` why it did not, or empty.
    """

    name: str
    record: Mapping[str, Any]
    results: tuple[SampleResult, ...]
    metrics: Mapping[str, Measured] = field(hash=False)
    samples: int
    stopped: str = ""

    @property
    def failures(self) -> tuple[SampleResult, ...]:
        return tuple(result for result in self.results if result.failed)


def load(folder: Path) -> LoadedRun:
    """Raises BadInput for a folder without a finished run, Unreadable for a damaged one."""
    if not (folder / RUN).is_file():
        raise BadInput(f"{folder} holds no run: no {RUN} in it")
    if not (folder / SUMMARY).is_file():
        raise BadInput(f"{folder}: the run is not finished; the command that began it goes on with it")
    summary = read_json(folder / SUMMARY)
    return LoadedRun(
        name=folder.resolve().name,
        record=read_json(folder / RUN),
        results=tuple(sorted(read_results(folder), key=lambda result: _natural(result.id))),
        metrics=metrics_of(summary, folder.name),
        samples=int(summary.get("samples", 0)),
        stopped=summary.get("stopped") or "",
    )


def load_all(folders: tuple[Path, ...]) -> tuple[LoadedRun, ...]:
    """As ``load``. Runs of the same folder name are told apart by the folder above it, or by a number."""
    runs = [load(folder) for folder in folders]
    names = [run.name for run in runs]
    if len(set(names)) < len(names):
        names = [
            f"{folder.resolve().parent.name}/{run.name}" for folder, run in zip(folders, runs, strict=True)
        ]
    if len(set(names)) < len(names):
        names = [f"{number}. {run.name}" for number, run in enumerate(runs, start=1)]
    return tuple(_named(run, name) for run, name in zip(runs, names, strict=True))


def metrics_of(summary: Mapping[str, Any], where: str) -> dict[str, Measured]:
    """Raises Unreadable for what is no summary."""
    try:
        return {name: measured_from_json(data) for name, data in summary["metrics"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"{where}/{SUMMARY}", "holds no metrics as a run writes them") from error


def _named(run: LoadedRun, name: str) -> LoadedRun:
    return LoadedRun(name, run.record, run.results, run.metrics, run.samples, run.stopped)


def _natural(name: str) -> list[tuple[int, str]]:
    """c2 before c10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)]
