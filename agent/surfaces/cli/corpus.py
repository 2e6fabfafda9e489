"""``corroborate corpus``: look at what the corpus holds, and keep it in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from agent.reports.safe import one_line
from agent.surfaces.cli import failing, options, output

if TYPE_CHECKING:
    from agent.corpus.corpus import Corpus
    from agent.corpus.holdings import IndexFactory

T = TypeVar("T")


@click.group(short_help="Look at what the corpus holds, and keep it in order.")
def corpus() -> None:
    """Look at what the corpus holds, and keep it in order."""


@corpus.command("list")
@options.corpus_option
@options.format_option("text", "json")
def list_sources(folder: Path, form: str) -> None:
    """List the sources: id, date, outlet, title. Dates may be known to the month or year only."""
    from agent.surfaces.cli import corpus_text

    sources = _reading(folder, lambda corpus: corpus.sources())
    _write(
        corpus_text.listed_json(sources),
        lambda: corpus_text.listed(sources, output.width_if_terminal()),
        form,
    )


@corpus.command(short_help="Show one source with its stored text.")
@click.argument("source_id")
@options.corpus_option
@options.format_option("text", "json")
def show(source_id: str, folder: Path, form: str) -> None:
    """Show one source: what is known about it, and its stored text, which quotes' offsets cut.

    SOURCE_ID may be shortened as long as it stays unique.
    """
    from agent.surfaces.cli import corpus_text

    source = _reading(folder, lambda corpus: corpus.source(source_id))
    _write(corpus_text.source_json(source), lambda: corpus_text.source(source), form)


@corpus.command()
@options.corpus_option
@options.format_option("text", "json")
def stats(folder: Path, form: str) -> None:
    """Show the corpus in numbers: sources, outlets, languages, dates."""
    from agent.surfaces.cli import corpus_text

    found = _reading(folder, lambda corpus: corpus.stats())
    _write(corpus_text.stats_json(found), lambda: corpus_text.stats(found), form)


@corpus.command()
@click.argument("source_ids", nargs=-1, required=True, metavar="SOURCE_ID...")
@options.corpus_option
def remove(source_ids: tuple[str, ...], folder: Path) -> None:
    """Remove sources from the corpus. The files they came from stay where they are."""
    from agent.surfaces.cli import corpus_text

    async def remove_all() -> None:
        from agent.bootstrap import open_corpus

        async with open_corpus(folder, write=True) as corpus:
            for source_id in source_ids:
                removed = await corpus.remove(source_id)
                click.echo(f"removed {corpus_text.one(removed)}")

    asyncio.run(remove_all())


@corpus.command()
@options.corpus_option
@click.option("--repair", is_flag=True, help="Rebuild the indexes from the stored texts.")
@click.pass_context
def check(ctx: click.Context, /, folder: Path, repair: bool) -> None:
    """Check that texts, passages and both indexes fit together.

    Exits with 0 when they do, and with 2 when not.
    """
    from agent.corpus import checkup

    factory = _index_factory()
    findings = asyncio.run(checkup.check(folder, factory))
    if repair and findings:
        for finding in findings:
            output.note(f"found: {finding}")
        asyncio.run(checkup.repair(folder, factory, on_step=lambda step: output.note(f"rebuilding {step}")))
        findings = asyncio.run(checkup.check(folder, factory))
    for finding in findings:
        click.echo(one_line(finding))
    if findings:
        output.note("what is left needs ingesting again" if repair else "--repair rebuilds the indexes")
        ctx.exit(failing.BAD_USAGE)
    click.echo(f"{folder}: everything fits together")


def _index_factory() -> IndexFactory:
    from agent.bootstrap import vector_index

    return vector_index


def _reading(folder: Path, ask: Callable[[Corpus], Awaitable[T]]) -> T:
    """The answer of the corpus in the folder, opened for reading alone."""

    async def answer() -> T:
        from agent.bootstrap import open_corpus

        async with open_corpus(folder) as corpus:
            return await ask(corpus)

    return asyncio.run(answer())


def _write(as_json: Any, as_text: Callable[[], str], form: str) -> None:
    from agent.reports.to_json import dump_json

    output.write(dump_json(as_json) if form == "json" else as_text())
