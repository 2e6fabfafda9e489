"""The commands of the harness: ``python -m evals …`` and ``corroborate eval …`` are the same."""

from __future__ import annotations

import click

from agent.surfaces.cli.group import LazyGroup

COMMANDS = {
    "sets": "evals.cli_sets:sets",
    "compare": "evals.cli_compare:compare",
    "report": "evals.report.commands:report",
    "tables": "evals.report.commands:tables",
    "baseline": "evals.report.commands:baseline",
    "bench": "evals.bench.commands:bench",
}
"""To add a command, add its line here."""

_OWN = "own"


class EvalGroup(LazyGroup):
    """Tasks are commands; a command line that names none evaluates the file it gives, or ``--set``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from evals.tasks import TASKS

        return [*TASKS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from evals.cli_run import own_command, task_command
        from evals.tasks import TASKS

        if cmd_name == _OWN:
            return own_command()
        return task_command(cmd_name) if cmd_name in TASKS else super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.list_commands(ctx), "-h", "--help"):
            args = [_OWN, *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=EvalGroup, commands_at=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}, name="eval"
)
def cli() -> None:
    """Measure how good the verdicts are: on your own claims, or on public sets.

    \b
    Your own claims, one JSON object a line ({"claim": "…", "label": "corroborated"}):
      corroborate eval my_claims.jsonl --corpus DIR
    A task on a set (`sets` lists them):
      corroborate eval retrieval --set scifact --data DIR
    """
