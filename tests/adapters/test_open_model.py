"""Putting a model together: what is opened with it is closed with it."""

import pytest

from agent.adapters.openai_chat import OpenAIChat
from agent.bootstrap import open_model
from agent.settings import ModelSettings


async def test_a_model_s_connections_are_closed_at_the_end_whatever_happened(monkeypatch: pytest.MonkeyPatch):
    closed: list[str] = []

    async def aclose(chat: OpenAIChat) -> None:
        closed.append(chat.model)

    monkeypatch.setattr(OpenAIChat, "aclose", aclose)
    async with open_model(ModelSettings("local-model", "http://127.0.0.1:9/v1")):
        assert closed == []
    with pytest.raises(KeyError):
        async with open_model(ModelSettings("other-model", "http://127.0.0.1:9/v1")):
            raise KeyError
    assert closed == ["local-model", "other-model"]
