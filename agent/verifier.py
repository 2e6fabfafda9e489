"""The public facade: a text or claims in, a report out.

    async with bootstrap.open_verifier(folder, engine="rules") as verifier:
        report = await verifier.verify(document, as_of=date(2025, 2, 2))

Scripts that are not async use ``verify_blocking`` of ``agent.bootstrap``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import agent
from agent.domain import Claim, Document, Report
from agent.ports import Extraction
from agent.steps import Progress, Tools, Watcher

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

__all__ = ["Progress", "Verifier", "Watcher"]


def _ignore(progress: Progress) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies documents and claims with one engine against one corpus.

    With a checkpointer a run that was killed can be resumed; without one it starts anew.
    """

    tools: Tools
    checkpointer: BaseCheckpointSaver[str] | None = None

    async def verify(
        self,
        document: Document,
        *,
        as_of: date | None = None,
        resume: bool = False,
        watch: Watcher = _ignore,
    ) -> Report:
        """Extract the document's claims and judge each.

        ``as_of`` hides what was published after that day. ``resume`` continues the same run (same
        document, day, engine, settings and corpus) where it was killed, if it was begun.
        """
        return await self._run(_given(document, as_of), resume, watch)

    async def verify_claims(
        self,
        claims: Sequence[Claim],
        document: Document,
        *,
        as_of: date | None = None,
        resume: bool = False,
        watch: Watcher = _ignore,
    ) -> Report:
        """Judge claims that are already worded. ``document`` is where they come from: it names the
        report, and it and its copies are kept out of the evidence."""
        return await self._run(_given(document, as_of, claims), resume, watch)

    async def can_resume(
        self, document: Document, *, as_of: date | None = None, claims: Sequence[Claim] | None = None
    ) -> bool:
        """Whether a run of exactly this was begun and not finished."""
        if self.checkpointer is None:
            return False
        given = _given(document, as_of, claims)
        thread = {"configurable": {"thread_id": await self._run_id(given)}}
        return await self.checkpointer.aget_tuple(thread) is not None  # type: ignore[arg-type]

    async def _run(self, given: dict[str, Any], resume: bool, watch: Watcher) -> Report:
        from agent.graph import build

        graph, keep = build(self.checkpointer), self.checkpointer
        thread = await self._run_id(given)
        start: dict[str, Any] | None = given
        if keep is not None:
            if resume and await keep.aget_tuple({"configurable": {"thread_id": thread}}) is not None:
                start = None  # LangGraph's word for: go on from the last checkpoint
            else:
                await keep.adelete_thread(thread)
        state: Any = {}
        async for inside, mode, value in graph.astream(
            start,
            {"configurable": {"thread_id": thread}, "recursion_limit": 50},
            context=self.tools,
            stream_mode=["custom", "values"],
            subgraphs=True,  # the looks tell their progress too
            durability="async" if keep is not None else None,
        ):
            told: Any = value
            if mode == "custom":
                watch(told)
            elif not inside:
                state = told
        report: Report = state["report"]
        if keep is not None:
            await keep.adelete_thread(thread)
        return report

    async def _run_id(self, given: dict[str, Any]) -> str:
        """The same for the same work: what is asked, of whom, against which corpus, by which release."""
        state = await self.tools.library.state()
        what = [
            agent.__version__,
            [given["document"].sha256, given["document"].name, asdict(given["document"].metadata)],
            [asdict(claim) for claim in given["extraction"].claims] if "extraction" in given else None,
            str(given["as_of"]),
            asdict(self.tools.engine.identity),
            [asdict(self.tools.verify), asdict(self.tools.search), dict(self.tools.record)],
            [state.sha256, state.embedder],
        ]
        return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:32]


def _given(document: Document, as_of: date | None, claims: Sequence[Claim] | None = None) -> dict[str, Any]:
    """The input of the graph: a RunState, with the claims where they come worded already."""
    given: dict[str, Any] = {"document": document, "as_of": as_of}
    return given if claims is None else given | {"extraction": Extraction(tuple(claims), ())}
