"""What makes two requests the same, and what their bodies look like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.adapters.chat_dialect import Dialect, ReplyFormat, chat_request_body, request_digest
from agent.ports import ChatRequest, Message
from agent.settings import ModelSettings

SETTINGS = ModelSettings("m", "http://one.example/v1", "key-one")
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
REQUEST = ChatRequest("judge", (Message("user", "Häuser?"),), "answer", SCHEMA, max_tokens=50)


@pytest.mark.parametrize(
    ("request_", "settings"),
    [
        (REQUEST, replace(SETTINGS, base_url="http://two.example/v1")),
        (REQUEST, replace(SETTINGS, api_key="key-two")),
        (REQUEST, replace(SETTINGS, timeout_s=1, patience_s=2, max_in_flight=3)),
        (replace(REQUEST, schema=dict(reversed(SCHEMA.items()))), SETTINGS),
    ],
    ids=["host", "key", "patience", "order of keys"],
)
def test_the_digest_ignores_what_does_not_change_the_reply(request_, settings):
    assert request_digest(request_, settings) == request_digest(REQUEST, SETTINGS)


@pytest.mark.parametrize(
    ("request_", "settings"),
    [
        (REQUEST, replace(SETTINGS, model="other")),
        (REQUEST, replace(SETTINGS, temperature=0.7)),
        (REQUEST, replace(SETTINGS, temperature=None)),
        (REQUEST, replace(SETTINGS, seed=1)),
        (replace(REQUEST, max_tokens=51), SETTINGS),
        (replace(REQUEST, messages=(Message("user", "Häuser!"),)), SETTINGS),
        (replace(REQUEST, messages=(Message("system", "Häuser?"),)), SETTINGS),
        (replace(REQUEST, schema={"type": "object"}), SETTINGS),
    ],
    ids=["model", "temperature", "no temperature", "seed", "max_tokens", "text", "role", "schema"],
)
def test_the_digest_changes_with_what_decides_the_reply(request_, settings):
    assert request_digest(request_, settings) != request_digest(REQUEST, SETTINGS)


def test_the_digest_is_the_same_on_every_machine():
    assert (
        request_digest(REQUEST, SETTINGS)
        == "92e6a97bff1fc2b591f27e4d466eb05d97ddc2a78535b80e6731bdc4f7fad17e"
    )


def test_a_body_asks_for_a_strict_schema():
    assert chat_request_body(REQUEST, SETTINGS) == {
        "model": "m",
        "messages": [{"role": "user", "content": "Häuser?"}],
        "temperature": 0.0,
        "seed": 0,
        "max_tokens": 50,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
        },
    }


def test_what_is_not_set_is_not_sent():
    body = chat_request_body(
        replace(REQUEST, max_tokens=None), replace(SETTINGS, temperature=None, seed=None)
    )
    assert body.keys() == {"model", "messages", "response_format"}


def test_a_schema_in_words_follows_a_conversation_without_a_user():
    request = replace(REQUEST, messages=(Message("system", "Report."),))
    body = chat_request_body(request, SETTINGS, Dialect(ReplyFormat.TEXT))
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert "response_format" not in body


@pytest.mark.parametrize(
    ("status", "message", "param"),
    [
        (400, "maximum context length is 8192 tokens", None),
        (404, "The model `m` does not exist", "model"),
        (429, "json_schema requests are limited", None),
        (401, "temperature", "temperature"),
    ],
)
def test_errors_about_other_things_change_nothing(status, message, param):
    assert Dialect().after(status, message, param) is None


def test_a_server_that_still_complains_at_the_plainest_is_not_asked_again():
    plainest = Dialect(ReplyFormat.TEXT, frozenset({"temperature", "seed", "max_tokens"}))
    assert plainest.after(400, "bad response_format or temperature", "temperature") is None
