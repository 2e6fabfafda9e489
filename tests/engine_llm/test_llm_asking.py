"""One question, one chance to mend the reply, every token counted."""

from __future__ import annotations

import json

import pytest
from doubles import ScriptedModel

from agent.adapters.prompt_files import load_prompt
from agent.engines.llm.asking import Faulty, ask, parse, request_for
from agent.engines.llm.wire import WireExtraction, WireJudgement, schema_of
from agent.errors import ModelRefused, ModelUnavailable, PromptError, ReplyUnusable

PROMPT = load_prompt("extract")
EMPTY = '{"claims": [], "discarded": []}'
VARIABLES = dict.fromkeys(("mark", "title", "outlet", "date", "context", "sentences"), "x")


async def put(model: ScriptedModel):
    request = request_for("extract", PROMPT, WireExtraction, VARIABLES)
    return await ask(model, request, WireExtraction, PROMPT, lambda value: [])


@pytest.mark.parametrize(
    "text",
    [
        EMPTY,
        f"  {EMPTY}\n",
        f"```json\n{EMPTY}\n```",
        f"```\n{EMPTY}```",
        f"<think>claims? {{none}}</think>\n```json\n{EMPTY}\n```",
    ],
)
async def test_json_is_found_in_its_wrapping(text: str) -> None:
    answer = await put(ScriptedModel(extract=text))
    assert (answer.value.claims, answer.usage.calls) == ([], {"extract": 1})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sorry.",
        EMPTY[:-1],
        '{"claims": [], "claims": [], "discarded": []}',
        '{"claims": [], "discarded": NaN}',
        '{"claims": [], "discarded": "\\ud800"}',
        "[" * 100_000,
    ],
)
def test_what_is_not_json_is_faulty(text: str) -> None:
    with pytest.raises(Faulty, match="not valid JSON"):
        parse(text)


@pytest.mark.parametrize(
    "value",
    [
        {"claims": []},
        {"claims": [], "discarded": [], "more": 1},
        {"claims": [], "discarded": [{"sentence": "2", "reason": "opinion", "note": ""}]},
        {"claims": [], "discarded": [{"sentence": True, "reason": "opinion", "note": ""}]},
        {"claims": [], "discarded": None},
        [],
    ],
)
async def test_a_reply_must_fit_its_schema_exactly(value: object) -> None:
    text = json.dumps(value)
    with pytest.raises(ReplyUnusable):
        await put(ScriptedModel(extract=[text, text]))


async def test_the_mending_turn_holds_the_reply_and_its_faults() -> None:
    model = ScriptedModel(extract=["{}", EMPTY], cost=0.5)
    answer = await put(model)
    roles = [message.role for message in model.requests[1].messages]
    assert roles == ["system", "user", "assistant", "user"]
    assert model.requests[1].messages[2].content == "{}"
    assert "claims: Field required" in model.requests[1].messages[3].content
    assert model.requests[1].schema == model.requests[0].schema
    assert (answer.usage.calls, answer.usage.completion_tokens, answer.usage.cost) == (
        {"extract": 2},
        20,
        1.0,
    )


async def test_a_third_try_is_never_made() -> None:
    model = ScriptedModel(extract=["{}", "{}", EMPTY])
    with pytest.raises(ReplyUnusable, match="repair included") as caught:
        await put(model)
    assert len(model.requests) == 2
    assert caught.value.usage.prompt_tokens == 200


async def test_a_server_lost_during_the_mending_still_owns_up_to_the_first_call() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        await put(ScriptedModel(extract=["{}", ModelUnavailable("gone: try later")]))
    assert caught.value.usage.calls == {"extract": 1}


async def test_a_refusal_is_not_argued_with() -> None:
    model = ScriptedModel(extract=ModelRefused("it declined"))
    with pytest.raises(ModelRefused):
        await put(model)
    assert len(model.requests) == 1


def test_a_prompt_given_the_wrong_variables_is_our_error() -> None:
    with pytest.raises(PromptError, match="no value for title"):
        request_for("extract", PROMPT, WireExtraction, {k: v for k, v in VARIABLES.items() if k != "title"})


# --- schemas ---

ALLOWED = {"type", "properties", "required", "additionalProperties", "items", "enum"}


def objects_in(node: object):
    """Every schema in a schema; keys of ``properties`` are names, not keywords."""
    if isinstance(node, list):
        for item in node:
            yield from objects_in(item)
    elif isinstance(node, dict):
        yield node
        yield from objects_in(list(node.get("properties", {}).values()))
        yield from objects_in(node.get("items", []))


@pytest.mark.parametrize("wire_type", [WireExtraction, WireJudgement])
def test_schemas_are_strict_and_self_contained(wire_type: type) -> None:
    schemas = list(objects_in(schema_of(wire_type)))
    assert len(schemas) > 10
    for schema in schemas:
        assert schema.keys() <= ALLOWED
        if schema["type"] == "object":
            assert schema["additionalProperties"] is False
            assert schema["required"] == list(schema["properties"])
        if schema["type"] == "array":
            assert isinstance(schema["items"], dict)
