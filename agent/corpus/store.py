"""The store of record: sources, their names, passages and vectors, in one SQLite file.

The lexical and the vector index are derived from it. Whatever changes a passage notes it in the
outbox in the same transaction; agent/corpus/sync.py brings the indexes into line from there, so that
a process killed at any moment leaves nothing that the next opening cannot finish.

A text is stored once. Several names (files) may hold it; the name published first leads, and its
metadata is the source's, so that neither the result nor what an as-of date hides depends on the order
of ingestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from agent.corpus import rows
from agent.corpus.reads import TARGETS, Identity, Named, StoreReader, Target, translated
from agent.corpus.schema import create_file, open_file
from agent.domain import Metadata, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class NewSource:
    """A text to store. ``vectors`` has one row per passage; ``signature`` is the text's MinHash."""

    id: str
    sha256: str
    text: str
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32] = field(repr=False)
    signature: bytes = field(repr=False)


class Store(StoreReader):
    """A store that can be written, by one process at a time (see agent/corpus/lock.py)."""

    @classmethod
    def create(cls, path: Path, identity: Identity) -> Store:
        db = create_file(path)
        split = identity.split
        values = {
            "embedder": identity.embedder,
            "dimension": str(identity.dimension),
            "split": f"{split.target_chars},{split.overlap_sentences}",
        }
        db.executemany("INSERT INTO meta VALUES (?, ?)", values.items())
        return cls(db)

    @classmethod
    def open(cls, path: Path) -> Store:
        return cls(open_file(path))

    # --- writing: within a transaction ---

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside happens, or none of it."""
        with self._lock, translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def insert(self, source: NewSource, family: str) -> None:
        split = rows.split_digest(source.passages)
        columns = (source.id, source.sha256, source.text, split, family, source.signature)
        self._db.execute(
            "INSERT INTO sources (id, sha256, text, split, family, signature) VALUES (?, ?, ?, ?, ?, ?)",
            columns,
        )
        self._db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            [
                (p.id, p.source_id, p.span.start, p.span.end, rows.pack_sentences(p.sentences))
                for p in source.passages
            ],
        )
        self._db.executemany(
            "INSERT INTO vectors VALUES (?, ?)",
            [(p.id, rows.pack_vector(v)) for p, v in zip(source.passages, source.vectors, strict=True)],
        )
        self.mark(source.id, *TARGETS)

    def set_name(self, named: Named) -> str | None:
        """Point a name at a text; returns the id it held before, if that was another."""
        before = self.named(named.name)
        self._db.execute(
            "INSERT OR REPLACE INTO names VALUES (?, ?, ?)",
            (named.name, named.source_id, rows.pack_metadata(named.metadata)),
        )
        self.refresh_lead(named.source_id)
        return before.source_id if before and before.source_id != named.source_id else None

    def drop_names(self, source_id: str) -> None:
        self._db.execute("DELETE FROM names WHERE source_id = ?", (source_id,))

    def refresh_lead(self, source_id: str) -> bool:
        """Give a source the metadata of its name published first (of undated ones, the first by name);
        without a name left it is dropped, and the answer is False."""
        found = self._rows("SELECT name, metadata FROM names WHERE source_id = ?", (source_id,))
        if not found:
            self._drop(source_id)
            return False
        packed = min((_age(rows.unpack_metadata(text)), name, text) for name, text in found)[2]
        published = str(rows.unpack_metadata(packed).published)
        changed = self._db.execute(
            "UPDATE sources SET metadata = ?, published = ? WHERE id = ? AND metadata != ?",
            (packed, published, source_id, packed),
        )
        if changed.rowcount:
            self.mark(source_id, "lexical")  # the title is indexed there
        return True

    def _drop(self, source_id: str) -> None:
        self.mark(source_id, *TARGETS)
        self._db.execute(
            "DELETE FROM vectors WHERE passage_id IN (SELECT id FROM passages WHERE source_id = ?)",
            (source_id,),
        )
        self._db.execute("DELETE FROM passages WHERE source_id = ?", (source_id,))
        self._db.execute("DELETE FROM sources WHERE id = ?", (source_id,))

    def set_families(self, families: Mapping[str, str]) -> None:
        pairs = [(family, source_id) for source_id, family in families.items()]
        self._db.executemany("UPDATE sources SET family = ? WHERE id = ?", pairs)

    def set_signatures(self, signatures: Mapping[str, bytes]) -> None:
        pairs = [(signature, source_id) for source_id, signature in signatures.items()]
        self._db.executemany("UPDATE sources SET signature = ? WHERE id = ?", pairs)

    # --- the outbox ---

    def mark(self, source_id: str, *targets: Target) -> None:
        """Note that the source's entries in these indexes may no longer fit."""
        self._db.executemany(
            "INSERT OR IGNORE INTO outbox SELECT ?, id FROM passages WHERE source_id = ?",
            [(target, source_id) for target in targets],
        )

    def mark_all(self, target: Target) -> None:
        self._db.execute("INSERT OR IGNORE INTO outbox SELECT ?, id FROM passages", (target,))

    def settle(self, target: Target, passage_ids: Iterable[str]) -> None:
        """Those entries are in line now, durably."""
        pairs = [(target, passage_id) for passage_id in passage_ids]
        self._db.executemany("DELETE FROM outbox WHERE target = ? AND passage_id = ?", pairs)


def _age(metadata: Metadata) -> date:
    """The last day it can have been published: what an as-of date is held against."""
    return metadata.published.latest if metadata.published.known else date.max
