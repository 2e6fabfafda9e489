"""A run's folder: ``run.json``, ``samples.jsonl`` and ``summary.json``.

Every sample is a line, on disk before the next one counts, so that a run that was killed goes on.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from agent.errors import BadInput, Unreadable
from evals.record import same_run
from evals.tasks.values import SampleResult

log = logging.getLogger(__name__)

RUN, SAMPLES, SUMMARY = "run.json", "samples.jsonl", "summary.json"


class Journal:
    """Results as they resolve. One process at a time writes a folder."""

    def __init__(self, folder: Path, results: dict[str, SampleResult]) -> None:
        self.folder = folder
        self.results = results
        self._file = (folder / SAMPLES).open("a", encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, record: Mapping[str, Any]) -> Journal:
        """Begin the run of this record in ``folder``, or go on with it where it was begun.

        Raises BadInput where the folder holds another run, saying in what it differs, and Unreadable for
        damaged lines; a last line that a crash cut short is dropped.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"{folder}: cannot be made ({error.strerror}); give another --out") from error
        begun = folder / RUN
        if begun.exists():
            _refuse_other(folder, read_json(begun), record)
        elif any((folder / name).exists() for name in (SAMPLES, SUMMARY)):
            raise BadInput(f"{folder} holds results without their {RUN}; give another --out")
        else:
            write_json(begun, record)
        return cls(folder, _kept(folder / SAMPLES))

    def add(self, result: SampleResult) -> None:
        """Durable on return."""
        self._file.write(result.line())
        self._file.flush()
        os.fsync(self._file.fileno())
        self.results[result.id] = result

    def close(self) -> None:
        self._file.close()


def read_results(folder: Path) -> list[SampleResult]:
    """The results of a run's folder, in the order they resolved, each sample's last line only.

    Raises BadInput where there are none, Unreadable for a damaged line.
    """
    path = folder / SAMPLES
    if not path.is_file():
        raise BadInput(f"{folder} holds no run: no {SAMPLES} in it")
    return list(_kept(path, mend=False).values())


def _kept(path: Path, *, mend: bool = True) -> dict[str, SampleResult]:
    if not path.exists():
        return {}
    results: dict[str, SampleResult] = {}
    data, sound = path.read_bytes(), 0
    lines = data.splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        try:
            result = SampleResult.from_json(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            if number < len(lines) or line.endswith(b"\n"):
                raise Unreadable(
                    f"{path.name}:{number}", "is no result of a sample; remove the line"
                ) from error
            log.warning("%s: the last line was cut short and is dropped", path.name)
            break
        if not line.endswith(b"\n"):
            break  # whole by luck: it is run again rather than trusted
        results[result.id], sound = result, sound + len(line)
    if mend and sound < len(data):
        with path.open("r+b") as file:
            file.truncate(sound)
    return results


def _refuse_other(folder: Path, begun: Mapping[str, Any], record: Mapping[str, Any]) -> None:
    if differing := same_run(begun, record):
        raise BadInput(
            f"{folder} holds another run (it differs in {', '.join(differing)}); give another --out, "
            "or remove the folder"
        )


def read_json(path: Path) -> dict[str, Any]:
    """Raises Unreadable."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable(path.name, f"cannot be read as JSON ({error})") from error
    if not isinstance(data, dict):
        raise Unreadable(path.name, "is no JSON object")
    return data


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """In one step: the file is the old one or the new one, never a part."""
    draft = path.with_name(path.name + ".draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(dumps(data))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def dumps(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def in_order(ids: Sequence[str], results: Mapping[str, SampleResult]) -> list[SampleResult]:
    """The results there are, in the order of the samples: what resolved first must not matter."""
    return [results[name] for name in ids if name in results]
