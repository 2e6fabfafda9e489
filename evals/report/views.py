"""A run's numbers laid out for a template: rows and cells, all of them words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.domain import Usage
from agent.reports.safe import one_line
from evals.metrics.classification import Confusion
from evals.metrics.value import Measured
from evals.report import words
from evals.report.loaded import LoadedRun
from evals.tasks.values import SampleResult

MAX_FAILURES = 200


@dataclass(frozen=True, slots=True)
class MetricRow:
    """``counted`` is the same figure with failures counted as wrong, where the task gives it."""

    name: str
    note: str
    value: Measured
    counted: Measured | None


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """Rows of one kind: ``f1/…``, ``bm25/…``; ``name`` is empty for those of no kind."""

    name: str
    rows: tuple[MetricRow, ...]

    @property
    def has_counted(self) -> bool:
        return any(row.counted is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Cell:
    """``heat`` is the share of its row, in tenths."""

    row: str
    column: str
    count: int
    heat: int
    share: str
    right: bool


@dataclass(frozen=True, slots=True)
class ConfusionRow:
    label: str
    total: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FailureGroup:
    reason: str
    count: int
    ids: tuple[str, ...]


def metric_groups(metrics: Mapping[str, Measured]) -> tuple[MetricGroup, ...]:
    groups: dict[str, list[MetricRow]] = {"": []}
    for name, value in sorted(metrics.items(), key=lambda item: words.metric_rank(item[0])):
        base = name.removesuffix(words.WITH_FAILURES)
        if base != name and base in metrics:
            continue
        group, _, rest = base.rpartition("/")
        row = MetricRow(
            words.metric_words(rest),
            words.metric_note(rest) if not group else "",
            value,
            metrics.get(base + words.WITH_FAILURES),
        )
        groups.setdefault(group, []).append(row)
    return tuple(MetricGroup(words.metric_words(name), tuple(rows)) for name, rows in groups.items() if rows)


def confusion_rows(confusion: Confusion) -> tuple[ConfusionRow, ...]:
    return tuple(
        ConfusionRow(row, sum(counts), _cells(row, confusion.columns, counts))
        for row, counts in zip(confusion.rows, confusion.counts, strict=True)
    )


def _cells(row: str, columns: Sequence[str], counts: Sequence[int]) -> tuple[Cell, ...]:
    total = sum(counts) or 1
    return tuple(
        Cell(row, column, count, round(10 * count / total), f"{count / total:.0%}", row == column)
        for column, count in zip(columns, counts, strict=True)
    )


def failure_groups(failures: Sequence[SampleResult]) -> tuple[FailureGroup, ...]:
    """The reasons, the most frequent first, with the samples they befell."""
    reasons = [one_line(result.failed, 300) for result in failures]
    ids: dict[str, list[str]] = {}
    for reason, result in zip(reasons, failures, strict=True):
        ids.setdefault(reason, []).append(one_line(result.id, 120))
    return tuple(
        FailureGroup(reason, count, tuple(ids[reason][:MAX_FAILURES]))
        for reason, count in Counter(reasons).most_common()
    )


def spend_rows(run: LoadedRun, usage: Usage, seconds: float) -> list[tuple[str, str]]:
    """What the run took. Seconds are of one machine and one day, and are said to be."""
    calls = sum(usage.calls.values())
    each = max(1, len(run.results))
    rows = [("Model calls", _calls(usage, calls))]
    if calls:
        tokens = usage.prompt_tokens + usage.completion_tokens
        rows += [
            ("Tokens", f"{usage.prompt_tokens:,} read, {usage.completion_tokens:,} written"),
            ("Tokens a sample", f"{tokens / each:,.0f}"),
            ("Cost", words.money(usage.cost)),
        ]
        if usage.cost is not None:
            rows.append(("Cost a sample", words.money(usage.cost / each)))
    rows.append(
        ("Seconds a sample", f"{seconds / each:.1f}, on the machine that ran it, samples side by side")
    )
    return rows


def _calls(usage: Usage, calls: int) -> str:
    if not calls:
        return "none"
    return f"{calls:,} (" + ", ".join(f"{step} {count:,}" for step, count in usage.calls.items()) + ")"
