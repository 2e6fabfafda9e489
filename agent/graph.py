"""The graph of steps: every node and edge on one screen (see ``build`` at the end).

    extract ─▶ retrieve ─▶ [look]* ─▶ widen ─▶ [look_again]* ─▶ compile

    look, look_again:   judge ─▶ check ─▶ settle

Looks are fanned out by group: the claims judged in one call, one claim by default. ``widen`` grants a
second look to claims for which another search found something new, in the document's order and never
to more than a set share of all: the calls of a run have a ceiling, and who gets one does not depend on
which reply came first. What the nodes do is in ``agent.steps``; a claim that fails there becomes
``Unassessed`` and disturbs no other.

LangGraph reads its nodes' annotations, so this module imports it at the top, and is itself imported
only when a run begins.
"""

from __future__ import annotations

import operator
from datetime import date
from typing import Annotated, Any, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from agent import steps
from agent.domain import Document, Report, Scope
from agent.ports import Case, Extraction
from agent.steps import Look, Reading, Tools, Trial


class RunState(TypedDict, total=False):
    """One run. ``extraction`` may be given beforehand: then the document is not read again."""

    document: Document
    as_of: date | None
    extraction: Extraction
    scope: Scope
    cases: tuple[Case, ...]
    trials: Annotated[list[Trial], operator.add]
    second: tuple[Look, ...]
    report: Report


class LookState(TypedDict, total=False):
    """One look at one group. ``trials`` flows back into the run."""

    look: Look
    reading: Reading
    trials: Annotated[list[Trial], operator.add]


class LookResult(TypedDict):
    trials: Annotated[list[Trial], operator.add]


async def extract(state: RunState, runtime: Runtime[Tools]) -> RunState:
    if "extraction" in state:
        return {}
    return {"extraction": await steps.extract(state["document"], runtime.context, runtime.stream_writer)}


async def retrieve(state: RunState, runtime: Runtime[Tools]) -> RunState:
    claims = state["extraction"].claims
    scope = await steps.scope_of(state["document"], state.get("as_of"), runtime.context)
    return {
        "scope": scope,
        "cases": await steps.retrieve(claims, scope, runtime.context, runtime.stream_writer),
    }


def fan_out(state: RunState) -> list[Send] | str:
    looks = steps.first_looks(state["cases"], state["scope"])
    return [Send("look", {"look": look}) for look in looks] or "compile"


async def widen(state: RunState, runtime: Runtime[Tools]) -> RunState:
    second = await steps.widen(state["trials"], state["scope"], runtime.context, runtime.stream_writer)
    return {"second": second}


def fan_out_again(state: RunState) -> list[Send] | str:
    return [Send("look_again", {"look": look}) for look in state["second"]] or "compile"


async def compile_report(state: RunState, runtime: Runtime[Tools]) -> RunState:
    report = await steps.compile_report(
        state["document"], state.get("as_of"), state["extraction"], state.get("trials", []), runtime.context
    )
    return {"report": report}


async def judge(state: LookState, runtime: Runtime[Tools]) -> LookState:
    return {"reading": await steps.judge(state["look"], runtime.context)}


async def check(state: LookState) -> LookState:
    return {"reading": steps.check(state["look"], state["reading"])}


async def settle(state: LookState, runtime: Runtime[Tools]) -> LookState:
    return {"trials": steps.settle(state["look"], state["reading"], runtime.context, runtime.stream_writer)}


def build(checkpointer: BaseCheckpointSaver[str] | None = None) -> CompiledStateGraph[Any, Tools, Any, Any]:
    """Compile the graph; its context is a ``Tools``, its input a RunState, its product ``report``."""
    look: StateGraph[Any, Tools, Any, Any] = StateGraph(LookState, Tools, output_schema=LookResult)
    for name, node in (("judge", judge), ("check", check), ("settle", settle)):
        look.add_node(name, node)
    for edge in ((START, "judge"), ("judge", "check"), ("check", "settle"), ("settle", END)):
        look.add_edge(*edge)
    # Without a checkpointer of its own: an inherited one costs 10 ms a claim, and the run's own
    # checkpoint already keeps every finished look.
    one_look = look.compile(checkpointer=False)

    run: StateGraph[Any, Tools, Any, Any] = StateGraph(RunState, Tools)
    run.add_node("extract", extract)
    run.add_node("retrieve", retrieve)
    run.add_node("look", one_look)
    run.add_node("widen", widen)
    run.add_node("look_again", one_look)
    run.add_node("compile", compile_report)
    run.add_edge(START, "extract")
    run.add_edge("extract", "retrieve")
    run.add_conditional_edges("retrieve", fan_out, ["look", "compile"])
    run.add_edge("look", "widen")
    run.add_conditional_edges("widen", fan_out_again, ["look_again", "compile"])
    run.add_edge("look_again", "compile")
    run.add_edge("compile", END)
    return run.compile(checkpointer=checkpointer)
