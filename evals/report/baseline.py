"""A run's results as they may be committed: numbers and record, no texts, nothing of a machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from agent.domain import NO_USAGE
from agent.errors import BadInput
from evals.journal import RUN, SAMPLES, SUMMARY, dumps, read_json, read_results, write_json

FOLDER = Path(__file__).resolve().parents[1] / "baselines"
SHORTEST_TEXT = 24
"""Texts of samples shorter than this are names and labels, which a record may hold."""

_OF_A_MACHINE = re.compile(
    r"(^|[_-])(seconds|duration|elapsed|started|finished|time|host|hostname|user|path|folder|dir|out|cache|"
    r"base_url|url|server|pid|platform)$"
)
_PATH = re.compile(
    r"""(?<![\w:/.])(?:file://)?(?:~|\.\.?)?(?:/[^\s/'",;:)]+)+/?"""
    r"""|(?<!\w)[A-Za-z]:\\[^\s'",;)]+|(?<![\w\\])\\\\[^\s'",;)]+"""
)
_ADDRESS = re.compile(r"""https?://[^\s'",;)]+|\blocalhost(?::\d+)?\b|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b""")


def baseline_name(record: Mapping[str, Any]) -> str:
    """``SET-TASK-ENGINE``; a set's split follows its name, evidence that was not searched for the engine."""
    about, engine = record["set"], record["engine"]["name"]
    split = f".{about['split']}" if about.get("split") else ""
    evidence = record.get("settings", {}).get("evidence", "retrieved")
    control = {"none": "-control", "gold": "-gold"}.get(evidence, "")
    return re.sub(r"[^\w.-]", "_", f"{about['name']}{split}-{record['task']}-{engine}{control}")


def keep(run: Path, baselines: Path = FOLDER, name: str = "", *, outcomes: bool = False) -> Path:
    """Copy a run's ``run.json`` and ``summary.json``, and nothing else, to a folder below ``baselines``.

    With ``outcomes`` also what became of each sample, by id, label and scores: later runs can then be
    compared with this one sample by sample. Raises BadInput for a run that is not whole, and for one
    whose numbers carry a text of its samples.
    """
    record, summary = read_json(run / RUN), _summary(run)
    kept = {RUN: impersonal(record), SUMMARY: impersonal({**summary, "run": None})}
    kept[SUMMARY].pop("run")
    _hold_no_text(run, "".join(dumps(each) for each in kept.values()))
    target = baselines / (name or baseline_name(record))
    target.mkdir(parents=True, exist_ok=True)
    for file, data in kept.items():
        write_json(target / file, data)
    if outcomes:
        lines = (
            replace(result, payload={}, usage=NO_USAGE, seconds=0.0).line() for result in read_results(run)
        )
        (target / SAMPLES).write_text("".join(sorted(lines)), encoding="utf-8")
    return target


def impersonal(data: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data without what differs between machines: times, paths, hosts. Figures of seconds go too."""
    return {key: _cleaned(value) for key, value in data.items() if not _of_a_machine(key)}


def _summary(run: Path) -> dict[str, Any]:
    if not (run / SUMMARY).is_file():
        raise BadInput(f"{run} has no {SUMMARY}: finish the run first, with the command that began it")
    summary = read_json(run / SUMMARY)
    if summary.get("stopped") or summary.get("resolved") != summary.get("samples"):
        raise BadInput(f"{run}: the run stopped early; a baseline needs all of its samples")
    return summary


def _of_a_machine(key: str) -> bool:
    return any(_OF_A_MACHINE.search(part) for part in key.lower().split("/"))


def _cleaned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return impersonal(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, str):
        return _PATH.sub(_last_part, _ADDRESS.sub("(address)", value))
    return value


def _last_part(match: re.Match[str]) -> str:
    return re.split(r"[/\\]", match.group().rstrip("/\\"))[-1]


def _hold_no_text(run: Path, kept: str) -> None:
    for result in read_results(run):
        for text in _texts(result.payload):
            if len(text) >= SHORTEST_TEXT and text in kept:
                raise BadInput(f"{run}: its results repeat a text of sample {result.id}; such stay out")


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain data, as it would stand in a JSON file."""
    if isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)[1:-1]
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
