"""A comparison for people: the verdict, what it rests on, and the flipped samples side by side."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from agent.reports.safe import one_line
from evals.compare import LOWER_IS_BETTER, SIGNIFICANCE, Comparison, Conclusion
from evals.compare import Side as RunSide
from evals.flips import Change, Flip, Side

_QUOTE = 220
_MARKS = {Change.LOST: "-", Change.GAINED: "+", Change.CHANGED: "~"}


def render(comparison: Comparison, *, width: int = 100, limit: int = 20) -> str:
    """Lines of ``width`` characters at most, the first ``limit`` flips with both proofs. What is quoted is
    made safe for a terminal."""
    lines = [*_verdict(comparison), "", *_runs(comparison, width), "", *_tally(comparison.flips, limit)]
    for flip in comparison.flips[:limit]:
        lines += ["", *_flip(flip, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _verdict(comparison: Comparison) -> Iterator[str]:
    found, metric = comparison.difference, comparison.metric
    names = f"{one_line(comparison.second.name)} against {one_line(comparison.first.name)}"
    yield f"{names}: {comparison.conclusion.value}, by {metric} (significance level {SIGNIFICANCE:.0%})"
    yield (
        f"{metric} {comparison.first.value:.3f} → {comparison.second.value:.3f}, difference "
        f"{found.value:+.3f}, 95 % interval {found.low:+.3f} to {found.high:+.3f} "
        f"(paired bootstrap, n = {found.n}, p = {found.p:.3f})"
    )
    if metric in LOWER_IS_BETTER:
        yield "lower is better"
    if (only := comparison.discordant) is not None:
        yield (
            f"{only.only_first} only in the first, {only.only_second} only in the second "
            f"(McNemar's exact test, p = {only.p:.3f})"
        )
    if comparison.conclusion is Conclusion.NO_DIFFERENCE:
        yield "This does not show that the two are equal: a difference within the interval remains possible."


def _runs(comparison: Comparison, width: int) -> Iterator[str]:
    yield f"task {comparison.task}, set {one_line(comparison.set_name)}"
    for place, run in (("first", comparison.first), ("second", comparison.second)):
        yield from textwrap.wrap(f"{place}: {_run(run)}", width, subsequent_indent="  ")
    differing = ", ".join(comparison.differing) or "nothing"
    yield from textwrap.wrap(f"the runs' records differ in: {differing}", width, subsequent_indent="  ")


def _run(run: RunSide) -> str:
    alone = f"; {run.others} samples that the other run does not have" if run.others else ""
    failed = f"; {run.failed} failed, which counts as wrong" if run.failed else ""
    return f"{one_line(run.name)} ({one_line(run.engine)}{alone}{failed})"


def _tally(flips: tuple[Flip, ...], limit: int) -> Iterator[str]:
    counts = Counter(flip.change for flip in flips)
    told = ", ".join(f"{counts[change]} {change.value}" for change in Change if counts[change])
    yield f"{len(flips)} samples flipped: {told}" if flips else "no sample flipped"
    if len(flips) > limit:
        yield f"the first {limit} of them are shown; --json has all"


def _flip(flip: Flip, width: int) -> Iterator[str]:
    gold = f"  (gold: {_words(flip.gold)})" if flip.gold else ""
    yield f"{_MARKS[flip.change]} {flip.change.value}  {one_line(flip.id)}{gold}"
    yield from textwrap.wrap(one_line(flip.claim), width, initial_indent="  ", subsequent_indent="  ")
    column = (width - 7) // 2
    left, right = ([*_side(side, column)] for side in (flip.first, flip.second))
    for ours, theirs in zip_longest(left, right, fillvalue=""):
        yield f"  {ours:<{column}} │ {theirs}"


def _side(side: Side, width: int) -> Iterator[str]:
    score = "" if side.score is None else f"  [{abs(side.score):.2f}]"
    answer = f"FAILED: {side.failed}" if side.failed else f"{_words(side.prediction)}{score}"
    yield from _wrapped(answer, width)
    if side.rule:
        yield from _wrapped(f"rule: {side.rule}", width)
    for cite in side.evidence:
        yield from _wrapped(f"{cite.stance or 'cited'} · {cite.doc_id}", width)
        yield from _wrapped(f"“{one_line(cite.quote, _QUOTE)}”", width, "  ")
    for sentence in side.justification:
        yield from _wrapped(sentence, width, "= ")


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(one_line(text), width, initial_indent=indent, subsequent_indent=" " * len(indent))


def _words(label: str) -> str:
    return label.replace("_", " ")
