"""``corroborate verify``: a text in, the ledger of its claims out."""

from __future__ import annotations

import os
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.surfaces.cli import failing, options, output
from agent.surfaces.cli.judging_options import judging_options

if TYPE_CHECKING:
    from agent.domain import Claim, Document, Report
    from agent.surfaces.engine_choice import Choice
    from agent.verifier import Verifier

_NOTHING_TO_RESUME = "note: no unfinished run of exactly this; starting from the beginning"
_COULD_RESUME = "note: starting anew, though a run of exactly this was cut short; --resume goes on with it"
_STOPPED = "interrupted; the same command with --resume goes on where it stopped"


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line, apart from where the result goes."""

    path: str
    folder: Path
    embedder: str
    as_of: date | None
    as_claims: bool
    resume: bool
    fresh: bool
    recorded: Path | None
    record: bool
    require_origins: int
    limit_passages: int
    second_look: bool
    max_calls: int | None
    max_tokens: int | None
    max_usd: float | None
    prices: Path | None


@click.command(short_help="Check a text: every claim, its verdict, and the sentences that decide it.")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@options.corpus_option
@options.format_option("text", "json", "md", "html")
@options.out_option
@click.option(
    "--claims", "as_claims", is_flag=True, help="FILE is a list of claims, one a line, plain or JSON."
)
@click.option("--resume", is_flag=True, help="Go on with a run of the same command that was cut short.")
@click.option("--fresh", is_flag=True, help="Ask the model again, even where its answer is on record.")
@judging_options
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    file: str,
    engine: str,
    model: str,
    base_url: str,
    concurrency: int,
    timeout_s: float,
    recorded: Path | None,
    record: bool,
    form: str,
    out: Path | None,
    **asked: object,
) -> None:
    """Check every claim of FILE (- is standard input) against the corpus.

    The ledger names each claim, its label, who said it, the deciding quotes with outlet and date, and how
    many independent origins stand for and against.

    Exits with 0 when every claim was assessed, and with 3 when some could not be.
    """
    from agent.surfaces.engine_choice import choose_engine

    choice = choose_engine(
        engine,
        model=model,
        base_url=base_url,
        max_in_flight=concurrency,
        environment=os.environ,
        recorded=recorded is not None and not record,
        timeout_s=timeout_s,
    )
    output.check_writable(out)
    report = _verify(Asked(path=file, recorded=recorded, record=record, **asked), choice)  # type: ignore[arg-type]
    output.write(_rendered(report, form, to_file=out is not None), out)
    ctx.exit(exit_code(report))


def exit_code(report: Report) -> int:
    """0 when every claim was assessed and the whole text read, else 3."""
    from agent.domain import Unassessed

    failed = report.unread or any(isinstance(outcome, Unassessed) for outcome in report.outcomes)
    return failing.NOT_ALL_ASSESSED if failed else failing.OK


def _verify(asked: Asked, choice: Choice) -> Report:
    import asyncio

    from agent.surfaces.reading import read_document

    document = read_document(asked.path, plain=asked.as_claims)
    output.note(choice.said)
    try:
        return asyncio.run(_run(asked, choice, document))
    except KeyboardInterrupt:
        raise failing.Interrupted(_STOPPED) from None


async def _run(asked: Asked, choice: Choice, document: Document) -> Report:
    from agent.surfaces.cli.progress import Watching, steps

    claims = _claims(asked, document)
    with steps() as show:
        watch = Watching(show)
        async with _opened(asked, choice) as verifier:
            if asked.resume != await verifier.can_resume(document, as_of=asked.as_of, claims=claims):
                output.note(_NOTHING_TO_RESUME if asked.resume else _COULD_RESUME)
            if claims is None:
                return await verifier.verify(document, as_of=asked.as_of, resume=asked.resume, watch=watch)
            return await verifier.verify_claims(
                claims, document, as_of=asked.as_of, resume=asked.resume, watch=watch
            )


def _opened(asked: Asked, choice: Choice) -> AbstractAsyncContextManager[Verifier]:
    from agent.bootstrap import open_verifier
    from agent.settings import Limits, SearchSettings, VerifySettings
    from agent.surfaces.embedder_choice import choose_embedder

    return open_verifier(
        asked.folder,
        engine=choice.engine,
        model=choice.model,
        embedder=choose_embedder(asked.embedder, os.environ),
        verify=VerifySettings(require_origins=asked.require_origins, second_look=asked.second_look),
        search=SearchSettings(limit=asked.limit_passages),
        limits=Limits(asked.max_calls, asked.max_tokens, asked.max_usd),
        prices=asked.prices,
        fresh=asked.fresh,
        recorded=asked.recorded,
        record=asked.record,
    )


def _claims(asked: Asked, document: Document) -> tuple[Claim, ...] | None:
    from agent.surfaces.claim_list import parse_claims

    return parse_claims(document.text, document.name) if asked.as_claims else None


def _rendered(report: Report, form: str, *, to_file: bool) -> str:
    if form == "json":
        from agent.reports.to_json import dumps

        return dumps(report)
    if form == "md":
        from agent.reports.to_markdown import report_markdown

        return report_markdown(report)
    if form == "html":
        from agent.surfaces.cli.ledgers import web_page

        return web_page(report)
    from agent.reports.to_text import report_text

    return report_text(report, width=output.width(), colour=not to_file and output.colour())
