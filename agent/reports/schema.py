"""The published JSON Schema (draft 2020-12) of a report.

A field added in a later version raises the minor number, anything else the major one. The enums are
the domain's own, so that the schema cannot fall behind them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from agent.domain import CheckKind, CheckResult, ClaimKind, DiscardReason, Label, Precision, Stance
from agent.reports.to_json import SCHEMA_VERSION

Schema = dict[str, Any]

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_DIGEST = r"^[0-9a-f]{64}$"


def report_schema() -> Schema:
    """The schema of what ``agent.reports.to_json.report_json`` returns."""
    fields = {
        "schema_version": {"const": SCHEMA_VERSION, "description": "Version of this layout."},
        "document": _document(),
        "as_of": _or_null(_text("Nothing published after this day was used; null: no limit.", format="date")),
        "engine": _text("Who read the text: a model (llm) or rules without one (rules)."),
        "outcomes": _list("What became of each claim, in the document's order.", _ref("outcome")),
        "discarded": _list("What was read and not made a claim.", _ref("discarded")),
        "unread": _list("What could not be read: a failure of the run.", _ref("unread")),
        "provenance": _provenance(),
        "usage": _usage(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:corroborate:report:{SCHEMA_VERSION}",
        "title": "corroborate report",
        **_object(
            "The ledger of one text's claims. All offsets count Unicode code points, half-open, from zero.",
            fields,
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "span": _object("A stretch of the document: text[start:end].", _span("the document")),
        "claim": _claim(),
        "outcome": _outcome(),
        "verdict": _verdict(),
        "voice": _voice(),
        "remark": _remark(),
        "evidence": _evidence(),
        "discarded": _discarded(),
        "unread": _object(
            "A stretch of the document that could not be read.",
            {**_span("the document"), "reason": _text("Why it could not be read.")},
        ),
    }


def _document() -> Schema:
    fields = {
        "name": _text("The file's name, or - for standard input; never a path."),
        "title": _text("Headline; empty: not stated."),
        "outlet": _text("Who published it; empty: not stated."),
        "published": _date("When it was published."),
        "sha256": _digest("Of text, in UTF-8."),
        "text": _text("The text under test, as offsets cut it."),
    }
    return _object("The text under test.", fields)


def _claim() -> Schema:
    fields = {
        "id": _text("Names the claim within this report."),
        "text": _text("The claim worded to stand alone; words added for context are in [brackets]."),
        "kind": _enum("statement: did they say it; content: is it so.", ClaimKind),
        "spans": _list("Where the document makes the claim, repetitions included.", _ref("span")),
        "attribution": _list("Who says so according to whom, outermost first.", {"type": "string"}),
        "said_on": _date("When it was said."),
        "speaks_of": _text("The time it is about, as the text has it; empty: not stated."),
    }
    return _object("One check-worthy assertion.", fields)


def _outcome() -> Schema:
    failure = _object("A failure of the run, never a label.", {"reason": _text("Why there is no verdict.")})
    assessed = _object("A claim that got a verdict.", {"claim": _ref("claim"), "verdict": _ref("verdict")})
    unassessed = _object("A claim that could not be judged.", {"claim": _ref("claim"), "unassessed": failure})
    return {
        "description": "A claim with its verdict, or with the reason there is none.",
        "oneOf": [assessed, unassessed],
    }


def _verdict() -> Schema:
    origins = {
        "for": _count("Independent origins that support the claim."),
        "against": _count("Independent origins that refute it."),
    }
    sentence = {
        "text": _text("One sentence."),
        "evidence": _list("Ids of the evidence it rests on.", {"type": "string"}),
    }
    confidence = {"type": "number", "minimum": 0, "maximum": 1}
    confidence["description"] = "Calibrated probability that the label is right; null: not calibrated."
    fields = {
        "label": _enum("What the corpus says of the claim.", Label),
        "rule": _text("The row of the settle table that gave the label."),
        "independent_origins": _object("How many voices count.", origins),
        "voices": _list("The evidence by whose voice it is.", _ref("voice")),
        "justification": _list("Why, each sentence with its evidence.", _object("A sentence.", sentence)),
        "would_settle": _text("What evidence would settle an open claim; empty: nothing named."),
        "confidence": _or_null(confidence),
        "ratings": _or_null(_ratings()),
        "remarks": _list("What code compared across the evidence.", _ref("remark")),
        "second_look": {"type": "boolean", "description": "Whether it was searched and judged twice."},
        "evidence": _list("The quotes it rests on.", _ref("evidence")),
    }
    return _object("The label of a claim and all that it rests on.", fields)


def _ratings() -> Schema:
    rating = {"type": "integer", "minimum": 1, "maximum": 5}
    fields = {label.value: {**rating, "description": f"How well {label.value} fits."} for label in Label}
    return _object("The engine's own ratings, 1 (not at all) to 5 (fully); null: it does not rate.", fields)


def _voice() -> Schema:
    fields = {
        "name": _text("Whose voice it is."),
        "stance": _enum("Where it stands towards the claim.", Stance),
        "evidence": _list("Ids of the evidence that counts as this one voice.", {"type": "string"}),
        "because": _list("The rules that joined them; empty for a voice of one.", {"type": "string"}),
        "claimant": {
            "type": "boolean",
            "description": "Whether it is the claim's own speaker or party, which cannot corroborate itself.",
        },
    }
    return _object("Evidence that counts once, because it goes back to one origin.", fields)


def _remark() -> Schema:
    fields = {
        "kind": _enum("What was compared.", CheckKind),
        "result": _enum("How the comparison came out.", CheckResult),
        "text": _text("Both sides, in words a reader can check."),
    }
    return _object("A comparison made by code.", fields)


def _evidence() -> Schema:
    fields = {
        "id": _text("Names the evidence within this verdict."),
        "source_id": _text("The source in the corpus; `corroborate corpus show` prints its text."),
        "source_sha256": _digest("Of the source's stored text, in UTF-8."),
        "title": _text("The source's headline; empty: not stated."),
        "outlet": _text("Who published the source; empty: not stated."),
        "published": _date("When the source was published."),
        "published_precision": _enum("How exactly that is known.", Precision),
        "url": _text("Where the source was found; empty: not stated."),
        "origin": _text("Who said it first."),
        "stance": _enum("Where it stands towards the claim, after the checks.", Stance),
        "whole": {"type": "boolean", "description": "False when it bears on a part of the claim only."},
        "quote": _text("The source's stored text[start:end]."),
        **_span("the source's stored text"),
        "note": _text("What the engine noted about it; empty: nothing."),
        "remarks": _list("What code compared between claim and quote.", _ref("remark")),
    }
    return _object("A quote, cut by offset from a stored source.", fields)


def _discarded() -> Schema:
    fields = {
        "text": _text("The stretch's text."),
        **_span("the document"),
        "reason": _enum("Why it is not a claim to check.", DiscardReason),
        "note": _text("More on the reason; empty: nothing."),
    }
    return _object("A stretch of the document that was read and not made a claim.", fields)


def _provenance() -> Schema:
    prompt = {
        "name": _text("The graph's step it serves."),
        "version": _text("Its released version."),
        "sha256": _digest("Of its file."),
    }
    engine = {
        "name": _text("As in the report's engine."),
        "model": _text("The model asked; empty: none."),
        "prompts": _list("The prompts used.", _object("A released prompt.", prompt)),
        "notice": _text("What a reader must know about this engine; empty: nothing."),
    }
    fields = {
        "version": _text("The program's version."),
        "engine": _object("Who read the text, exactly.", engine),
        "embedder": _text("What computed the vectors, with its digest."),
        "corpus_sha256": _text("Digest of the corpus as it was searched."),
        "corpus_sources": _count("Sources in the corpus."),
        "undated_excluded": _count("Sources without a known date, left out because of as_of."),
        "settings": {
            "type": "object",
            "description": "The settings that bear on the result.",
            "additionalProperties": {"type": ["string", "number", "boolean"]},
        },
    }
    return _object("Enough to make the report again.", fields)


def _usage() -> Schema:
    fields = {
        "calls": {
            "type": "object",
            "description": "Model calls by step of the graph.",
            "additionalProperties": {"type": "integer", "minimum": 0},
        },
        "prompt_tokens": _count("Tokens sent."),
        "completion_tokens": _count("Tokens received."),
        "cost": _or_null({"type": "number", "minimum": 0, "description": "US dollars; null: price unknown."}),
    }
    return _object("What the replies this report rests on took.", fields)


def _object(description: str, fields: Schema) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(description: str, items: Schema) -> Schema:
    return {"type": "array", "description": description, "items": items}


def _text(description: str, **more: str) -> Schema:
    return {"type": "string", "description": description, **more}


def _digest(description: str) -> Schema:
    return _text(f"SHA-256 in hex. {description}", pattern=_DIGEST)


def _enum(description: str, values: type[StrEnum]) -> Schema:
    return {"enum": [value.value for value in values], "description": description}


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _date(description: str) -> Schema:
    wide = f"{description} ISO 8601, to the day, month or year; null: unknown."
    return _or_null(_text(wide, pattern=_DATE))


def _span(whose: str) -> Schema:
    return {
        "start": _count(f"First code point in {whose}."),
        "end": _count(f"One past the last code point in {whose}."),
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}], "description": schema["description"]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
