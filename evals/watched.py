"""A model that remembers, for the sample it was asked for, which errors the product turned into values.

The product makes a failed call an unassessed claim, as it should. A run must tell some apart: a spent
budget ends it and is no result, a missing recording is a fault of the replay.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from agent.errors import BudgetSpent, ModelError, ModelRejected, ReplyMissing
from agent.ports import ChatModel, ChatRequest, Reply

_met: ContextVar[list[ModelError] | None] = ContextVar("met", default=None)


@contextmanager
def errors_met() -> Iterator[list[ModelError]]:
    """The errors that end runs, met by calls made within, tasks started within included."""
    errors: list[ModelError] = []
    token = _met.set(errors)
    try:
        yield errors
    finally:
        _met.reset(token)


class WatchedModel:
    """Fits the ChatModel port."""

    def __init__(self, inner: ChatModel) -> None:
        self._inner = inner

    @property
    def model(self) -> str:
        return self._inner.model

    async def reply(self, request: ChatRequest) -> Reply:
        try:
            return await self._inner.reply(request)
        except (BudgetSpent, ReplyMissing, ModelRejected) as error:
            errors = _met.get()
            if errors is not None:
                errors.append(error)
            raise
