"""What is going on, on stderr, while it goes on; only for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.verifier import Progress

START = "start"

_STEP_WORDS = {
    START: "getting ready",
    "extract": "reading the text",
    "retrieve": "searching the corpus",
    "judge": "judging claims",
    "ingest": "taking passages in",
}

Step = Callable[[str, int, int], None]
"""Called with a step's name, how much of it is done, and how much there is (0: nobody knows yet)."""


@contextmanager
def steps() -> Iterator[Step]:
    """A line a step, from getting ready on; gone when done. Without a terminal nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    bar = (BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn())
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *bar)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {START: bars.add_task(_STEP_WORDS[START], total=None)}

        def show(step: str, done: int, total: int) -> None:
            if START in tasks:
                bars.remove_task(tasks.pop(START))
            if step not in tasks:
                tasks[step] = bars.add_task(_STEP_WORDS.get(step, step), total=total or None)
            bars.update(tasks[step], completed=done, total=total or None)

        yield show


class Watching:
    """Turns what a verifier tells into steps; claims, which it announces one by one, are counted here."""

    def __init__(self, show: Step) -> None:
        self._show = show
        self._claims = 0
        self._settled = 0

    def __call__(self, progress: Progress) -> None:
        if progress.outcome is None:
            self._claims = progress.total if progress.step == "retrieve" else self._claims
            self._show(progress.step, progress.done, progress.total)
            return
        self._settled += 1
        self._show(progress.step, self._settled, self._claims)
