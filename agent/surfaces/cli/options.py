"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_CORPUS = ".corroborate"

corpus_option = click.option(
    "--corpus",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="CORROBORATE_CORPUS",
    default=DEFAULT_CORPUS,
    metavar="DIR",
    help=f"Folder the corpus is kept in. Default: $CORROBORATE_CORPUS, else {DEFAULT_CORPUS} here.",
)

embedder_option = click.option(
    "--embedder",
    default="auto",
    metavar="NAME",
    help="What finds sentences of like meaning: minilm (on this machine), minilm-int8 (the same, faster and "
    "a little less exact), openai:MODEL (a server), hashing (words only, no model), or auto: what the corpus "
    "was made with, else the best one here.",
)


_TEXT_ENDINGS = ("", "txt", "log")


def _by_ending(ctx: click.Context, param: click.Parameter, form: str | None) -> str:
    """The format asked for, else the one that the ending of --out names, else text.

    An ending that names no format is refused: plain text in a file called .docx helps nobody.
    """
    if form:
        return form
    out = ctx.params.get("out")
    ending = out.suffix.lstrip(".").lower() if out is not None else ""
    known = tuple(param.type.choices) if isinstance(param.type, click.Choice) else ()
    if ending in known or ending in _TEXT_ENDINGS:
        return ending if ending in known else "text"
    raise click.UsageError(
        f"--out ends in .{ending}, which is no format of this command: say --format {'|'.join(known)}"
    )


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``form``, one of ``formats``. --out is read before it, whatever their order on the command line."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        callback=_by_ending,
        help="What to write. Default: what the ending of --out says, else text.",
    )


out_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    is_eager=True,
    metavar="FILE",
    help="Write here and not to the terminal. An older file stays as it is until the new one is complete.",
)


def day(text: str) -> date:
    """A calendar day, as 2025-02-02."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day like 2025-02-02") from error


timeout_option = click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(1),
    default=120.0,
    metavar="SECONDS",
    help="How long the model may take over one reply. Default: 120; a small machine may need more.",
)
