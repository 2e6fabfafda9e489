"""How the rules engine weighs passages: for, against, or left open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.checks.quantities import find_quantities
from agent.domain import (
    Candidate,
    Claim,
    ClaimKind,
    Judgement,
    Metadata,
    PartialDate,
    Passage,
    Span,
    Stance,
)
from agent.engines.rules import RulesEngine
from agent.engines.rules.judge import _said_by
from agent.ports import Case

METADATA = Metadata(outlet="Coast Gazette", published=PartialDate(2023, 4, 2))


def candidate(*sentences: str, metadata: Metadata = METADATA, similarity: float = 0.5) -> Candidate:
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    passage = Passage("p1", "s1", Span(0, max(start - 1, 0)), tuple(spans))
    return Candidate(passage, " ".join(sentences), metadata, "", "", 1.0, similarity)


async def judge(claim: str, *candidates: Candidate) -> Judgement:
    made = Claim("c1", claim, ClaimKind.CONTENT, (Span(0, len(claim)),))
    return (await RulesEngine().judge([Case(made, candidates)], None)).judgements[0]


async def stance(claim: str, sentence: str) -> Stance | None:
    judgement = await judge(claim, candidate(sentence))
    return judgement.findings[0].stance if judgement.findings else None


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Velm lost 30 boats in the storm.", "The storm cost Velm dearly: it lost 30 boats."),
        ("Otto Birch resigned in 2021.", "In 2021 Otto Birch quit."),
        ("The Velm mayor did not resign.", "The mayor of Velm did not resign, whatever was printed."),
        ("Noël Ardan bought the Velm quay.", "The quay at Velm was purchased by Noel Ardan."),
    ],
)
async def test_the_same_in_other_words_supports(claim: str, sentence: str) -> None:
    assert await stance(claim, sentence) is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "sentence", "rule"),
    [
        ("Otto Birch resigned as mayor of Velm.", "Otto Birch has not resigned as mayor of Velm.", "not"),
        ("Otto Birch did not resign as mayor of Velm.", "Otto Birch resigned as mayor of Velm.", "not"),
        (
            "Otto Birch resigned as mayor of Velm.",
            "That Otto Birch resigned as Velm mayor is false.",
            "untrue",
        ),
        ("Fish exports from Velm increased in 2022.", "Fish exports from Velm fell in 2022.", "against"),
        (
            "Otto Birch resigned as mayor of Velm in 2021.",
            "Otto Birch resigned as mayor of Velm in 2019.",
            "2019",
        ),
        ("The storm sank 30 boats off Velm.", "The storm sank 4 boats off Velm.", "30"),
        ("Otto Birch was born in Lorn.", "Otto Birch was born in Sattel.", "Sattel"),
    ],
)
async def test_the_opposite_refutes_and_the_note_says_by_which_rule(
    claim: str, sentence: str, rule: str
) -> None:
    judgement = await judge(claim, candidate(sentence))
    (finding,) = judgement.findings
    assert finding.stance is Stance.REFUTES
    assert rule in finding.note


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Velm lost 30 boats in the storm.", "Has Velm lost 30 boats in the storm?"),
        ("Velm lost 30 boats in the storm.", "Velm may have lost 30 boats in the storm."),
        (
            "Otto Birch resigned as mayor of Velm.",
            "Many people believe Otto Birch resigned as mayor of Velm.",
        ),
        ("Otto Birch visited Velm.", "The council of Velm met in the morning."),
        ("Velm harbour pilots went on strike.", "The Lorn railway bought new engines."),
        ("Otto Birch did not open the new quay.", "Otto Birch sailed past the harbour."),
    ],
)
async def test_in_doubt_it_decides_nothing(claim: str, sentence: str) -> None:
    assert await stance(claim, sentence) in (None, Stance.NEUTRAL)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        # that they were there, or that something else was done, does not tell that they left
        (
            "Lorn rangers withdrew their Velm dogs from the Sattel hills.",
            "Lorn rangers and their Velm dogs were seen in the Sattel hills again.",
        ),
        (
            "Lorn rangers withdrew their Velm dogs from the Sattel hills.",
            "Lorn rangers praised their Velm dogs in the Sattel hills.",
        ),
        (
            "The Velm council bought the Lorn ferry and repaired it.",
            "The Velm council bought the Lorn ferry at an auction.",
        ),
    ],
)
async def test_support_needs_what_the_claim_says_was_done(claim: str, sentence: str) -> None:
    assert await stance(claim, sentence) in (None, Stance.NEUTRAL)


async def test_what_was_done_may_be_told_by_another_word_for_it() -> None:
    claim = "Lorn rangers withdrew their Velm dogs from the Sattel hills."
    sentence = "The withdrawal of the Lorn rangers and their Velm dogs from the Sattel hills is over."
    assert await stance(claim, sentence) is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("sentence", "said_by"),
    [
        ("In all, 400 people in Lindel were told to leave their homes on Saturday.", ""),
        ("There were about 11,000 people inside Lindel Park on Saturday, reports showed.", "reports"),
        ("Lindel has lost 4,000 trees, and in 2021, 000 Lindel Oaks inside it were said.", ""),
        ("If the Lindel council had known, it would have said that the dam held.", ""),
        ("On Monday the Lindel council said that 400 people had left the town.", "the Lindel council"),
        ("On 2 March 2024 Ines Ames said that 400 people had left Lindel.", "Ines Ames"),
        ("In Lindel the council said that 400 people had left their homes.", "the council"),
        ("When Ines Ames told the court that 400 people had left Lindel, it rained.", "Ines Ames"),
        ("Some 400 officials said that 400 people had left Lindel.", "Some 400 officials"),
    ],
)
async def test_a_clause_or_a_count_is_nobody_s_name(sentence: str, said_by: str) -> None:
    judgement = await judge("Some 400 people left their homes in Lindel.", candidate(sentence))
    assert [finding.said_by for finding in judgement.findings] in ([said_by], [])
    assert _said_by(sentence) == said_by


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("Yes, in May.", Stance.SUPPORTS), ("No.", Stance.REFUTES), ("Nobody knows.", Stance.NEUTRAL)],
)
async def test_a_question_with_its_answer_decides(answer: str, expected: Stance) -> None:
    judgement = await judge(
        "Otto Birch resigned as mayor of Velm.",
        candidate("Has Otto Birch resigned as mayor of Velm?", answer),
    )
    (finding,) = judgement.findings
    assert (finding.stance, finding.sentences) == (expected, (1, 2))


async def test_a_sentence_borrows_the_name_of_the_sentence_before() -> None:
    judgement = await judge(
        "Otto Birch resigned in 2021.", candidate("Otto Birch was mayor of Velm.", "He resigned in 2021.")
    )
    (finding,) = judgement.findings
    assert (finding.stance, finding.sentences) == (Stance.SUPPORTS, (2,))


async def test_a_finding_names_who_said_it_first() -> None:
    judgement = await judge(
        "Velm lost 30 boats in the storm.", candidate("Ines Ames said that Velm lost 30 boats in the storm.")
    )
    assert judgement.findings[0].said_by == "Ines Ames"


async def test_every_sentence_of_the_justification_rests_on_a_finding() -> None:
    judgement = await judge(
        "Velm lost 30 boats in the storm.",
        candidate("The Lorn railway bought new engines."),
        candidate("Velm lost 30 boats in the storm."),
        candidate("Velm has not lost 30 boats in the storm."),
    )
    assert [finding.stance for finding in judgement.findings] == [Stance.SUPPORTS, Stance.REFUTES]
    assert [sentence.findings for sentence in judgement.justification] == [(0,), (1,)]
    assert judgement.justification[0].text == "Coast Gazette, 2023-04-02, says the same."
    assert judgement.ratings is None
    assert judgement.would_settle


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ines Ames told the council that Velm lost 30 boats in the storm.", Stance.SUPPORTS),
        ("Velm lost 30 boats in the storm.", Stance.NEUTRAL),
        ("Otto Birch said that Velm lost 30 boats in the storm.", Stance.NEUTRAL),
        ("Velm has not lost 30 boats in the storm.", Stance.NEUTRAL),
    ],
)
async def test_a_statement_is_borne_out_by_its_speaker_alone(sentence: str, expected: Stance) -> None:
    text = "Ines Ames said that Velm lost 30 boats in the storm."
    claim = Claim("c1", text, ClaimKind.STATEMENT, (Span(0, len(text)),), ("Harbour Courier", "Ines Ames"))
    judged = await RulesEngine().judge([Case(claim, (candidate(sentence),))], None)
    assert [finding.stance for finding in judged.judgements[0].findings] == [expected]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "Der Hafen von Velm ist nicht mit dem Zug zu erreichen.",
            "Der Hafen von Velm ist mit dem Zug zu erreichen.",
        ),
        (
            "Velm lost 30 boats.",
            "Velm hat in der Nacht und auf der See 30 Boote verloren, die nicht versichert waren.",
        ),
        ("Гавань закрыта.", "Гавань закрыта."),
    ],
)
async def test_in_another_language_it_abstains(claim: str, sentence: str) -> None:
    assert (await judge(claim, candidate(sentence))).findings == ()


async def test_cases_are_judged_in_order_and_cost_nothing() -> None:
    claims = [Claim(f"c{n}", f"Velm lost {n} boats.", ClaimKind.CONTENT, (Span(0, 1),)) for n in (1, 2)]
    judged = await RulesEngine().judge([Case(claim, ()) for claim in claims], None)
    assert len(judged.judgements) == 2
    assert judged.usage.calls == {}


@given(st.text(max_size=120), st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
async def test_no_text_breaks_it(claim: str, sentences: list[str]) -> None:
    for finding in (await judge(claim, candidate(*sentences))).findings:
        assert all(1 <= place <= len(sentences) for place in finding.sentences)


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("Three workers were injured at the Velm quay.", Stance.SUPPORTS),
        ("Two workers were injured at the Velm quay.", Stance.REFUTES),
        ("No workers were injured at the Velm quay.", Stance.REFUTES),
    ],
)
async def test_a_figure_that_is_put_right_denies_nothing_else(claim: str, stands: Stance) -> None:
    assert await stance(claim, "Three workers, not two, were injured at the Velm quay.") is stands


async def test_a_claim_that_denies_is_not_borne_out_by_what_denies_nothing() -> None:
    claim = "Nobody was hurt during the works on the Velm bridge."
    told = "The union said three workers, not two, were injured during the works on the Velm bridge."
    assert await stance(claim, told) is Stance.NEUTRAL


async def test_not_a_single_one_stays_a_denial() -> None:
    claim, told = "A worker was injured at the Velm quay.", "At the Velm quay not one worker was injured."
    assert await stance(claim, told) is not Stance.SUPPORTS


async def test_a_reason_has_no_number_word_of_its_own() -> None:
    judgement = await judge(
        "The Velm council approved the plan.", candidate("The Velm council did not approve the plan.")
    )
    (reason,) = judgement.justification
    assert "denied here and not in the claim" in reason.text
    assert find_quantities(reason.text.partition("(")[2]) == ()
