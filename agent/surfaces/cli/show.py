"""``corroborate show``: a ledger read back, whole, at a glance, or claim by claim."""

from __future__ import annotations

from pathlib import Path

import click

from agent.surfaces.cli import options, output
from agent.surfaces.cli.ledgers import LEDGER, read_ledger


@click.command(short_help="Show a ledger again: whole, at a glance, or one claim.")
@click.argument("ledger", type=LEDGER)
@click.option("--overview", is_flag=True, help="A line or two a claim.")
@click.option(
    "--claim", "claims", type=click.IntRange(1), multiple=True, metavar="N", help="Only claim N. Repeatable."
)
@options.format_option("text", "md")
@options.out_option
def show(ledger: Path, overview: bool, claims: tuple[int, ...], form: str, out: Path | None) -> None:
    """Show LEDGER, a report that `verify --format json` wrote."""
    report = read_ledger(ledger)
    beyond = [str(number) for number in claims if number > len(report.outcomes)]
    if beyond:
        raise click.UsageError(f"no claim {', '.join(beyond)}: {ledger} has {len(report.outcomes)}")
    if form == "md":
        if overview or claims:
            raise click.UsageError("--overview and --claim are for --format text")
        from agent.reports.to_markdown import report_markdown

        output.write(report_markdown(report), out)
        return
    from agent.reports.to_text import overview_text, report_text

    width, colour = output.width(), out is None and output.colour()
    if overview:
        output.write(overview_text(report, width=width, colour=colour), out)
    else:
        output.write(report_text(report, width=width, colour=colour, claims=claims), out)
