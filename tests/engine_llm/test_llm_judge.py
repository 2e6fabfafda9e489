"""From claims and passages to findings in ids."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from doubles import ScriptedModel, candidate
from llm_replies import case, engine, finding, judgement

from agent.domain import Claim, ClaimKind, Finding, Ratings, ReasonedSentence, Stance
from agent.errors import ReplyUnusable
from agent.ports import Case

BOATS = Claim("c7", "About 40 boats sank in Velm harbour.", ClaimKind.CONTENT, ())
FERRY = Claim("c9", "The ferry was spared.", ClaimKind.STATEMENT, (), attribution=("Radio Nord", "Ana Roth"))
POLICE = candidate("a#1", "Police spoke.", "They counted 38 boats.", origin="harbour police", offset=100)
MAYOR = candidate("b#4", "The mayor says 40 boats sank, the ferry too.", outlet="Radio Nord", published="")
PORT = candidate("c#2", "The ferry is at sea.")
AS_OF = date(2024, 6, 1)


async def test_findings_come_back_under_the_passages_own_ids() -> None:
    reply = judgement(
        case(
            "C1",
            finding("P1", 2, 1, 2),
            finding("P2", 1, stance="refutes", covers="part", said_by=" Ana Roth "),
            finding("P2", 1, stance="supports", covers="part"),
            justification=[
                {"text": "Police counted 38.", "passages": ["P1"]},
                {"text": "The mayor differs.", "passages": ["P2", "P1"]},
                {"text": " ", "passages": []},
            ],
            would_settle="a list of boats",
            search_next="Velm boats list",
        )
    )
    model = ScriptedModel(judge=reply)
    judged = await engine(model).judge([Case(BOATS, (POLICE, MAYOR))], AS_OF)
    (result,) = judged.judgements
    assert result.findings == (
        Finding("a#1", (1, 2), Stance.SUPPORTS, "harbour police", "a count", whole=True),
        Finding("b#4", (1,), Stance.REFUTES, "Ana Roth", "a count", whole=False),
        Finding("b#4", (1,), Stance.SUPPORTS, "harbour police", "a count", whole=False),
    )
    assert result.justification == (
        ReasonedSentence("Police counted 38.", (0,)),
        ReasonedSentence("The mayor differs.", (0, 1, 2)),
    )
    assert result.ratings == Ratings(4, 1, 2, 3)
    assert (result.would_settle, result.search_next) == ("a list of boats", "Velm boats list")
    assert judged.usage.calls == {"judge": 1}


async def test_the_model_sees_outlet_date_origin_and_numbered_sentences() -> None:
    model = ScriptedModel(judge=judgement(case("C1")))
    await engine(model).judge([Case(BOATS, (POLICE, MAYOR))], AS_OF)
    shown = model.requests[0].messages[1].content
    police = (
        " P1\nVelm Courier | 2024-05-04 | origin: harbour police\n"
        "[1] Police spoke.\n[2] They counted 38 boats.\n"
    )
    assert police in shown
    assert " P2\nRadio Nord | undated\n[1] The mayor" in shown
    assert "As-of date: 2024-06-01" in shown
    assert "claim (content): About 40 boats sank in Velm harbour." in shown


async def test_a_claim_nobody_reports_on_gives_an_empty_judgement() -> None:
    model = ScriptedModel(judge=judgement(case("C1", would_settle="any report")))
    (result,) = (await engine(model).judge([Case(BOATS, (PORT,))], None)).judgements
    assert (result.findings, result.justification) == ((), ())


async def test_a_group_shares_its_passages_and_keeps_its_order() -> None:
    reply = judgement(case("C2", finding("P3", 1)), case("C1", finding("P1", 2)))
    model = ScriptedModel(judge=reply)
    group = [Case(BOATS, (POLICE, MAYOR)), Case(FERRY, (MAYOR, PORT))]
    judged = await engine(model).judge(group, AS_OF)
    assert [item.findings[0].passage_id for item in judged.judgements] == ["a#1", "c#2"]
    shown = model.requests[0].messages[1].content
    assert shown.count("The mayor says") == 1
    assert "its passages, and no others: P2, P3" in shown
    assert "said by: Radio Nord > Ana Roth" in shown


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        ((case("C1", finding("P9", 1)),), "findings.0: there is no passage 'P9'; there are P1, P2"),
        ((case("C1", finding("P1", 3)),), "P1 has no sentence [3], only [1] to [2]"),
        ((case("C1", finding("P1", 0)),), "P1 has no sentence [0]"),
        ((case("C1", finding("P1")),), "findings.0: it names no sentence"),
        (
            (case("C1", justification=[{"text": "So.", "passages": ["P1"]}]),),
            "rests on 'P1', which has no finding",
        ),
        ((), "the case of C1 is missing"),
        ((case("C1"), case("C1")), "C1 has more than one case"),
        ((case("C1"), case("C2")), "there is no claim 'C2'"),
        ((case("C1", verdict="true"),), "cases.0.verdict"),
        ((case("C1", finding("P1", 1, stance="confirms")),), "cases.0.findings.0.stance"),
        ((case("C1", ratings={"corroborated": 6}),), "cases.0.ratings"),
    ],
)
async def test_an_unusable_reply_is_mended_once_and_then_refused(
    cases: tuple[dict[str, object], ...], fault: str
) -> None:
    bad, good = judgement(*cases), judgement(case("C1", finding("P2", 1)))
    model = ScriptedModel(judge=[bad, good])
    judged = await engine(model).judge([Case(BOATS, (POLICE, MAYOR))], AS_OF)
    assert fault in model.requests[1].messages[-1].content
    assert judged.judgements[0].findings[0].passage_id == "b#4"
    assert judged.usage.calls == {"judge": 2}

    with pytest.raises(ReplyUnusable) as caught:
        await engine(ScriptedModel(judge=[bad, bad])).judge([Case(BOATS, (POLICE, MAYOR))], AS_OF)
    assert caught.value.usage.calls == {"judge": 2}
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_claim_may_not_rest_on_another_claims_passages() -> None:
    reply = judgement(case("C1", finding("P3", 1)), case("C2"))
    group = [Case(BOATS, (POLICE, MAYOR)), Case(FERRY, (MAYOR, PORT))]
    with pytest.raises(ReplyUnusable, match="there is no passage 'P3'"):
        await engine(ScriptedModel(judge=reply)).judge(group, AS_OF)


@pytest.mark.parametrize("cases", [[], [Case(BOATS, ())], [Case(BOATS, (POLICE,)), Case(FERRY, ())]])
async def test_a_case_without_passages_is_never_sent(cases: list[Case]) -> None:
    model = ScriptedModel(judge=judgement(case("C1")))
    with pytest.raises(ValueError, match="at least one passage"):
        await engine(model).judge(cases, AS_OF)
    assert model.requests == []


async def test_the_same_case_makes_the_same_request_whatever_its_claim_is_numbered() -> None:
    model = ScriptedModel(judge=judgement(case("C1")))
    for claim in (BOATS, dataclasses.replace(BOATS, id="c1")):
        await engine(model).judge([Case(claim, (POLICE, MAYOR))], AS_OF)
    assert model.requests[0] == model.requests[1]


async def test_ten_long_passages_fit_the_token_budget() -> None:
    """3,500 tokens a claim at four characters a token, the schema's own overhead left aside."""
    sentence = "The harbour police counted boats at the northern pier for the third time that week. "
    passages = tuple(candidate(f"p#{n}", *[f"{n} {sentence}".strip()] * 7) for n in range(10))
    model = ScriptedModel(judge=judgement(case("C1")))
    await engine(model).judge([Case(BOATS, passages)], AS_OF)
    system, user = (message.content for message in model.requests[0].messages)
    assert len(system) < 900 * 4
    assert len(system) + len(user) < 3500 * 4


def test_the_engine_says_which_model_and_prompts_it_is() -> None:
    identity = engine(ScriptedModel()).identity
    assert (identity.name, identity.model) == ("llm", "scripted")
    assert [(prompt.name, len(prompt.sha256)) for prompt in identity.prompts] == [
        ("extract", 64),
        ("judge", 64),
    ]
