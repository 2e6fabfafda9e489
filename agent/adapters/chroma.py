"""The vector index in Chroma, embedded: one process writes a folder at a time (see agent/corpus/lock.py)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from agent.errors import CorpusDamaged, EmbedderMismatch
from agent.ports import VectorHit

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.config import Settings

    from agent.ports import Vectors

_COLLECTION = "passages"
# Denser than Chroma's defaults (100, 100, 16): those left up to a quarter of 6,000 passages that share
# much vocabulary unfound by their own vectors, these 4 %, at 2 ms a query and 1,000 inserts a second.
_EFFORT, _NEIGHBOURS = 400, 48
_BATCH = 5_000  # Chroma takes at most 5,461 rows a call
T = TypeVar("T")


class ChromaIndex:
    """Fits the VectorIndex port. Cosine; the vectors come from outside.

    The collection's metadata say which embedder made the vectors: another one is refused.
    """

    def __init__(self, client: Client, collection: Collection) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def open(cls, folder: Path, embedder: str, dimension: int) -> ChromaIndex:
        """Opens the index in ``folder``, or makes an empty one; blocking.

        Raises EmbedderMismatch, and CorpusDamaged where Chroma cannot read the folder.
        """
        from chromadb.config import Settings

        with _translated():
            settings = Settings(anonymized_telemetry=False)
            client = _client(folder, settings)
            collection = client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,
                metadata={"embedder": embedder, "dimension": dimension},
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_construction": _EFFORT,
                        "ef_search": _EFFORT,
                        "max_neighbors": _NEIGHBOURS,
                    }
                },
            )
        # For an existing collection Chroma returns the stored metadata, not those just passed.
        made_with = (collection.metadata or {}).get("embedder")
        if made_with != embedder:
            client.close()
            raise EmbedderMismatch(
                f"the vectors in {folder} are {made_with}'s, not {embedder}'s; "
                "`corroborate corpus check --repair` rebuilds them"
            )
        return cls(client, collection)

    async def upsert(self, passage_ids: Sequence[str], vectors: Vectors) -> None:
        for start in range(0, len(passage_ids), _BATCH):
            part = slice(start, start + _BATCH)
            await self._call(self._upsert, list(passage_ids[part]), vectors[part])

    def _upsert(self, passage_ids: list[str], vectors: Vectors) -> None:
        self._collection.upsert(ids=passage_ids, embeddings=vectors)

    async def remove(self, passage_ids: Sequence[str]) -> None:
        for start in range(0, len(passage_ids), _BATCH):
            await self._call(self._remove, list(passage_ids[start : start + _BATCH]))

    def _remove(self, passage_ids: list[str]) -> None:
        self._collection.delete(ids=passage_ids)

    async def nearest(self, vectors: Vectors, limit: int) -> list[list[VectorHit]]:
        if not len(vectors) or limit < 1:
            return [[] for _ in range(len(vectors))]
        return await self._call(self._nearest, vectors, limit)

    def _nearest(self, vectors: Vectors, limit: int) -> list[list[VectorHit]]:
        found = self._collection.query(query_embeddings=vectors, n_results=limit, include=["distances"])
        distances = found["distances"] or [[] for _ in found["ids"]]
        return [
            [VectorHit(i, 1.0 - float(distance)) for i, distance in zip(ids, row, strict=True)]
            for ids, row in zip(found["ids"], distances, strict=True)
        ]

    async def ids(self) -> set[str]:
        return set(await self._call(lambda: self._collection.get(include=[])["ids"]))

    async def count(self) -> int:
        return await self._call(self._collection.count)

    async def close(self) -> None:
        await asyncio.to_thread(self._client.close)

    async def _call(self, function: Callable[..., T], *arguments: object) -> T:
        with _translated():
            return await asyncio.to_thread(function, *arguments)


def _client(folder: Path, settings: Settings) -> Client:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    try:
        return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))
    except Exception:
        # Chroma keeps what failed to start and would hand it out again, even once the folder is mended.
        if str(folder) not in SharedSystemClient._identifier_to_refcount:
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise


@contextmanager
def _translated() -> Iterator[None]:
    import sqlite3

    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, RuntimeError, OSError, sqlite3.Error) as error:
        raise CorpusDamaged(
            f"the vector index failed ({' '.join(str(error).split())}); "
            "`corroborate corpus check --repair` rebuilds it"
        ) from error
