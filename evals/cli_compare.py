"""``compare``: is one run better than another? Its exit code is a gate for CI."""

from __future__ import annotations

from pathlib import Path

import click

from agent.surfaces.cli import output
from evals.cli_options import json_option

_RUN = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(short_help="Is run B better than run A? Exits with 1 where it is worse.")
@click.argument("first", metavar="A", type=_RUN)
@click.argument("second", metavar="B", type=_RUN)
@click.option(
    "--metric", default="", metavar="NAME", help="What to compare. Default: the task's main figure."
)
@click.option(
    "--flips", "limit", type=click.IntRange(0), default=20, metavar="N", help="Flips to show. Default: 20."
)
@json_option
@click.pass_context
def compare(ctx: click.Context, first: Path, second: Path, metric: str, limit: int, as_json: bool) -> None:
    """Judge the run in folder B against the run in folder A, over the samples both resolved.

    Says better, worse, or no difference shown, and lists the samples that flipped with both proofs.
    Exits with 0, with 1 where B is worse, and with 2 where they cannot be compared.
    """
    from evals.compare import compare_runs
    from evals.compare_text import render
    from evals.journal import dumps

    found = compare_runs(first, second, metric)
    output.write(dumps(found.to_json()) if as_json else render(found, width=output.width(), limit=limit))
    ctx.exit(found.exit_code)
