"""What a run is: who reads, with which settings, against which corpus, which inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import agent
from agent.batch.plan import Plan
from agent.verifier import Verifier

LAYOUT = 1


async def run_record(verifier: Verifier, plan: Plan, as_of: date | None) -> dict[str, Any]:
    """The content of ``run.json``. Holds no clock and no path: the same run has the same record."""
    tools = verifier.tools
    state = await tools.library.state()
    return {
        "layout": LAYOUT,
        "version": agent.__version__,
        "engine": _plain(asdict(tools.engine.identity)),
        "settings": {**asdict(tools.search), **asdict(tools.verify), **tools.record},
        "corpus": asdict(state),
        "as_of": as_of.isoformat() if as_of else None,
        "inputs": [
            {"document": entry.key, "name": entry.name, "sha256": entry.sha256, "digest": entry.digest}
            for entry in plan.entries
        ],
    }


def differing(begun: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """The parts in which two records differ; none for the same run."""
    return [name for name in dict.fromkeys((*asked, *begun)) if begun.get(name) != asked.get(name)]


def _plain(identity: dict[str, Any]) -> dict[str, Any]:
    return {**identity, "prompts": [dict(prompt) for prompt in identity["prompts"]]}
