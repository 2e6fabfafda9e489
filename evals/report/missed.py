"""The claims that came out otherwise than labelled, for a terminal: what a user looks at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.reports.safe import one_line
from evals.report.browse import state
from evals.tasks.values import SampleResult

SHOWN = 20


def missed(results: Sequence[SampleResult]) -> str:
    """A line or two for each wrong or failed sample, empty where there is none. Quotes nothing that could
    steer a terminal."""
    found = [result for result in results if state(result) in ("wrong", "failed")]
    if not found:
        return ""
    lines = ["", f"{len(found)} not as labelled:"]
    lines += [line for result in found[:SHOWN] for line in _lines(result)]
    if len(found) > SHOWN:
        lines.append(f"  and {len(found) - SHOWN} more; --out DIR keeps them all")
    return "\n".join(lines) + "\n"


def _lines(result: SampleResult) -> Iterator[str]:
    gold = _words(result.gold)
    given = f"failed: {one_line(result.failed, 200)}" if result.failed else _words(result.prediction)
    yield f"  {one_line(result.id)}  labelled {gold}, given {given}"
    if claim := result.payload.get("claim"):
        yield f"    {one_line(str(claim), 200)}"


def _words(label: str | None) -> str:
    return str(label).replace("_", " ") if label else "no label"
