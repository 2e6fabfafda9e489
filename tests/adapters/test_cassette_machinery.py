"""Recording and replaying: readable, without secrets, the same bytes each time, never by accident."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from pathlib import Path
from types import SimpleNamespace

import cassette_yaml
import isolation
import pytest
import yaml
from fake_server import Answer, ScriptedServer, Seen, failed, said

from agent.adapters.openai_chat import OpenAIChat
from agent.ports import ChatRequest, Message
from agent.settings import ModelSettings

KEY = "sk-test-0123456789abcdef"


def request(text: str) -> ChatRequest:
    return ChatRequest("read", (Message("user", text),), "answer", {"type": "object"})


def cassette(path: Path, vcr_config: dict, mode: str = "none"):
    import vcr

    recorder = vcr.VCR(record_mode=mode)
    recorder.register_serializer("yaml", cassette_yaml)
    recorder.register_matcher("json_body", cassette_yaml.same_json_body)
    return recorder.use_cassette(str(path), serializer="yaml", **vcr_config)


async def ask(base_url: str, *texts: str) -> list[str]:
    model = OpenAIChat(ModelSettings("m", base_url, KEY))
    replies = await asyncio.gather(*(model.reply(request(text)) for text in texts))
    return [reply.text for reply in replies]


def echo(seen: Seen) -> Answer:
    time.sleep(random.uniform(0, 0.02))
    return said(f'{{"echo": "{seen.body["messages"][-1]["content"]} – ü"}}')


async def record(path: Path, vcr_config: dict, *texts: str) -> str:
    with ScriptedServer(echo) as server, cassette(path, vcr_config, "once"):
        await ask(server.base_url, *texts)
    return path.read_text(encoding="utf-8")  # noqa: ASYNC240


TEXTS = [f"question {n}" for n in range(12)]


async def test_recording_the_same_conversation_again_gives_the_same_bytes(tmp_path, vcr_config):
    first = await record(tmp_path / "one.yaml", vcr_config, *TEXTS)
    second = await record(tmp_path / "two.yaml", vcr_config, *reversed(TEXTS))
    assert first == second
    assert cassette_yaml.serialize(cassette_yaml.deserialize(first)) == first


async def test_what_was_recorded_replays_without_a_server(tmp_path, vcr_config):
    await record(tmp_path / "one.yaml", vcr_config, *TEXTS)
    with cassette(tmp_path / "one.yaml", vcr_config):
        replies = await ask("http://127.0.0.1:9/v1", *reversed(TEXTS))
    assert replies == [f'{{"echo": "{text} – ü"}}' for text in reversed(TEXTS)]


async def test_an_edited_prompt_is_not_answered_from_the_cassette(tmp_path, vcr_config):
    from vcr.errors import CannotOverwriteExistingCassetteException

    await record(tmp_path / "one.yaml", vcr_config, "question")
    with cassette(tmp_path / "one.yaml", vcr_config), pytest.raises(CannotOverwriteExistingCassetteException):
        await ask("http://127.0.0.1:9/v1", "question?")


async def test_a_failure_and_its_retry_replay_in_their_order(tmp_path, vcr_config, pauses):
    path = tmp_path / "one.yaml"
    script = [failed(429, headers={"retry-after": "3"}), said("{}")]
    with ScriptedServer(script) as server, cassette(path, vcr_config, "once"):
        await ask(server.base_url, "question")
    pauses.clear()
    with cassette(path, vcr_config):
        assert await ask("http://127.0.0.1:9/v1", "question") == ["{}"]
    assert 3 <= pauses[0] <= 3.25


async def test_a_cassette_reads_as_text_and_holds_no_key_host_or_client(tmp_path, vcr_config):
    text = await record(tmp_path / "one.yaml", vcr_config, "line one\nline two, „schön“")
    assert "content: |-\n            line one\n            line two, „schön“\n" in text
    for private in (KEY, "authorization", "127.0.0.1", "user-agent", "x-stainless", "date:"):
        assert private not in text.lower()
    (interaction,) = yaml.safe_load(text)["interactions"]
    assert interaction["request"]["uri"] == "http://model.invalid/v1/chat/completions"
    assert interaction["request"]["body"]["json"]["model"] == "m"


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":[1,2.5,null,"\xc3\xa9"]}',
        b'data: {"a":1}\n\ndata: [DONE]\n\n',
        b"plain",
        b"",
        b"\xff\xfe",
        b"null",
        b'{"s":"\xe2\x80\xa8\xc2\x85 \\u0000 trailing \\n "}',
        b'{"s":"\xf0\x9f\x9a\xa2","w":"' + b"many words " * 40 + b'"}',
    ],
)
def test_any_body_comes_back(body):
    recorded = {
        "version": 1,
        "interactions": [
            {
                "request": {"method": "POST", "uri": "http://h:1/v1/x?q=1", "headers": {}, "body": body},
                "response": {
                    "status": {"code": 200, "message": "OK"},
                    "headers": {"Content-Type": ["application/json"], "Date": ["today"]},
                    "body": {"string": body},
                },
            }
        ],
    }
    text = cassette_yaml.serialize(recorded)
    (back,) = cassette_yaml.deserialize(text)["interactions"]
    assert cassette_yaml._tree(back["response"]["body"]["string"]) == cassette_yaml._tree(body)
    assert cassette_yaml._tree(back["request"]["body"]) == cassette_yaml._tree(body)
    assert back["response"]["headers"] == {"content-type": ["application/json"]}


@pytest.mark.parametrize("mode", ["once", "new_episodes", "all", "rewrite"])
def test_recording_is_refused_in_ci(mode, monkeypatch):
    asked = SimpleNamespace(getoption=lambda name, default: mode)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.UsageError, match="CI is set"):
        isolation.recording(asked)
    monkeypatch.delenv("CI")
    assert isolation.recording(asked)


def test_without_asking_nothing_is_recorded(monkeypatch):
    monkeypatch.setenv("CI", "true")
    assert not isolation.recording(SimpleNamespace(getoption=lambda name, default: default))


def test_tests_cannot_reach_the_network():
    with pytest.raises(isolation.NetworkBlocked, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(isolation.NetworkBlocked, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)
    with ScriptedServer([]) as server:
        socket.create_connection(("localhost", server.port), timeout=5).close()
