"""``report``, ``tables`` and ``baseline`` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from agent.errors import BadInput
from agent.surfaces.cli import output

_RUN = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("report")
@click.argument("runs", nargs=-1, required=True, type=_RUN, metavar="RUN_DIR...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write. Default: the run's own folder.",
)
def report(runs: tuple[Path, ...], out: Path | None) -> None:
    """Write report.html, report.md and report.json for one run, or for several beside each other.

    The page needs nothing else and opens from disk. It shows the samples with their quotes: the terms of
    a set's texts hold for it too.
    """
    from evals.report.write import write_report

    if out is None and len(runs) > 1:
        raise BadInput("several runs have no folder of their own: name one with --out")
    for path in write_report(runs, out or runs[0]):
        click.echo(str(path))


@click.command("tables")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 where the README differs.")
@click.option(
    "--readme", type=click.Path(dir_okay=False, path_type=Path), default=None, metavar="FILE", hidden=True
)
@click.option("--baselines", type=click.Path(file_okay=False, path_type=Path), default=None, hidden=True)
@click.pass_context
def tables(ctx: click.Context, check: bool, readme: Path | None, baselines: Path | None) -> None:
    """Write the README's evaluation tables from the committed baselines."""
    from evals.report.baseline import FOLDER
    from evals.tables import README, differs, update

    readme, baselines = readme or README, baselines or FOLDER
    if not check:
        output.note("changed" if update(readme, baselines) else "already in step")
    elif differs(readme, baselines):
        output.note(f"{readme.name} and the baselines differ; run `python -m evals tables`")
        ctx.exit(1)


@click.command("baseline")
@click.argument("run", type=_RUN, metavar="RUN_DIR")
@click.option("--name", default="", metavar="NAME", help="Of the baseline. Default: SET-TASK-ENGINE.")
@click.option(
    "--outcomes", is_flag=True, help="Also keep each sample's label and scores, so that runs can be compared."
)
@click.option("--baselines", type=click.Path(file_okay=False, path_type=Path), default=None, hidden=True)
def baseline(run: Path, name: str, outcomes: bool, baselines: Path | None) -> None:
    """Keep a run's numbers and record, not its texts, as a baseline to commit."""
    from evals.journal import RUN, read_json
    from evals.report.baseline import FOLDER, keep

    target = keep(run, baselines or FOLDER, name, outcomes=outcomes)
    if (read_json(run / RUN).get("code") or {}).get("dirty"):
        output.note("this run's code had uncommitted changes: nobody else can repeat it")
    click.echo(str(target))
