"""The store's tables, and opening a file that must have them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from agent.errors import CorpusDamaged, CorpusError

VERSION = 1
APPLICATION_ID = 0x636F7272  # "corr"

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- metadata and published are those of the source's lead name: see store.Store.refresh_lead
CREATE TABLE sources (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL, split TEXT NOT NULL,
    metadata TEXT NOT NULL DEFAULT '{}', published TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL, signature BLOB NOT NULL);
CREATE INDEX sources_family ON sources (family);
CREATE TABLE names (name TEXT PRIMARY KEY, source_id TEXT NOT NULL, metadata TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX names_source ON names (source_id);
CREATE TABLE passages (
    id TEXT PRIMARY KEY, source_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL);
CREATE INDEX passages_source ON passages (source_id);
CREATE TABLE vectors (passage_id TEXT PRIMARY KEY, vector BLOB NOT NULL);
-- passages whose entry in an index may differ from the store's
CREATE TABLE outbox (target TEXT NOT NULL, passage_id TEXT NOT NULL,
    PRIMARY KEY (target, passage_id)) WITHOUT ROWID;
"""


def create_file(path: Path) -> sqlite3.Connection:
    """A new store in WAL mode. Raises CorpusError where the folder cannot be written."""
    try:
        db = _connect(path)
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(
            f"BEGIN; {_TABLES}"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
        )
    except sqlite3.Error as error:
        raise CorpusError(f"cannot make a corpus at {path}: {error}; choose another folder") from error
    return db


def open_file(path: Path) -> sqlite3.Connection:
    """An existing store. Raises CorpusError for a file of another kind or version, CorpusDamaged for
    one that SQLite cannot read."""
    try:
        db = _connect(path)
        application, version = _pragma(db, "application_id"), _pragma(db, "user_version")
    except sqlite3.Error as error:
        raise CorpusDamaged(
            f"{path} cannot be read ({error}); ingest the reports again into a new folder"
        ) from error
    problem = _problem(application, version)
    if problem:
        db.close()
        raise CorpusError(f"{path} {problem}")
    return db


def _connect(path: Path) -> sqlite3.Connection:
    # Connections cross threads; Store holds a lock around every use.
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    # With WAL, NORMAL survives a killed process whole; a power cut may undo the last commits, never mix them.
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _problem(application: int, version: int) -> str:
    if application != APPLICATION_ID:
        return "is not a corroborate corpus; name another folder with --corpus"
    if version > VERSION:
        return f"was made by a newer corroborate (format {version}); upgrade to read it"
    if version < VERSION:
        return (
            f"was made by an older corroborate (format {version}); ingest the reports again into a new folder"
        )
    return ""
