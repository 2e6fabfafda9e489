"""What passes between the steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from agent.checks import Checked
from agent.domain import NO_USAGE, Judgement, Outcome, Scope, Usage
from agent.ports import Case, Engine, Library
from agent.settings import SearchSettings, VerifySettings


@dataclass(frozen=True, slots=True)
class Progress:
    """What a watcher of a run is told: ``step`` has done ``done`` of ``total``.

    ``outcome`` is set when a claim has been settled for good.
    """

    step: str
    done: int
    total: int
    outcome: Outcome | None = None


Watcher = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with. Lives in the run's context, never in a checkpoint.

    ``record`` is what the report's provenance says about settings the steps do not read.
    """

    engine: Engine
    library: Library
    verify: VerifySettings = VerifySettings()
    search: SearchSettings = SearchSettings()
    record: Mapping[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """A group to be judged; ``again`` at the second look of its claims."""

    cases: tuple[Case, ...]
    scope: Scope
    again: bool = False


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The search found nothing for the claim; nobody was asked."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure of ours on one claim."""

    reason: str


@dataclass(frozen=True, slots=True)
class Proved:
    """A judgement and what the checks made of it."""

    judgement: Judgement
    checked: Checked


CaseReading = Judgement | Proved | NotCovered | Failed


@dataclass(frozen=True, slots=True)
class Reading:
    """How each case of a look came out so far, in the look's order, and what the calls took."""

    cases: tuple[CaseReading, ...]
    usage: Usage = NO_USAGE


@dataclass(frozen=True, slots=True)
class Trial:
    """One look at one case, settled. ``look_again`` is a query that might still change it, or empty.

    ``usage`` is what the group's calls took, carried by the group's first trial so that sums are right.
    """

    case: Case
    outcome: Outcome
    look_again: str = ""
    usage: Usage = NO_USAGE
