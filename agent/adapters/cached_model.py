"""A ChatModel that asks nothing twice: replies are kept by the digest of their request."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Literal, assert_never

from agent.adapters.chat_dialect import request_digest
from agent.errors import ReplyMissing
from agent.ports import ChatModel, ChatRequest, Reply, ReplyStore
from agent.settings import ModelSettings

Mode = Literal["use", "refresh", "replay"]


class CachedModel:
    """``use`` reads the store, else asks and keeps; ``refresh`` asks and keeps; ``replay`` only reads.

    A stored reply's usage is that of the call that earned it, and its ``stored`` is True. Identical
    requests under way at the same time are asked once; each gets the reply or the error.
    ``settings`` are those the inner model asks with: sampling parameters are part of what a request is.
    """

    def __init__(
        self, inner: ChatModel, store: ReplyStore, mode: Mode = "use", settings: ModelSettings | None = None
    ) -> None:
        self._inner = inner
        self._store = store
        self._mode = mode
        self._settings = settings or ModelSettings(model=inner.model)
        self._under_way: dict[str, asyncio.Task[Reply]] = {}

    @property
    def model(self) -> str:
        return self._inner.model

    async def reply(self, request: ChatRequest) -> Reply:
        """Raises ReplyMissing in replay, or what the inner model raises."""
        digest = request_digest(request, self._settings)
        match self._mode:
            case "use":
                return self._kept(digest) or await self._asked_once(digest, request)
            case "refresh":
                return await self._asked_once(digest, request)
            case "replay":
                return self._kept(digest) or _missing(digest, request)
            case _:
                assert_never(self._mode)

    def _kept(self, digest: str) -> Reply | None:
        reply = self._store.get(digest)
        return None if reply is None else replace(reply, stored=True)

    async def _asked_once(self, digest: str, request: ChatRequest) -> Reply:
        if (shared := self._under_way.get(digest)) is not None:
            return replace(await asyncio.shield(shared), stored=True)
        task = asyncio.create_task(self._ask(digest, request))
        self._under_way[digest] = task
        task.add_done_callback(lambda done: self._finish(digest, done))
        # Shielded: one caller's cancellation must not take the reply from the others, or from the store.
        return await asyncio.shield(task)

    async def _ask(self, digest: str, request: ChatRequest) -> Reply:
        reply = await self._inner.reply(request)
        if not reply.stored:
            await asyncio.to_thread(self._store.put, digest, reply)
        return reply

    def _finish(self, digest: str, done: asyncio.Task[Reply]) -> None:
        del self._under_way[digest]
        if not done.cancelled():
            done.exception()  # seen, so that asyncio reports no unretrieved error when all callers have left


def _missing(digest: str, request: ChatRequest) -> Reply:
    raise ReplyMissing(
        f"no recorded reply for a {request.step} request ({digest[:12]}): "
        "the prompts, model, corpus or settings differ from those recorded; record again"
    )
