"""Replies kept on disk by the digest of their request, fitting ``ports.ReplyStore``.

``SqliteReplyStore`` is for work: many replies, several processes. ``JsonlReplyStore`` is for records that
people keep and compare: one line of JSON a reply. Neither holds the request's text.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from agent.domain import Usage
from agent.errors import Unreadable
from agent.ports import Reply

log = logging.getLogger(__name__)

_BUSY_S = 30.0
_TABLE = "CREATE TABLE IF NOT EXISTS replies (digest TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID"


class SqliteReplyStore:
    """Replies in a SQLite file. Safe for several threads and processes; durable when ``put`` returns."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. Raises Unreadable where that fails."""
        self._path = path
        self._lock = threading.Lock()
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute(_TABLE)

    def get(self, digest: str) -> Reply | None:
        """Raises Unreadable where the file is damaged."""
        with self._lock, self._translated():
            row = self._db.execute("SELECT record FROM replies WHERE digest = ?", (digest,)).fetchone()
            return None if row is None else _reply(json.loads(row[0]))

    def put(self, digest: str, reply: Reply) -> None:
        """Replaces what was kept for the digest. Raises Unreadable where the file cannot be written."""
        record = _json(_record(reply))
        with self._lock, self._translated():
            self._db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?)", (digest, record))

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValueError, LookupError, TypeError) as error:
            raise Unreadable(
                self._path.name,
                f"the reply store cannot be used ({error}); if it is damaged, delete it to ask anew",
            ) from error


class JsonlReplyStore:
    """Replies in a text file, one line of JSON each, keys sorted; the last line of a digest counts.

    One process at a time may write it. A last line torn by a crash is set aside: ``torn`` says so, and
    the next ``put`` replaces it. Any other line that is no reply raises Unreadable, naming the line.
    """

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._lock = threading.Lock()
        self._replies: dict[str, Reply] = {}
        self.torn = False
        self._sound_bytes = 0
        self._unended = False
        self._load()

    def __len__(self) -> int:
        return len(self._replies)

    def get(self, digest: str) -> Reply | None:
        return self._replies.get(digest)

    def put(self, digest: str, reply: Reply) -> None:
        """Raises Unreadable where the store is read-only or cannot be written."""
        if self._read_only:
            raise Unreadable(self._path.name, "opened for reading only; record into another file")
        with self._lock:
            line, kept = _line(digest, reply), self._replies.get(digest)
            if kept is not None and _line(digest, kept) == line:
                return
            self._append(line)
            self._replies[digest] = reply

    def tidy(self) -> None:
        """Rewrite the file with one line a digest, in the digests' order, so that two records compare."""
        if self._read_only:
            raise Unreadable(self._path.name, "opened for reading only; record into another file")
        with self._lock:
            draft = self._path.with_name(self._path.name + ".draft")
            data = "".join(_line(digest, self._replies[digest]) for digest in sorted(self._replies)).encode()
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
            self._sound_bytes, self._unended, self.torn = len(data), False, False

    def _load(self) -> None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            if self._read_only:
                raise Unreadable(self._path.name, "no such file of recorded replies") from None
            return
        except OSError as error:
            raise Unreadable(self._path.name, f"cannot be read ({error.strerror})") from error
        lines = data.splitlines(keepends=True)
        for number, line in enumerate(lines, start=1):
            self._take(line, number, last=number == len(lines))

    def _take(self, line: bytes, number: int, last: bool) -> None:
        try:
            record = json.loads(line)
            self._replies[record["digest"]] = _reply(record)
        except (ValueError, LookupError, TypeError) as error:
            # Only a line without its end can be a write that a crash cut short.
            if not last or line.endswith(b"\n"):
                raise Unreadable(
                    self._path.name, f"line {number} is not a recorded reply; remove it"
                ) from error
            self.torn = True
            log.warning("%s: the last line was cut short and is set aside", self._path.name)
            return
        self._sound_bytes += len(line)
        self._unended = not line.endswith(b"\n")

    def _append(self, line: str) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                if self.torn:
                    file.truncate(self._sound_bytes)
                    self.torn = False
                data = b"\n" * self._unended + line.encode()
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self._unended = False
            self._sound_bytes += len(data)
        except OSError as error:
            raise Unreadable(self._path.name, f"cannot be written ({error.strerror})") from error


def _line(digest: str, reply: Reply) -> str:
    return _json({"digest": digest, **_record(reply)}) + "\n"


def _json(record: Mapping[str, object]) -> str:
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


def _record(reply: Reply) -> dict[str, object]:
    """``step`` names the one call that earned a reply; ``calls`` stands in for it where it took several."""
    usage = reply.usage
    record: dict[str, object] = {
        "model": reply.model,
        "reply": reply.text,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
    }
    steps = list(usage.calls)
    record |= {"step": steps[0]} if list(usage.calls.values()) == [1] else {"calls": dict(usage.calls)}
    return record if usage.cost is None else record | {"cost": usage.cost}


def _reply(record: Mapping[str, object]) -> Reply:
    """Raises LookupError, TypeError or ValueError for what ``_record`` did not make."""
    match record:
        case {
            "model": str() as model,
            "reply": str() as text,
            "prompt_tokens": int() as prompt,
            "completion_tokens": int() as written,
        }:
            cost = record.get("cost")
            calls = record["calls"] if "calls" in record else {record["step"]: 1}
        case _:
            raise ValueError("not a reply's record")
    if not isinstance(calls, dict) or not isinstance(cost, float | int | None):
        raise TypeError("not a reply's record")
    return Reply(text, model, Usage(calls, prompt, written, cost), stored=True)
