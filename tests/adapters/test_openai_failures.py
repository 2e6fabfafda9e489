"""What OpenAIChat makes of servers that fail, stall, refuse or lack features."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from email.utils import formatdate

import pytest
from fake_server import Answer, ScriptedServer, Seen, answered, failed, said

from agent.adapters.openai_chat import OpenAIChat
from agent.adapters.prices import Price
from agent.domain import NO_USAGE, Usage
from agent.errors import ModelRefused, ModelRejected, ModelUnavailable, ReplyUnusable
from agent.ports import ChatRequest, Message, Reply
from agent.settings import ModelSettings

KEY = "sk-test-0123456789abcdef"
SCHEMA = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}
REQUEST = ChatRequest("judge", (Message("system", "Be brief."), Message("user", "Well?")), "answer", SCHEMA)
OK = said('{"ok": true}')


def chat(server: ScriptedServer, price: Price | None = None, **settings: object) -> OpenAIChat:
    return OpenAIChat(ModelSettings("m", server.base_url, KEY, **settings), price)  # type: ignore[arg-type]


async def ask(script: list[Answer], **settings: object) -> tuple[Reply, ScriptedServer]:
    with ScriptedServer(script) as server:
        return await chat(server, **settings).reply(REQUEST), server


# --- failures that pass ---


@pytest.mark.parametrize(
    "failure",
    [
        failed(429),
        failed(500),
        failed(503),
        failed(408),
        failed(409),
        Answer(502, b"<html>"),
        Answer(reset=True),
    ],
    ids=["429", "500", "503", "408", "409", "html", "reset"],
)
async def test_a_failure_that_passes_is_tried_again(failure, pauses):
    reply, server = await ask([failure, failure, OK])
    assert reply.text == '{"ok": true}'
    assert len(server.seen) == 3
    assert len(pauses) == 2
    assert reply.usage.calls == {"judge": 1}


@pytest.mark.parametrize(
    ("headers", "at_least"),
    [({"retry-after": "7"}, 7), ({"retry-after-ms": "1500"}, 1.5), ({"retry-after": "9000"}, 120)],
    ids=["seconds", "milliseconds", "capped"],
)
async def test_the_wait_a_server_asks_for_is_kept(headers, at_least, pauses):
    await ask([failed(429, headers=headers), OK])
    assert at_least <= pauses[0] <= at_least + 0.25


async def test_the_wait_may_be_given_as_a_date(pauses):
    import time

    await ask([failed(503, headers={"retry-after": formatdate(time.time() + 60, usegmt=True)}), OK])
    assert 55 < pauses[0] <= 60.25


async def test_it_gives_up_after_six_attempts(pauses):
    with ScriptedServer(lambda seen: failed(503, "all busy")) as server:
        with pytest.raises(
            ModelUnavailable, match=r"failed \(503\) \(tried 6 times\): .*all busy.*try later"
        ):
            await chat(server).reply(REQUEST)
        assert len(server.seen) == 6
    assert len(pauses) == 5


async def test_it_does_not_wait_longer_than_its_patience(pauses):
    with (
        ScriptedServer([failed(429, headers={"retry-after": "100"}), OK]) as server,
        pytest.raises(ModelUnavailable, match="too busy"),
    ):
        await chat(server, patience_s=30).reply(REQUEST)
    assert pauses == []


async def test_a_server_that_says_do_not_retry_is_obeyed():
    with ScriptedServer([failed(503, headers={"x-should-retry": "false"}), OK]) as server:
        with pytest.raises(ModelUnavailable):
            await chat(server).reply(REQUEST)
        assert len(server.seen) == 1


async def test_silence_ends_at_the_timeout_and_is_tried_again(pauses):
    reply, _ = await ask([said("late", delay_s=30), OK], timeout_s=0.2)
    assert reply.text == '{"ok": true}'
    assert len(pauses) == 1


async def test_endless_silence_is_named(pauses):
    with (
        ScriptedServer(lambda seen: said("late", delay_s=30)) as server,
        pytest.raises(ModelUnavailable, match=r"did not answer within 0\.05 s \(tried 6 times\)"),
    ):
        await chat(server, timeout_s=0.05).reply(REQUEST)


async def test_nobody_listening_is_named_with_the_address():
    with ScriptedServer([]) as server:
        gone = server.base_url
    with pytest.raises(ModelUnavailable, match=r"cannot reach 127\.0\.0\.1:\d+.*is it running"):
        await OpenAIChat(ModelSettings("m", gone, KEY)).reply(REQUEST)


# --- failures that stay ---


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (failed(401, f"Incorrect API key provided: {KEY}"), "set OPENAI_API_KEY"),
        (failed(403), "no access to m"),
        (failed(404, "The model `m` does not exist"), "check model and base URL"),
        (failed(429, code="insufficient_quota"), "no credit left"),
        (failed(402), "no credit left"),
        (failed(400, "maximum context length is 8192 tokens"), "maximum context length"),
        (failed(413, "too large"), "too large"),
    ],
    ids=["key", "access", "model", "quota", "payment", "context", "size"],
)
async def test_what_no_retry_can_mend_is_rejected_at_once(failure, words, pauses):
    with ScriptedServer([failure]) as server:
        with pytest.raises(ModelRejected, match=words):
            await chat(server).reply(REQUEST)
        assert len(server.seen) == 1
    assert pauses == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>hello</html>", content_type="text/html"),
        Answer(200, b'{"choices": [', content_type="application/json"),
        Answer(200, b"\xff\xfe\x00", content_type="application/json"),
        answered({"error": {"message": "provider down"}}),
        answered({"id": "x", "choices": []}),
        answered([]),
    ],
    ids=["html", "cut", "bytes", "error", "no choices", "list"],
)
async def test_something_other_than_a_completion_points_at_the_base_url(answer):
    with ScriptedServer([answer]) as server, pytest.raises(ModelUnavailable, match="check the base URL"):
        await chat(server).reply(REQUEST)


# --- replies that are none ---


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (said(None, refusal="I will not."), ModelRefused, "m declined: I will not"),
        (said(None, finish="content_filter"), ModelRefused, "content filter"),
        (said('{"ok": tr', finish="length"), ReplyUnusable, "cut off at its token limit"),
        (said(""), ReplyUnusable, "empty reply"),
        (said(None), ReplyUnusable, "empty reply"),
        (said("  \n"), ReplyUnusable, "empty reply"),
        (said("x" * 5_000_000), ReplyUnusable, "5,000,000 characters"),
    ],
    ids=["refused", "filtered", "cut off", "empty", "null", "blank", "endless"],
)
async def test_a_reply_without_use_says_why_and_what_it_took(answer, error, words):
    with ScriptedServer([answer]) as server:
        with pytest.raises(error, match=words) as caught:
            await chat(server).reply(REQUEST)
        assert len(server.seen) == 1
    assert caught.value.usage == Usage({"judge": 1}, 10, 5, None)


async def test_a_request_stopped_by_a_content_filter_is_a_refusal():
    with (
        ScriptedServer([failed(400, "filtered by policy", code="content_filter")]) as server,
        pytest.raises(ModelRefused, match="filtered by policy"),
    ):
        await chat(server).reply(REQUEST)


async def test_a_long_but_finite_reply_is_taken():
    text = json.dumps({"note": "ä" * 500_000}, ensure_ascii=False)
    reply, _ = await ask([said(text)])
    assert reply.text == text


@pytest.mark.parametrize(
    "sparse",
    [
        {"message": {"content": "{}"}},
        {"message": {"content": "{}", "role": "assistant"}, "finish_reason": "stop"},
    ],
)
async def test_a_sparse_completion_is_still_a_reply(sparse):
    reply, _ = await ask([answered({"choices": [sparse], "usage": {}})])
    assert reply == Reply("{}", "m", Usage({"judge": 1}, 0, 0, None))


@pytest.mark.parametrize("hollow", [{}, {"message": None}, {"message": {"content": ["{}"]}}])
async def test_a_hollow_completion_is_an_empty_reply(hollow):
    with (
        ScriptedServer([answered({"choices": [hollow]})]) as server,
        pytest.raises(ReplyUnusable, match="empty"),
    ):
        await chat(server).reply(REQUEST)


async def test_a_server_that_does_not_count_leaves_the_cost_unknown():
    with ScriptedServer([said("{}", tokens=None)]) as server:
        reply = await chat(server, Price(1, 1)).reply(REQUEST)
    assert reply.usage == Usage({"judge": 1}, 0, 0, None)


# --- servers that lack something ---


def lacks(*formats: str) -> object:
    """A server that answers 400 to these types of response_format."""

    def script(seen: Seen) -> Answer:
        kind = seen.body.get("response_format", {}).get("type", "none")
        return failed(400, f"response_format type {kind} is not supported") if kind in formats else OK

    return script


@pytest.mark.parametrize(
    ("missing", "formats"),
    [
        ((), ["json_schema"]),
        (("json_schema",), ["json_schema", "json_object"]),
        (("json_schema", "json_object"), ["json_schema", "json_object", None]),
    ],
)
async def test_the_strongest_format_the_server_takes_is_used_and_remembered(missing, formats):
    with ScriptedServer(lacks(*missing)) as server:
        model = chat(server)
        await model.reply(REQUEST)
        await model.reply(REQUEST)
        asked = [(seen.body.get("response_format") or {}).get("type") for seen in server.seen]
    assert asked == [*formats, formats[-1]]


@pytest.mark.parametrize(
    "failure",
    [
        failed(404, "structured outputs are not available"),
        failed(422, "Input should be 'text' or 'json_object'", param="response_format.type"),
        failed(501, "not implemented"),
    ],
    ids=["404", "422", "501"],
)
async def test_a_missing_schema_mode_is_recognised_by_status_and_words(failure):
    reply, server = await ask([failure, OK])
    assert reply.text == '{"ok": true}'
    assert server.seen[1].body["response_format"] == {"type": "json_object"}


async def test_without_schema_mode_the_schema_is_written_into_the_last_user_message():
    _, server = await ask([failed(400, "json_schema unsupported"), OK])
    system, user = server.seen[1].body["messages"]
    assert system == {"role": "system", "content": "Be brief."}
    assert user["content"].startswith("Well?\n\n")
    assert json.dumps(SCHEMA) in user["content"]


async def test_requests_made_at_once_learn_together():
    with ScriptedServer(lacks("json_schema")) as server:
        model = chat(server)
        await asyncio.gather(*(model.reply(REQUEST) for _ in range(8)))
        await model.reply(REQUEST)
        assert server.seen[-1].body["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("name", ["temperature", "seed"])
async def test_a_parameter_the_model_does_not_take_is_dropped_and_remembered(name):
    def script(seen: Seen) -> Answer:
        return failed(400, f"Unsupported value: '{name}'", param=name) if name in seen.body else OK

    with ScriptedServer(script) as server:
        model = chat(server)
        await model.reply(REQUEST)
        await model.reply(REQUEST)
        kept = [{"temperature", "seed"} & seen.body.keys() for seen in server.seen]
        formats = {seen.body["response_format"]["type"] for seen in server.seen}
    assert kept == [
        {"temperature", "seed"},
        {"temperature", "seed"} - {name},
        {"temperature", "seed"} - {name},
    ]
    assert formats == {"json_schema"}


async def test_a_token_limit_is_renamed_for_models_that_want_it_so():
    request = ChatRequest("judge", REQUEST.messages, "answer", SCHEMA, max_tokens=99)
    failure = failed(400, "'max_tokens' is not supported, use 'max_completion_tokens'", param="max_tokens")
    with ScriptedServer([failure, OK]) as server:
        await chat(server).reply(request)
        assert server.seen[0].body["max_tokens"] == 99
        assert server.seen[1].body["max_completion_tokens"] == 99
        assert "max_tokens" not in server.seen[1].body


# --- manners ---


async def test_no_more_requests_are_under_way_than_allowed():
    with ScriptedServer(lambda seen: said("{}", delay_s=0.03)) as server:
        model = chat(server, max_in_flight=3)
        await asyncio.gather(*(model.reply(REQUEST) for _ in range(12)))
        assert server.peak_in_flight == 3


async def test_a_request_that_waits_to_retry_makes_room_for_others(monkeypatch):
    others_done = asyncio.Event()

    async def until_others_are_done(seconds: float) -> None:
        await asyncio.wait_for(others_done.wait(), 5)

    monkeypatch.setattr("agent.adapters.retrying.pause", until_others_are_done)
    with ScriptedServer([failed(429), OK, OK]) as server:
        model = chat(server, max_in_flight=1)
        first = asyncio.create_task(model.reply(REQUEST))
        await asyncio.sleep(0.05)
        await model.reply(REQUEST)
        others_done.set()
        assert (await first).text == '{"ok": true}'


async def test_while_a_server_wants_quiet_no_other_request_begins(pauses):
    with ScriptedServer([failed(429, headers={"retry-after": "40"}), *[OK] * 3]) as server:
        model = chat(server, max_in_flight=1)
        await asyncio.gather(*(model.reply(REQUEST) for _ in range(3)))
    assert len(pauses) == 3
    assert all(39 < wait <= 40.25 for wait in pauses)


async def test_a_cancelled_request_gives_its_place_back():
    with ScriptedServer([said("late", delay_s=30), OK]) as server:
        model = chat(server, max_in_flight=1)
        task = asyncio.create_task(model.reply(REQUEST))
        await asyncio.to_thread(server.arrived.wait, 5)
        task.cancel()
        assert (await asyncio.wait_for(model.reply(REQUEST), 5)).text == '{"ok": true}'


def test_a_model_serves_several_event_loops():
    with ScriptedServer(lambda seen: OK) as server:
        model = chat(server, max_in_flight=1)

        async def several() -> None:
            await asyncio.gather(*(model.reply(REQUEST) for _ in range(3)))
            await model.aclose()

        asyncio.run(several())
        asyncio.run(several())
        assert len(server.seen) == 6


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
async def test_the_key_is_in_no_message_log_or_trace(status, caplog):
    caplog.set_level(logging.DEBUG)
    with ScriptedServer(lambda seen: failed(status, f"you sent {seen.headers['authorization']}")) as server:
        model = chat(server)
        with pytest.raises((ModelRejected, ModelUnavailable)) as caught:
            await model.reply(REQUEST)
        assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    shown = "".join(traceback.format_exception(caught.value)) + repr(model) + repr(model._settings)
    assert KEY not in shown + caplog.text


async def test_a_failed_request_took_nothing():
    with ScriptedServer([failed(401)]) as server, pytest.raises(ModelRejected) as caught:
        await chat(server).reply(REQUEST)
    assert caught.value.usage == NO_USAGE
