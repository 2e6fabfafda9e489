"""The charts of a report, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from evals.metrics.calibration import Bin, Point
from evals.metrics.value import Measured, Metric, Refused
from evals.report.svg import LEFT, Plot
from evals.report.words import label_words

_ROW, _WIDTH, _NAMES = 34, 420, 150


def reliability_chart(bins: Sequence[Bin]) -> str:
    """Confidence against the share right; a dot's area grows with its samples."""
    plot = Plot("Reliability: stated confidence against the share right", "stated confidence", "share right")
    plot.line([(0, 0), (1, 1)], "ideal")
    plot.line([(each.confidence, each.accuracy) for each in bins], "curve")
    most = max(each.n for each in bins)
    for each in bins:
        low, high = wilson(each.accuracy, each.n)
        plot.line([(each.confidence, low), (each.confidence, high)], "interval")
    for each in bins:
        said = f"confidence {each.confidence:.2f}, right {each.accuracy:.2f}, n = {each.n}"
        plot.dot(each.confidence, each.accuracy, "mark", said, 1.5 + 4 * math.sqrt(each.n / most))
    return plot.svg()


def wilson(share: float, n: int) -> tuple[float, float]:
    """95 % interval of a proportion (Wilson 1927), which holds for small n and shares near 0 and 1."""
    z = 1.959964
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def risk_chart(points: Sequence[Point], threshold: str) -> str:
    """The share wrong among the samples answered, by the share answered."""
    plot = Plot("Risk and coverage: errors by share of claims answered", "share answered", "share wrong")
    whole = points[-1]
    plot.line([(0, whole.risk), (1, whole.risk)], "ideal")
    curve = [(each.coverage, each.risk) for each in points]
    plot.line([(0.0, curve[0][1]), *curve], "curve")
    if len(points) <= 40:
        for each in points:
            said = f"{threshold} ≥ {each.threshold:.2f}: {each.coverage:.0%} answered, {each.risk:.0%} wrong"
            plot.dot(each.coverage, each.risk, "mark", said)
    return plot.svg()


def bars_chart(values: Mapping[str, Measured]) -> str:
    """A bar for each label, with its interval; a refused one says why."""
    height = _ROW * len(values) + 30
    rows = "".join(_bar(place, name, value) for place, (name, value) in enumerate(values.items()))
    scale = "".join(
        f'<line class="grid" x1="{_across(v):.1f}" y1="4" x2="{_across(v):.1f}" y2="{height - 24}"/>'
        f'<text class="tick" x="{_across(v):.1f}" y="{height - 8}" text-anchor="middle">{v:g}</text>'
        for v in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    box = f'viewBox="0 0 {_WIDTH} {height}"'
    return f'<svg class="plot" {box} role="img" aria-label="F1 by label">{scale}{rows}</svg>'


def whisker(metric: Metric) -> str:
    """An interval on a scale of 0 to 1, small enough for a table's cell."""
    low, high, value = (4 + 112 * part for part in (metric.low, metric.high, metric.value))
    return (
        '<svg class="whisker" viewBox="0 0 120 16" aria-hidden="true">'
        '<line class="scale" x1="4" y1="8" x2="116" y2="8"/>'
        f'<line class="range" x1="{low:.1f}" y1="8" x2="{high:.1f}" y2="8"/>'
        f'<circle class="mark" cx="{value:.1f}" cy="8" r="3.5"/></svg>'
    )


def _across(value: float) -> float:
    return _NAMES + value * (_WIDTH - _NAMES - LEFT)


def _bar(place: int, label: str, value: Measured) -> str:
    top = 6 + place * _ROW
    middle = top + 11
    words = escape(label_words(label))
    name = f'<text class="name" x="{_NAMES - 10}" y="{middle + 4}" text-anchor="end">{words}</text>'
    if isinstance(value, Refused):
        return f'{name}<text class="note" x="{_NAMES + 6}" y="{middle + 4}">{escape(value.reason)}</text>'
    said = f"{value.value:.3f}, 95 % {value.low:.3f} to {value.high:.3f}, n = {value.n}"
    low, high, width = _across(value.low), _across(value.high), _across(value.value) - _NAMES
    return (
        f'{name}<rect class="bar" x="{_NAMES}" y="{top}" width="{width:.1f}" height="22" rx="2">'
        f"<title>{escape(said)}</title></rect>"
        f'<line class="interval" x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}"/>'
        f'<text class="value" x="{_WIDTH - 4}" y="{middle + 4}" text-anchor="end">{value.value:.2f}</text>'
    )
