"""Where a run is kept, so that a killed one goes on: every claim a line, every document a report.

    run.json           what run this is; another is refused
    claims.jsonl       a line a claim, as it resolves
    reports/KEY.json   the ledger of a document, when it is finished
    documents.jsonl    what became of each document, after its report and its claims are on disk
    summary.json       what became of all

A document counts as done when its line in documents.jsonl says that all of it was assessed. Any other
is done again: its checkpoints and the reply store see to it that nothing is asked twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from agent.batch.lines import Json, Lines, mend, read_lines, write_whole
from agent.batch.record import differing
from agent.batch.result import Result, Status, result_from, result_json
from agent.corpus.lock import FolderLock
from agent.domain import Assessed, Outcome, Report
from agent.errors import BadInput, CorpusError, Unreadable
from agent.reports.to_json import dump_json, dump_line, dumps, outcome_json

RUN, CLAIMS, DOCUMENTS, REPORTS, SUMMARY = (
    "run.json",
    "claims.jsonl",
    "documents.jsonl",
    "reports",
    "summary.json",
)


class Folder:
    """A run's folder, open for writing; see ``open_folder``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.results = read_results(path)
        self._claims = Lines(path / CLAIMS)
        self._documents = Lines(path / DOCUMENTS)
        # Of documents that are not done: the digest of each claim's line. What is done is not kept in memory.
        self._written: dict[str, dict[str, str]] = {}

    async def clear_undone(self) -> None:
        """Drop what failed before, which is about to be done again; what was assessed stays."""
        undone = {key for key, result in self.results.items() if not is_done(self.path, result)}
        for key in undone:
            (self.path / REPORTS / f"{key}.json").unlink(missing_ok=True)
            del self.results[key]
        if undone:
            await self._documents.replace(lambda value: value["document"] not in undone)
        dropped = False
        for line, value in read_lines(self.path / CLAIMS):
            if value["document"] in self.results:
                continue
            if _failed(value):
                dropped = True
            else:
                claims = self._written.setdefault(value["document"], {})
                claims[value["outcome"]["claim"]["id"]] = _digest(line)
        if dropped:
            await self._claims.replace(lambda value: value["document"] in self.results or not _failed(value))

    def resolved(self, key: str, name: str, outcome: Outcome) -> None:
        """Take down a claim's verdict as it is reached. A failure waits for the end of its document: a
        later look, or none, may yet stand in its place."""
        written = self._written.setdefault(key, {})
        if isinstance(outcome, Assessed) and outcome.claim.id not in written:
            line = _line(key, name, outcome)
            written[outcome.claim.id] = _digest(line)
            self._claims.put(line)

    async def finished(self, report: Report, result: Result) -> None:
        """The document's lines are those of its report, the report is on disk, and it counts as done."""
        key = result.key
        lines = {item.claim.id: _line(key, report.document.name, item) for item in report.outcomes}
        written = self._written.get(key, {})
        missing = [line for claim, line in lines.items() if claim not in written]
        if all(claim in lines and digest == _digest(lines[claim]) for claim, digest in written.items()):
            for line in missing:
                self._claims.put(line)
        else:  # a run that was cut short before the text was read to the end, and read otherwise since
            await self._claims.replace(lambda value: value["document"] != key, lines.values())
        await self._claims.flush()
        write_whole(self.path / REPORTS / f"{key}.json", [dumps(report)])
        await self._noted(result)

    async def failed(self, result: Result) -> None:
        """There is no report; what was resolved stays for the next run."""
        await self._noted(result)

    async def _noted(self, result: Result) -> None:
        self._documents.put(dump_line(result_json(result)))
        await self._documents.flush()
        self.results[result.key] = result
        self._written.pop(result.key, None)

    async def flush(self) -> None:
        await self._claims.flush()
        await self._documents.flush()

    def summarise(self, summary: Mapping[str, Any]) -> None:
        write_whole(self.path / SUMMARY, [dump_json(summary)])


@asynccontextmanager
async def open_folder(
    path: Path, record: Mapping[str, Any], *, must_exist: bool = False
) -> AsyncIterator[Folder]:
    """Begin the run of this record in ``path``, or go on with it where it was begun.

    Raises BadInput where the folder holds another run, is in use, or with ``must_exist`` holds none.
    """
    check_same(path, record, must_exist=must_exist)
    try:
        (path / REPORTS).mkdir(parents=True, exist_ok=True)
        lock = FolderLock.acquire(path, exclusive=True, patience_s=0.2)
    except OSError as error:
        raise BadInput(f"{path}: cannot be made ({error.strerror}); give another --out") from error
    except CorpusError as error:
        raise BadInput(f"{path}: another process is working on this run; wait for it to end") from error
    try:
        if not (path / RUN).exists():
            write_whole(path / RUN, [dump_json(record)])
        for name in (CLAIMS, DOCUMENTS):
            mend(path / name)
        folder = Folder(path)
        await folder.clear_undone()
        try:
            yield folder
        finally:
            await folder.flush()
    finally:
        lock.release()


def check_same(path: Path, record: Mapping[str, Any], *, must_exist: bool = False) -> None:
    """Raises BadInput where the folder cannot take this run."""
    begun = _begun(path)
    if begun is None:
        if must_exist:
            raise BadInput(f"{path} holds no run to go on with; leave --resume out to begin one")
        if any((path / name).exists() for name in (CLAIMS, DOCUMENTS, SUMMARY)):
            raise BadInput(f"{path} holds results without their {RUN}; give another --out")
    elif others := differing(begun, record):
        raise BadInput(
            f"{path} holds another run (it differs in: {', '.join(others)}); give another --out: "
            "answers that are on record are not paid for again"
        )


def read_results(path: Path) -> dict[str, Result]:
    """What became of each document so far, by key; reads alone."""
    try:
        found = [result_from(value) for _, value in read_lines(path / DOCUMENTS)]
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(DOCUMENTS, f"is no record of a run ({error!r}); give another --out") from error
    return {result.key: result for result in found}


def is_done(path: Path, result: Result | None) -> bool:
    if result is None or result.status is not Status.ASSESSED:
        return False
    return (path / REPORTS / f"{result.key}.json").is_file()


def _begun(path: Path) -> Json | None:
    import json

    try:
        begun: Json = json.loads((path / RUN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Unreadable(str(path / RUN), f"cannot be read ({error}); give another --out") from error
    return begun


def _line(key: str, name: str, outcome: Outcome) -> str:
    return dump_line({"document": key, "name": name, "outcome": outcome_json(outcome)})


def _failed(value: Json) -> bool:
    return "unassessed" in value["outcome"]


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
