"""A claim judged against passages that a task hands over, by the product's own steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain import NO_USAGE, Assessed, Candidate, Label, Unassessed, Usage
from agent.errors import BudgetSpent, CorroborateError, ModelError
from agent.ports import Engine
from agent.steps import Tools
from evals.given import GivenLibrary
from evals.samples import Sample
from evals.tasks.assess import verify_one
from evals.tasks.values import TaskTools


@dataclass(frozen=True, slots=True)
class Judged:
    """``outcome`` is None where the claim could not be judged, and ``failed`` says why."""

    outcome: Assessed | None
    failed: str = ""
    usage: Usage = NO_USAGE

    @property
    def label(self) -> Label | None:
        return self.outcome.verdict.label if self.outcome else None


async def judge_given(
    sample: Sample, candidates: Sequence[Candidate], tools: TaskTools, engine: Engine
) -> Judged:
    """Raises BudgetSpent."""
    steps = Tools(engine, GivenLibrary(candidates), tools.settings.verify, tools.settings.search)
    try:
        report = await verify_one(sample, steps)
    except BudgetSpent:
        raise
    except CorroborateError as error:
        return Judged(None, str(error), error.usage if isinstance(error, ModelError) else NO_USAGE)
    (outcome,) = report.outcomes
    if isinstance(outcome, Unassessed):
        return Judged(None, outcome.reason, report.usage)
    return Judged(outcome, usage=report.usage)
