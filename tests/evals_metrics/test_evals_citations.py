"""Citations against gold evidence: documents, sentences, alternative sets, FEVER's joint score."""

from __future__ import annotations

import pytest

from evals.metrics.citations import Cited, Quote, citation_scores, citations, evidence_sets, fever_correct
from evals.metrics.citations import fever_score as score
from evals.metrics.value import Metric, Refused
from evals.metrics.words import overlap, token_f1, words

BRIDGE = "The bridge over the Velm was closed to lorries on 3 May."
FERRY = "A ferry carried 120 passengers across the river."
MAYOR = "The mayor promised repairs before winter."
YES, NEI = "corroborated", "not_enough_evidence"


def cited(*quotes: Quote, gold: tuple[tuple[Quote, ...], ...]) -> Cited:
    return Cited(quotes, gold)


def test_words_are_stems_without_function_words_but_never_nothing() -> None:
    assert words("The bridges were closing") == words("a bridge closed")
    assert set(words("It is what it is")) == {"it", "is", "what"}
    assert words("Noël 4,000") == words("noel 4,000")


def test_overlap_is_full_for_a_part_and_f1_is_not() -> None:
    whole = f"{BRIDGE} {FERRY}"

    assert overlap(BRIDGE, whole) == 1
    assert 0 < token_f1(BRIDGE, whole) < 1
    assert token_f1(BRIDGE, BRIDGE) == 1
    assert overlap(BRIDGE, MAYOR) == token_f1(BRIDGE, "") == overlap("", "") == 0


def test_token_f1_by_hand() -> None:
    assert token_f1("ferry sank", "ferry sank slowly today") == pytest.approx(2 * 2 / 6)


def test_documents_and_sentences_by_hand() -> None:
    gold = ((Quote("d1", BRIDGE), Quote("d2", FERRY)),)
    found = citation_scores(cited(Quote("d1", BRIDGE), Quote("d1", MAYOR), Quote("d9", FERRY), gold=gold))

    assert found == {
        "document_precision": 0.5,
        "document_recall": 0.5,
        "sentence_precision": pytest.approx(1 / 3),
        "sentence_recall": 0.5,
    }


def test_the_right_words_in_the_wrong_document_do_not_count() -> None:
    found = citation_scores(cited(Quote("d9", BRIDGE), gold=((Quote("d1", BRIDGE),),)))

    assert set(found.values()) == {0.0}


def test_of_alternative_sets_the_one_cited_best_is_owed() -> None:
    both, one = (Quote("d1", BRIDGE), Quote("d1", FERRY)), (Quote("d1", MAYOR),)
    found = citation_scores(cited(Quote("d1", MAYOR), gold=(both, one)))

    assert found["sentence_recall"] == found["sentence_precision"] == 1


def test_citing_nothing_has_no_precision_and_no_recall() -> None:
    found = citation_scores(cited(gold=((Quote("d1", BRIDGE),),)))

    assert found == {"document_recall": 0.0, "sentence_recall": 0.0}


def test_evidence_without_words_is_judged_by_its_document_alone() -> None:
    found = citations([cited(Quote("d1", BRIDGE), gold=((Quote("d1"),),))])

    assert isinstance(found["document_precision"], Metric)
    assert isinstance(found["sentence_precision"], Refused)
    assert "documents only" in found["sentence_precision"].reason


def test_claims_without_evidence_take_no_part_and_none_at_all_is_refused() -> None:
    with_gold = cited(Quote("d1", BRIDGE), gold=((Quote("d1", BRIDGE),),))
    found = citations([with_gold, cited(Quote("d1", BRIDGE), gold=())])["document_precision"]

    assert isinstance(found, Metric)
    assert found.n == 1
    assert set(citations([cited(Quote("d1"), gold=())]).values()) == {Refused("no claim has gold evidence")}
    assert citations([cited(gold=((Quote("d1", "x"),),))])["document_precision"] == Refused(
        "nothing was cited"
    )


def test_the_joint_score_asks_for_the_label_and_one_whole_set() -> None:
    gold = ((Quote("d1", BRIDGE), Quote("d2", FERRY)), (Quote("d3", MAYOR),))
    half, whole = cited(Quote("d1", BRIDGE), gold=gold), cited(Quote("d3", MAYOR), gold=gold)

    assert fever_correct(YES, YES, whole)
    assert not fever_correct(YES, YES, half)
    assert not fever_correct(YES, NEI, whole)
    assert not fever_correct(YES, None, whole)
    assert fever_correct(NEI, NEI, cited(gold=()))


def test_the_joint_score_looks_at_the_first_five_sentences() -> None:
    quotes = [Quote("d1", f"Notice {i} says nothing.") for i in range(5)] + [Quote("d1", BRIDGE)]
    claim = Cited(tuple(quotes), ((Quote("d1", BRIDGE),),))

    assert not fever_correct(YES, YES, claim)
    assert fever_correct(YES, YES, claim, limit=None)


def test_the_joint_score_counts_failures_and_refuses_without_evidence() -> None:
    claim = cited(Quote("d1", BRIDGE), gold=((Quote("d1", BRIDGE),),))
    found = score([YES, YES, None], [YES, None, YES], [claim, claim, claim])

    assert isinstance(found, Metric)
    assert (found.value, found.n) == (0.5, 2)
    assert score([YES], [YES], [cited(gold=())]) == Refused("no claim has gold evidence")


def test_sets_are_read_from_places_and_are_one_where_none_are_named() -> None:
    evidence = [Quote("d1", BRIDGE), Quote("d1", FERRY)]

    assert evidence_sets(evidence, {"evidence_sets": [[0], [1]]}) == ((evidence[0],), (evidence[1],))
    assert evidence_sets(evidence, {}) == (tuple(evidence),)
    assert evidence_sets([], {}) == ()
    with pytest.raises(ValueError, match="places in the evidence"):
        evidence_sets(evidence, {"evidence_sets": [[2]]})
