"""A command group whose commands are imported when they are used, and whose errors are one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from agent.surfaces.cli.failing import exit_code_of

DEBUG_FLAG = "--debug"


class LazyGroup(click.Group):
    """``commands_at`` maps a command's name to ``module:attribute``."""

    def __init__(self, *args: Any, commands_at: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._commands_at:
            return None
        module, _, attribute = self._commands_at[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def main(self, args: Sequence[str] | None = None, *more: Any, **settings: Any) -> Any:
        """Run a command line. Every error of every command ends here, as one line and an exit code."""
        words = list(sys.argv[1:] if args is None else args)
        debug = DEBUG_FLAG in words or os.environ.get("CORROBORATE_DEBUG", "0") not in ("", "0")
        # Taken out, so that it may stand behind a subcommand too.
        words = [word for word in words if word != DEBUG_FLAG]
        try:
            code = super().main(words, *more, **{**settings, "standalone_mode": False})
            sys.stdout.flush()
        except BaseException as error:  # noqa: BLE001 - the one handler; it ends the process
            code = exit_code_of(error, debug=debug)
        return sys.exit(code if isinstance(code, int) else 0)
