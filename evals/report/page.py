"""report.html: one page that needs nothing else, for one run or several.

Its content policy lets no script run but the page's own, named by its digest, and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from agent.errors import SettingsError
from agent.reports.safe import safe_text
from evals.metrics.value import Measured, Metric, Refused
from evals.report import charts, views, words
from evals.report.browse import browsed, embedded
from evals.report.figures import Figures, figures_of, is_share
from evals.report.loaded import LoadedRun

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RunView:
    """One run as the template shows it. Charts are SVG, or the reason there is none."""

    run: LoadedRun
    headline: str
    record: list[tuple[str, str]]
    groups: tuple[views.MetricGroup, ...]
    confusion: Any
    confusion_rows: tuple[views.ConfusionRow, ...]
    bars: str
    reliability: str | Refused
    risk: str | Refused
    ranked_by: str
    failures: tuple[views.FailureGroup, ...]
    spend: list[tuple[str, str]]


def html(runs: Sequence[LoadedRun]) -> str:
    """Raises SettingsError where the extra ``evals`` is not installed."""
    style, script = _file("style.css"), _file("browse.js")
    samples = browsed(runs)
    return (
        _environment()
        .get_template("report.html")
        .render(
            title=" · ".join(words.headline(run.record) for run in runs),
            views=[_view(run) for run in runs],
            compared=_compared(runs) if len(runs) > 1 else [],
            style=style,
            style_digest=_digest(style),
            script=script,
            script_digest=_digest(script),
            data=embedded(
                {
                    "page": PAGE_SIZE,
                    "runs": [safe_text(run.name) for run in runs],
                    "signs": words.SIGNS,
                    "samples": samples,
                }
            ),
        )
    )


def _view(run: LoadedRun) -> RunView:
    figures = figures_of(run)
    confusion = figures.confusion
    return RunView(
        run=run,
        headline=words.headline(run.record),
        record=words.record_rows(run.record),
        groups=views.metric_groups(run.metrics),
        confusion=confusion,
        confusion_rows=() if isinstance(confusion, Refused) else views.confusion_rows(confusion),
        bars=charts.bars_chart(figures.f1) if figures.f1 else "",
        reliability=_drawn(figures.reliability, charts.reliability_chart),
        risk=_risk(figures),
        ranked_by=figures.ranked_by,
        failures=views.failure_groups(run.failures),
        spend=views.spend_rows(run, figures.usage, figures.seconds),
    )


def _drawn(points: Any, chart: Any) -> str | Refused:
    return points if isinstance(points, Refused) else chart(points)


def _risk(figures: Figures) -> str | Refused:
    return _drawn(figures.risk, lambda points: charts.risk_chart(points, figures.ranked_by))


def _compared(runs: Sequence[LoadedRun]) -> list[tuple[str, list[Measured | None]]]:
    """Every metric that any of the runs has, with each run's value."""
    names = sorted({name for run in runs for name in run.metrics}, key=words.metric_rank)
    return [(words.metric_words(name), [run.metrics.get(name) for run in runs]) for name in names]


def _environment() -> Environment:
    try:
        import jinja2
    except ImportError as error:
        raise SettingsError("reports need Jinja2: pip install 'corroborate[evals]'") from error
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_file),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "label": words.label_words,
        "number": words.number,
        "interval": words.interval,
        "safe_text": lambda text: safe_text(str(text)),
    }
    environment.globals |= {"whisker": _whisker, "signs": words.SIGNS, "refused": _refused}
    return environment


def _refused(value: object) -> str:
    return value.reason if isinstance(value, Refused) else ""


def _whisker(measured: Measured) -> str:
    return charts.whisker(measured) if isinstance(measured, Metric) and is_share(measured) else ""


def _file(name: str) -> str:
    return resources.files("evals.report").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
