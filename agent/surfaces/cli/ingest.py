"""``corroborate ingest``: take reports into the corpus."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.errors import Unreadable
from agent.reports.safe import one_line
from agent.reports.wording import count
from agent.surfaces.cli import failing, options, output

if TYPE_CHECKING:
    from agent.corpus.ingest import IngestResult
    from agent.corpus.load import Hidden, Loaded
    from agent.corpus.stats import Stats

_HIDDEN_SHOWN = 5
_STOPPED = "interrupted; what was taken in stays, and the same command goes on with the rest"


class Intake:
    """Reads what is named, one text after the other; says and counts what cannot be read, and notes what
    folders hide, which is nobody's failure."""

    def __init__(self, paths: tuple[str, ...], fields: Mapping[str, str]) -> None:
        self._paths = paths
        self._fields = fields
        self.unreadable = 0
        self.hidden: list[str] = []

    def __iter__(self) -> Iterator[Loaded]:
        from agent.corpus.load import Hidden

        for item in itertools.chain.from_iterable(self._read(path) for path in self._paths):
            if isinstance(item, Unreadable):
                self.unreadable += 1
                output.note(f"unreadable: {one_line(str(item))}")
            elif isinstance(item, Hidden):
                self.hidden.append(Path(item.name).name)
            else:
                yield item

    def _read(self, path: str) -> Iterator[Loaded | Unreadable | Hidden]:
        from agent.corpus.load import read_all, read_bytes
        from agent.surfaces.reading import STDIN, read_input

        if path == STDIN:
            return read_bytes(read_input(STDIN), STDIN, self._fields)
        return read_all([Path(path)], self._fields)


@click.command(short_help="Take reports into the corpus: files, whole folders, standard input.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.corpus_option
@options.embedder_option
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=COLUMN",
    help="For CSV and JSON lines: which column holds the text, title, outlet, published, url ... Repeatable.",
)
@click.pass_context
def ingest(
    ctx: click.Context, /, paths: tuple[str, ...], folder: Path, embedder: str, fields: tuple[str, ...]
) -> None:
    """Take reports into the corpus: text, Markdown with front matter, HTML, PDF, CSV, JSON lines.

    PATH is a file, a folder with all that is in it, or - for standard input. Taking the same reports in
    again changes nothing; a file that changed replaces its older version.

    Every file that cannot be read is named with the reason. Exits with 0 when all were read, 1 when not.
    Hidden files in a folder (.git, .DS_Store) are left out unless named.
    """
    import asyncio

    from agent.corpus.load.fields import check_fields

    mapping = _mapping(fields)
    check_fields(mapping)
    intake = Intake(paths, mapping)
    texts = iter(intake)
    first = next(texts, None)
    if first is not None:  # else no empty corpus is left behind
        try:
            asyncio.run(_ingest(folder, embedder, itertools.chain([first], texts), intake))
        except KeyboardInterrupt:
            raise failing.Interrupted(_STOPPED) from None
    else:
        output.note("nothing was taken in: no text could be read")
    _say_hidden(intake.hidden)
    ctx.exit(failing.SOME_UNREADABLE if intake.unreadable or first is None else failing.OK)


async def _ingest(folder: Path, embedder: str, texts: Iterator[Loaded], intake: Intake) -> None:
    from agent.bootstrap import make_embedder, open_corpus
    from agent.surfaces.cli.progress import steps
    from agent.surfaces.embedder_choice import choose_embedder

    choice = choose_embedder(embedder, os.environ)
    with steps() as show:
        async with open_corpus(folder, choice, create=True, write=True) as corpus:
            result = await corpus.ingest(texts, lambda now: show("ingest", now.embedded, now.found))
            stats = await corpus.stats()
    _say(result, intake.unreadable, folder, stats)
    notice = make_embedder(choice, stats.embedder).notice
    if notice:
        output.note(f"note: {notice}")


def _say(result: IngestResult, unreadable: int, folder: Path, stats: Stats) -> None:
    for duplicate in result.duplicates:
        output.note(f"same text: {one_line(duplicate.name)} is {one_line(duplicate.of)}; kept once")
    for name in result.blank:
        output.note(f"no words in it: {one_line(name)}")
    counts = (
        (len(result.added), "added"),
        (len(result.replaced), "replaced"),
        (len(result.unchanged), "unchanged"),
        (len(result.duplicates), "the same as another"),
        (len(result.blank), "without words"),
        (unreadable, "unreadable"),
    )
    held = f"{count(stats.sources, 'source')} in {count(stats.passages, 'passage')}"
    told = ", ".join(f"{number:,} {words}" for number, words in counts if number)
    click.echo(f"{told}; {folder} holds {held}")
    if stats.undated:
        undated = count(stats.undated, "source without a date", "sources without a date")
        output.note(f"note: {undated}, left out wherever --as-of is given")


def _say_hidden(names: list[str]) -> None:
    if names:
        kinds = sorted(set(names))
        shown = ", ".join(one_line(name) for name in kinds[:_HIDDEN_SHOWN])
        more = " …" if len(kinds) > _HIDDEN_SHOWN else ""
        entries = count(len(names), "hidden entry", "hidden entries")
        output.note(f"note: {entries} left out ({shown}{more}); name one to have it read")


def _mapping(fields: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for field in fields:
        name, equals, column = field.partition("=")
        if not (name and equals and column):
            raise click.BadParameter(f"{field!r} is not like title=headline", param_hint="--field")
        mapping[name] = column
    return mapping
