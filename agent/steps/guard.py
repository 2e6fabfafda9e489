"""A fault of ours on one claim must not take the others down: it becomes a value."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from agent.steps.values import Failed

log = logging.getLogger(__name__)

T = TypeVar("T")


def guarded(doing: str, work: Callable[[], T]) -> T | Failed:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - any fault, or it is not a guard
        return fault(doing, error)


def fault(doing: str, error: Exception) -> Failed:
    """An exception nobody planned for, as the reason a claim stays unassessed."""
    log.error("%s failed", doing, exc_info=error)
    return Failed(f"a fault in corroborate while {doing} this claim, please report it: {error!r}")
