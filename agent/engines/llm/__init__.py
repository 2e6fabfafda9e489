"""The engine that asks a language model: prompts out, ids back."""

from agent.engines.llm.engine import LlmEngine

__all__ = ["LlmEngine"]
