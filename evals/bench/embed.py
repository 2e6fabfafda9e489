"""Passages embedded per second, beside what others would use for the same model on the same passages.

Measured (240 passages, best of 2 rounds, two AVX2 cores shared with other work), per CPU-second, and the
ratio to Chroma's default, which pads every passage to 256 tokens:

  mean tokens         92             51
  chroma default     7.8  1.0       7.3   1.0
  minilm            32.3  4.1      56.5   7.8
  minilm-int8       47.5  6.1      75.8  10.4
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.adapters.embeddings.weights import TOKENIZER, obtain
from agent.bootstrap import EmbedderChoice, make_embedder
from evals.bench.chroma_default import chroma_default
from evals.bench.machine import percentile
from evals.bench.texts import Words

if TYPE_CHECKING:
    from agent.ports import Vectors

CHROMA = "chroma default"
_SPREAD = 0.6  # of the lengths' logarithms, as passages of news and abstracts have it
_LONGEST = 180  # words
Embed = Callable[[Sequence[str]], "Vectors"]
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Speed:
    """Of the fastest round by processor time, and of the fastest by the clock. ``likeness`` is the mean
    cosine of its vectors with minilm's."""

    name: str
    per_cpu_s: float
    per_s: float
    likeness: float


def passages(count: int, median_words: int, seed: int) -> list[str]:
    """Passages of mixed length, of words that the model knows as one token each: its own vocabulary."""
    words = Words(_vocabulary(), seed)
    lengths = words.random.lognormal(0.0, _SPREAD, count) * median_words
    return [" ".join(words.draw(min(_LONGEST, max(3, round(length))))) for length in lengths]


def _vocabulary() -> list[str]:
    """Whole words only, in the tokenizer's order, which is about that of frequency."""
    stored = json.loads(obtain(TOKENIZER, download=False).read_text(encoding="utf-8"))
    known: dict[str, int] = stored["model"]["vocab"]
    return [word for word, _ in sorted(known.items(), key=lambda item: item[1]) if word.isalpha()]


def measure(texts: Sequence[str], rounds: int, tell: Tell) -> list[Speed]:
    """All of them take turns, so that a busy machine is as busy for each."""
    import numpy as np

    with tempfile.TemporaryDirectory(prefix="corroborate-bench-") as folder:
        contenders = _contenders(Path(folder))
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        vectors: dict[str, Any] = {}
        for embed in contenders.values():
            embed(texts[:4])  # loads
        for turn in range(rounds):
            for place, (name, embed) in enumerate(contenders.items()):
                tell(f"embedding: {name}", turn * len(contenders) + place, rounds * len(contenders))
                cpu, wall = time.process_time(), time.perf_counter()
                vectors[name] = np.asarray(embed(texts))
                times[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    ours = vectors["minilm"]
    return [
        Speed(
            name,
            len(texts) / min(cpu for cpu, _ in times[name]),
            len(texts) / min(wall for _, wall in times[name]),
            float((vectors[name] * ours).sum(axis=1).mean()),
        )
        for name in contenders
    ]


def _contenders(folder: Path) -> dict[str, Embed]:
    found: dict[str, Embed] = {CHROMA: chroma_default(folder)}
    if importlib.util.find_spec("sentence_transformers") is not None:
        from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]

        found["sentence-transformers"] = SentenceTransformer("all-MiniLM-L6-v2").encode
    return {**found, "minilm": _ours("minilm"), "minilm-int8": _ours("minilm-int8")}


def _ours(name: Any) -> Embed:
    embedder = make_embedder(EmbedderChoice(name))
    return lambda texts: asyncio.run(embedder.embed(texts))


def one_by_one(texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds to embed a single text with ``minilm``, as a search does."""
    embed, times = _ours("minilm"), []
    embed(texts[:1])
    for text in texts:
        begun = time.perf_counter()
        embed([text])
        times.append((time.perf_counter() - begun) * 1000)
    return {"p50_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95)}
