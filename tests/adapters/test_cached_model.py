"""Nothing is asked twice: not later, not at the same time."""

from __future__ import annotations

import asyncio

import pytest
from scripted_model import EACH, CountingModel, request

from agent.adapters.cached_model import CachedModel
from agent.adapters.reply_store import JsonlReplyStore
from agent.errors import ModelRefused, ReplyMissing
from agent.ports import Reply
from agent.settings import ModelSettings


@pytest.fixture
def store(tmp_path):
    return JsonlReplyStore(tmp_path / "r.jsonl")


async def test_a_request_made_again_is_answered_from_the_store(store):
    inner = CountingModel()
    first = await CachedModel(inner, store).reply(request())
    again = await CachedModel(inner, store).reply(request())
    assert inner.asked == ["Well?"]
    assert (first.stored, again.stored) == (False, True)
    assert again.text == first.text
    assert again.usage == first.usage == EACH


async def test_other_requests_and_other_sampling_are_asked(store):
    inner = CountingModel()
    await CachedModel(inner, store).reply(request("one"))
    await CachedModel(inner, store).reply(request("two"))
    warm = ModelSettings("counting", temperature=0.9)
    await CachedModel(inner, store, settings=warm).reply(request("one"))
    assert inner.asked == ["one", "two", "one"]


async def test_refreshing_asks_anyway_and_keeps_the_new_reply(store):
    await CachedModel(CountingModel(lambda asked: Reply("old", "m", EACH)), store).reply(request())
    inner = CountingModel(lambda asked: Reply("new", "m", EACH))
    assert (await CachedModel(inner, store, "refresh").reply(request())).text == "new"
    assert (await CachedModel(inner, store, "replay").reply(request())).text == "new"


async def test_replaying_never_asks(store):
    inner = CountingModel()
    with pytest.raises(ReplyMissing, match=r"judge request \([0-9a-f]{12}\).*record again"):
        await CachedModel(inner, store, "replay").reply(request())
    assert inner.asked == []


@pytest.mark.parametrize("mode", ["use", "refresh"])
async def test_identical_requests_made_at_once_are_asked_once(store, mode):
    inner = CountingModel()
    model = CachedModel(inner, store, mode)
    replies = await asyncio.gather(*(model.reply(request(text)) for text in "aabbaa"))
    assert [reply.text for reply in replies] == list("aabbaa")
    assert sorted(inner.asked) == ["a", "b"]
    assert sum(not reply.stored for reply in replies) == 2


async def test_a_failure_reaches_all_who_asked_and_is_not_kept(store):
    def refuse(asked):
        raise ModelRefused("no", EACH)

    model = CachedModel(CountingModel(refuse), store)
    outcomes = await asyncio.gather(model.reply(request()), model.reply(request()), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ModelRefused, ModelRefused]
    assert len(store) == 0
    with pytest.raises(ModelRefused):
        await model.reply(request())


async def test_one_callers_cancellation_does_not_take_the_reply_from_the_others(store):
    model = CachedModel(CountingModel(), store)
    first, second = (asyncio.create_task(model.reply(request())) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).text == "Well?"
    assert len(store) == 1
