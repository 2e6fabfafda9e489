"""Which embedder computes the vectors, from what a person has configured; the same for every surface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from agent.errors import SettingsError

if TYPE_CHECKING:
    from agent.bootstrap import EmbedderChoice


def choose_embedder(asked: str, environment: Mapping[str, str]) -> EmbedderChoice:
    """``asked`` is a name, for openai with a model: ``openai:text-embedding-3-small``; server and key come
    from OPENAI_BASE_URL and OPENAI_API_KEY. Raises SettingsError for another name.
    """
    from agent.bootstrap import EmbedderChoice, EmbedderName

    kind, colon, model = asked.partition(":")
    names: tuple[EmbedderName, ...] = get_args(EmbedderName)
    name = next((name for name in names if name == kind), None)
    if name is None or (colon and name != "openai"):
        raise SettingsError(f"--embedder {asked}: there are {', '.join(names)}, and openai:MODEL")
    return EmbedderChoice(
        name=name,
        model=model,
        base_url=environment.get("OPENAI_BASE_URL", ""),
        api_key=environment.get("OPENAI_API_KEY", ""),
    )
