"""The README's evaluation tables, from the committed baselines: a row for each set, a column an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.errors import BadInput
from agent.reports.safe import markdown
from evals.journal import RUN, SUMMARY, read_json
from evals.metrics.value import Measured, Metric
from evals.report.baseline import FOLDER
from evals.report.loaded import metrics_of
from evals.report.words import set_name

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- evals:begin -->", "<!-- evals:end -->"
_ENGINES = ("majority", "retrieval-only", "rules", "llm")
_SYSTEMS = {"": "search", "bm25/": "BM25 alone", "dense/": "vectors alone"}


@dataclass(frozen=True, slots=True)
class Baseline:
    """A folder of ``evals/baselines/``: its record and its metrics."""

    record: Mapping[str, Any]
    metrics: Mapping[str, Measured]

    @property
    def engine(self) -> str:
        engine, evidence = self.record["engine"], self.record.get("settings", {}).get("evidence")
        name = f"{engine['name']} ({engine['model']})" if engine.get("model") else str(engine["name"])
        return f"{name}, claim only" if evidence == "none" else name

    @property
    def row(self) -> str:
        return set_name(self.record)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a task is in the README. The first of ``metrics`` that a run has fills a cell."""

    title: str
    metrics: tuple[str, ...]


SHOWN: dict[str, tuple[Shown, ...]] = {
    "verdict": (
        Shown("Verdicts: macro F1", ("macro_f1_with_failures", "macro_f1")),
        Shown("Verdicts: accuracy", ("accuracy_with_failures", "accuracy")),
    ),
    "citations": (Shown("Citations: share of gold sentences cited", ("sentence_recall", "citing")),),
    "numbers": (Shown("Changed figures noticed", ("noticed_with_failures", "noticed")),),
    "injection": (Shown("Verdicts unmoved by planted texts", ("unmoved",)),),
    "copies": (Shown("Copies filed with their story", ("caught",)),),
    "stability": (Shown("Labels moved by other words (lower is better)", ("moved",)),),
    "extraction": (Shown("Extraction: share of gold claims found", ("coverage", "recall")),),
}


def read(baselines: Path = FOLDER) -> list[Baseline]:
    """Every baseline, by its folder's name. Raises Unreadable for a damaged one."""
    folders = sorted(path.parent for path in baselines.glob(f"*/{SUMMARY}"))
    return [
        Baseline(read_json(folder / RUN), metrics_of(read_json(folder / SUMMARY), folder.name))
        for folder in folders
    ]


def render(found: Sequence[Baseline]) -> str:
    """All tables as Markdown, empty where there is nothing to show."""
    tables = [
        _by_engine(shown, [each for each in found if each.record["task"] == task])
        for task, parts in SHOWN.items()
        for shown in parts
    ]
    retrieval = [each for each in found if each.record["task"] == "retrieval"]
    tables.insert(len(SHOWN["verdict"]), _by_system("Retrieval: nDCG@10", retrieval, "ndcg@10"))
    return "\n\n".join(table for table in tables if table)


def differs(readme: Path = README, baselines: Path = FOLDER) -> bool:
    """Whether the README shows something else than the baselines hold."""
    text = render(read(baselines))
    before = _readme(readme)
    if not text and BEGIN not in before:
        return False
    return _placed(before, text, readme) != before


def update(readme: Path = README, baselines: Path = FOLDER) -> bool:
    """Put the tables between the README's markers; returns whether that changed it.

    Raises BadInput for a README without the markers.
    """
    before = _readme(readme)
    after = _placed(before, render(read(baselines)), readme)
    if after != before:
        readme.write_text(after, encoding="utf-8")
    return after != before


def _by_engine(shown: Shown, found: Sequence[Baseline]) -> str:
    engines = sorted({each.engine for each in found}, key=_engine_rank)
    cells = {(each.row, each.engine): _first(each.metrics, shown.metrics) for each in found}
    return _table(
        shown.title, engines, sorted({row for row, _ in cells}), lambda row, engine: cells.get((row, engine))
    )


def _by_system(title: str, found: Sequence[Baseline], metric: str) -> str:
    """Retrieval compares the product's search with each index alone, all in one run."""
    cells = {
        (each.row, name): each.metrics.get(f"{prefix}{metric}")
        for each in found
        for prefix, name in _SYSTEMS.items()
    }
    systems = list(_SYSTEMS.values()) if found else []
    return _table(
        title, systems, sorted({row for row, _ in cells}), lambda row, system: cells.get((row, system))
    )


def _table(
    title: str, columns: Sequence[str], rows: Sequence[str], cell: Callable[[str, str], Measured | None]
) -> str:
    """Empty without a number in it."""
    filled = {row: [cell(row, column) for column in columns] for row in rows}
    filled = {row: cells for row, cells in filled.items() if any(isinstance(each, Metric) for each in cells)}
    if not filled:
        return ""
    lines = [
        f"| {title} | n | " + " | ".join(markdown(column) for column in columns) + " |",
        "|---|---:|" + "---:|" * len(columns),
    ]
    for row, cells in filled.items():
        most = max(each.n for each in cells if isinstance(each, Metric))
        shown = " | ".join(_cell(each, most) for each in cells)
        lines.append(f"| {markdown(row)} | {most:,} | {shown} |")
    return "\n".join(lines)


def _cell(measured: Measured | None, most: int) -> str:
    """The value over its interval, with its own n where that is not the row's."""
    if not isinstance(measured, Metric):
        return "–"
    own = "" if measured.n == most else f", n={measured.n:,}"
    return f"{measured.value:.2f}<br><sub>{measured.low:.2f}–{measured.high:.2f}{own}</sub>"


def _first(metrics: Mapping[str, Measured], names: Sequence[str]) -> Measured | None:
    return next((metrics[name] for name in names if name in metrics), None)


def _engine_rank(engine: str) -> tuple[int, str]:
    name = engine.split(" ")[0].rstrip(",")
    return (_ENGINES.index(name) if name in _ENGINES else len(_ENGINES), engine)


def _readme(readme: Path) -> str:
    try:
        return readme.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{readme}: cannot be read ({error.strerror})") from error


def _placed(text: str, tables: str, readme: Path) -> str:
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BadInput(f"{readme.name} has no place for the tables: add the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{tables}\n{END}{after}" if tables else f"{before}{BEGIN}\n{END}{after}"
