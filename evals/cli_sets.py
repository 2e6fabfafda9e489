"""``sets``: what can be evaluated on, on which terms, and where it is obtained."""

from __future__ import annotations

from pathlib import Path

import click

from evals.cli_options import data_option


@click.command(short_help="List the sets, with their licences and where they are obtained.")
@data_option
def sets(data: Path) -> None:
    """List the sets this harness reads; a star marks those found in --data."""
    from evals.sets import KNOWN, kursk

    for info in KNOWN.values():
        there = (data / info.name).is_dir() or (info.name == "kursk" and kursk.FOLDER.is_dir())
        click.echo(f"{'*' if there else ' '} {info.name}: {info.note}")
        click.echo(f"    licence: {info.licence}")
        click.echo(f"    from: {info.obtain}")
