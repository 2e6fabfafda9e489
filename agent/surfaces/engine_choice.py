"""Which engine reads, from what a person has configured; the same answer for every surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agent.errors import SettingsError
from agent.settings import ModelSettings

if TYPE_CHECKING:
    from agent.bootstrap import EngineName

HOSTED = "api.openai.com"
_TRIES = 2.5
"""How often a request that runs into its time limit may do so before it counts as failed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``model`` is None for rules. ``said`` tells a person what was chosen, why, and who gets the text."""

    engine: EngineName
    model: ModelSettings | None
    said: str


def choose_engine(
    asked: str,
    *,
    model: str,
    base_url: str,
    max_in_flight: int,
    environment: Mapping[str, str],
    recorded: bool = False,
    timeout_s: float = 120.0,
) -> Choice:
    """``asked`` is ``auto``, ``llm`` or ``rules``; empty options fall back to the environment
    (CORROBORATE_MODEL, OPENAI_BASE_URL, OPENAI_API_KEY). With ``recorded`` replies a model's name is all
    that llm needs. Raises SettingsError when llm cannot be had.
    """
    if asked == "rules":
        return Choice("rules", None, "engine: rules (no model reads the text; nothing leaves this machine)")
    settings = ModelSettings(
        model=model or environment.get("CORROBORATE_MODEL", ""),
        base_url=base_url or environment.get("OPENAI_BASE_URL", ""),
        api_key=environment.get("OPENAI_API_KEY", ""),
        max_in_flight=max_in_flight,
        timeout_s=timeout_s,
        patience_s=timeout_s * _TRIES,
    )
    missing = _missing(settings, recorded)
    if not missing:
        return Choice("llm", settings, _llm_said(settings, recorded))
    if asked == "llm":
        raise SettingsError(f"--engine llm needs more: {missing}")
    return Choice("rules", None, f"engine: rules (no model reads the text; for one, {missing})")


def _missing(settings: ModelSettings, recorded: bool) -> str:
    needs = []
    if not settings.model:
        needs.append("name a model with --model or CORROBORATE_MODEL")
    if not settings.api_key and not settings.base_url and not recorded:
        needs.append("set OPENAI_API_KEY, or --base-url for a server of your own")
    return " and ".join(needs)


def _llm_said(settings: ModelSettings, recorded: bool) -> str:
    if recorded:
        return f"engine: llm (recorded replies of {settings.model}; no server is asked)"
    host = server_name(settings.base_url)
    return f"engine: llm ({settings.model} at {host}; the text and the passages found are sent there)"


def server_name(base_url: str) -> str:
    """Host and port of a server's address, without the credentials an address may carry."""
    if not base_url:
        return HOSTED
    try:
        parts = urlsplit(base_url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise SettingsError(
            f"--base-url {base_url!r} is no address; give one like http://localhost:8000/v1"
        ) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"--base-url {base_url!r} is no address; give one like http://localhost:8000/v1")
    return f"{parts.hostname}{port}"
