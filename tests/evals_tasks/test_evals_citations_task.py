"""The task ``citations``: what verdicts cite against what annotators marked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lighthouse_set import BUILT, OPEN, REFUTED, SUPPORTED, Scripted, citing, eval_set, gold, run_all, value

from agent.domain import Stance
from agent.errors import BadInput, SettingsError
from evals.tasks.citations import TASK, _exact


def test_the_marked_sentence_cited_scores_in_full() -> None:
    of = eval_set(SUPPORTED, REFUTED, OPEN)
    results = run_all(TASK, eval_set(SUPPORTED), Scripted(citing("42 metres")))
    results += run_all(TASK, eval_set(REFUTED, OPEN), Scripted(citing("Nobody", Stance.REFUTES)))
    for name in ("sentence_precision", "sentence_recall", "fever", "exact", "citing"):
        assert value(TASK, results, of, name) == 1.0, name


def test_another_sentence_of_the_right_document_is_right_for_the_document_alone() -> None:
    of = eval_set(SUPPORTED)
    results = run_all(TASK, of, Scripted(citing("Three keepers")))
    assert value(TASK, results, of, "document_precision") == 1.0
    assert value(TASK, results, of, "sentence_precision") == 0.0
    assert value(TASK, results, of, "fever") == 0.0
    assert value(TASK, results, of, "correct") == 1.0


def test_any_one_of_the_alternative_groups_is_enough() -> None:
    both = (gold("tower", "It is 42 metres high."), gold("tower", "Three keepers lived there."))
    joint = eval_set(replace(SUPPORTED, evidence=both))
    alternative = eval_set(replace(SUPPORTED, evidence=both, meta={"evidence_sets": [[0], [1]]}))
    engine = Scripted(citing("Three keepers"))
    assert value(TASK, run_all(TASK, joint, engine), joint, "sentence_recall") == 0.5
    assert value(TASK, run_all(TASK, alternative, engine), alternative, "sentence_recall") == 1.0
    assert value(TASK, run_all(TASK, alternative, engine), alternative, "fever") == 1.0


def test_nothing_cited_has_no_precision_and_no_recall() -> None:
    of = eval_set(BUILT)
    results = run_all(TASK, of, Scripted())
    assert value(TASK, results, of, "sentence_precision") is None
    assert value(TASK, results, of, "sentence_recall") == 0.0
    assert value(TASK, results, of, "citing") == 0.0


def test_a_quote_that_is_not_at_its_place_is_not_exact() -> None:
    quote = {"doc_id": "tower", "span": [4, 13], "quote": "Brennmark"}
    assert _exact([quote, {**quote, "span": [5, 14]}], eval_set()) == [True, False]


def test_a_set_without_marked_evidence_is_refused() -> None:
    with pytest.raises(BadInput, match="has marked evidence"):
        TASK.samples(eval_set(OPEN), 0, None)


def test_an_engine_that_cannot_judge_ends_the_run_and_fails_no_claim() -> None:
    with pytest.raises(SettingsError, match="oracle cannot do this task"):
        run_all(TASK, eval_set(BUILT), None, name="oracle")
