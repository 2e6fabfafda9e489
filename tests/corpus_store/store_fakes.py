"""A corpus in a temporary folder, with an embedder that needs no model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.adapters.chroma import ChromaIndex
from agent.corpus.corpus import Corpus
from agent.domain import Document, Metadata, PartialDate
from agent.settings import SplitSettings

SMALL = SplitSettings(target_chars=120, overlap_sentences=0)


@dataclass(frozen=True)
class Item:
    name: str
    text: str
    metadata: Metadata = Metadata()


class WordHashes:
    """Embeds a text as its words' hashes summed: deterministic, and texts that share words are near."""

    def __init__(self, name: str = "words@1", dimension: int = 32) -> None:
        self.name = name
        self.dimension = dimension
        self.notice = ""
        self.batches: list[int] = []

    async def embed(self, texts: Sequence[str]) -> Any:
        self.batches.append(len(texts))
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Any:
        total = np.full(self.dimension, 1e-3)
        for word in re.findall(r"\w+", text.lower()):
            seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8], "big")
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return (total / np.linalg.norm(total)).astype(np.float32)


def item(name: str, text: str, published: str = "", **metadata: str) -> Item:
    return Item(name, text, Metadata(published=PartialDate.parse(published), **metadata))


def document(text: str, **metadata: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document("-", text, digest, Metadata(**metadata))


async def open_corpus(folder: Path, embedder: WordHashes | None = None, **options: Any) -> Corpus:
    options.setdefault("create", True)
    options.setdefault("patience_s", 0.1)
    return await Corpus.open(folder, embedder or WordHashes(), ChromaIndex.open, split=SMALL, **options)
