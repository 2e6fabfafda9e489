"""The tasks, one module each; ``task`` finds one by its name."""

from __future__ import annotations

from importlib import import_module

from agent.errors import BadInput
from evals.tasks.values import EvidenceMode, SampleResult, Task, TaskSettings, TaskTools

__all__ = ["TASKS", "EvidenceMode", "SampleResult", "Task", "TaskSettings", "TaskTools", "task"]

TASKS = (
    "verdict",
    "retrieval",
    "extraction",
    "citations",
    "numbers",
    "injection",
    "copies",
    "stability",
    "cost",
)
"""Each is a module of this package with a value ``TASK`` that fits the protocol ``Task``."""


def task(name: str) -> Task:
    """Raises BadInput for a name that is none of TASKS."""
    if name not in TASKS:
        raise BadInput(f"there is no task {name!r}; the tasks are {', '.join(TASKS)}")
    found: Task = import_module(f"evals.tasks.{name}").TASK
    return found
