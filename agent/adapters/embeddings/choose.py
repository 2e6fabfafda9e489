"""Which embedder to use, by name."""

from __future__ import annotations

from typing import Literal, assert_never

from agent.adapters.embeddings import minilm
from agent.adapters.embeddings.hashing import HashingEmbedder
from agent.adapters.embeddings.minilm_int8 import int8_embedder
from agent.adapters.embeddings.openai import OpenAIEmbedder
from agent.errors import SettingsError
from agent.ports import Embedder

EmbedderName = Literal["auto", "minilm", "minilm-int8", "openai", "hashing"]


def make_embedder(name: EmbedderName, *, model: str = "", base_url: str = "", api_key: str = "") -> Embedder:
    """The embedder of that name; nothing is loaded, read over the network or built yet.

    ``auto`` is ``minilm`` where all it needs is installed here, and ``hashing``, whose ``notice`` says
    so, where not: it never downloads. ``model``, ``base_url`` and ``api_key`` are for ``openai``.
    Raises SettingsError when ``openai`` is given no model.
    """
    match name:
        case "auto":
            return _best_installed()
        case "minilm":
            return minilm.MiniLMEmbedder()
        case "minilm-int8":
            return int8_embedder()
        case "openai":
            if not model:
                raise SettingsError("the openai embedder needs a model's name, e.g. text-embedding-3-small")
            return OpenAIEmbedder(model, base_url=base_url, api_key=api_key)
        case "hashing":
            return HashingEmbedder()
        case _:
            assert_never(name)


def _best_installed() -> Embedder:
    missing = minilm.missing_here()
    if missing:
        return HashingEmbedder(instead_of=f"MiniLM cannot run here: {missing}")
    return minilm.MiniLMEmbedder(download=False)
