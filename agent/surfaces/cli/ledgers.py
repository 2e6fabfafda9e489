"""Ledgers: those that ``verify --format json`` wrote, read back, and as the page that two commands write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.errors import Unreadable

if TYPE_CHECKING:
    from agent.domain import Report

LEDGER = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


def read_ledger(path: Path) -> Report:
    """Raises Unreadable for anything that is not such a ledger."""
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


def web_page(report: Report) -> str:
    """The report as a page that says in words what each rule of the settle table means."""
    from agent.checks.settle import TABLE
    from agent.reports.to_html import report_html

    return report_html(report, rules={row.name: row.why for row in TABLE})
