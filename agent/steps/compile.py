"""compile: the trials to a report, in the order of the claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import agent
from agent.domain import Document, Outcome, Provenance, Report, Unassessed
from agent.ports import Extraction
from agent.steps.values import Tools, Trial


async def compile_report(
    document: Document, as_of: date | None, extraction: Extraction, trials: Sequence[Trial], tools: Tools
) -> Report:
    return Report(
        document=document,
        as_of=as_of,
        outcomes=tuple(_last_word([t for t in trials if t.case.claim.id == c.id]) for c in extraction.claims),
        discarded=extraction.discarded,
        unread=extraction.unread,
        provenance=await _provenance(as_of, tools),
        usage=sum((trial.usage for trial in trials), extraction.usage),
    )


def _last_word(trials: Sequence[Trial]) -> Outcome:
    """The second look's outcome where there was one, unless it failed: then the first one stands."""
    assessed = [trial.outcome for trial in trials if not isinstance(trial.outcome, Unassessed)]
    return assessed[-1] if assessed else trials[-1].outcome


async def _provenance(as_of: date | None, tools: Tools) -> Provenance:
    state = await tools.library.state()
    return Provenance(
        version=agent.__version__,
        engine=tools.engine.identity,
        embedder=state.embedder,
        corpus_sha256=state.sha256,
        corpus_sources=state.sources,
        undated_excluded=state.undated if as_of is not None else 0,
        settings={**asdict(tools.search), **asdict(tools.verify), **tools.record},
    )
