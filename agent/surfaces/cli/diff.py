"""``corroborate diff``: what changed between two reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.errors import Unreadable
from agent.surfaces.cli import options, output

if TYPE_CHECKING:
    from agent.domain import Report

_REPORT = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.command(short_help="Compare two reports: which claims moved, and why.")
@click.argument("old", type=_REPORT)
@click.argument("new", type=_REPORT)
@options.format_option("text", "json")
@options.out_option
def diff(old: Path, new: Path, form: str, out: Path | None) -> None:
    """Compare two reports on a text, OLD and NEW, as `verify --format json` wrote them.

    Shows the claims whose label moved with the sources that moved them, the claims that are new or gone,
    and what else was different: the date, the engine, the corpus, a setting.
    """
    from agent.reports.diff import compare
    from agent.reports.diff_text import diff_json, diff_text
    from agent.reports.to_json import dump_json

    changes = compare(_report(old), _report(new))
    if form == "json":
        output.write(dump_json(diff_json(changes)), out)
    else:
        output.write(diff_text(changes, width=output.width(), colour=out is None and output.colour()), out)


def _report(path: Path) -> Report:
    from agent.reports.from_json import NotAReport, loads

    try:
        with click.open_file(str(path), encoding="utf-8") as file:
            return loads(file.read())
    except NotAReport as error:
        raise Unreadable(str(path), f"{error}; give reports written by verify --format json") from error
    except UnicodeDecodeError as error:
        raise Unreadable(str(path), "not UTF-8 text; give reports written by verify --format json") from error
    except OSError as error:
        raise Unreadable(str(path), f"cannot be read ({error.strerror})") from error
