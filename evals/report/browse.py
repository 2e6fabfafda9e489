"""Samples as the page's browser shows them: plain data, safe inside a script element."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from agent.reports.safe import safe_text
from evals.report.figures import confidence, is_right
from evals.report.loaded import LoadedRun
from evals.tasks.values import SampleResult

MAX_QUOTES = 12
MAX_TEXT = 1_000
MAX_LISTED = 10
_SHOWN_APART = {
    "also_acceptable",
    "claim",
    "confidence",
    "evidence",
    "justification",
    "ratings",
    "rule",
    "would_settle",
}


def browsed(runs: Sequence[LoadedRun]) -> list[dict[str, Any]]:
    """Every sample of every run, ``run`` being its place among them. Long texts and lists are cut."""
    return [_sample(result, place) for place, run in enumerate(runs) for result in run.results]


def embedded(data: Any) -> str:
    """JSON that stays data wherever a page has it: nothing in it ends a script element or opens a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _sample(result: SampleResult, run: int) -> dict[str, Any]:
    payload = result.payload
    wanted = payload.get("relevant")
    shown = {
        "run": run,
        "id": _text(result.id),
        "claim": _text(payload.get("claim", "")),
        "gold": result.gold,
        "given": result.prediction,
        "state": state(result),
        "failed": _text(result.failed),
        "also": [_text(each) for each in payload.get("also_acceptable") or ()],
        "rule": _text(payload.get("rule") or ""),
        "confidence": confidence(result),
        "ratings": _ratings(payload.get("ratings")),
        "quotes": [_quote(each) for each in _mappings(payload.get("evidence"))[:MAX_QUOTES]],
        "why": [_text(each.get("text", "")) for each in _mappings(payload.get("justification"))],
        "settle": _text(payload.get("would_settle") or ""),
        "scores": {name: round(value, 4) for name, value in result.scores.items()},
        "more": [
            [
                _text(key.replace("_", " ")),
                _ranked(value, wanted) if wanted and key != "relevant" else _detail(value),
            ]
            for key, value in payload.items()
            if key not in _SHOWN_APART and value not in (None, "", [], {})
        ],
    }
    return {key: value for key, value in shown.items() if value not in (None, "", [], {})}


def state(result: SampleResult) -> str:
    """``right``, ``acceptable``, ``wrong``, ``failed``, or ``unscored`` where no label was to be given."""
    if result.failed:
        return "failed"
    match is_right(result):
        case None:
            return "unscored"
        case True:
            return "right"
        case False:
            also = result.payload.get("also_acceptable") or ()
            return "acceptable" if result.prediction in also else "wrong"


def _quote(evidence: Mapping[str, Any]) -> dict[str, Any]:
    names = {"quote": "text", "doc_id": "doc", "stance": "stance", "outlet": "outlet", "origin": "origin"}
    found: dict[str, Any] = {
        short: _text(evidence[name]) for name, short in names.items() if evidence.get(name)
    }
    published = _text(evidence.get("published") or "")
    if published and published != "unknown":
        found["published"] = published
    if remarks := evidence.get("remarks"):
        found["remarks"] = [_text(each) for each in remarks]
    return found


def _ratings(given: Any) -> list[list[Any]]:
    return [[str(name), value] for name, value in given.items()] if isinstance(given, Mapping) else []


def _mappings(values: Any) -> list[Mapping[str, Any]]:
    return [each for each in values if isinstance(each, Mapping)] if isinstance(values, list) else []


def _detail(value: Any) -> list[str]:
    """Any plain value as lines of text."""
    if isinstance(value, list):
        kept = [_line(each) for each in value[:MAX_LISTED]]
        left = len(value) - len(kept)
        return [*kept, f"… and {left:,} more"] if left else kept
    if isinstance(value, Mapping):
        return [f"{_text(str(key))}: {_line(each)}" for key, each in value.items()]
    return [_line(value)]


def _ranked(value: Any, wanted: Sequence[Any]) -> list[str]:
    """A ranking of documents: the first, and wherever they are those that were to be found, marked."""
    if not isinstance(value, list):
        return _detail(value)
    ranks = [rank for rank, name in enumerate(value, start=1) if rank <= MAX_LISTED or name in wanted]
    marks = {True: " ✓", False: ""}
    return [f"{rank}. {_line(value[rank - 1])}{marks[value[rank - 1] in wanted]}" for rank in ranks]


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{_text(str(key))}: {_line(each)}" for key, each in value.items())
    return _text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _text(value: Any) -> str:
    text = safe_text(str(value))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
