"""A measured number, or the reason there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metric:
    """A value, the number of samples it rests on, and its 95 % interval."""

    value: float
    n: int
    low: float
    high: float

    def to_json(self) -> dict[str, object]:
        return {"value": self.value, "n": self.n, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Refused:
    """A metric that could not be had from these results. ``reason`` is one line for a person."""

    reason: str

    def to_json(self) -> dict[str, object]:
        return {"refused": self.reason}


Measured = Metric | Refused


def measured_from_json(data: Mapping[str, object]) -> Measured:
    """What ``to_json`` made. Raises KeyError, TypeError or ValueError for anything else."""
    if "refused" in data:
        return Refused(str(data["refused"]))
    value, n, low, high = (data[key] for key in ("value", "n", "low", "high"))
    if not isinstance(n, int) or not all(isinstance(part, int | float) for part in (value, low, high)):
        raise TypeError(f"not a metric: {dict(data)}")
    return Metric(float(value), n, float(low), float(high))  # type: ignore[arg-type]
