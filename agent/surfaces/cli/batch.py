"""``corroborate batch``: many documents in, a ledger each and a line a claim out."""

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
    from agent.batch.plan import Inputs, Plan
    from agent.batch.spending import Spending
    from agent.batch.summary import Summary
    from agent.surfaces.engine_choice import Choice
    from agent.verifier import Verifier

_STOPPED = "interrupted; the same command goes on where it stopped"
_GO_ON = "the same command with a higher limit goes on where this stopped"


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line, apart from the choice of the engine."""

    folder: Path
    out: Path
    embedder: str
    as_of: date | None
    as_claims: bool
    resume: bool
    only_estimate: bool
    dry_run: bool
    documents_at_once: int
    recorded: Path | None
    record: bool
    require_origins: int
    limit_passages: int
    second_look: bool
    max_calls: int | None
    max_tokens: int | None
    max_usd: float | None
    prices: Path | None


@click.command(short_help="Check many texts, or files of claims, in one run that can be resumed.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@options.corpus_option
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the run. Where it holds this very run already, the run goes on.",
)
@click.option(
    "--claims",
    "as_claims",
    is_flag=True,
    help="Each file is a list of claims: plain lines, JSON lines or CSV.",
)
@click.option("--resume", is_flag=True, help="Only go on with the run in --out; do not begin one.")
@click.option("--estimate", "only_estimate", is_flag=True, help="Say what it would ask and cost, and stop.")
@click.option("--dry-run", is_flag=True, help="List what would be done, and stop.")
@click.option(
    "--documents",
    "documents_at_once",
    type=click.IntRange(1, 64),
    default=4,
    metavar="N",
    help="Documents under way at once; --concurrency bounds their requests together. Default: 4.",
)
@judging_options
@click.pass_context
def batch(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    engine: str,
    model: str,
    base_url: str,
    concurrency: int,
    timeout_s: float,
    recorded: Path | None,
    record: bool,
    **asked: object,
) -> None:
    """Check every claim of many texts against the corpus: files, whole folders, rows of CSV and JSON lines.

    \b
    In the folder of --out:
      claims.jsonl    a line a claim, written as it resolves
      reports/        the ledger of each document, as `verify --format json` writes it
      summary.json    what became of all; run.json says what run it was

    A run that was killed, interrupted or stopped by a limit goes on with the same command; what was answered
    is not asked again. A document that cannot be read or judged is named and stops no other.

    Exits with 0 when all was assessed, and with 3 when not.
    """
    import asyncio

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
    given = Asked(recorded=recorded, record=record, **asked)  # type: ignore[arg-type]
    inputs = _inputs(paths, given)
    output.note(choice.said)
    try:
        ctx.exit(asyncio.run(_batch(given, choice, inputs)))
    except KeyboardInterrupt:
        raise failing.Interrupted(_STOPPED) from None


def _inputs(paths: tuple[Path, ...], asked: Asked) -> Inputs:
    inside = next((path for path in paths if asked.out.resolve().is_relative_to(path.resolve())), None)
    if inside is not None:
        raise click.UsageError(f"--out {asked.out} lies in {inside}, which is to be read; put it elsewhere")
    if asked.as_claims:
        from agent.surfaces.claim_files import claim_files

        return claim_files(paths)
    from agent.batch.plan import documents

    return documents(paths)


async def _batch(asked: Asked, choice: Choice, inputs: Inputs) -> int:
    from agent.batch.folder import check_same
    from agent.batch.plan import make_plan
    from agent.batch.record import run_record
    from agent.batch.spending import Spending

    spending = Spending()
    async with _opened(asked, choice, spending) as verifier:
        plan = make_plan(inputs)
        record = await run_record(verifier, plan, asked.as_of)
        if asked.only_estimate or asked.dry_run:
            check_same(asked.out, record, must_exist=asked.resume)
            _tell_beforehand(asked, choice, verifier, plan, inputs)
            return failing.OK
        summary = await _run(asked, verifier, plan, record, inputs, spending)
    _say(summary, spending, asked.out)
    return failing.OK if summary.complete else failing.NOT_ALL_ASSESSED


def _opened(asked: Asked, choice: Choice, spending: Spending) -> AbstractAsyncContextManager[Verifier]:
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
        recorded=asked.recorded,
        record=asked.record,
        on_spent=spending,
    )


async def _run(
    asked: Asked,
    verifier: Verifier,
    plan: Plan,
    record: dict[str, object],
    inputs: Inputs,
    spending: Spending,
) -> Summary:
    from agent.batch.folder import open_folder
    from agent.batch.run import Batch
    from agent.batch.summary import Summary, summary_json
    from agent.surfaces.cli.batch_progress import standing_line

    async with open_folder(asked.out, record, must_exist=asked.resume) as folder:
        with standing_line(spending) as show:
            run = Batch(
                verifier,
                folder,
                plan,
                as_of=asked.as_of,
                documents_at_once=asked.documents_at_once,
                spending=spending,
                on_standing=show,
            )
            await run.run(inputs)
        summary = Summary(plan, folder.results, spending.limit)
        folder.summarise(summary_json(summary))
    return summary


def _tell_beforehand(asked: Asked, choice: Choice, verifier: Verifier, plan: Plan, inputs: Inputs) -> None:
    from agent.batch.estimate import estimate
    from agent.batch.folder import is_done, read_results
    from agent.bootstrap import cost_of
    from agent.surfaces.cli import batch_text

    results = read_results(asked.out)
    done = {key for key, result in results.items() if is_done(asked.out, result)}
    if asked.dry_run:
        output.write(batch_text.to_do_text(plan, results, done))
    if asked.only_estimate:
        found = estimate(
            inputs,
            {entry.digest for entry in plan.to_judge if entry.key not in done},
            search=verifier.tools.search,
            verify=verifier.tools.verify,
            cost_of=cost_of(choice.model.model, asked.prices) if choice.model else None,
        )
        asks = choice.model is not None
        output.write(batch_text.estimate_text(found, plan, asks=asks, as_claims=asked.as_claims))


def _say(summary: Summary, spending: Spending, out: Path) -> None:
    from agent.surfaces.cli.batch_text import summary_text

    output.write(summary_text(summary, spending, str(out)))
    if summary.stopped:
        output.note(f"stopped: {summary.stopped}; {_GO_ON}")
