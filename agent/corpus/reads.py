"""Reading the store of record."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from agent.corpus import rows
from agent.domain import Metadata, PartialDate, Passage, Source
from agent.errors import CorpusDamaged, UnknownSource
from agent.settings import SplitSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Target = Literal["lexical", "vectors"]
TARGETS: tuple[Target, ...] = ("lexical", "vectors")
_CHUNK = 500  # ids per statement


@dataclass(frozen=True, slots=True)
class Identity:
    """What a corpus was made with, fixed at its making."""

    embedder: str
    dimension: int
    split: SplitSettings


@dataclass(frozen=True, slots=True)
class Named:
    """A name, the id of the text it holds, and the metadata it gives it."""

    name: str
    source_id: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Listed:
    """A source as a list shows it: without its text. ``names`` are in alphabetical order."""

    id: str
    sha256: str
    names: tuple[str, ...]
    metadata: Metadata
    family: str
    characters: int
    passages: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What deciding whether a search may see a source needs."""

    source_id: str
    family: str
    published: PartialDate
    passages: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage with all that a candidate or an index entry is made of."""

    passage: Passage
    text: str
    metadata: Metadata
    sha256: str
    family: str


class StoreReader:
    """The questions a store answers. Blocking; safe to use from several threads.

    Every method raises CorpusDamaged when the file fails.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._lock = threading.RLock()
        self.identity = self._read_identity()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _read_identity(self) -> Identity:
        meta = dict(self._rows("SELECT key, value FROM meta"))
        try:
            chars, overlap = (int(part) for part in meta["split"].split(","))
            return Identity(meta["embedder"], int(meta["dimension"]), SplitSettings(chars, overlap))
        except (KeyError, ValueError) as error:
            raise CorpusDamaged(
                "the corpus does not say what it was made with; ingest the reports again into a new folder"
            ) from error

    # --- sources ---

    def source(self, source_id: str) -> Source:
        """Raises UnknownSource."""
        found = self._rows(
            "SELECT id, text, sha256, metadata, family FROM sources WHERE id = ?", (source_id,)
        )
        if not found:
            raise UnknownSource(
                f"no source {source_id} in the corpus; `corroborate corpus list` shows what it holds"
            )
        ((source_id, text, sha256, metadata, family),) = found
        return Source(source_id, text, sha256, rows.unpack_metadata(metadata), family)

    def ids_like(self, prefix: str, limit: int = 5) -> list[str]:
        """Ids that begin with ``prefix``, ascending, at most ``limit``."""
        query = "SELECT id FROM sources WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT ?"
        return [found for (found,) in self._rows(query, (len(prefix), prefix, limit))]

    def id_of_digest(self, sha256: str) -> str | None:
        found = self._rows("SELECT id FROM sources WHERE sha256 = ?", (sha256,))
        return found[0][0] if found else None

    def ids_of_url(self, url: str) -> list[str]:
        """Sources one of whose names was published at ``url``."""
        query = "SELECT DISTINCT source_id FROM names WHERE json_extract(metadata, '$.url') = ? ORDER BY 1"
        return [found for (found,) in self._rows(query, (url,))]

    def named(self, name: str) -> Named | None:
        found = self._rows("SELECT name, source_id, metadata FROM names WHERE name = ?", (name,))
        return Named(found[0][0], found[0][1], rows.unpack_metadata(found[0][2])) if found else None

    def source_ids(self) -> list[str]:
        return [found for (found,) in self._rows("SELECT id FROM sources ORDER BY id")]

    def names_of(self, source_id: str) -> list[str]:
        found = self._rows("SELECT name FROM names WHERE source_id = ? ORDER BY name", (source_id,))
        return [name for (name,) in found]

    def text_of(self, source_id: str) -> str:
        return self.source(source_id).text

    def listed(self) -> list[Listed]:
        """All sources, by id."""
        names: dict[str, list[str]] = {}
        for source_id, name in self._rows("SELECT source_id, name FROM names ORDER BY name"):
            names.setdefault(source_id, []).append(name)
        query = """SELECT id, sha256, metadata, family, length(text),
            (SELECT count(*) FROM passages WHERE source_id = sources.id) FROM sources ORDER BY id"""
        return [
            Listed(i, sha, tuple(names.get(i, ())), rows.unpack_metadata(meta), family, chars, passages)
            for i, sha, meta, family, chars, passages in self._rows(query)
        ]

    def catalog(self) -> list[Entry]:
        query = """SELECT s.id, s.family, s.published, count(p.id) FROM sources s
            LEFT JOIN passages p ON p.source_id = s.id GROUP BY s.id"""
        return [Entry(i, family, PartialDate.parse(day), n) for i, family, day, n in self._rows(query)]

    def signatures(self) -> list[tuple[str, str, bytes]]:
        """Id, family and MinHash signature of every source, by id."""
        return self._rows("SELECT id, family, signature FROM sources ORDER BY id")

    def undated_count(self) -> int:
        return self._count("SELECT count(*) FROM sources WHERE published = ''")

    def contents(self) -> list[tuple[str, str, str]]:
        """Digest, way of cutting and metadata of every source, in a fixed order: what identifies a corpus."""
        return self._rows("SELECT sha256, split, metadata FROM sources ORDER BY sha256")

    # --- passages ---

    def passage_count(self) -> int:
        return self._count("SELECT count(*) FROM passages")

    def passage_ids(self) -> list[str]:
        return [found for (found,) in self._rows("SELECT id FROM passages ORDER BY id")]

    def passages_in(self, source_ids: Sequence[str]) -> dict[str, str]:
        """Source id by passage id, for all passages of some sources."""
        return dict(self._chunked("SELECT id, source_id FROM passages WHERE source_id IN ({})", source_ids))

    def passages_of(self, source_id: str) -> list[Passage]:
        """In the text's order."""
        query = '''SELECT id, source_id, start, "end", sentences FROM passages
            WHERE source_id = ? ORDER BY start, "end"'''
        return [rows.unpack_passage(row) for row in self._rows(query, (source_id,))]

    def sources_of(self, passage_ids: Sequence[str]) -> dict[str, str]:
        """Source id by passage id; passages the store does not hold are left out."""
        return dict(self._chunked("SELECT id, source_id FROM passages WHERE id IN ({})", passage_ids))

    def vectors(self, passage_ids: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """The ids found, ascending, and their vectors in the same order."""
        query = "SELECT passage_id, vector FROM vectors WHERE passage_id IN ({})"
        found = sorted(self._chunked(query, passage_ids))
        try:
            matrix = rows.unpack_vectors([blob for _, blob in found], self.identity.dimension)
        except ValueError as error:
            raise CorpusDamaged(
                f"a stored vector has not {self.identity.dimension} numbers; "
                "ingest the reports again into a new folder"
            ) from error
        return [passage_id for passage_id, _ in found], matrix

    def stored(self, passage_ids: Sequence[str]) -> dict[str, Stored]:
        """By passage id; passages the store does not hold are left out."""
        query = 'SELECT id, source_id, start, "end", sentences FROM passages WHERE id IN ({})'
        passages = [rows.unpack_passage(row) for row in self._chunked(query, passage_ids)]
        query = "SELECT id, text, metadata, sha256, family FROM sources WHERE id IN ({})"
        sources = {row[0]: row[1:] for row in self._chunked(query, sorted({p.source_id for p in passages}))}
        result = {}
        for passage in passages:
            text, metadata, sha256, family = sources[passage.source_id]
            result[passage.id] = Stored(
                passage, passage.span.cut(text), rows.unpack_metadata(metadata), sha256, family
            )
        return result

    # --- the outbox ---

    def pending(self, target: Target, limit: int) -> list[str]:
        """Passages whose entry in an index may not fit the store."""
        found = self._rows("SELECT passage_id FROM outbox WHERE target = ? LIMIT ?", (target, limit))
        return [passage_id for (passage_id,) in found]

    def pending_count(self, target: Target) -> int:
        return self._count("SELECT count(*) FROM outbox WHERE target = ?", (target,))

    def file_problems(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        return [found for (found,) in self._rows("PRAGMA quick_check") if found != "ok"]

    # --- plumbing ---

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock, translated():
            return self._db.execute(query, values).fetchall()

    def _count(self, query: str, values: Sequence[object] = ()) -> int:
        return int(self._rows(query, values)[0][0])

    def _chunked(self, query: str, ids: Sequence[str]) -> list[Any]:
        found: list[Any] = []
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            found += self._rows(query.format(",".join("?" * len(chunk))), chunk)
        return found


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CorpusDamaged(
            f"the corpus' store failed ({error}); `corroborate corpus check` looks into it"
        ) from error
