"""What is really asked and paid for while a run goes on, and whether its limit has been reached."""

from __future__ import annotations

from agent.domain import NO_USAGE, Usage
from agent.errors import BudgetSpent, ModelError


class Spending:
    """Told of every request that was made (see ``agent.ports.OnSpent``). ``limit`` is why no more will be,
    or empty."""

    def __init__(self) -> None:
        self.usage: Usage = NO_USAGE
        self.limit = ""

    def __call__(self, usage: Usage, error: ModelError | None) -> None:
        self.usage = self.usage + usage
        if isinstance(error, BudgetSpent):
            self.limit = str(error)

    @property
    def calls(self) -> int:
        return sum(self.usage.calls.values())

    @property
    def tokens(self) -> int:
        return self.usage.prompt_tokens + self.usage.completion_tokens
