"""From a document's sentences to claims with exact spans."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from doubles import ScriptedModel, sentences_of
from llm_replies import DOCUMENT, claim, engine, extraction

from agent.domain import ClaimKind, DiscardReason, PartialDate, Sentence, Span
from agent.engines.boilerplate import set_aside
from agent.errors import ModelUnavailable
from agent.ports import ChatRequest

HARBOUR = sentences_of(
    "A storm hit Velm.",
    "About 40 boats sank.",
    "Subscribe to our letter!",
    "The ferry was spared.",
    boilerplate=[3],
)


def many(count: int) -> tuple[Sentence, ...]:
    return sentences_of(*(f"Boat {number} sank." for number in range(1, count + 1)))


def numbers_to_read(request: ChatRequest) -> list[int]:
    shown = request.messages[1].content.partition("Sentences to read:")[2]
    return [int(number) for number in re.findall(r"^\[(\d+)\]", shown, re.MULTILINE)]


def claim_of_each(request: ChatRequest) -> dict[str, object]:
    return extraction(*(claim(f"Boat {number} sank.", number) for number in numbers_to_read(request)))


async def test_a_claim_carries_the_exact_place_it_comes_from() -> None:
    reply = extraction(
        claim(
            "About 40 boats\n sank [in Velm\u202e harbour].",
            2,
            attribution=["Velm Courier", " ", "Ana Roth (mayor)"],
            said_on="2024-05",
            speaks_of="May 2024",
            queries=["40 boats sank Velm", "40 boats sank Velm", "Velm harbour storm", "boats", "fourth"],
        )
    )
    (found,) = (await engine(ScriptedModel(extract=reply)).extract(DOCUMENT, HARBOUR)).claims
    assert found.id == "c1"
    assert found.text == "About 40 boats sank [in Velm harbour]."
    assert found.kind is ClaimKind.CONTENT
    assert found.spans == (HARBOUR[1].span,)
    assert found.attribution == ("Velm Courier", "Ana Roth (mayor)")
    assert found.said_on == PartialDate(2024, 5)
    assert found.queries == ("40 boats sank Velm", "Velm harbour storm", "boats")


async def test_neighbouring_sentences_make_one_span_and_boilerplate_between_them_parts_it() -> None:
    reply = extraction(claim("A storm sank 40 boats and spared the ferry.", 4, 2, 1))
    (found,) = (await engine(ScriptedModel(extract=reply)).extract(DOCUMENT, HARBOUR)).claims
    assert found.spans == (Span(0, HARBOUR[1].span.end), HARBOUR[3].span)


async def test_boilerplate_is_never_shown_to_the_model_and_code_sets_it_aside() -> None:
    model = ScriptedModel(extract=extraction())
    result = await engine(model).extract(DOCUMENT, HARBOUR)
    assert "Subscribe" not in model.requests[0].messages[1].content
    assert numbers_to_read(model.requests[0]) == [1, 2, 4]
    assert result.discarded == ()
    (aside,) = set_aside(HARBOUR)
    assert (aside.span, aside.text, aside.reason) == (
        HARBOUR[2].span,
        "Subscribe to our letter!",
        DiscardReason.BOILERPLATE,
    )


async def test_the_model_is_told_title_outlet_and_date() -> None:
    model = ScriptedModel(extract=extraction())
    await engine(model).extract(DOCUMENT, HARBOUR)
    for part in ("title: Storm at Velm", "outlet: Velm Courier", "date: 2024-05-04"):
        assert part in model.requests[0].messages[1].content


@pytest.mark.parametrize("count", [1, 25, 26, 40, 41, 50, 51, 75, 76, 80, 81, 100, 101, 121, 400])
async def test_every_sentence_is_read_once_within_one_call_per_25(count: int) -> None:
    model = ScriptedModel(extract=claim_of_each)
    result = await engine(model).extract(DOCUMENT, many(count))
    assert sorted(chain.from_iterable(map(numbers_to_read, model.requests))) == list(range(1, count + 1))
    assert all(len(numbers_to_read(request)) <= 40 for request in model.requests)
    assert result.usage.calls["extract"] == len(model.requests) <= -(-count // 25)
    assert [item.id for item in result.claims] == [f"c{number}" for number in range(1, count + 1)]
    assert [item.text for item in result.claims] == [sentence.text for sentence in many(count)]


async def test_windows_run_at_the_same_time() -> None:
    model = ScriptedModel(extract=claim_of_each)
    await engine(model).extract(DOCUMENT, many(120))
    assert model.most_in_flight == 3


async def test_a_later_window_knows_the_lead_and_what_came_just_before() -> None:
    model = ScriptedModel(extract=extraction())
    await engine(model).extract(DOCUMENT, many(50))
    context = model.requests[1].messages[1].content.partition("Sentences to read:")[0]
    assert [int(number) for number in re.findall(r"^\[(\d+)\]", context, re.MULTILINE)] == [
        1,
        2,
        22,
        23,
        24,
        25,
    ]


async def test_a_document_of_boilerplate_alone_asks_nothing() -> None:
    model = ScriptedModel()
    result = await engine(model).extract(DOCUMENT, sentences_of("Log in.", boilerplate=[1]))
    assert (result.claims, result.discarded, result.unread, model.requests) == ((), (), (), [])


async def test_the_same_claim_made_twice_is_one_claim_with_both_places() -> None:
    reply = extraction(
        claim("The ferry was spared.", 4),
        claim("About 40 boats sank", 2),
        claim("the ferry  was spared", 1),
        claim("The ferry was spared.", 1, kind="statement"),
    )
    result = await engine(ScriptedModel(extract=reply)).extract(DOCUMENT, HARBOUR)
    assert [(item.id, item.text, item.spans) for item in result.claims] == [
        ("c1", "The ferry was spared.", (HARBOUR[0].span, HARBOUR[3].span)),
        ("c2", "The ferry was spared.", (HARBOUR[0].span,)),
        ("c3", "About 40 boats sank", (HARBOUR[1].span,)),
    ]


async def test_what_is_set_aside_keeps_its_reason_and_place() -> None:
    dropped = {"sentence": 4, "reason": "forecast", "note": " her hope "}
    result = await engine(ScriptedModel(extract=extraction(discarded=(dropped, dropped)))).extract(
        DOCUMENT, HARBOUR
    )
    (item,) = result.discarded
    assert (item.span, item.text, item.reason, item.note) == (
        HARBOUR[3].span,
        "The ferry was spared.",
        DiscardReason.FORECAST,
        "her hope",
    )


async def test_a_window_that_fails_is_unread_and_the_others_stand() -> None:
    def second_is_down(request: ChatRequest) -> dict[str, object] | ModelUnavailable:
        down = ModelUnavailable("the server does not answer: try later")
        return down if 30 in numbers_to_read(request) else claim_of_each(request)

    text = many(50)
    result = await engine(ScriptedModel(extract=second_is_down)).extract(DOCUMENT, text)
    assert [item.id for item in result.claims] == [f"c{number}" for number in range(1, 26)]
    (unread,) = result.unread
    assert unread.span == Span(text[25].span.start, text[49].span.end)
    assert unread.reason == "the server does not answer: try later"


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (extraction(claim("x", 3)), "claims.0: there is no sentence [3] to read"),
        (extraction(claim("x")), "claims.0: it names no sentence"),
        (extraction(claim(" ", 1)), "claims.0: its text is empty"),
        (extraction(claim("x", 1, queries=[])), "claims.0: it has no search query"),
        (extraction(claim("x", 1, said_on="last week")), "said_on: 'last week' is not a date"),
        (extraction(claim("x", 1, said_on="2024-02-30")), "claims.0: said_on"),
        (
            extraction(discarded=({"sentence": 9, "reason": "opinion", "note": ""},)),
            "discarded.0: there is no sentence [9]",
        ),
        (extraction(claim("x", 1, kind="rumour")), "claims.0.kind"),
    ],
)
async def test_an_unusable_reply_is_mended_once(reply: dict[str, object], fault: str) -> None:
    model = ScriptedModel(extract=[reply, extraction(claim("About 40 boats sank.", 2))])
    result = await engine(model).extract(DOCUMENT, HARBOUR)
    assert fault in model.requests[1].messages[-1].content
    assert [item.text for item in result.claims] == ["About 40 boats sank."]
    assert (result.usage.calls, result.usage.prompt_tokens) == ({"extract": 2}, 200)


async def test_a_window_that_stays_unusable_is_unread_and_its_cost_is_counted() -> None:
    model = ScriptedModel(extract=["no", "no again"])
    result = await engine(model).extract(DOCUMENT, HARBOUR)
    assert result.claims == ()
    assert "no usable reply to extract" in result.unread[0].reason
    assert result.usage.calls == {"extract": 2}
