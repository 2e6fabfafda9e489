"""A line on stderr that tells how far a batch is; only for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.reports.wording import label_badge

if TYPE_CHECKING:
    from agent.batch.run import Standing
    from agent.batch.spending import Spending


@contextmanager
def standing_line(spending: Spending) -> Iterator[Callable[[Standing], None]]:
    """Documents done, claims by label, tokens and money; gone when done."""
    if not sys.stderr.isatty():
        yield lambda standing: None
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

    columns = (SpinnerColumn(), BarColumn(24), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("getting ready", total=None)

        def show(standing: Standing) -> None:
            bars.update(
                task,
                completed=standing.done,
                total=standing.documents,
                description=standing_text(standing, spending),
            )

        yield show


def standing_text(standing: Standing, spending: Spending) -> str:
    """``documents · 41 claims  ✓ 18  ✗ 3 · 12,000 tokens · $0.12``."""
    counts = [
        f"{label_badge(label).sign} {number:,}" for label, number in sorted(standing.labels.items()) if number
    ]
    if standing.unassessed:
        counts.append(f"! {standing.unassessed:,}")
    parts = ["documents", "  ".join([f"{standing.claims:,} claims", *counts])]
    if spending.tokens:
        parts.append(f"{spending.tokens:,} tokens")
        parts += [f"${spending.usage.cost:.2f}"] if spending.usage.cost is not None else []
    return " · ".join(parts)
