"""widen: a second search for claims that another passage could settle, and who gets a second look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from agent.domain import Assessed, Candidate, Scope
from agent.ports import Case, Query
from agent.steps.values import Look, Progress, Tools, Trial, Watcher


async def widen(trials: Sequence[Trial], scope: Scope, tools: Tools, watch: Watcher) -> tuple[Look, ...]:
    """The second looks of a run: for claims whose further query found something new, in the document's
    order, at most ``second_look_share`` of all claims and at least one. The other claims are settled.

    Asking again about the same passages would be paid for and prove nothing.
    """
    wishing = [trial for trial in trials if trial.look_again]
    queries = [Query((trial.look_again,)) for trial in wishing]
    found = await tools.library.search(queries, scope, tools.search.limit) if queries else []
    ceiling = max(1, floor(len(trials) * tools.verify.second_look_share))
    looks: list[Look] = []
    for trial, case in _widened(wishing, found, tools.search.limit):
        if case is not None and len(looks) < ceiling:
            looks.append(Look((case,), scope, again=True))
        else:
            watch(Progress("judge", 1, 1, trial.outcome))
    return tuple(looks)


def _widened(
    trials: Sequence[Trial], found: Sequence[Sequence[Candidate]], limit: int
) -> Iterator[tuple[Trial, Case | None]]:
    for trial, candidates in zip(trials, found, strict=True):
        known = {candidate.passage.id for candidate in trial.case.candidates}
        fresh = [candidate for candidate in candidates if candidate.passage.id not in known]
        yield trial, _case(trial, fresh, limit) if fresh else None


def _case(trial: Trial, fresh: Sequence[Candidate], limit: int) -> Case:
    """The passages the first verdict cites, then the new ones, which take the room of the rest."""
    cited: frozenset[str] = frozenset()
    if isinstance(trial.outcome, Assessed):
        cited = frozenset(evidence.passage_id for evidence in trial.outcome.verdict.evidence)
    kept = [candidate for candidate in trial.case.candidates if candidate.passage.id in cited]
    return Case(trial.case.claim, (*kept, *fresh)[: max(limit, len(kept) + 1)])
