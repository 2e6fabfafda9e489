"""settle: the written table gives the label."""

from __future__ import annotations

from dataclasses import replace

from agent import checks
from agent.domain import Assessed, Unassessed
from agent.ports import Case
from agent.settings import VerifySettings
from agent.steps.guard import guarded
from agent.steps.values import (
    CaseReading,
    Failed,
    Look,
    NotCovered,
    Progress,
    Proved,
    Reading,
    Tools,
    Trial,
    Watcher,
)


def settle(look: Look, reading: Reading, tools: Tools, watch: Watcher) -> list[Trial]:
    """One trial per case. A claim that wants no further look is announced at once."""
    pairs = zip(look.cases, reading.cases, strict=True)
    trials = [_settled(case, one, look.again, tools.verify) for case, one in pairs]
    trials[:1] = [replace(trial, usage=reading.usage) for trial in trials[:1]]
    for trial in trials:
        if not trial.look_again:
            watch(Progress("judge", 1, 1, trial.outcome))
    return trials


def _settled(case: Case, reading: CaseReading, again: bool, settings: VerifySettings) -> Trial:
    match reading:
        case Failed(reason):
            return Trial(case, Unassessed(case.claim, reason))
        case NotCovered():
            return Trial(case, Assessed(case.claim, checks.not_covered(case.claim)))
        case Proved():
            return _labelled(case, reading, again, settings)
        case _:
            raise TypeError(f"settle before check: {type(reading).__name__}")


def _labelled(case: Case, proved: Proved, again: bool, settings: VerifySettings) -> Trial:
    verdict = guarded("settling", lambda: checks.settle(proved.checked, settings, second_look=again))
    if isinstance(verdict, Failed):
        return Trial(case, Unassessed(case.claim, verdict.reason))
    wish = ""
    if settings.second_look and not again:
        wish = checks.worth_second_look(proved.checked, verdict, proved.judgement)
    return Trial(case, Assessed(case.claim, verdict), wish)
