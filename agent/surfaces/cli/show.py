"""``corroborate show``: a ledger read back: whole, in part, as a web page, or as drafts of ClaimReview."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.surfaces.cli import options, output
from agent.surfaces.cli.ledgers import LEDGER, read_ledger, web_page

if TYPE_CHECKING:
    from agent.domain import Report

_UNSIGNED = (
    "a ClaimReview is signed: name the person who has checked the drafts and answers for them, "
    'as --reviewer "NAME"'
)
_INCOMPLETE = "note: drafts; before they are published they need the url and datePublished of your review"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who answers for the drafts, and where the document appeared; empty strings: not said."""

    reviewer: str
    reviewer_url: str
    document_url: str


@click.command(short_help="Show a ledger again: whole, at a glance, one claim, or as a web page.")
@click.argument("ledger", type=LEDGER)
@click.option("--overview", is_flag=True, help="A line or two a claim.")
@click.option(
    "--claim", "claims", type=click.IntRange(1), multiple=True, metavar="N", help="Only claim N. Repeatable."
)
@options.format_option("text", "md", "html", "claimreview")
@options.out_option
@click.option(
    "--reviewer", default="", metavar="NAME", help="The person who answers for the drafts of claimreview."
)
@click.option("--reviewer-url", default="", metavar="URL", help="That person's web page.")
@click.option("--document-url", default="", metavar="URL", help="Where the document was published.")
def show(
    ledger: Path, overview: bool, claims: tuple[int, ...], form: str, out: Path | None, **signed: str
) -> None:
    """Show LEDGER, a report that `verify --format json` wrote.

    `--format html` is one self-contained page; `--format claimreview` is JSON-LD of schema.org, one draft
    for each assessed claim, for a named reviewer to check, complete and publish.
    """
    if form != "text" and (overview or claims):
        raise click.UsageError("--overview and --claim are for --format text")
    if form != "claimreview" and any(signed.values()):
        raise click.UsageError("--reviewer, --reviewer-url and --document-url are for --format claimreview")
    if form == "claimreview" and not signed["reviewer"].strip():
        raise click.UsageError(_UNSIGNED)
    report = read_ledger(ledger)
    beyond = [str(number) for number in claims if number > len(report.outcomes)]
    if beyond:
        raise click.UsageError(f"no claim {', '.join(beyond)}: {ledger} has {len(report.outcomes)}")
    if form == "text":
        output.write(_text(report, overview, claims, coloured=out is None and output.colour()), out)
    else:
        output.write(_rendered(report, form, Signed(**signed)), out)


def _text(report: Report, overview: bool, claims: tuple[int, ...], *, coloured: bool) -> str:
    from agent.reports.to_text import overview_text, report_text

    if overview:
        return overview_text(report, width=output.width(), colour=coloured)
    return report_text(report, width=output.width(), colour=coloured, claims=claims)


def _rendered(report: Report, form: str, signed: Signed) -> str:
    if form == "html":
        return web_page(report)
    if form == "md":
        from agent.reports.to_markdown import report_markdown

        return report_markdown(report)
    return _reviews(report, signed)


def _reviews(report: Report, signed: Signed) -> str:
    from agent.reports.claimreview import dump_reviews

    try:
        text = dump_reviews(
            report,
            reviewer=signed.reviewer,
            reviewer_url=signed.reviewer_url,
            document_url=signed.document_url,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    output.note(_INCOMPLETE)
    return text
