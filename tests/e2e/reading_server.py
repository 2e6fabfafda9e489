"""A scripted model that really reads its prompts: one claim a sentence, judged by its first passage."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

from adapters.fake_server import Answer, ScriptedServer, Seen, said


def answer(seen: Seen, delay_s: float = 0.0) -> Answer:
    schema = seen.body["response_format"]["json_schema"]["name"]
    prompt = seen.body["messages"][-1]["content"]
    reply = _extraction(prompt) if schema == "extract" else _judgement(prompt)
    return said(json.dumps(reply), delay_s=delay_s)


def asked(server: ScriptedServer) -> list[str]:
    """What tells the requests apart, in the order they came."""
    return [json.dumps(seen.body["messages"]) for seen in server.seen]


def kept_replies(corpus: Path) -> int:
    """How many replies a corpus' folder has on record."""
    if not (corpus / "replies.sqlite").exists():
        return 0
    with sqlite3.connect(corpus / "replies.sqlite") as db:
        (count,) = db.execute("SELECT count(*) FROM replies").fetchone()
    return int(count)


def _extraction(prompt: str) -> dict[str, Any]:
    to_read = prompt.split("Sentences to read:")[1]
    found = re.findall(r"^\[(\d+)\] (.+)$", to_read, re.MULTILINE)
    return {"claims": [_claim(int(number), text) for number, text in found], "discarded": []}


def _claim(number: int, text: str) -> dict[str, Any]:
    return {
        "sentences": [number],
        "attribution": [],
        "kind": "content",
        "text": text,
        "said_on": "",
        "speaks_of": "",
        "queries": [text],
    }


def _judgement(prompt: str) -> dict[str, Any]:
    names = re.findall(r"\bC\d+\b", prompt.rsplit("Reply with JSON", 1)[1])
    stance = "supports" if len(prompt) % 2 else "refutes"
    finding = {
        "passage": "P1",
        "sentences": [1],
        "said_by": "",
        "note": "",
        "stance": stance,
        "covers": "whole",
    }
    ratings = {"corroborated": 3, "contradicted": 3, "conflicting": 1, "not_enough_evidence": 1}
    case = {
        "findings": [finding],
        "ratings": ratings,
        "justification": [{"text": "The first passage bears on it.", "passages": ["P1"]}],
        "would_settle": "",
        "search_next": "",
    }
    return {"cases": [{"claim": name, **case} for name in names]}
