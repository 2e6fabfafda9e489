"""The task ``copies``: reprints joined, lookalikes kept apart, one text one voice."""

from __future__ import annotations

import random

import pytest
from lighthouse_set import eval_set, run_all, value

from agent.errors import BadInput
from evals.samples import EvalSet, SetDocument, SetInfo
from evals.tasks import copies
from evals.tasks.copies import OTHERS, TASK, Filed, families_of, texts_of, voices_of

WORDS = (
    *("harbour", "keeper", "storm", "boat", "council", "bridge", "winter", "market", "letter", "island"),
    *("ferry", "signal", "engine", "timber", "captain", "village", "tide", "wagon", "quarry", "orchard"),
    *("chapel", "railway", "lantern", "meadow", "census"),
)


def story(n: int) -> str:
    rng = random.Random(n)
    return " ".join(f"{' '.join(rng.choices(WORDS, k=9)).capitalize()}." for _ in range(24))


def stories(number: int) -> EvalSet:
    documents = tuple(SetDocument(f"d{n}", story(n)) for n in range(number))
    return EvalSet(SetInfo("stories", "ours", "here"), (), documents, "0" * 64)


SET = stories(12)


def test_reprints_are_caught_and_other_stories_stay_apart() -> None:
    results = run_all(TASK, SET, None, limit=6)
    assert len(results) == 6
    for name in ("caught/headline", "caught/cut_tail", "caught/edited_1", "apart/same_footer", "pair_recall"):
        assert value(TASK, results, SET, name) == 1.0, name


def test_a_corpus_that_joins_everything_has_no_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "families_of", lambda filed: {each.id: "one" for each in filed})
    results = run_all(TASK, SET, None, limit=4)
    assert value(TASK, results, SET, "caught") == 1.0
    assert value(TASK, results, SET, "apart") == 0.0
    assert value(TASK, results, SET, "voices") == 0.0
    precision = value(TASK, results, SET, "pair_precision")
    assert precision is not None
    assert precision < 0.5


def test_a_corpus_that_joins_nothing_catches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "families_of", lambda filed: {each.id: each.id for each in filed})
    results = run_all(TASK, SET, None, limit=4)
    assert value(TASK, results, SET, "caught") == 0.0
    assert value(TASK, results, SET, "pair_recall") == 0.0
    assert value(TASK, results, SET, "pair_precision") is None
    assert value(TASK, results, SET, "voices") == 0.0


def test_copies_of_one_text_are_one_voice_and_two_texts_are_two() -> None:
    one, other = story(1), story(2)
    filed = [Filed("a", "1", "", one), Filed("b", "1", "", f"In brief\n\n{one}"), Filed("c", "2", "", other)]
    assert voices_of(filed[:2], families_of(filed)) == 1
    assert voices_of(filed, families_of(filed)) == 2


def test_every_sample_has_its_story_first_and_others_to_be_confused_with() -> None:
    sample = TASK.samples(SET, 0, 1)[0]
    filed = texts_of(sample, {each.doc_id: each.text for each in SET.documents})
    assert filed[0].story == sample.id
    assert len({each.story for each in filed}) == OTHERS + 1
    assert len({each.id for each in filed}) == len(filed)


def test_a_set_of_sentences_is_refused() -> None:
    with pytest.raises(BadInput, match="copies needs more"):
        TASK.samples(eval_set(), 0, None)
