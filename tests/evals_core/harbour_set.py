"""A small set in the project's own form, in words of ours, and tools to run it with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from agent.domain import Document, EngineIdentity, Finding, Judgement, Sentence, Stance, Usage
from agent.ports import Case, Extraction, Judged

DOCUMENTS = [
    {"doc_id": "ferry", "title": "Harbour", "text": "The Velm ferry sank in May 2019. Nobody was hurt."},
    {
        "doc_id": "bridge",
        "text": "The Orsa bridge opened in 2004.",
        "date": "2004-06-01",
        "source": "Post",
    },
    {"doc_id": "bridge-copy", "text": "The Orsa bridge opened in 2004."},
    {"doc_id": "tax", "text": "Councillors voted to keep the tax on boats at four percent."},
]
CLAIMS = [
    {"claim_id": "1", "claim": "The Velm ferry sank.", "label": "supported",
     "evidence": [{"doc_id": "ferry", "quote": "The Velm ferry sank in May 2019.", "stance": "supports"}]},
    {"claim_id": "2", "claim": "The Orsa bridge opened in 1990.", "label": "refuted",
     "evidence": [{"doc_id": "bridge", "stance": "refutes"}]},
    {"claim_id": "3", "claim": "The mayor owns a boat.", "label": "nei", "evidence": []},
    {"claim_id": "4", "claim": "The tax on boats is four percent.", "label": "supported",
     "evidence": [{"doc_id": "tax"}]},
]  # fmt: skip


def write_lines(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


class Believer:
    """An engine that takes the first passage it is shown for support, and remembers what it was shown."""

    identity = EngineIdentity("believer")

    def __init__(self) -> None:
        self.shown: list[Case] = []

    async def extract(self, document: Document, sentences: Sequence[Sentence]) -> Extraction:
        raise AssertionError("claims are given")

    async def judge(self, cases: Sequence[Case], as_of: date | None) -> Judged:
        self.shown += cases
        judgements = tuple(
            Judgement((Finding(case.candidates[0].passage.id, (1,), Stance.SUPPORTS),)) for case in cases
        )
        return Judged(judgements, Usage({"judge": 1}, 100, 10, 0.5))
