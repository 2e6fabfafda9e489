"""How the store writes its values: the only place that knows the columns' formats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from agent.domain import Metadata, PartialDate, Passage, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def pack_metadata(metadata: Metadata) -> str:
    """Canonical JSON of what is stated: the same metadata is the same string."""
    values = {name: str(value) for name, value in _items(metadata) if str(value)}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _items(metadata: Metadata) -> list[tuple[str, object]]:
    return [(field.name, getattr(metadata, field.name)) for field in fields(Metadata)]


def unpack_metadata(text: str) -> Metadata:
    values = json.loads(text)
    published = PartialDate.parse(values.pop("published", ""))
    return Metadata(**values, published=published)


def pack_sentences(sentences: Sequence[Span]) -> str:
    return json.dumps([[span.start, span.end] for span in sentences], separators=(",", ":"))


def unpack_passage(row: Sequence[object]) -> Passage:
    """From the columns id, source_id, start, end, sentences."""
    passage_id, source_id, start, end, sentences = row
    spans = tuple(Span(*pair) for pair in json.loads(str(sentences)))
    return Passage(str(passage_id), str(source_id), Span(int(str(start)), int(str(end))), spans)


def pack_vector(vector: NDArray[np.float32]) -> bytes:
    """Little-endian float32, whatever the machine."""
    return vector.astype("<f4").tobytes()


def unpack_vectors(blobs: Sequence[bytes], dimension: int) -> NDArray[np.float32]:
    """An array of shape (len(blobs), dimension)."""
    import numpy as np

    flat = np.frombuffer(b"".join(blobs), dtype="<f4")
    return flat.reshape(len(blobs), dimension).astype(np.float32, copy=False)


def text_digest(text: str) -> str:
    """Hex SHA-256 of the text in UTF-8. Raises UnicodeEncodeError for lone surrogates."""
    return hashlib.sha256(text.encode()).hexdigest()


def split_digest(passages: Sequence[Passage]) -> str:
    """What tells one way of cutting a text from another."""
    spans = [[asdict(span) for span in (passage.span, *passage.sentences)] for passage in passages]
    return hashlib.sha256(json.dumps(spans).encode()).hexdigest()
