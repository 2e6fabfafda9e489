"""How long to wait before asking again. What is asked again at all: test_openai_failures.py."""

from __future__ import annotations

import pytest

from agent.adapters.retrying import retry_after_s, retry_policy, tries

NOON = 1_767_268_800.0  # 2026-01-01 12:00:00 GMT


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-4"}, 0.0),
        ({"retry-after": "86400"}, 120.0),
        ({"retry-after": "inf"}, 120.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "9"}, 9.0),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Thu, 01 Jan 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 02 Jan 2026 12:00:00 GMT"}, 120.0),
    ],
)
def test_the_wait_a_server_asks_for(headers, seconds):
    assert retry_after_s(headers, NOON) == (None if seconds is None else pytest.approx(seconds))


async def test_waits_grow_and_differ(pauses):
    async def busy() -> None:
        raise TimeoutError

    for _ in range(50):
        with pytest.raises(TimeoutError):
            await retry_policy(300)(busy)
    rounds = [pauses[start : start + 5] for start in range(0, 250, 5)]
    longest = [max(waits) for waits in zip(*rounds, strict=True)]
    assert all(wait <= cap for wait, cap in zip(longest, [0.5, 1, 2, 4, 8], strict=True))
    assert longest == sorted(longest)
    assert len(set(pauses)) > 200


async def test_an_error_in_our_own_code_is_not_retried(pauses):
    async def broken() -> None:
        raise KeyError("ours")

    policy = retry_policy(300)
    with pytest.raises(KeyError):
        await policy(broken)
    assert pauses == []
    assert tries(policy) == 1
