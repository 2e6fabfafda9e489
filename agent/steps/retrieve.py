"""retrieve: claims to cases, by one search for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.domain import Claim, Document, Scope
from agent.ports import Case, Query
from agent.steps.values import Look, Progress, Tools, Watcher


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
