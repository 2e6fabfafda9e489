"""The task ``extraction``: claims found against claims annotated."""

from __future__ import annotations

from typing import Any

import pytest
from lighthouse_set import Scripted, claim, eval_set, run_all, value

from agent.domain import Span, Unread
from agent.errors import BadInput
from evals.tasks.extraction import TASK

WORTHY = "The Brennmark lighthouse was built in 1871 and is 42 metres high."
OPINION = "It is a lovely place."
RECORD: dict[str, Any] = {
    "doc_id": "d1",
    "text": f"{WORTHY} {OPINION}",
    "sentences": [
        {
            "text": WORTHY,
            "checkworthy": "yes",
            "claims": [
                {"text": "The Brennmark lighthouse was built in 1871."},
                {"text": "The Brennmark lighthouse is 42 metres high."},
                {"text": "Brennmark is in the north.", "label": "IR"},
            ],
        },
        {"text": OPINION, "checkworthy": "opinion", "claims": []},
    ],
}
SET = eval_set(extraction=[RECORD])


def measure(*wordings: str, sentence: str = WORTHY) -> dict[str, float | None]:
    engine = Scripted(find=lambda document: [claim(text, document, sentence) for text in wordings])
    results = run_all(TASK, SET, engine)
    return {name: value(TASK, results, SET, name) for name in TASK.metrics(results, SET)}


def test_the_annotators_claims_are_found_and_faithful() -> None:
    found = measure(
        "The Brennmark lighthouse was built in 1871.", "The [Brennmark] lighthouse is 42 metres high."
    )
    names = ("coverage", "precision", "contained", "on_gold", "entailed", "checkworthy_agreement")
    assert {name: found[name] for name in names} == dict.fromkeys(names, 1.0)
    assert found["claims_per_sentence"] == 1.0


def test_one_coarse_claim_contains_all_and_covers_one() -> None:
    found = measure(WORTHY)
    assert found["contained"] == 1.0
    assert found["coverage"] == 0.5


def test_a_claim_with_another_figure_neither_contains_the_gold_one_nor_is_entailed() -> None:
    found = measure("The Brennmark lighthouse is 43 metres high.")
    assert found["contained"] == 0.0
    assert found["entailed"] == 0.0


def test_what_is_added_in_brackets_must_be_somewhere_in_the_text() -> None:
    assert measure("[In Brennmark:] It is a lovely place.", sentence=OPINION)["entailed"] == 1.0
    assert measure("[In Falkenhain:] It is a lovely place.", sentence=OPINION)["entailed"] == 0.0


def test_a_claim_made_of_an_opinion_disagrees_with_the_annotators() -> None:
    found = measure("It is a lovely place.", sentence=OPINION)
    assert found["checkworthy_found"] == 0.0
    assert found["unworthy_left"] == 0.0
    assert found["on_gold"] == 0.0


def test_an_engine_that_finds_nothing_has_no_precision() -> None:
    found = measure()
    assert found["coverage"] == 0.0
    assert found["precision"] is None
    assert found["unworthy_left"] == 1.0


def test_a_text_that_was_not_read_is_a_failure_and_no_silence() -> None:
    engine = Scripted(unread=(Unread(Span(0, 5), "the server was away"),))
    (result,) = run_all(TASK, SET, engine)
    assert "the server was away" in result.failed
    assert value(TASK, [result], SET, "coverage") is None
    assert value(TASK, [result], SET, "failed") == 1.0


def test_a_set_without_annotated_texts_is_refused() -> None:
    with pytest.raises(BadInput, match=r"extraction\.jsonl"):
        TASK.samples(eval_set(), 0, None)
