"""Names, numbers and records in the words of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.domain import Label
from evals.metrics.classification import FAILED
from evals.metrics.value import Measured, Metric

WITH_FAILURES = "_with_failures"
"""Ends the name of a figure that counts failures as wrong."""
SIGNS = {
    Label.CORROBORATED.value: "✓",
    Label.CONTRADICTED.value: "✗",
    Label.CONFLICTING.value: "≠",
    Label.NOT_ENOUGH_EVIDENCE.value: "?",
    FAILED: "!",
}
_NAMES = {
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced accuracy",
    "macro_f1": "macro F1",
    "acceptable_accuracy": "acceptable accuracy",
    "acceptable_balanced_accuracy": "acceptable balanced accuracy",
    "acceptable_macro_f1": "acceptable macro F1",
    "joint": "label and evidence",
    "fever_score": "FEVER score",
    "ndcg@10": "nDCG@10",
    "mrr": "MRR",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "recall@100": "recall@100",
    "abstention": "abstention",
    "ece": "ECE",
    "brier": "Brier score",
    "aurc": "AURC",
    "f1": "F1",
    "precision": "precision",
    "recall": "recall",
    "bm25": "BM25 alone",
    "dense": "vectors alone",
}
"""In the order in which they are read."""
_NOTES = {
    "accuracy": "share of labels that are right",
    "balanced_accuracy": "mean recall over the gold labels: guessing one label gains nothing",
    "macro_f1": "mean F1 over the gold labels",
    "acceptable_accuracy": "right, or another label that a careful reader could defend",
    "joint": "right, and citing a document that annotators marked",
    "abstention": "share that was called not enough evidence",
    "failed": "samples without a result; no label is given for them",
    "ndcg@10": "are the documents that decide near the top? 1 is the ideal order",
    "mrr": "one over the rank of the first document that decides",
    "ece": "how far stated confidence is from the share right; lower is better",
    "brier": "mean squared error of stated confidence; lower is better",
    "aurc": "mean error rate over all shares answered; lower is better",
}
_EVIDENCE = {
    "retrieved": "searched for in the corpus",
    "gold": "given: what annotators marked",
    "none": "none: the claim alone, as a control",
}


def label_words(label: str | None) -> str:
    return "none" if label is None else str(label).replace("_", " ")


def metric_words(name: str) -> str:
    """A metric's name, or one of its parts, as a heading."""
    first = name.split("/")[0].removesuffix(WITH_FAILURES)
    if first in _NAMES:
        name = name.replace(first, _NAMES[first], 1)
    return name.replace("_", " ").replace("/", ": ")


def metric_rank(name: str) -> tuple[int, int, int, str]:
    """Where a metric stands in a table: what is asked for first comes first, labels in their own order."""
    group, _, last = name.removesuffix(WITH_FAILURES).rpartition("/")
    order = [label.value for label in Label]
    leading = list(_NAMES)
    first = group or last
    return (
        leading.index(first) if first in leading else len(leading),
        order.index(last) if last in order else len(order),
        leading.index(last) if last in leading else len(leading),
        name,
    )


def metric_note(name: str) -> str:
    return _NOTES.get(name, "")


def number(value: float) -> str:
    """Three decimals below 10, none from 1,000."""
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3f}" if size < 10 else f"{value:.1f}"


def interval(measured: Metric) -> str:
    return f"{number(measured.low)} – {number(measured.high)}"


def shown(measured: Measured | None) -> str:
    """A metric in one short text, for tables in plain text."""
    if measured is None:
        return "–"
    if isinstance(measured, Metric):
        return f"{number(measured.value)} ({interval(measured)})"
    return f"refused: {measured.reason}"


def money(cost: float | None) -> str:
    if cost is None:
        return "not known: a call has no stated price"
    return f"${cost:,.4f}" if 0 < cost < 1 else f"${cost:,.2f}"


def headline(record: Mapping[str, Any]) -> str:
    """``verdict on kursk, engine rules``."""
    engine = _part(record, "engine")
    model = f" ({engine['model']})" if engine.get("model") else ""
    return f"{record.get('task')} on {set_name(record)}, engine {engine.get('name')}{model}"


def set_name(record: Mapping[str, Any]) -> str:
    about = _part(record, "set")
    return f"{about.get('name')} ({about['split']})" if about.get("split") else str(about.get("name"))


def record_rows(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was run, as pairs of a heading and words; parts that a record does not have are left out."""
    about, engine, drawn = (_part(record, key) for key in ("set", "engine", "samples"))
    rows = [
        ("Task", str(record.get("task"))),
        ("Set", f"{set_name(record)}, {about.get('licence', 'terms not stated')}"),
        ("Samples", _drawn(drawn)),
        ("Engine", _engine(engine)),
        ("Prompts", _prompts(engine)),
        ("Evidence", _EVIDENCE.get(_part(record, "settings").get("evidence", ""), "")),
        ("Corpus", _corpus(_part(record, "corpus"))),
        ("Settings", _settings(_part(record, "settings"))),
        ("Code", _code(_part(record, "code"))),
        ("Versions", ", ".join(f"{name} {version}" for name, version in _part(record, "versions").items())),
        ("Set's digest", str(about.get("sha256", ""))),
    ]
    return [(heading, words) for heading, words in rows if words]


def _part(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = record.get(key)
    return part if isinstance(part, Mapping) else {}


def _drawn(drawn: Mapping[str, Any]) -> str:
    count = drawn.get("count", "?")
    if drawn.get("limit") is None:
        return f"all {count}"
    return f"{count}, drawn by label with the seed {drawn.get('seed')}"


def _engine(engine: Mapping[str, Any]) -> str:
    name = f"{engine.get('name')} ({engine['model']})" if engine.get("model") else str(engine.get("name"))
    return f"{name}. {engine['notice']}" if engine.get("notice") else name


def _prompts(engine: Mapping[str, Any]) -> str:
    prompts = [each for each in engine.get("prompts", ()) if isinstance(each, Mapping)]
    return ", ".join(
        f"{each.get('name')} {each.get('version')} ({str(each.get('sha256', ''))[:8]})" for each in prompts
    )


def _corpus(corpus: Mapping[str, Any]) -> str:
    if not corpus:
        return ""
    return (
        f"{corpus.get('sources', 0):,} sources, {corpus.get('passages', 0):,} passages, "
        f"{corpus.get('undated', 0):,} undated; vectors {corpus.get('embedder')}; "
        f"digest {str(corpus.get('sha256', ''))[:12]}"
    )


def _settings(settings: Mapping[str, Any], before: str = "") -> str:
    parts = []
    for key, value in sorted(settings.items()):
        if isinstance(value, Mapping):
            parts.append(_settings(value, f"{key}."))
        elif key != "evidence":
            parts.append(f"{before}{key} {value}")
    return ", ".join(part for part in parts if part)


def _code(code: Mapping[str, Any]) -> str:
    commit = str(code.get("commit") or "no commit known")[:12]
    changed = " with uncommitted changes" if code.get("dirty") else ""
    return f"{commit}{changed}; digest {str(code.get('sha256', ''))[:12]}"
