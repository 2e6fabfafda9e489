"""A limit on what a run may spend, around any ChatModel."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from agent.adapters.prices import Price
from agent.domain import Usage
from agent.errors import BudgetSpent, ModelError, SettingsError
from agent.ports import ChatModel, ChatRequest, Reply
from agent.settings import Limits

# Low, so that estimates come out high: for a limit, waiting too soon is the better mistake.
_CHARS_A_TOKEN = 2
# What a reply is taken to be before the first one has been counted.
_TYPICAL_REPLY_TOKENS = 500


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests started, tokens both ways, and US dollars."""

    requests: int = 0
    tokens: int = 0
    usd: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.requests + other.requests, self.tokens + other.tokens, self.usd + other.usd)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.requests - other.requests, self.tokens - other.tokens, self.usd - other.usd)


class BudgetedModel:
    """Starts no request once a limit is reached, but raises BudgetSpent, which says which one.

    While requests are under way, one that they leave no room for, by their estimated size, waits for
    them to end: without that, a hundred requests made at once would all pass before the first is
    counted. What is spent can still exceed a limit by as much as the estimates fell short. Replies from
    a store are free; put the store around the budget, so that they need not even wait.
    """

    def __init__(self, inner: ChatModel, limits: Limits, price: Price | None = None) -> None:
        """Raises SettingsError for a limit in USD on a model whose price is not known."""
        if limits.max_usd is not None and price is None:
            raise SettingsError(
                f"the price of {inner.model} is not known, so a limit in USD cannot be kept: "
                "list the model in the file named in CORROBORATE_PRICES, or limit tokens instead"
            )
        self._inner = inner
        self._limits = limits
        self._price = price
        self._spent = Spent()
        self._under_way = Spent()
        self._ended = asyncio.Event()

    @property
    def model(self) -> str:
        return self._inner.model

    @property
    def spent(self) -> Spent:
        return self._spent

    async def reply(self, request: ChatRequest) -> Reply:
        """Raises BudgetSpent, or what the inner model raises."""
        estimate = self._estimate(request)
        await self._admit(estimate)
        self._under_way += estimate
        cost = Spent(requests=1)
        try:
            reply = await self._inner.reply(request)
            cost = Spent() if reply.stored else self._counted(reply.usage, estimate)
            return reply
        except ModelError as error:
            cost += self._priced(error.usage)
            raise
        finally:
            self._under_way -= estimate
            self._spent += cost
            self._wake()

    async def _admit(self, estimate: Spent) -> None:
        while True:
            if (limit := self._reached()) is not None:
                raise BudgetSpent(
                    f"the limit of {limit} is reached ({_told(self._spent)}): raise it to go on"
                )
            if self._under_way.requests == 0 or self._has_room(self._spent + self._under_way + estimate):
                return
            await self._ended.wait()

    def _wake(self) -> None:
        self._ended.set()
        self._ended = asyncio.Event()

    def _reached(self) -> str | None:
        limits, spent = self._limits, self._spent
        if limits.max_requests is not None and spent.requests >= limits.max_requests:
            return f"{limits.max_requests} requests"
        if limits.max_tokens is not None and spent.tokens >= limits.max_tokens:
            return f"{limits.max_tokens} tokens"
        if limits.max_usd is not None and spent.usd >= limits.max_usd:
            return f"{limits.max_usd:g} USD"
        return None

    def _has_room(self, total: Spent) -> bool:
        limits = self._limits
        return (
            (limits.max_requests is None or total.requests <= limits.max_requests)
            and (limits.max_tokens is None or total.tokens <= limits.max_tokens)
            and (limits.max_usd is None or total.usd <= limits.max_usd)
        )

    def _estimate(self, request: ChatRequest) -> Spent:
        sent = sum(len(message.content) for message in request.messages) + len(str(request.schema))
        prompt, written = sent // _CHARS_A_TOKEN, request.max_tokens or _TYPICAL_REPLY_TOKENS
        return Spent(1, prompt + written, self._price.of(prompt, written) if self._price else 0.0)

    def _counted(self, usage: Usage, estimate: Spent) -> Spent:
        """What a reply took; the estimate where the server did not count."""
        counted = usage.prompt_tokens + usage.completion_tokens
        return Spent(requests=1) + self._priced(usage) if counted else estimate

    def _priced(self, usage: Usage) -> Spent:
        usd = self._price.of(usage.prompt_tokens, usage.completion_tokens) if self._price else 0.0
        return Spent(0, usage.prompt_tokens + usage.completion_tokens, usd)


def _told(spent: Spent) -> str:
    dollars = f", {spent.usd:.4f} USD" if spent.usd else ""
    return f"spent: {spent.requests} requests, {spent.tokens} tokens{dollars}"
