"""Waiting between attempts takes no time in these tests; the waits are kept for looking at."""

from __future__ import annotations

import asyncio

import pytest


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr("agent.adapters.retrying.pause", note)
    return waited
