"""Replies of a language model over HTTP, from cassettes. To record: see tests/cassettes/README.md."""

from __future__ import annotations

import asyncio
import json
import os

import pytest

from agent.adapters.openai_chat import OpenAIChat
from agent.adapters.prices import Price
from agent.ports import ChatRequest, Message
from agent.settings import ModelSettings

pytestmark = pytest.mark.vcr

SYSTEM = Message(
    "system", "You read one short notice and answer the question about it from the notice alone."
)


def model(price: Price | None = None) -> OpenAIChat:
    # Replaying needs no server: nothing listens on port 9.
    base_url = os.environ.get("OPENAI_BASE_URL") or "http://127.0.0.1:9/v1"
    key = os.environ.get("OPENAI_API_KEY") or "unused"
    return OpenAIChat(ModelSettings("desk-llm", base_url, key, timeout_s=900, patience_s=900), price)


def question(text: str, *later: Message, **properties: object) -> ChatRequest:
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return ChatRequest("read", (SYSTEM, Message("user", text), *later), "answer", schema)


NOTICE = "Notice: the morning ferry from Ellery to Skarholm left at 07:40 with 212 passengers on board."


async def test_a_reply_fits_the_schema_that_was_asked_for():
    request = question(
        f"{NOTICE}\nHow many passengers were on board, and where was the ferry bound?",
        passengers={"type": "integer"},
        destination={"type": "string"},
    )
    reply = await model().reply(request)
    assert json.loads(reply.text) == {"passengers": 212, "destination": "Skarholm"}
    assert reply.model == "desk-llm"
    assert not reply.stored


async def test_a_reply_comes_with_what_it_took():
    request = question(f"{NOTICE}\nAt what time did it leave?", time={"type": "string"})
    reply = await model(Price(prompt=2.0, completion=8.0)).reply(request)
    usage = reply.usage
    assert usage.calls == {"read": 1}
    assert usage.prompt_tokens > usage.completion_tokens > 0
    assert usage.cost == pytest.approx((2 * usage.prompt_tokens + 8 * usage.completion_tokens) / 1e6)


async def test_text_beyond_ascii_arrives_as_it_was_written():
    text = (
        "Notice: «Łódź–Zürich» train 🚆 delayed in Žilina, says Ōtani Naïs.\nCopy the speaker's name exactly."
    )
    reply = await model().reply(question(text, speaker={"type": "string"}))
    assert json.loads(reply.text) == {"speaker": "Ōtani Naïs"}


async def test_earlier_turns_are_part_of_the_request():
    request = question(
        f"{NOTICE}\nWhere did the ferry start?",
        Message("assistant", '{"place": "Skarholm"}'),
        Message("user", "That is where it was bound. Answer again: where did it start?"),
        place={"type": "string"},
    )
    reply = await model().reply(request)
    assert json.loads(reply.text) == {"place": "Ellery"}


async def test_requests_made_at_once_each_get_their_own_reply():
    sums = [(2, 3), (10, 7), (40, 2)]
    requests = [
        question(f"Notice: {a} boats came in, then {b} more. How many in all?", boats={"type": "integer"})
        for a, b in sums
    ]
    asked = model()
    replies = await asyncio.gather(*(asked.reply(request) for request in requests))
    assert [json.loads(reply.text)["boats"] for reply in replies] == [a + b for a, b in sums]
