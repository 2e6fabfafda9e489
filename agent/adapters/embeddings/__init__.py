"""Embedders behind one port: ``minilm`` and ``minilm-int8`` (local), ``openai`` (any compatible server),
``hashing`` (no model).

Importing this package loads no numerical library; each embedder loads its own when first used.
"""

from agent.adapters.embeddings.choose import EmbedderName, make_embedder

__all__ = ["EmbedderName", "make_embedder"]
