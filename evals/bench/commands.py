"""``bench`` on the command line."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click

from agent.surfaces.cli import output
from evals.bench.machine import described
from evals.cli_options import json_option

T = TypeVar("T")
_EVERY_S = 5.0  # between two lines of progress


@click.group("bench", short_help="Speed of embedding, and how a corpus behaves as it grows.")
def bench() -> None:
    """Figures hold for this machine, now: compare those of one run with each other."""


@bench.command("embed")
@click.option(
    "--passages", "count", type=click.IntRange(4), default=400, metavar="N", help="How many. Default: 400."
)
@click.option(
    "--words",
    type=click.IntRange(3, 150),
    default=80,
    metavar="N",
    help="Their median length; it varies. Default: 80.",
)
@click.option("--rounds", type=click.IntRange(1), default=3, metavar="N", help="The best counts. Default: 3.")
@click.option("--seed", type=int, default=0, metavar="S")
@json_option
def embed(count: int, words: int, rounds: int, seed: int, as_json: bool) -> None:
    """Passages embedded per second, beside Chroma's default and what else is installed."""
    from evals.bench.embed import CHROMA, measure, one_by_one, passages

    texts = passages(count, words, seed)
    speeds = measure(texts, rounds, Teller())
    single = one_by_one(passages(min(count, 50), 20, seed + 1))
    base = next(speed.per_cpu_s for speed in speeds if speed.name == CHROMA)
    if as_json:
        rows = [{**asdict(speed), "ratio": speed.per_cpu_s / base} for speed in speeds]
        _json({"passages": count, "median_words": words, "speeds": rows, "query": single})
        return
    table = [["", "per CPU-second", "per second", f"ratio to {CHROMA}", "mean cosine with minilm"]]
    for s in speeds:
        ratio = f"{s.per_cpu_s / base:.2f}"
        table.append([s.name, f"{s.per_cpu_s:.1f}", f"{s.per_s:.1f}", ratio, f"{s.likeness:.4f}"])
    _print(table, f"{count} passages, median {words} words; the ratio is of those per CPU-second")
    output.write(f"one claim of 20 words: p50 {single['p50_ms']:.1f} ms, p95 {single['p95_ms']:.1f} ms\n")


def _sizes(ctx: click.Context, param: click.Parameter, given: str) -> tuple[int, ...]:
    try:
        found = tuple(int(part.replace("_", "")) for part in given.split(","))
    except ValueError as error:
        raise click.BadParameter(f"{given!r} is no list of numbers like 10000,100000") from error
    if min(found) < 10:
        raise click.BadParameter("a corpus has at least 10 passages here")
    return found


@bench.command("growth")
@click.option(
    "--sizes",
    default="10000,100000",
    callback=_sizes,
    metavar="N,N",
    help="Passages to fill. Default: 10000,100000.",
)
@click.option(
    "--dim",
    type=click.IntRange(8, 4096),
    default=384,
    metavar="D",
    help="Numbers of a vector. Default: 384, as minilm's.",
)
@click.option(
    "--queries",
    type=click.IntRange(1),
    default=200,
    metavar="N",
    help="Asked with each as-of date. Default: 200.",
)
@click.option("--seed", type=int, default=0, metavar="S")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the corpora here, and use those that are there. Default: removed at the end.",
)
@json_option
def growth(
    sizes: tuple[int, ...], dim: int, queries: int, seed: int, keep: Path | None, as_json: bool
) -> None:
    """Fill corpora of made-up passages and ask them: speed, what the index finds, memory, disk.

    Made-up texts, and vectors in clusters in place of a model's: embedding is not in these times
    (`bench embed` has it). Everything else is the product's own ingest and search.
    """
    from evals.bench.growth import Plan

    results = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="corroborate-bench-") as temporary:
            parent = keep or Path(temporary)
            folder = parent / f"growth-{size}-{dim}-{seed}"
            results.append(_grown(folder, Plan(size, dim, queries, seed)))
    if as_json:
        _json({"dimension": dim, "queries": queries, "sizes": results})
        return
    rows = [["", *(f"{size:,}" for size in sizes)]]
    for name in dict.fromkeys(name for result in results for name in result):
        rows.append([name, *(_figure(result.get(name)) for result in results)])
    _print(rows, f"{queries} queries with each as-of date; name@share is of the sources it admits")


def _grown(folder: Path, plan: Any) -> dict[str, float]:
    from evals.bench.growth import ask_blocking, fill_blocking

    return {**_apart(fill_blocking, folder, plan), **_apart(ask_blocking, folder, plan)}


def _apart(measure: Callable[..., T], folder: Path, plan: Any) -> T:
    """In a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(measure, folder, plan, Teller()).result()


class Teller:
    """Says on stderr what is going on, now and then."""

    def __init__(self) -> None:
        self._said = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        if monotonic() - self._said > _EVERY_S:
            self._said = monotonic()
            print(f"{what}: {done:,} of {total:,}", file=sys.stderr, flush=True)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def _print(rows: Sequence[Sequence[str]], caption: str) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        output.write("  ".join(cells).rstrip() + "\n")
    machine = described()
    output.write(f"{caption}.\n{machine['cores']} cores ({machine['machine']}), load {machine['load']}.\n")


def _json(found: Mapping[str, Any]) -> None:
    from evals.journal import dumps

    output.write(dumps({**found, "machine": described()}))
