"""The steps of the graph, one module each: what a node does, free of the graph's own types."""

from agent.steps.check import check
from agent.steps.compile import compile_report
from agent.steps.extract import extract
from agent.steps.judge import judge
from agent.steps.retrieve import first_looks, retrieve, scope_of, second_looks, widen
from agent.steps.settle import grant_second_looks, settle
from agent.steps.values import Look, Progress, Reading, Tools, Trial, Watcher

__all__ = [
    "Look",
    "Progress",
    "Reading",
    "Tools",
    "Trial",
    "Watcher",
    "check",
    "compile_report",
    "extract",
    "first_looks",
    "grant_second_looks",
    "judge",
    "retrieve",
    "scope_of",
    "second_looks",
    "settle",
    "widen",
]
