"""The ledger as JSON, in the layout that ``agent.reports.schema`` publishes.

Keys come in a fixed order and maps are sorted, so that equal reports give equal bytes.
"""

from __future__ import annotations

import json
import re
from typing import Any

from agent.domain import (
    Assessed,
    Claim,
    Discarded,
    Document,
    EngineIdentity,
    Evidence,
    Outcome,
    PartialDate,
    Provenance,
    Ratings,
    Remark,
    Report,
    Span,
    Unassessed,
    Unread,
    Usage,
    Verdict,
    Voice,
)

SCHEMA_VERSION = "1.0"

Json = dict[str, Any]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def report_json(report: Report) -> Json:
    """The report as plain dicts, lists, strings and numbers."""
    return {
        "schema_version": SCHEMA_VERSION,
        "document": _document(report.document),
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "engine": report.provenance.engine.name,
        "outcomes": [outcome_json(outcome) for outcome in report.outcomes],
        "discarded": [_discarded(item) for item in report.discarded],
        "unread": [_unread(item) for item in report.unread],
        "provenance": _provenance(report.provenance),
        "usage": usage_json(report.usage),
    }


def dumps(report: Report) -> str:
    """The report as JSON text that ends in a newline and can always be encoded as UTF-8."""
    return dump_json(report_json(report))


def dump_json(value: object) -> str:
    """Indented JSON, characters as they are but for lone surrogates: UTF-8 cannot carry them, so escaped."""
    return _encodable(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def dump_line(value: object) -> str:
    """The same on one line."""
    return _encodable(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")


def _encodable(text: str) -> str:
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _document(document: Document) -> Json:
    return {
        "name": document.name,
        "title": document.metadata.title,
        "outlet": document.metadata.outlet,
        "published": _date(document.metadata.published),
        "sha256": document.sha256,
        "text": document.text,
    }


def outcome_json(outcome: Outcome) -> Json:
    """What became of one claim, as a report has it."""
    match outcome:
        case Assessed(claim, verdict):
            return {"claim": _claim(claim), "verdict": _verdict(verdict)}
        case Unassessed(claim, reason):
            return {"claim": _claim(claim), "unassessed": {"reason": reason}}


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "text": claim.text,
        "kind": claim.kind.value,
        "spans": [_span(span) for span in claim.spans],
        "attribution": list(claim.attribution),
        "said_on": _date(claim.said_on),
        "speaks_of": claim.speaks_of,
    }


def _verdict(verdict: Verdict) -> Json:
    return {
        "label": verdict.label.value,
        "rule": verdict.rule,
        "independent_origins": {"for": verdict.independent_for, "against": verdict.independent_against},
        "voices": [_voice(voice) for voice in verdict.voices],
        "justification": [
            {"text": sentence.text, "evidence": list(sentence.evidence)} for sentence in verdict.justification
        ],
        "would_settle": verdict.would_settle,
        "confidence": verdict.confidence,
        "ratings": _ratings(verdict.ratings),
        "remarks": [_remark(remark) for remark in verdict.remarks],
        "second_look": verdict.second_look,
        "evidence": [_evidence(item) for item in verdict.evidence],
    }


def _voice(voice: Voice) -> Json:
    return {
        "name": voice.name,
        "stance": voice.stance.value,
        "evidence": list(voice.evidence),
        "because": list(voice.because),
        "claimant": voice.claimant,
    }


def _ratings(ratings: Ratings | None) -> Json | None:
    if ratings is None:
        return None
    return {
        "corroborated": ratings.corroborated,
        "contradicted": ratings.contradicted,
        "conflicting": ratings.conflicting,
        "not_enough_evidence": ratings.not_enough_evidence,
    }


def _remark(remark: Remark) -> Json:
    return {"kind": remark.kind.value, "result": remark.result.value, "text": remark.text}


def _evidence(item: Evidence) -> Json:
    about = item.metadata
    return {
        "id": item.id,
        "source_id": item.source_id,
        "source_sha256": item.source_sha256,
        "title": about.title,
        "outlet": about.outlet,
        "published": _date(about.published),
        "published_precision": about.published.precision.value,
        "url": about.url,
        "origin": item.origin,
        "stance": item.stance.value,
        "whole": item.whole,
        "quote": item.quote,
        "start": item.span.start,
        "end": item.span.end,
        "note": item.note,
        "remarks": [_remark(remark) for remark in item.remarks],
    }


def _discarded(item: Discarded) -> Json:
    return {"text": item.text, **_span(item.span), "reason": item.reason.value, "note": item.note}


def _unread(item: Unread) -> Json:
    return {**_span(item.span), "reason": item.reason}


def _provenance(provenance: Provenance) -> Json:
    return {
        "version": provenance.version,
        "engine": _engine(provenance.engine),
        "embedder": provenance.embedder,
        "corpus_sha256": provenance.corpus_sha256,
        "corpus_sources": provenance.corpus_sources,
        "undated_excluded": provenance.undated_excluded,
        "settings": dict(sorted(provenance.settings.items())),
    }


def _engine(engine: EngineIdentity) -> Json:
    return {
        "name": engine.name,
        "model": engine.model,
        "prompts": [
            {"name": prompt.name, "version": prompt.version, "sha256": prompt.sha256}
            for prompt in engine.prompts
        ],
        "notice": engine.notice,
    }


def usage_json(usage: Usage) -> Json:
    """Calls, tokens and cost, as a report has them."""
    # Millionths of a dollar: below that a sum depends on the order its parts came in.
    return {
        "calls": dict(sorted(usage.calls.items())),
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost": None if usage.cost is None else round(float(usage.cost), 6),
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _date(value: PartialDate) -> str | None:
    return str(value) if value.known else None
