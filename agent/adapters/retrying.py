"""When a request is tried again, and how long to wait: one policy for every adapter that asks a server.

The SDK's own retries are off. A policy is used once, around one coroutine function of ours::

    policy = retry_policy(patience_s=300)
    completion = await policy(ask)
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

ATTEMPTS = 6
RETRY_AFTER_CAP_S = 120.0
JITTER_S = 0.25
BACKOFF_CAP_S = 30.0

_PASSING_STATUS = frozenset({408, 409, 429})
_NOT_IMPLEMENTED = 501
# Sent with status 429 by hosted servers, yet no amount of waiting refills an account.
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached"})


async def pause(seconds: float) -> None:
    """Every wait between attempts goes through here, so that a test can replace it."""
    await asyncio.sleep(seconds)


def retry_policy(patience_s: float) -> AsyncRetrying:
    """Up to 6 attempts, and none that would begin later than ``patience_s`` after the first.

    Waits as long as the server asks (at most 120 s), else exponentially with jitter. The last error is
    raised as it came. A policy keeps the state of its call: make one for each request.
    """
    return AsyncRetrying(
        retry=retry_if_exception(can_pass),
        wait=_wait,
        stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(patience_s),
        sleep=_sleep,
        reraise=True,
    )


def tries(policy: AsyncRetrying) -> int:
    """How many attempts a policy has made."""
    return int(policy.statistics.get("attempt_number", 1))


def can_pass(error: BaseException) -> bool:
    """True where the same request may succeed later: no connection, no answer in time, a busy server."""
    from openai import APIConnectionError, APIStatusError

    if isinstance(error, (APIConnectionError, TimeoutError)):
        return True
    if not isinstance(error, APIStatusError) or out_of_money(error):
        return False
    match error.response.headers.get("x-should-retry"):
        case "true":
            return True
        case "false":
            return False
        case _:
            status = error.status_code
            return status in _PASSING_STATUS or (status >= 500 and status != _NOT_IMPLEMENTED)


def out_of_money(error: object) -> bool:
    """True where the account behind the key is empty."""
    return bool({getattr(error, "code", None), getattr(error, "type", None)} & _NO_MONEY)


def asked_wait_s(error: BaseException | None) -> float | None:
    """Seconds the server that answered with an error asks to wait; None where it does not."""
    response = getattr(error, "response", None)
    return None if response is None else retry_after_s(response.headers, time.time())


def retry_after_s(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds the server asks to wait, at most 120; None where it does not say, or not legibly.

    Reads ``retry-after-ms`` and ``Retry-After`` in seconds or as a date (RFC 9110, 10.2.3).
    ``now`` is in seconds since the epoch.
    """
    asked = _number(headers.get("retry-after-ms"), scale=0.001)
    if asked is None:
        asked = _number(headers.get("retry-after"))
    if asked is None:
        asked = _seconds_until(headers.get("retry-after"), now)
    return None if asked is None else min(max(asked, 0.0), RETRY_AFTER_CAP_S)


def _number(text: str | None, scale: float = 1.0) -> float | None:
    try:
        value = float(text) * scale if text else None
    except ValueError:
        return None
    return value if value is not None and value == value else None  # NaN is no number of seconds


def _seconds_until(text: str | None, now: float) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() - now if text else None
    except ValueError:
        return None


_backoff = wait_random_exponential(multiplier=0.5, max=BACKOFF_CAP_S)


def _wait(state: RetryCallState) -> float:
    asked = asked_wait_s(state.outcome.exception() if state.outcome else None)
    return _backoff(state) if asked is None else asked + random.uniform(0, JITTER_S)


async def _sleep(seconds: float) -> None:
    await pause(seconds)
