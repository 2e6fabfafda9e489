"""Vectors that lie as embeddings do, for filling an index without a model.

Vectors drawn evenly are no benchmark: all are about equally far from each other, and HNSW finds half of
the nearest ten. These lie in clusters, one a topic, and both the topics and what varies within one are
spread unevenly over the directions, so that few of them count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evals.bench.texts import topic_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agent.ports import Vectors

_WITHIN = 0.8  # how far passages of one topic lie from its centre, which is at 1
_DECAY = 0.5  # the k-th direction counts k^-0.5


class ClusterEmbedder:
    """Fits the Embedder port. A text's vector comes of its topic and of its exact wording."""

    def __init__(self, dimension: int, seed: int = 0) -> None:
        self._dimension = dimension
        self._seed = seed
        self._centres: dict[int, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        return f"bench-clusters-{self._dimension}@{self._seed}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def notice(self) -> str:
        return "These vectors stand for nothing: they are for measuring speed."

    async def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        rows = np.stack([self._centre(topic_of(t)) + _WITHIN * self._direction(t) for t in texts])
        unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def _centre(self, topic: int) -> NDArray[np.float32]:
        if topic not in self._centres:
            self._centres[topic] = self._direction(f"topic {topic}")
        return self._centres[topic]

    def _direction(self, text: str) -> NDArray[np.float32]:
        import numpy as np

        digest = hashlib.blake2b(f"{self._seed} {text}".encode(), digest_size=8).digest()
        random = np.random.default_rng(int.from_bytes(digest, "little"))
        values = random.standard_normal(self._dimension, dtype=np.float32)
        values *= np.arange(1, self._dimension + 1, dtype=np.float32) ** -_DECAY
        found: NDArray[np.float32] = values / np.float32(np.linalg.norm(values))
        return found
