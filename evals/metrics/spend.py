"""What a claim takes: model calls, tokens, US dollars and seconds.

Failed claims count with what they took. A reply from the reply store counts as the call that first earned
it (``agent.domain.Usage``); seconds are wall-clock, of this machine and run, and are not for comparing.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain import Usage
from evals.metrics.interval import mean, percentile
from evals.metrics.value import Measured, Refused

FIGURES = ("mean", "median", "p95")
ENOUGH_FOR_P95 = 20
"""With fewer, the 95th percentile is the largest value or made up between the two largest."""


def spend(usages: Sequence[Usage], seconds: Sequence[float], seed: int = 0) -> dict[str, Measured]:
    """``calls/mean``, ``calls/median``, ``calls/p95``, and the same of ``tokens``, ``cost`` and ``seconds``.

    Cost is refused as a whole where one call has no known price.
    """
    costs = [usage.cost for usage in usages if usage.cost is not None]
    found = {
        **_figures("calls", [sum(usage.calls.values()) for usage in usages], seed),
        **_figures("tokens", [usage.prompt_tokens + usage.completion_tokens for usage in usages], seed),
        **_figures("seconds", seconds, seed),
    }
    if len(costs) < len(usages):
        return found | _all("cost", Refused("a call has no known price; give --prices"))
    return found | _figures("cost", costs, seed)


def _figures(name: str, values: Sequence[float], seed: int) -> dict[str, Measured]:
    if not values:
        return _all(name, Refused("no claim was run"))
    few = Refused(f"needs {ENOUGH_FOR_P95} claims or more")
    return {
        f"{name}/mean": mean(values, seed),
        f"{name}/median": percentile(values, 50, seed),
        f"{name}/p95": percentile(values, 95, seed) if len(values) >= ENOUGH_FOR_P95 else few,
    }


def _all(name: str, refused: Refused) -> dict[str, Measured]:
    return {f"{name}/{figure}": refused for figure in FIGURES}
