"""The task ``numbers``: what a judge does with changed claims, and what code does alone."""

from __future__ import annotations

import pytest
from lighthouse_set import BUILT, OPEN, SUPPORTED, Scripted, citing, eval_set, run_all, value

from agent.errors import BadInput, SettingsError
from evals.tasks.numbers import TASK

SET = eval_set(SUPPORTED, BUILT)


def test_every_supported_claim_comes_unchanged_and_changed() -> None:
    samples = {sample.id: sample for sample in TASK.samples(SET, 0, None)}
    assert samples["high#same"].claim == SUPPORTED.claim
    changed = samples["high#number"]
    assert changed.claim != SUPPORTED.claim
    assert changed.meta["before"] == "42"
    assert str(changed.meta["after"]) in changed.claim
    assert changed.label is None
    assert "built#date" in samples


def test_with_a_judge_that_believes_everything_code_alone_notices_the_figure() -> None:
    results = run_all(TASK, SET, None, name="oracle")
    assert value(TASK, results, SET, "kept") == 1.0
    assert value(TASK, results, SET, "noticed/number") == 1.0
    assert value(TASK, results, SET, "called_corroborated/number") == 0.0
    assert value(TASK, results, SET, "noticed/negation") == 0.0


def test_a_judge_that_corroborates_nothing_has_told_nothing_apart() -> None:
    results = run_all(TASK, SET, Scripted())
    assert value(TASK, results, SET, "noticed") == 1.0
    assert value(TASK, results, SET, "kept") == 0.0
    assert value(TASK, results, SET, "told_apart") is None


def test_a_judge_that_looks_at_one_claim_is_measured_on_that_one() -> None:
    results = run_all(
        TASK, SET, Scripted(lambda case: citing("1871")(case) if "built" in case.claim.text else ())
    )
    assert value(TASK, results, SET, "kept") == 0.5
    assert value(TASK, results, SET, "told_apart/negation") == 0.0


def test_a_set_without_supported_claims_is_refused() -> None:
    with pytest.raises(BadInput, match="no supported claim"):
        TASK.samples(eval_set(OPEN), 0, None)


def test_a_baseline_without_an_engine_is_told_so() -> None:
    with pytest.raises(SettingsError):
        run_all(TASK, SET, None, name="majority")
