"""What became of a whole run, for ``summary.json`` and for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from agent.batch.plan import Plan
from agent.batch.result import Result, Status, result_json
from agent.domain import NO_USAGE, Label, Usage
from agent.reports.to_json import usage_json


class Summary:
    """``usage`` counts what the replies took that the reports rest on, a reply shared by several documents
    with each; identical documents count once."""

    def __init__(self, plan: Plan, results: Mapping[str, Result], stopped: str = "") -> None:
        self.plan = plan
        self.stopped = stopped
        self.results = [results[entry.key] for entry in plan.entries if entry.key in results]
        self.documents = len(plan.entries) + len(plan.unreadable)
        self.not_reached = len(plan.entries) - len(self.results)
        found = Counter[str]()
        for result in self.results:
            found.update(result.labels)
        self.labels = {label.value: found[label.value] for label in Label}
        self.unassessed = sum(result.unassessed for result in self.results)
        self.usage: Usage = sum((each.usage for each in self.results if not each.same_as), NO_USAGE)

    def count(self, status: Status) -> int:
        return sum(result.status is status for result in self.results)

    @property
    def claims(self) -> int:
        return sum(self.labels.values()) + self.unassessed

    @property
    def complete(self) -> bool:
        """Whether every claim of every document was assessed."""
        return self.count(Status.ASSESSED) == self.documents

    def failures(self) -> list[tuple[str, str]]:
        """Name and reason of each document that was not assessed whole, in the inputs' order."""
        unreadable = [(error.name, error.reason) for error in self.plan.unreadable]
        failed = [each for each in self.results if each.status is not Status.ASSESSED]
        return unreadable + [(result.name, result.reason) for result in failed]


def summary_json(summary: Summary) -> dict[str, Any]:
    """Documents in the inputs' order, so that the same run gives the same bytes however it went."""
    statuses = {status.value: summary.count(status) for status in Status}
    return {
        "documents": {
            "total": summary.documents,
            **statuses,
            "unreadable": len(summary.plan.unreadable),
            "not_reached": summary.not_reached,
        },
        "claims": summary.claims,
        "labels": summary.labels,
        "unassessed": summary.unassessed,
        "usage": usage_json(summary.usage),
        "stopped": summary.stopped or None,
        "unreadable": [
            {"name": _base(error.name), "reason": error.reason} for error in summary.plan.unreadable
        ],
        "by_document": [result_json(result) for result in summary.results],
    }


def _base(name: str) -> str:
    """A file's name without its path: what is published names no folders of a newsroom."""
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2] or name
