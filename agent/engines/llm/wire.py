"""The replies asked of a model, as they travel.

Field order is the order a model writes in: what must be looked at comes before what is concluded.
The schemas keep to what strict structured outputs take everywhere: no tuples, defaults, free
dictionaries, references or bounds; what they cannot say is checked by ``extract`` and ``judge``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WireClaim(Wire):
    sentences: list[int]
    attribution: list[str]
    kind: Literal["statement", "content"]
    text: str
    said_on: str
    speaks_of: str
    queries: list[str]


class WireDiscard(Wire):
    sentence: int
    reason: Literal["opinion", "forecast", "question", "ambiguous", "boilerplate", "not_checkable"]
    note: str


class WireExtraction(Wire):
    claims: list[WireClaim]
    discarded: list[WireDiscard]


class WireFinding(Wire):
    passage: str
    sentences: list[int]
    said_by: str
    note: str
    stance: Literal["supports", "refutes", "neutral"]
    covers: Literal["whole", "part"]


Rating = Literal[1, 2, 3, 4, 5]


class WireRatings(Wire):
    corroborated: Rating
    contradicted: Rating
    conflicting: Rating
    not_enough_evidence: Rating


class WireReason(Wire):
    text: str
    passages: list[str]


class WireCase(Wire):
    claim: str
    findings: list[WireFinding]
    ratings: WireRatings
    justification: list[WireReason]
    would_settle: str
    search_next: str


class WireJudgement(Wire):
    cases: list[WireCase]


@cache
def schema_of(wire_type: type[Wire]) -> Mapping[str, object]:
    """The JSON Schema of a reply, self-contained: some servers follow no references. Made once for all
    requests, where making it took longer than the rest of a request; not to be changed."""
    schema = wire_type.model_json_schema()
    definitions = schema.pop("$defs", {})
    plain: dict[str, object] = _inline(schema, definitions)
    return plain


def _inline(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inline(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inline(definitions[node["$ref"].rpartition("/")[2]], definitions)
    if node.get("type") == "object":
        properties = {key: _inline(value, definitions) for key, value in node["properties"].items()}
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
    return {key: _inline(value, definitions) for key, value in node.items() if key != "title"}
