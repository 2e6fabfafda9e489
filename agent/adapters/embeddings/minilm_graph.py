"""all-MiniLM-L6-v2 as an ONNX graph, drawn from its published weights without torch.

BERT (Devlin et al., 2019) with six layers of twelve heads, then the mean over the text's tokens and
division by the L2 norm, both inside the graph, as sentence-transformers does for this model.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32] | NDArray[np.int64]
    Weights = Mapping[str, NDArray[np.float32]]

BUILDER_VERSION = 1
"""Part of the built file's name: raise it with every change to the graph."""

INPUTS = ("input_ids", "attention_mask")
OUTPUT = "embedding"

_OPSET = 20  # the first with Gelu
_IR_VERSION = 9  # of the same year; older runtimes refuse newer ones
_LAYERS, _HEADS, _HEAD_SIZE = 6, 12, 32
_HIDDEN = _HEADS * _HEAD_SIZE
_EPSILON = 1e-12


def build(weights_file: Path) -> bytes:
    """The serialized model (about 90 MB). Inputs: int64 token ids and mask, shape (texts, tokens);
    output: float32 of shape (texts, 384), rows of length 1. Raises ImportError without ``onnx``."""
    from onnx import TensorProto, helper

    sketch = _Sketch()
    _draw(sketch, read_safetensors(weights_file))
    shape = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in INPUTS]
    output = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["texts", _HIDDEN])
    graph = helper.make_graph(sketch.nodes, "minilm-l6-v2", inputs, [output], sketch.constants)
    opset = helper.make_opsetid("", _OPSET)
    return bytes(helper.make_model(graph, opset_imports=[opset], ir_version=_IR_VERSION).SerializeToString())


def read_safetensors(path: Path) -> Weights:
    """The float tensors of a safetensors file, mapped from disk, not read into memory."""
    import numpy as np

    data = np.memmap(path, dtype=np.uint8, mode="r")
    header_size = int.from_bytes(data[:8].tobytes(), "little")
    header = json.loads(data[8 : 8 + header_size].tobytes())
    body = data[8 + header_size :]
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            tensors[name] = body[start:end].view(np.float32).reshape(entry["shape"])
    return tensors


class _Sketch:
    """Nodes and constants of a graph being drawn; values go by name."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, array: Array) -> str:
        import numpy as np
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def numbers(self, *values: float) -> str:
        import numpy as np

        return self.constant(np.array(values, dtype=np.float32))

    def integers(self, *values: int) -> str:
        import numpy as np

        return self.constant(np.array(values, dtype=np.int64))

    def op(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        from onnx import helper

        name = output or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name


def _draw(g: _Sketch, weights: Weights) -> None:
    ids, mask = INPUTS
    counted = g.op("Cast", mask, to=1)  # float, shape (texts, tokens)
    absent = g.op("Mul", g.op("Sub", counted, g.numbers(1.0)), g.numbers(1e9))  # 0, or −1e9 for padding
    bias = g.op("Unsqueeze", absent, g.integers(1, 2))
    hidden = _embeddings(g, weights, ids)
    for layer in range(_LAYERS):
        hidden = _layer(g, weights, f"encoder.layer.{layer}", hidden, bias)
    _pool(g, hidden, counted)


def _embeddings(g: _Sketch, weights: Weights, ids: str) -> str:
    words = g.op("Gather", g.constant(weights["embeddings.word_embeddings.weight"]), ids)
    # Every text is a single segment, so segment 0 can be added to the positions beforehand.
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    table = g.constant(weights["embeddings.position_embeddings.weight"] + segment)
    length = g.op("Shape", ids, start=1, end=2)
    positions = g.op("Slice", table, g.integers(0), length, g.integers(0))
    return _norm(g, weights, "embeddings.LayerNorm", g.op("Add", words, positions))


def _layer(g: _Sketch, weights: Weights, at: str, hidden: str, bias: str) -> str:
    attended = _attention(g, weights, f"{at}.attention", hidden, bias)
    mixed = _linear(g, weights, f"{at}.attention.output.dense", attended)
    hidden = _norm(g, weights, f"{at}.attention.output.LayerNorm", g.op("Add", mixed, hidden))
    wide = g.op("Gelu", _linear(g, weights, f"{at}.intermediate.dense", hidden))
    narrow = _linear(g, weights, f"{at}.output.dense", wide)
    return _norm(g, weights, f"{at}.output.LayerNorm", g.op("Add", narrow, hidden))


def _attention(g: _Sketch, weights: Weights, at: str, hidden: str, bias: str) -> str:
    query = _heads(g, _linear(g, weights, f"{at}.self.query", hidden), [0, 2, 1, 3])
    key = _heads(g, _linear(g, weights, f"{at}.self.key", hidden), [0, 2, 3, 1])
    value = _heads(g, _linear(g, weights, f"{at}.self.value", hidden), [0, 2, 1, 3])
    scores = g.op("Mul", g.op("MatMul", query, key), g.numbers(1.0 / math.sqrt(_HEAD_SIZE)))
    shares = g.op("Softmax", g.op("Add", scores, bias), axis=-1)
    mixed = g.op("Transpose", g.op("MatMul", shares, value), perm=[0, 2, 1, 3])
    return g.op("Reshape", mixed, g.integers(0, 0, _HIDDEN))


def _heads(g: _Sketch, value: str, order: list[int]) -> str:
    """Split the hidden size into heads and put the axes (text, token, head, size) in ``order``."""
    return g.op("Transpose", g.op("Reshape", value, g.integers(0, 0, _HEADS, _HEAD_SIZE)), perm=order)


def _linear(g: _Sketch, weights: Weights, at: str, value: str) -> str:
    product = g.op("MatMul", value, g.constant(weights[f"{at}.weight"].T))
    return g.op("Add", product, g.constant(weights[f"{at}.bias"]))


def _norm(g: _Sketch, weights: Weights, at: str, value: str) -> str:
    scale, shift = (g.constant(weights[f"{at}.{part}"]) for part in ("weight", "bias"))
    return g.op("LayerNormalization", value, scale, shift, axis=-1, epsilon=_EPSILON)


def _pool(g: _Sketch, hidden: str, counted: str) -> None:
    """The mean over the tokens that are not padding (there are always two), at length 1."""
    tokens = g.integers(1)
    kept = g.op("Mul", hidden, g.op("Unsqueeze", counted, g.integers(2)))
    total = g.op("ReduceSum", kept, tokens, keepdims=0)
    mean = g.op("Div", total, g.op("ReduceSum", counted, tokens, keepdims=1))
    length = g.op("ReduceL2", mean, tokens, keepdims=1)
    g.op("Div", mean, g.op("Max", length, g.numbers(_EPSILON)), output=OUTPUT)
