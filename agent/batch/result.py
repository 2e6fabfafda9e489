"""What became of one document of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent.domain import NO_USAGE, Assessed, Report, Unassessed, Usage
from agent.reports.to_json import usage_json


class Status(StrEnum):
    """``INCOMPLETE``: some claims or stretches failed; ``FAILED``: there is no report at all. Both are
    done again by the next run of the same command."""

    ASSESSED = "assessed"
    INCOMPLETE = "incomplete"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """``labels`` counts claims by label. ``usage`` is what the replies took that the report rests on."""

    key: str
    name: str
    status: Status
    reason: str = ""
    labels: Mapping[str, int] = field(default_factory=dict)
    unassessed: int = 0
    unread: int = 0
    usage: Usage = NO_USAGE
    same_as: str = ""

    @property
    def claims(self) -> int:
        return sum(self.labels.values()) + self.unassessed


def result_of(report: Report, key: str, same_as: str = "") -> Result:
    labels = Counter(item.verdict.label.value for item in report.outcomes if isinstance(item, Assessed))
    failures = [item.reason for item in report.outcomes if isinstance(item, Unassessed)]
    reasons = [*(item.reason for item in report.unread), *failures]
    return Result(
        key=key,
        name=report.document.name,
        status=Status.INCOMPLETE if reasons else Status.ASSESSED,
        reason=reasons[0] if reasons else "",
        labels=dict(sorted(labels.items())),
        unassessed=len(failures),
        unread=len(report.unread),
        usage=report.usage,
        same_as=same_as,
    )


def result_json(result: Result) -> dict[str, Any]:
    return {
        "document": result.key,
        "name": result.name,
        "status": result.status.value,
        "reason": result.reason,
        "labels": dict(result.labels),
        "unassessed": result.unassessed,
        "unread": result.unread,
        "usage": usage_json(result.usage),
        "same_as": result.same_as or None,
    }


def result_from(value: Mapping[str, Any]) -> Result:
    """Raises KeyError, TypeError or ValueError for anything else than ``result_json`` writes."""
    return Result(
        key=value["document"],
        name=value["name"],
        status=Status(value["status"]),
        reason=value["reason"],
        labels=value["labels"],
        unassessed=value["unassessed"],
        unread=value["unread"],
        usage=Usage(**value["usage"]),
        same_as=value["same_as"] or "",
    )
