"""``corroborate explain``: the rules the product works by, as the code has them."""

from __future__ import annotations

import click

from agent.surfaces.cli import output


@click.group(short_help="Print the rules that verdicts are made by.")
def explain() -> None:
    """Print the rules that verdicts are made by, as the code has them."""


@explain.command()
def settle() -> None:
    """How independent voices, checks and ratings come to a label: the settle table."""
    from agent.checks.settle import explain as settle_table

    output.write(settle_table() + "\n")
