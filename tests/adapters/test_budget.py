"""A run stops spending at its limit, also when everything is asked at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from scripted_model import EACH, CountingModel, request

from agent.adapters.budget import BudgetedModel
from agent.adapters.prices import Price
from agent.domain import Usage
from agent.errors import BudgetSpent, ModelRefused, SettingsError
from agent.ports import Reply
from agent.settings import Limits

# 80 prompt and 20 completion tokens: half a dollar a request.
PRICE = Price(prompt=5_000, completion=5_000)


async def ask_many(model: BudgetedModel, count: int) -> list[object]:
    return await asyncio.gather(
        *(model.reply(request(f"{n:160d}")) for n in range(count)), return_exceptions=True
    )


@pytest.mark.parametrize(
    ("limits", "allowed", "words"),
    [
        (Limits(max_requests=3), 3, r"limit of 3 requests is reached \(spent: 3 requests, 300 tokens"),
        (Limits(max_tokens=300), 3, "limit of 300 tokens"),
        (Limits(max_tokens=250), 3, "limit of 250 tokens"),
        (Limits(max_usd=2), 4, r"limit of 2 USD is reached \(spent: .*2\.0000 USD"),
    ],
)
async def test_no_request_starts_once_the_limit_is_reached(limits, allowed, words):
    inner = CountingModel()
    model = BudgetedModel(inner, limits, PRICE)
    for n in range(allowed):
        await model.reply(request(str(n)))
    with pytest.raises(BudgetSpent, match=words):
        await model.reply(request("more"))
    assert len(inner.asked) == allowed


@pytest.mark.parametrize(
    ("limits", "at_most"), [(Limits(max_requests=7), 7), (Limits(max_tokens=700), 7), (Limits(max_usd=3), 6)]
)
async def test_requests_made_at_once_do_not_slip_past_the_limit(limits, at_most):
    inner = CountingModel()
    outcomes = await ask_many(BudgetedModel(inner, limits, PRICE), 40)
    refused = [each for each in outcomes if isinstance(each, BudgetSpent)]
    assert 0 < len(inner.asked) <= at_most
    assert len(inner.asked) + len(refused) == 40


async def test_without_limits_nothing_waits():
    inner = CountingModel()
    await ask_many(BudgetedModel(inner, Limits()), 30)
    assert inner.peak == 30


async def test_far_from_the_limit_requests_run_side_by_side():
    inner = CountingModel()
    await ask_many(BudgetedModel(inner, Limits(max_tokens=1_000_000)), 30)
    assert inner.peak == 30


async def test_stored_replies_are_free():
    inner = CountingModel(lambda asked: Reply("kept", "counting", EACH, stored=True))
    model = BudgetedModel(inner, Limits(max_requests=1, max_tokens=1))
    await ask_many(model, 5)
    assert len(inner.asked) == 5
    assert model.spent.requests == model.spent.tokens == 0


async def test_what_failed_requests_took_counts_too():
    def refuse(asked):
        raise ModelRefused("no", EACH)

    model = BudgetedModel(CountingModel(refuse), Limits(max_tokens=150), PRICE)
    for _ in range(2):
        with pytest.raises(ModelRefused):
            await model.reply(request())
    with pytest.raises(BudgetSpent, match="2 requests, 200 tokens"):
        await model.reply(request())


async def test_replies_that_are_not_counted_are_estimated():
    uncounted = Usage({"judge": 1}, cost=None)
    model = BudgetedModel(
        CountingModel(lambda asked: Reply("x", "m", uncounted)), Limits(max_tokens=1), PRICE
    )
    await model.reply(request("w" * 4_000))
    assert 1_000 <= model.spent.tokens <= 2_200
    assert model.spent.usd == pytest.approx(model.spent.tokens * 5_000 / 1e6)


async def test_a_cancelled_request_leaves_room_for_others():
    model = BudgetedModel(CountingModel(), Limits(max_requests=2))
    task = asyncio.create_task(model.reply(request("first")))
    await asyncio.sleep(0)
    task.cancel()
    assert (await asyncio.wait_for(model.reply(request("second")), 1)).text == "second"
    assert model.spent.requests == 2


def test_a_limit_in_money_needs_a_price():
    with pytest.raises(SettingsError, match=r"price of counting is not known.*CORROBORATE_PRICES"):
        BudgetedModel(CountingModel(), Limits(max_usd=1))


async def test_a_free_model_never_reaches_a_limit_in_money():
    inner = CountingModel(lambda asked: Reply("x", "m", replace(EACH, cost=0.0)))
    await ask_many(BudgetedModel(inner, Limits(max_usd=0.01), Price(0, 0)), 5)
    assert len(inner.asked) == 5
