"""judge: one call for a group; a group that fails as a whole is tried again claim by claim."""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain import NO_USAGE, Usage
from agent.errors import BudgetSpent, CorroborateError, ModelError, ModelRejected
from agent.ports import Case
from agent.steps.guard import fault
from agent.steps.values import CaseReading, Failed, Look, NotCovered, Reading, Tools


async def judge(look: Look, tools: Tools) -> Reading:
    """Read every case that has passages. A case without any costs no call."""
    covered = [case for case in look.cases if case.candidates]
    readings, usage = await _read(covered, look, tools) if covered else ([], NO_USAGE)
    rest = iter(readings)
    return Reading(tuple(next(rest) if case.candidates else NotCovered() for case in look.cases), usage)


async def _read(cases: Sequence[Case], look: Look, tools: Tools) -> tuple[list[CaseReading], Usage]:
    try:
        judged = await tools.engine.judge(cases, look.scope.as_of)
    except ModelError as error:
        if len(cases) == 1 or isinstance(error, BudgetSpent | ModelRejected):
            return [Failed(str(error))] * len(cases), error.usage
        return await _one_by_one(cases, look, tools, error.usage)
    except CorroborateError as error:
        return [Failed(str(error))] * len(cases), NO_USAGE
    except Exception as error:  # noqa: BLE001 - see agent.steps.guard
        return [fault("judging", error)] * len(cases), NO_USAGE
    return list(judged.judgements), judged.usage


async def _one_by_one(
    cases: Sequence[Case], look: Look, tools: Tools, spent: Usage
) -> tuple[list[CaseReading], Usage]:
    readings: list[CaseReading] = []
    for case in cases:
        one, usage = await _read([case], look, tools)
        readings += one
        spent = spent + usage
    return readings, spent
