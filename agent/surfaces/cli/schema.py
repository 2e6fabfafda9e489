"""``corroborate schema``: the published JSON Schema of a report."""

from __future__ import annotations

import click

from agent.surfaces.cli import output


@click.command(short_help="Print the JSON Schema of a report.")
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) that every report of `verify --format json` fits."""
    from agent.reports.schema import report_schema
    from agent.reports.to_json import dump_json

    output.write(dump_json(report_schema()))
