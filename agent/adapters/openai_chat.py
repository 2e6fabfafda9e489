"""Chat completions from any OpenAI-compatible server, fitting ``ports.ChatModel``."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from agent.adapters import retrying
from agent.adapters.chat_dialect import Dialect, chat_request_body, request_digest
from agent.adapters.model_errors import Asked, model_error, not_a_completion
from agent.adapters.prices import Price
from agent.adapters.retrying import asked_wait_s, retry_policy, tries
from agent.domain import Usage
from agent.errors import ModelRefused, ReplyUnusable
from agent.ports import ChatRequest, Reply
from agent.settings import ModelSettings

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion
    from tenacity import AsyncRetrying

__all__ = ["OpenAIChat", "chat_request_body", "request_digest"]

log = logging.getLogger(__name__)

CONNECT_S = 10.0
# Far above any reply a schema of ours allows; beyond it a model is repeating itself.
MAX_REPLY_CHARS = 1_000_000


class OpenAIChat:
    """Asks a server for JSON replies; retries what may pass, learns what the server can do.

    At most ``settings.max_in_flight`` requests are under way at once; one that waits before a retry
    makes room for others. May be used from several event loops, each with connections of its own.
    ``price`` is what the model costs, None where that is not known.
    """

    def __init__(self, settings: ModelSettings, price: Price | None = None) -> None:
        self._settings = settings
        self._price = price
        self._dialect = Dialect()
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()

    @property
    def model(self) -> str:
        return self._settings.model

    async def reply(self, request: ChatRequest) -> Reply:
        """Raises ModelUnavailable, ModelRejected, ModelRefused or ReplyUnusable (cut off, empty, endless).

        The text is not checked against the schema: a server may ignore it, and repairing is the caller's.
        """
        line = self._line()
        completion = await self._completion(line, request)
        return _reply(completion, request, line.asked, self._price)

    async def aclose(self) -> None:
        """Close this event loop's connections."""
        line = self._lines.pop(asyncio.get_running_loop(), None)
        if line is not None:
            await line.client.close()

    def _line(self) -> _Line:
        loop = asyncio.get_running_loop()
        if loop not in self._lines:
            self._lines[loop] = _open_line(self._settings)
        return self._lines[loop]

    async def _completion(self, line: _Line, request: ChatRequest) -> object:
        """What the server answers, asked in simpler words as often as it turns out to need them."""
        while True:
            dialect, policy = self._dialect, retry_policy(self._settings.patience_s)
            body = chat_request_body(request, self._settings, dialect)
            try:
                return await self._ask(line, policy, body)
            except Exception as error:
                if self._learnt(dialect, error):
                    continue
                translated = model_error(error, line.asked, tries(policy))
                if translated is None:
                    raise
                # No chain: the SDK's exception may quote the key, or hold the request that carries it.
                raise translated from None

    async def _ask(self, line: _Line, policy: AsyncRetrying, body: dict[str, object]) -> object:
        async with _Permit(line.permits) as permit:
            await line.hold()

            async def attempt() -> object:
                await permit.take()
                try:
                    async with asyncio.timeout(self._settings.timeout_s):
                        completion: object = await line.client.chat.completions.create(**body)  # type: ignore[call-overload]
                        return completion
                except Exception as error:
                    line.heed(error)
                    raise
                finally:
                    permit.give()

            return await policy(attempt)

    def _learnt(self, tried: Dialect, error: Exception) -> bool:
        """Remember what the error says the server does not take; False where it says no such thing."""
        from openai import APIStatusError

        if not isinstance(error, APIStatusError):
            return False
        simpler = tried.after(error.status_code, error.message, error.param)
        if simpler is None:
            return False
        if simpler | self._dialect != self._dialect:
            log.warning("%s: the server takes less than was asked; from now on %s", self.model, simpler)
        self._dialect |= simpler
        return True


@dataclass(slots=True)
class _Line:
    """The connections of one event loop, and until when the server wants quiet on them.

    Requests that wait to be tried again make room for new ones, so without the quiet a rate limit would
    be met by every request of a run in turn, each using up its attempts.
    """

    client: AsyncOpenAI
    permits: asyncio.Semaphore
    asked: Asked
    quiet_until: float = 0.0

    def heed(self, error: Exception) -> None:
        if (wait := asked_wait_s(error)) is not None:
            self.quiet_until = max(self.quiet_until, time.monotonic() + wait)

    async def hold(self) -> None:
        if (wait := self.quiet_until - time.monotonic()) > 0:
            await retrying.pause(wait)


def _open_line(settings: ModelSettings) -> _Line:
    import httpx2
    from openai import AsyncOpenAI

    client = AsyncOpenAI(
        # The SDK insists on a key; servers without one ignore it.
        api_key=settings.api_key or "none",
        base_url=settings.base_url or None,
        max_retries=0,
        timeout=httpx2.Timeout(settings.timeout_s, connect=min(CONNECT_S, settings.timeout_s)),
    )
    url = client.base_url
    server = f"{url.host}:{url.port}" if url.port else url.host
    asked = Asked(server, settings.model, settings.timeout_s, settings.api_key)
    return _Line(client, asyncio.Semaphore(settings.max_in_flight), asked)


class _Permit:
    """A place among the requests under way, given back between attempts and taken again.

    It is taken on entry, so that waiting for the first attempt's turn costs no patience.
    """

    def __init__(self, permits: asyncio.Semaphore) -> None:
        self._permits = permits
        self._held = False

    async def take(self) -> None:
        if not self._held:
            await self._permits.acquire()
            self._held = True

    def give(self) -> None:
        if self._held:
            self._permits.release()
            self._held = False

    async def __aenter__(self) -> _Permit:
        await self.take()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.give()


def _reply(completion: object, request: ChatRequest, asked: Asked, price: Price | None) -> Reply:
    """The text of a completion, or the reason why there is none."""
    from openai.types.chat import ChatCompletion

    if not isinstance(completion, ChatCompletion) or not completion.choices:
        raise not_a_completion(asked)
    choice, usage = completion.choices[0], _usage(completion, request.step, price)
    # The SDK does not validate: whatever a server leaves out is not there.
    message, finish = getattr(choice, "message", None), getattr(choice, "finish_reason", None)
    refusal, text = getattr(message, "refusal", None), getattr(message, "content", None)
    if refusal or finish == "content_filter":
        why = asked.shown(refusal or "its content filter stopped the reply")
        raise ModelRefused(f"{asked.model} declined: {why}", usage)
    if finish == "length":
        raise ReplyUnusable(f"{asked.model}'s reply was cut off at its token limit: allow more tokens", usage)
    if not isinstance(text, str) or not text.strip():
        raise ReplyUnusable(f"{asked.model} sent an empty reply", usage)
    if len(text) > MAX_REPLY_CHARS:
        raise ReplyUnusable(f"{asked.model}'s reply never ends: {len(text):,} characters", usage)
    return Reply(text, getattr(completion, "model", None) or asked.model, usage)


def _usage(completion: ChatCompletion, step: str, price: Price | None) -> Usage:
    """One call; no tokens and an unknown cost where the server does not count."""
    counted = getattr(completion, "usage", None)
    prompt, written = (getattr(counted, name, None) for name in ("prompt_tokens", "completion_tokens"))
    if not isinstance(prompt, int) or not isinstance(written, int):
        return Usage({step: 1}, cost=None)
    return Usage({step: 1}, prompt, written, price.of(prompt, written) if price else None)
