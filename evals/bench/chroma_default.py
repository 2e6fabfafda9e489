"""Chroma's default embedding function, over the weights this package already has.

Its class wants the hub's files in a folder. The code that tokenizes, pads, pools and normalises is
Chroma's own; only the graph it runs is ours, cut where the hub's ends.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from agent.adapters.embeddings import minilm_graph
from agent.adapters.embeddings.weights import MODEL, TOKENIZER, obtain

_NOT_READ = ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt")


def chroma_default(folder: Path) -> Any:
    """Chroma's embedding function, with its files in ``folder``. Raises EmbedderUnavailable."""
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    files = folder / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    files.mkdir(parents=True)
    for name in _NOT_READ:
        (files / name).write_text("{}", encoding="utf-8")
    (files / "tokenizer.json").write_bytes(obtain(TOKENIZER, download=False).read_bytes())
    (files / "model.onnx").write_bytes(_token_states())
    function = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
    function.DOWNLOAD_PATH = folder
    return function


def _token_states() -> bytes:
    """The graph up to the last layer: what the hub's file computes, with its third, unused input."""
    import onnx

    model = onnx.load_from_string(minilm_graph.build(obtain(MODEL, download=False)))
    graph = model.graph
    last = max(place for place, node in enumerate(graph.node) if node.op_type == "LayerNormalization")
    del graph.node[last + 1 :]
    shape = ["texts", "tokens"]
    types = onnx.TensorProto.INT64
    graph.input.append(onnx.helper.make_tensor_value_info("token_type_ids", types, shape))
    del graph.output[:]
    graph.output.append(
        onnx.helper.make_tensor_value_info(graph.node[last].output[0], onnx.TensorProto.FLOAT, [*shape, 384])
    )
    return bytes(model.SerializeToString())
