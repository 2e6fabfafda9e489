"""Whether one run is better than another, over the samples that both resolved.

The difference of a metric is resampled in pairs (``evals.metrics.interval``). A verdict needs its 95 %
interval to leave out zero; for figures that are right or wrong sample by sample, McNemar's exact test must
say the same at 5 %, since the bootstrap is too bold where few samples flip. Failures count as wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from agent.errors import BadInput
from evals.flips import Flip, flips
from evals.journal import RUN, read_json, read_results
from evals.metrics.interval import Difference, mcnemar, paired_bootstrap
from evals.paired_labels import LABEL_FIGURES, paired_labels
from evals.record import comparable, same_run
from evals.tasks.values import SampleResult

SIGNIFICANCE = 0.05

USUAL = {
    "verdict": "correct",
    "citations": "fever",
    "retrieval": "ndcg@10",
    "extraction": "contained",
    "numbers": "noticed",
    "injection": "unmoved",
    "copies": "caught",
    "stability": "moved",
    "cost": "tokens",
}
"""What is compared where no metric is named. Other tasks: the first score, by name, that both runs have."""

NAMES = {"accuracy": "correct"}
"""Metrics of a summary that go by another name among a sample's scores."""

SPENT: dict[str, Callable[[SampleResult], float | None]] = {
    "calls": lambda result: float(sum(result.usage.calls.values())),
    "tokens": lambda result: float(result.usage.prompt_tokens + result.usage.completion_tokens),
    "usd": lambda result: result.usage.cost,
}
LOWER_IS_BETTER = frozenset({"moved", "moved_any", "again", *SPENT})


Pair = tuple[SampleResult, SampleResult]
Values = tuple[float | None, float | None]


class NotComparable(BadInput):
    """Two runs that nothing can be said of together."""


class Conclusion(StrEnum):
    """Of the second run, against the first."""

    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no difference shown"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the runs: its folder's name, who read, and the metric over the common samples.

    ``others`` counts samples that this run alone has, ``failed`` those of the common ones that failed.
    """

    name: str
    engine: str
    value: float
    others: int
    failed: int


@dataclass(frozen=True, slots=True)
class Discordant:
    """Samples that have the figure in one run only, and McNemar's exact p."""

    only_first: int
    only_second: int
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """``differing`` names the parts of the runs' records that are not the same, ``discordant`` is None for
    figures that are no plain right or wrong."""

    task: str
    set_name: str
    metric: str
    first: Side
    second: Side
    difference: Difference
    discordant: Discordant | None
    conclusion: Conclusion
    flips: tuple[Flip, ...]
    differing: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """For gates: 1 where the second run is worse, else 0. What cannot be compared is 2 (BadInput)."""
        return int(self.conclusion is Conclusion.WORSE)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"significance": SIGNIFICANCE}


def compare_runs(a: Path, b: Path, metric: str = "", *, seed: int = 0) -> Comparison:
    """Two runs' folders, by one metric: a sample score's name, ``macro_f1``, ``balanced_accuracy``, or
    ``calls``, ``tokens``, ``usd``. ``b`` is judged against ``a``.

    Raises NotComparable where the task or the set differ, where no sample is common, or where the metric is
    not in both; BadInput and Unreadable for a folder that is no run.
    """
    first, second = _Run.read(a), _Run.read(b)
    common = [name for name in first.results if name in second.results]
    why = comparable(first.record, second.record)
    if why or not common:
        why = why or "they have no sample in common"
        raise NotComparable(f"{a.name} and {b.name} cannot be compared: {why}")
    pairs = [(first.results[name], second.results[name]) for name in common]
    name = _metric(metric, str(first.record.get("task")), pairs)
    values = [_values(name, *pair) for pair in pairs]
    measured = _measured(name, pairs, values, seed)
    return Comparison(
        task=str(first.record.get("task")),
        set_name=str(first.record.get("set", {}).get("name")),
        metric=name,
        first=first.side(measured.first, common),
        second=second.side(measured.second, common),
        difference=measured.difference,
        discordant=measured.discordant,
        conclusion=conclude(measured.difference, measured.discordant, lower=name in LOWER_IS_BETTER),
        flips=_flips(name, pairs, values),
        differing=tuple(same_run(first.record, second.record)),
    )


def conclude(difference: Difference, discordant: Discordant | None, *, lower: bool = False) -> Conclusion:
    """The verdict in words; ``lower`` is better for figures of what is spent or lost."""
    shown = difference.low > 0 or difference.high < 0
    if discordant is not None:
        shown = shown and discordant.p < SIGNIFICANCE
    if not shown:
        return Conclusion.NO_DIFFERENCE
    return Conclusion.BETTER if (difference.value > 0) is not lower else Conclusion.WORSE


@dataclass(frozen=True, slots=True)
class _Run:
    name: str
    record: Mapping[str, Any]
    results: Mapping[str, SampleResult]

    @classmethod
    def read(cls, folder: Path) -> _Run:
        results = {result.id: result for result in read_results(folder)}
        return cls(folder.name, read_json(folder / RUN), results)

    def side(self, value: float, common: Sequence[str]) -> Side:
        engine = self.record.get("engine") or {}
        return Side(
            name=self.name,
            engine=" ".join(filter(None, (engine.get("name"), engine.get("model")))),
            value=value,
            others=len(self.results) - len(common),
            failed=sum(bool(self.results[name].failed) for name in common),
        )


@dataclass(frozen=True, slots=True)
class _Measured:
    first: float
    second: float
    difference: Difference
    discordant: Discordant | None = None


def _metric(asked: str, task: str, pairs: Sequence[Pair]) -> str:
    """The name of a metric both runs have. Raises NotComparable, naming those there are."""
    one, other = ({name for pair in pairs for name in pair[place].scores} for place in (0, 1))
    known = one & other
    name = NAMES.get(asked, asked) or USUAL.get(task) or next(iter(sorted(known)), "")
    labelled = any(pair[0].gold is not None for pair in pairs)
    if name in known or name in SPENT or (name in LABEL_FIGURES and labelled):
        return name
    choice = [*sorted(known), *(LABEL_FIGURES if labelled else ()), *SPENT]
    raise NotComparable(f"the runs do not both have the metric {name!r}; they have {', '.join(choice)}")


def _values(name: str, one: SampleResult, other: SampleResult) -> tuple[float | None, float | None]:
    """The metric in both runs; None where it does not apply. Figures of all labels have none by sample."""
    if name in SPENT:
        return SPENT[name](one), SPENT[name](other)
    return _value(name, one, other), _value(name, other, one)


def _value(name: str, result: SampleResult, beside: SampleResult) -> float | None:
    """A failed sample has the worst value where the other run shows that the metric applies to it."""
    if result.failed:
        return float(name in LOWER_IS_BETTER) if name in beside.scores else None
    return result.scores.get(name)


def _flips(name: str, pairs: Sequence[Pair], values: Sequence[Values]) -> tuple[Flip, ...]:
    """What is spent differs almost everywhere: there, flips are other answers, as for figures of labels."""
    return flips(
        ((one, _worth(name, before)), (other, _worth(name, after)))
        for (one, other), (before, after) in zip(pairs, values, strict=True)
    )


def _worth(name: str, value: float | None) -> float | None:
    if value is None or name in SPENT:
        return None
    return -value if name in LOWER_IS_BETTER else value


def _measured(name: str, pairs: Sequence[Pair], values: Sequence[Values], seed: int) -> _Measured:
    if name in LABEL_FIGURES:
        return _Measured(*paired_labels(name, pairs, seed))
    both = [(before, after) for before, after in values if before is not None and after is not None]
    if not both:
        raise NotComparable(f"no common sample has the metric {name} in both runs")
    first, second = ([pair[place] for pair in both] for place in (0, 1))
    return _Measured(
        first=sum(first) / len(both),
        second=sum(second) / len(both),
        difference=paired_bootstrap(first, second, seed),
        discordant=None if name in SPENT else _discordant(both),
    )


def _discordant(values: Sequence[tuple[float, float]]) -> Discordant | None:
    if any(value not in (0.0, 1.0) for pair in values for value in pair):
        return None
    only_first, only_second = values.count((1.0, 0.0)), values.count((0.0, 1.0))
    return Discordant(only_first, only_second, mcnemar(only_first, only_second))
