"""The steps of the graph, one module each: what a node does, free of the graph's own types."""

from agent.steps.check import check
from agent.steps.compile import compile_report
from agent.steps.extract import extract
from agent.steps.judge import judge
from agent.steps.retrieve import first_looks, retrieve, scope_of
from agent.steps.settle import settle
from agent.steps.values import Look, Progress, Reading, Tools, Trial, Watcher
from agent.steps.widen import widen

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
    "judge",
    "retrieve",
    "scope_of",
    "settle",
    "widen",
]
