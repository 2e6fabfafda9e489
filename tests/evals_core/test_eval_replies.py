"""A model's replies are kept, found again, paid for once, and enough to make a run again without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from doubles import ScriptedModel

from agent.adapters.budget import BudgetedModel
from agent.adapters.cached_model import CachedModel
from agent.ports import ChatModel, ReplyStore
from agent.settings import Limits, ModelSettings
from evals import opening
from evals.cli import cli

RATINGS = {"corroborated": 5, "contradicted": 1, "conflicting": 1, "not_enough_evidence": 1}
FINDING = {
    "passage": "P1",
    "sentences": [1],
    "said_by": "",
    "note": "says so",
    "stance": "supports",
    "covers": "whole",
}
JUDGEMENT = {
    "cases": [
        {
            "claim": "C1",
            "findings": [FINDING],
            "ratings": RATINGS,
            "justification": [],
            "would_settle": "",
            "search_next": "",
        }
    ]
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    """What stands in for the server while replies are recorded."""
    server = ScriptedModel(judge=JUDGEMENT)
    server.model = "desk-1"

    def make(
        settings: ModelSettings, *, store: ReplyStore, mode: Any, limits: Limits, prices: Any
    ) -> ChatModel:
        return CachedModel(BudgetedModel(server, limits), store, mode, settings)

    monkeypatch.setattr(opening, "make_model", make)
    return server


def judged(capsys: pytest.CaptureFixture[str], data: Path, *words: str | Path) -> tuple[int, dict[str, Any]]:
    always = ("verdict", "--set", "harbour", "--data", data, "--evidence", "gold", "--engine", "llm")
    server = ("--model", "desk-1", "--base-url", "http://127.0.0.1:9/v1")
    with pytest.raises(SystemExit) as exit_:
        cli.main([str(word) for word in (*always, *server, "--json", *words)])
    out = capsys.readouterr().out
    return int(exit_.value.code or 0), json.loads(out) if out else {}


def test_a_recorded_run_replays_to_the_same_numbers_without_a_server(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: ScriptedModel, monkeypatch: Any
):
    replies = tmp_path / "replies.jsonl"
    _, recorded = judged(capsys, data, "--replies", replies)
    assert recorded["usage"]["calls"] == {"judge": 3}  # one claim has no passage to judge it by
    assert "ferry" not in replies.read_text()
    monkeypatch.undo()  # from here on the product's own model, which could reach nothing
    code, replayed = judged(capsys, data, "--replies", replies, "--replay")
    for told in (recorded, replayed):
        del told["run"]["code"]  # someone may be editing it meanwhile
    assert (code, replayed) == (0, recorded)


def test_a_spent_budget_ends_the_run_with_what_resolved_and_it_goes_on_later(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: ScriptedModel
):
    kept = ("--out", tmp_path / "out", "--replies", tmp_path / "replies.jsonl", "--concurrency", "1")
    code, part = judged(capsys, data, *kept, "--max-calls", "1")
    assert (code, part["resolved"], part["failed"]) == (3, 1, 0)
    assert part["stopped"].startswith("the limit of 1 requests is reached")
    code, whole = judged(capsys, data, *kept)
    assert (code, whole["resolved"], whole["failed"], whole["stopped"]) == (0, 4, 0, None)
    assert len(asked.requests) == 3
