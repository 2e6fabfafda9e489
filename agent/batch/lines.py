"""A file of JSON lines that a crash can cut short and nothing can garble, and files written whole."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from agent.errors import BadInput, Unreadable

Json = dict[str, Any]


class Lines:
    """Appends lines. ``put`` returns at once; what has been put is on disk when ``flush`` returns.

    Lines that come while others are being written go together in the next write: one fsync for all.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[str] = []
        self._writing: asyncio.Task[None] | None = None

    def put(self, line: str) -> None:
        self._waiting.append(line)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())

    async def flush(self) -> None:
        """Raises BadInput where the lines cannot be written."""
        if self._writing is not None:
            await asyncio.shield(self._writing)

    async def replace(self, keep: Callable[[Json], bool], more: Iterable[str] = ()) -> None:
        """Rewrite the file in one step: the lines to keep, and then ``more``."""
        while self._writing is not None and not self._writing.done():
            await self.flush()
        # From here on nothing awaits, so that nothing is put between reading the file and replacing it.
        kept = (line for line, value in read_lines(self._path) if keep(value))
        write_whole(self._path, itertools.chain(kept, more))

    async def _write_all(self) -> None:
        while self._waiting:
            lines, self._waiting = self._waiting, []
            await asyncio.to_thread(self._append, lines)

    def _append(self, lines: list[str]) -> None:
        try:
            with self._path.open("ab") as file:
                file.write("".join(lines).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritable(self._path, error) from error


def mend(path: Path) -> None:
    """Cut off a last line that a crash left without its end."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        data = file.read()
        file.truncate(data.rfind(b"\n") + 1)


def read_lines(path: Path) -> Iterator[tuple[str, Json]]:
    """Each line as it stands and what it says. Raises Unreadable for a damaged one."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith("\n"):
                return  # cut short by a crash, or being written right now
            try:
                value = json.loads(line)
            except ValueError as error:
                raise Unreadable(f"{path.name}:{number}", "is no line of a run; remove it") from error
            yield line, value


def write_whole(path: Path, parts: Iterable[str]) -> None:
    """In one step: the file is the old one or the new one, never a part. Raises BadInput."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> BadInput:
    return BadInput(
        f"{path}: cannot be written ({error.strerror}); what was resolved is kept, the same command goes on"
    )
