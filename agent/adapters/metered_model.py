"""A ChatModel that tells of every request it really made."""

from __future__ import annotations

from agent.domain import NO_USAGE
from agent.errors import ModelError
from agent.ports import ChatModel, ChatRequest, OnSpent, Reply


class MeteredModel:
    """Put it inside the store and around the budget: replies on record are not told of, refusals are."""

    def __init__(self, inner: ChatModel, on_spent: OnSpent) -> None:
        self._inner = inner
        self._on_spent = on_spent

    @property
    def model(self) -> str:
        return self._inner.model

    async def reply(self, request: ChatRequest) -> Reply:
        """Raises what the inner model raises."""
        try:
            reply = await self._inner.reply(request)
        except ModelError as error:
            self._on_spent(error.usage, error)
            raise
        self._on_spent(NO_USAGE if reply.stored else reply.usage, None)
        return reply
