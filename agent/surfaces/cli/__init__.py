"""The ``corroborate`` command. Each subcommand is a module of its own, loaded when it is asked for."""

from __future__ import annotations

import click

from agent.surfaces.cli.group import LazyGroup

COMMANDS = {
    "ingest": "agent.surfaces.cli.ingest:ingest",
    "corpus": "agent.surfaces.cli.corpus:corpus",
    "verify": "agent.surfaces.cli.verify:verify",
    "batch": "agent.surfaces.cli.batch:batch",
    "show": "agent.surfaces.cli.show:show",
    "diff": "agent.surfaces.cli.diff:diff",
    "eval": "evals.cli:cli",
    "schema": "agent.surfaces.cli.schema:schema",
    "explain": "agent.surfaces.cli.explain:explain",
}
"""To add a command, add its line here."""


@click.group(cls=LazyGroup, commands_at=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="corroborate", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")
def cli() -> None:
    """Check the claims of a text against a corpus of reports.

    \b
    First give it your reports, then a text:
      corroborate ingest reports/
      corroborate verify article.txt

    Every claim comes back corroborated, contradicted, conflicting or without enough evidence, with the
    sentences that decide it, who said them first, and when.
    """


def main() -> None:
    """The console script."""
    raise SystemExit(cli.main(prog_name="corroborate"))
