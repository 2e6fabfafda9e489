"""settle: the written table gives the label; and who gets a second look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor

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
    trials[0] = replace(trials[0], usage=reading.usage)
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


def grant_second_looks(trials: Sequence[Trial], tools: Tools, watch: Watcher) -> tuple[Trial, ...]:
    """The trials to look at again: at most ``second_look_share`` of all, at least one, in order of claims."""
    wishing = [trial for trial in trials if trial.look_again]
    ceiling = max(1, floor(len(trials) * tools.verify.second_look_share))
    for trial in wishing[ceiling:]:
        watch(Progress("judge", 1, 1, trial.outcome))
    return tuple(wishing[:ceiling])
