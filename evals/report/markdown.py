"""report.md: the numbers of one run or several as Markdown, without the samples' texts."""

from __future__ import annotations

from collections.abc import Sequence

from agent.reports.safe import markdown
from evals.metrics.classification import Confusion
from evals.metrics.value import Metric, Refused
from evals.report import views, words
from evals.report.figures import Figures, figures_of
from evals.report.loaded import LoadedRun


def text(runs: Sequence[LoadedRun]) -> str:
    return "\n".join(line for run in runs for line in _run(run)) + "\n"


def _run(run: LoadedRun) -> list[str]:
    figures = figures_of(run)
    stopped = [f"\nStopped early: {markdown(run.stopped)}"] if run.stopped else []
    return [
        f"# {markdown(words.headline(run.record))}",
        "",
        f"{len(run.results):,} of {run.samples:,} samples resolved, {len(run.failures):,} failed.",
        *stopped,
        "",
        *_metrics(run),
        "",
        *_confusion(figures),
        "## What it took",
        "",
        *_pairs(views.spend_rows(run, figures.usage, figures.seconds)),
        "",
        "## Failures",
        "",
        *_failures(run),
        "",
        "## What was run",
        "",
        *_pairs(words.record_rows(run.record)),
        "",
    ]


def _metrics(run: LoadedRun) -> list[str]:
    lines = ["| metric | value | 95 % interval | n | failures as wrong |", "|---|---:|---|---:|---|"]
    for group in views.metric_groups(run.metrics):
        for row in group.rows:
            name = f"{group.name}: {row.name}" if group.name else row.name
            counted = "" if row.counted is None else markdown(words.shown(row.counted))
            lines.append(f"| {markdown(name)} | {_measured(row.value)} | {counted} |")
    return lines


def _measured(value: Metric | Refused) -> str:
    if isinstance(value, Refused):
        return f"refused | {markdown(value.reason)} | "
    return f"{words.number(value.value)} | {words.interval(value)} | {value.n:,}"


def _confusion(figures: Figures) -> list[str]:
    found = figures.confusion
    if not isinstance(found, Confusion):
        return []
    return [
        "## What was taken for what",
        "",
        "| gold, then given | "
        + " | ".join(markdown(words.label_words(name)) for name in found.columns)
        + " |",
        "|---" + "|---:" * len(found.columns) + "|",
        *(
            f"| {words.label_words(row)} | " + " | ".join(f"{count:,}" for count in counts) + " |"
            for row, counts in zip(found.rows, found.counts, strict=True)
        ),
        "",
    ]


def _failures(run: LoadedRun) -> list[str]:
    groups = views.failure_groups(run.failures)
    if not groups:
        return ["None."]
    return [
        f"- {group.count:,}: {markdown(group.reason)} ({markdown(', '.join(group.ids[:5]))}"
        f"{', …' if group.count > 5 else ''})"
        for group in groups
    ]


def _pairs(rows: Sequence[tuple[str, str]]) -> list[str]:
    return [f"- {heading}: {markdown(said)}" for heading, said in rows]
