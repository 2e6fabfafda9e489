"""A ChatModel that counts what it is asked, for testing what is wrapped around one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from agent.domain import Usage
from agent.ports import ChatRequest, Message, Reply

EACH = Usage({"judge": 1}, prompt_tokens=80, completion_tokens=20, cost=0.5)


def request(text: str = "Well?") -> ChatRequest:
    return ChatRequest("judge", (Message("user", text),), "answer", {"type": "object"}, max_tokens=20)


class CountingModel:
    """Answers with the last message's text after one turn of the event loop."""

    model = "counting"

    def __init__(self, answer: Callable[[ChatRequest], Reply] | None = None) -> None:
        self.asked: list[str] = []
        self.under_way = 0
        self.peak = 0
        self._answer = answer or (lambda asked: Reply(asked.messages[-1].content, self.model, EACH))

    async def reply(self, request: ChatRequest) -> Reply:
        self.asked.append(request.messages[-1].content)
        self.under_way += 1
        self.peak = max(self.peak, self.under_way)
        try:
            await asyncio.sleep(0.001)
            return self._answer(request)
        finally:
            self.under_way -= 1
