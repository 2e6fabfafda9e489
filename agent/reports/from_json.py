"""Read a report back from its JSON, to compare it with another.

What the JSON does not carry (passages, near-copy families, authors) comes back empty; writing the
result again gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from agent.domain import (
    Assessed,
    CheckKind,
    CheckResult,
    Claim,
    ClaimKind,
    Discarded,
    DiscardReason,
    Document,
    EngineIdentity,
    Evidence,
    JustificationSentence,
    Label,
    Metadata,
    Outcome,
    PartialDate,
    PromptIdentity,
    Provenance,
    Ratings,
    Remark,
    Report,
    Span,
    Stance,
    Unassessed,
    Unread,
    Usage,
    Verdict,
    Voice,
)
from agent.reports.to_json import SCHEMA_VERSION, Json

T = TypeVar("T")


class NotAReport(ValueError):
    """The text is not a report of a version this program reads; the message says why in one line."""


def loads(text: str) -> Report:
    """The report written by ``agent.reports.to_json.dumps``. Raises NotAReport."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise NotAReport(f"not JSON ({error})") from error
    return report_from(value)


def report_from(value: object) -> Report:
    """The report of parsed JSON. Raises NotAReport."""
    if not isinstance(value, dict) or "schema_version" not in value:
        raise NotAReport("not a report: it has no schema_version")
    version = str(value["schema_version"])
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise NotAReport(f"a report of schema {version}; this program reads {SCHEMA_VERSION}")
    try:
        return _report(value)
    except KeyError as error:
        raise NotAReport(f"not a whole report: {error.args[0]} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise NotAReport(f"not a valid report: {error}") from error


def _report(value: Json) -> Report:
    return Report(
        document=_document(value["document"]),
        as_of=date.fromisoformat(value["as_of"]) if value["as_of"] is not None else None,
        outcomes=_each(value["outcomes"], _outcome),
        discarded=_each(value["discarded"], _discarded),
        unread=_each(value["unread"], lambda item: Unread(_span(item), item["reason"])),
        provenance=_provenance(value["provenance"]),
        usage=Usage(**value["usage"]),
    )


def _document(value: Json) -> Document:
    about = Metadata(title=value["title"], outlet=value["outlet"], published=_date(value["published"]))
    return Document(name=value["name"], text=value["text"], sha256=value["sha256"], metadata=about)


def _outcome(value: Json) -> Outcome:
    claim = _claim(value["claim"])
    if "unassessed" in value:
        return Unassessed(claim, value["unassessed"]["reason"])
    return Assessed(claim, _verdict(value["verdict"]))


def _claim(value: Json) -> Claim:
    return Claim(
        id=value["id"],
        text=value["text"],
        kind=ClaimKind(value["kind"]),
        spans=_each(value["spans"], _span),
        attribution=tuple(value["attribution"]),
        said_on=_date(value["said_on"]),
        speaks_of=value["speaks_of"],
    )


def _verdict(value: Json) -> Verdict:
    origins = value["independent_origins"]
    return Verdict(
        label=Label(value["label"]),
        rule=value["rule"],
        independent_for=origins["for"],
        independent_against=origins["against"],
        evidence=_each(value["evidence"], _evidence),
        voices=_each(value["voices"], _voice),
        justification=_each(
            value["justification"], lambda item: JustificationSentence(item["text"], tuple(item["evidence"]))
        ),
        would_settle=value["would_settle"],
        confidence=value["confidence"],
        ratings=Ratings(**value["ratings"]) if value["ratings"] is not None else None,
        remarks=_each(value["remarks"], _remark),
        second_look=value["second_look"],
    )


def _voice(value: Json) -> Voice:
    return Voice(
        name=value["name"],
        stance=Stance(value["stance"]),
        evidence=tuple(value["evidence"]),
        because=tuple(value["because"]),
        claimant=value["claimant"],
    )


def _remark(value: Json) -> Remark:
    return Remark(CheckKind(value["kind"]), CheckResult(value["result"]), value["text"])


def _evidence(value: Json) -> Evidence:
    about = Metadata(
        title=value["title"], outlet=value["outlet"], published=_date(value["published"]), url=value["url"]
    )
    return Evidence(
        id=value["id"],
        source_id=value["source_id"],
        passage_id="",
        span=_span(value),
        quote=value["quote"],
        stance=Stance(value["stance"]),
        origin=value["origin"],
        metadata=about,
        source_sha256=value["source_sha256"],
        note=value["note"],
        whole=value["whole"],
        remarks=_each(value["remarks"], _remark),
    )


def _discarded(value: Json) -> Discarded:
    return Discarded(_span(value), value["text"], DiscardReason(value["reason"]), value["note"])


def _provenance(value: Json) -> Provenance:
    engine = value["engine"]
    prompts = _each(engine["prompts"], lambda item: PromptIdentity(**item))
    return Provenance(
        version=value["version"],
        engine=EngineIdentity(engine["name"], engine["model"], prompts, engine["notice"]),
        embedder=value["embedder"],
        corpus_sha256=value["corpus_sha256"],
        corpus_sources=value["corpus_sources"],
        undated_excluded=value["undated_excluded"],
        settings=dict(value["settings"]),
    )


def _span(value: Json) -> Span:
    return Span(value["start"], value["end"])


def _date(value: str | None) -> PartialDate:
    return PartialDate.parse(value or "")


def _each(values: list[Any], make: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(make(value) for value in values)
