"""The task of Inspect: what it logs, and what is said where Inspect is not installed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from agent.domain import Label
from agent.errors import BadInput, SettingsError
from evals.interop.inspect_task import Shared, proof, verdict_task
from evals.samples import EvalSet, Sample, SetInfo
from evals.tasks.values import SampleResult, TaskSettings, TaskTools

SAMPLES = (
    Sample("c1", "The quay was open.", Label.CORROBORATED),
    Sample("c2", "The quay sank.", Label.CONTRADICTED),
    Sample("c3", "The quay is long.", Label.CORROBORATED),
    Sample("c4", "Nobody said.", None),
)
SET = EvalSet(SetInfo("harbour", "own", "here"), SAMPLES, (), "ab12")


class Opening:
    """Opens tools for one engine, and counts."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.opened = self.closed = 0

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[TaskTools]:
        self.opened += 1
        yield TaskTools(SET, TaskSettings(engine=self.engine))
        self.closed += 1


def test_without_inspect_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "inspect_ai", None)

    with pytest.raises(SettingsError, match=r"corroborate\[inspect\]") as caught:
        verdict_task(SET, Opening("majority"))
    assert "\n" not in str(caught.value)


async def test_tools_are_opened_once_for_all_and_closed_after_the_last() -> None:
    opening = Opening("majority")
    shared = Shared(opening)

    async def use() -> None:
        async with shared.use():
            await asyncio.sleep(0.01)
            assert opening.opened == opening.closed + 1

    await asyncio.gather(use(), use(), use())
    assert (opening.opened, opening.closed) == (1, 1)

    await use()
    assert (opening.opened, opening.closed) == (2, 2)


def test_the_proof_is_readable() -> None:
    payload = {
        "rule": "one voice against",
        "justification": [{"text": "The log denies it."}],
        "evidence": [{"doc_id": "log", "quote": "Open all day.", "stance": "refutes"}],
    }
    text = proof(SampleResult("c1", "verdict", prediction=Label.CONTRADICTED, payload=payload))

    assert text.startswith("**contradicted** one voice against\n\nThe log denies it.")
    assert "> Open all day.\n>\n> refutes, log" in text


def test_inspect_logs_labels_and_scores_them_against_gold(tmp_path: Path) -> None:
    inspect = pytest.importorskip("inspect_ai")
    opening = Opening("majority")

    (log,) = inspect.eval(verdict_task(SET, opening), log_dir=str(tmp_path), display="none")

    assert log.status == "success"
    assert {each.id: each.scores["gold_label"].value for each in log.samples} == {
        "c1": "C",
        "c2": "I",
        "c3": "C",
    }
    assert log.results.scores[0].metrics["accuracy"].value == pytest.approx(2 / 3)
    assert opening.opened == opening.closed >= 1


def test_inspect_leaves_what_failed_unscored(tmp_path: Path) -> None:
    inspect = pytest.importorskip("inspect_ai")

    (log,) = inspect.eval(verdict_task(SET, Opening("rules")), log_dir=str(tmp_path), display="none")

    assert all("not judged" in each.error.message and not each.scores for each in log.samples)


def test_a_set_without_gold_labels_is_refused() -> None:
    pytest.importorskip("inspect_ai")
    without = EvalSet(SET.info, SAMPLES[3:], (), "ab12")

    with pytest.raises(BadInput, match="no claim of the set harbour has a gold label"):
        verdict_task(without, Opening("majority"))
