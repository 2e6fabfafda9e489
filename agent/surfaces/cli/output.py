"""Where results go: the terminal, a pipe, or a file that appears only when it is complete."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from agent.errors import BadInput

MAX_WIDTH = 120
"""Lines longer than this are hard to read, however wide the window."""


def width() -> int:
    """Columns to lay text out in: the terminal's, 80 where there is none; $COLUMNS overrides."""
    return min(MAX_WIDTH, shutil.get_terminal_size((80, 24)).columns)


def colour() -> bool:
    """Whether stdout takes colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(text: str, out: Path | None = None) -> None:
    """Print the text, or write it to the file in one step. Raises BadInput where that fails."""
    if out is None:
        _print(text)
        return
    target = out.resolve()  # a link stays a link
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8", errors="replace")  # a device or a named pipe
        else:
            _write_whole(text, target)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror})") from error


def _print(text: str) -> None:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    # A terminal that cannot show a character gets a question mark: better than no report.
    click.echo(text.encode(encoding, "replace").decode(encoding), nl=False, color=True)


def _write_whole(text: str, out: Path) -> None:
    descriptor, draft = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, _mode(out))
        os.replace(draft, out)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _mode(out: Path) -> int:
    """The permissions the file has, or those a new one would get."""
    if out.exists():
        return out.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def note(text: str) -> None:
    """Say something to the person on stderr, apart from the result."""
    # Not click.echo: it writes past the progress display, which moves aside for what goes to sys.stderr.
    print(text, file=sys.stderr, flush=True)


def check_writable(out: Path | None) -> None:
    """Raises BadInput where the file cannot be written, before hours of work are spent on it."""
    if out is not None and not os.access(out if out.exists() else out.resolve().parent, os.W_OK):
        raise BadInput(f"{out}: cannot be written (no such folder, or no permission)")


def width_if_terminal() -> int | None:
    """Columns of the terminal; None for a pipe, where nothing is cut short."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None
