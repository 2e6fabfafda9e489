"""How a command ends when it cannot do what was asked: one line with what to do, and an exit code."""

from __future__ import annotations

import os
import sys
import traceback

import click

from agent.errors import CorroborateError, ModelError
from agent.reports.safe import one_line

OK = 0
SOME_UNREADABLE = 1
"""ingest: everything else was read."""
BAD_USAGE = 2
"""The command line, a setting or the corpus cannot be used."""
NOT_ALL_ASSESSED = 3
"""verify: some claims or parts of the text got no answer, through a failure."""
BUG = 70
"""An error nobody foresaw (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
BROKEN_PIPE = 1
"""The reader of stdout left, as in ``corroborate verify … | head``; the code click gives it too."""


class Interrupted(Exception):
    """Ctrl-C, in a command that can say more than that it stopped."""


def exit_code_of(error: BaseException, *, debug: bool) -> int:
    """Say the error on stderr, in one line, and return the code to exit with."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else OK
        case click.exceptions.Exit():
            return error.exit_code
        case BrokenPipeError():
            return _leave_the_pipe()
        case Interrupted():
            return _say("stopped", str(error), INTERRUPTED)
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return BAD_USAGE
        case click.Abort() | KeyboardInterrupt():
            return _say("stopped", "interrupted", INTERRUPTED)
    if debug:
        traceback.print_exception(error)
    return _say("error", _message(error), _code(error))


def _code(error: BaseException) -> int:
    if isinstance(error, ModelError):
        return NOT_ALL_ASSESSED
    return BAD_USAGE if isinstance(error, CorroborateError | click.ClickException | MemoryError) else BUG


def _message(error: BaseException) -> str:
    match error:
        case click.UsageError():
            return _usage(error)
        case click.ClickException():
            return error.format_message()
        case CorroborateError():
            return str(error)
        case MemoryError():
            return "not enough memory; give fewer or smaller files at a time"
    what = f"this is a bug in corroborate ({type(error).__name__}: {error})"
    return f"{what}; run it again with --debug and report what it prints"


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "corroborate"
    return f"{error.format_message().rstrip('.')}; see {path} --help"


def _say(kind: str, message: str, code: int) -> int:
    # An error's text may quote a file name or a server's reply: no control characters to the terminal.
    click.echo(f"{kind}: {one_line(message, 2000)}", err=True)
    return code


def _leave_the_pipe() -> int:
    # Python would complain once more when it flushes stdout on the way out.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE
