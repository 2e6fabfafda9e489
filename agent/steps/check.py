"""check: what code proves of a judgement."""

from __future__ import annotations

from dataclasses import replace

from agent import checks
from agent.domain import Judgement
from agent.ports import Case
from agent.steps.guard import guarded
from agent.steps.values import CaseReading, Look, Proved, Reading


def check(look: Look, reading: Reading) -> Reading:
    pairs = zip(look.cases, reading.cases, strict=True)
    return replace(reading, cases=tuple(_checked(case, one) for case, one in pairs))


def _checked(case: Case, reading: CaseReading) -> CaseReading:
    if not isinstance(reading, Judgement):
        return reading
    return guarded("checking", lambda: Proved(reading, checks.check(case, reading)))
