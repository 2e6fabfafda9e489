"""``corroborate diff``: what changed between two reports."""

from __future__ import annotations

from pathlib import Path

import click

from agent.surfaces.cli import options, output
from agent.surfaces.cli.ledgers import LEDGER, read_ledger


@click.command(short_help="Compare two reports: which claims moved, and why.")
@click.argument("old", type=LEDGER)
@click.argument("new", type=LEDGER)
@click.option("--moved", "moved_only", is_flag=True, help="Only the claims whose label moved.")
@options.format_option("text", "json")
@options.out_option
def diff(old: Path, new: Path, moved_only: bool, form: str, out: Path | None) -> None:
    """Compare two reports on a text, OLD and NEW, as `verify --format json` wrote them.

    Shows the claims whose label moved with the sources that moved them, the claims that are new or gone,
    and what else was different: the date, the engine, the corpus, a setting.
    """
    from agent.reports.diff import compare
    from agent.reports.diff_text import diff_json, diff_text
    from agent.reports.to_json import dump_json

    changes = compare(read_ledger(old), read_ledger(new))
    if form == "json":
        output.write(dump_json(diff_json(changes)), out)
    else:
        colour = out is None and output.colour()
        output.write(diff_text(changes, width=output.width(), colour=colour, moved_only=moved_only), out)
