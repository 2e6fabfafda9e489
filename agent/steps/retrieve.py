"""retrieve: claims to cases, and widen: a second search for the claims that asked for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.domain import Assessed, Candidate, Claim, Document, Scope
from agent.ports import Case, Query
from agent.steps.values import Look, Progress, Tools, Trial, Watcher


async def scope_of(document: Document, as_of: date | None, tools: Tools) -> Scope:
    """What a search for this document may see: up to the day, and not the document itself."""
    return replace(await tools.library.copies_of(document), as_of=as_of)


async def retrieve(claims: Sequence[Claim], scope: Scope, tools: Tools, watch: Watcher) -> tuple[Case, ...]:
    watch(Progress("retrieve", 0, len(claims)))
    queries = [Query((claim.text, *claim.queries)) for claim in claims]
    found = await tools.library.search(queries, scope, tools.search.limit) if queries else []
    watch(Progress("retrieve", len(claims), len(claims)))
    return tuple(Case(claim, candidates) for claim, candidates in zip(claims, found, strict=True))


def first_looks(cases: Sequence[Case], scope: Scope) -> tuple[Look, ...]:
    """Groups of one: the unit of fan-out, so that judging several together changes no shape."""
    return tuple(Look((case,), scope) for case in cases)


def second_looks(granted: Sequence[Trial], scope: Scope) -> tuple[Look, ...]:
    return tuple(Look((_kept(trial),), scope, (trial.look_again,)) for trial in granted)


def _kept(trial: Trial) -> Case:
    """The case with the passages its verdict cites: the rest make room for what the new search finds."""
    if not isinstance(trial.outcome, Assessed):
        return trial.case
    cited = {evidence.passage_id for evidence in trial.outcome.verdict.evidence}
    return Case(trial.case.claim, tuple(c for c in trial.case.candidates if c.passage.id in cited))


async def widen(look: Look, tools: Tools) -> Look:
    """At a second look, add what the further query finds; at a first one, leave the look as it is."""
    if not look.again:
        return look
    limit = tools.search.limit
    found = await tools.library.search([Query((query,)) for query in look.queries], look.scope, limit)
    cases = (_joined(case, new, limit) for case, new in zip(look.cases, found, strict=True))
    return replace(look, cases=tuple(cases))


def _joined(case: Case, new: Sequence[Candidate], limit: int) -> Case:
    known = {candidate.passage.id for candidate in case.candidates}
    fresh = tuple(candidate for candidate in new if candidate.passage.id not in known)
    return Case(case.claim, (*case.candidates, *fresh)[: max(limit, len(case.candidates))])
