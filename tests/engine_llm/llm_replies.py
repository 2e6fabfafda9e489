"""Replies a model might give, and the engine they go to."""

from __future__ import annotations

from doubles import ScriptedModel

from agent.adapters.prompt_files import load_prompt
from agent.domain import Document, Metadata, PartialDate
from agent.engines.llm import LlmEngine

DOCUMENT = Document(
    "brief.txt",
    "text",
    "0" * 64,
    Metadata(title="Storm at Velm", outlet="Velm Courier", published=PartialDate.parse("2024-05-04")),
)


def engine(model: ScriptedModel) -> LlmEngine:
    return LlmEngine(model, load_prompt("extract"), load_prompt("judge"))


def claim(text: str, *sentences: int, kind: str = "content", **changes: object) -> dict[str, object]:
    return {
        "sentences": list(sentences),
        "attribution": ["Velm Courier"],
        "kind": kind,
        "text": text,
        "said_on": "",
        "speaks_of": "",
        "queries": [text],
        **changes,
    }


def extraction(
    *claims: dict[str, object], discarded: tuple[dict[str, object], ...] = ()
) -> dict[str, object]:
    return {"claims": list(claims), "discarded": list(discarded)}


def finding(passage: str, *sentences: int, stance: str = "supports", **changes: object) -> dict[str, object]:
    return {
        "passage": passage,
        "sentences": list(sentences),
        "said_by": "harbour police",
        "note": "a count",
        "stance": stance,
        "covers": "whole",
        **changes,
    }


def case(name: str, *findings: dict[str, object], **changes: object) -> dict[str, object]:
    return {
        "claim": name,
        "findings": list(findings),
        "ratings": {"corroborated": 4, "contradicted": 1, "conflicting": 2, "not_enough_evidence": 3},
        "justification": [],
        "would_settle": "",
        "search_next": "",
        **changes,
    }


def judgement(*cases: dict[str, object]) -> dict[str, object]:
    return {"cases": list(cases)}
