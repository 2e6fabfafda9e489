"""What a search keeps between queries must never show a corpus as it was."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from store_fakes import item, open_corpus

from agent.corpus.corpus import Corpus
from agent.domain import Scope
from agent.ports import Query

FEW = Scope(as_of=date(2020, 1, 31))
"""Admits so little of the corpus below that it is searched exactly."""


async def names(corpus: Corpus, scope: Scope) -> set[str]:
    (found,) = await corpus.search([Query(("the harbour of Elm",))], scope, 10)
    names = {source.id: source.names[0] for source in await corpus.sources()}
    return {names[candidate.passage.source_id] for candidate in found}


async def filled(folder: Path) -> Corpus:
    corpus = await open_corpus(folder)
    later = [item(f"late {n}", f"Report {n}: the harbour of Elm was busy.", "2024-05-01") for n in range(60)]
    await corpus.ingest([item("early", "The harbour of Elm opened.", "2020-01-10"), *later])
    return corpus


async def test_a_narrow_scope_sees_what_was_added_and_not_what_was_removed(folder: Path) -> None:
    async with await filled(folder) as corpus:
        assert await names(corpus, FEW) == {"early"}
        assert await names(corpus, FEW) == {"early"}
        await corpus.ingest([item("second", "A storm shut the harbour of Elm.", "2020-01-20")])
        assert await names(corpus, FEW) == {"early", "second"}
        (early,) = [source.id for source in await corpus.sources() if source.names == ("early",)]
        await corpus.remove(early)
        assert await names(corpus, FEW) == {"second"}


async def test_two_narrow_scopes_in_turn_do_not_mix(folder: Path) -> None:
    async with await filled(folder) as corpus:
        await corpus.ingest([item("second", "A storm shut the harbour of Elm.", "2020-01-20")])
        sooner = Scope(as_of=date(2020, 1, 15))
        for _ in range(2):
            assert await names(corpus, sooner) == {"early"}
            assert await names(corpus, FEW) == {"early", "second"}


async def test_many_scopes_are_not_all_remembered(folder: Path) -> None:
    async with await filled(folder) as corpus:
        for days in range(50):
            await names(corpus, Scope(as_of=date(2024, 5, 1) + timedelta(days=days)))
        assert len(corpus._holdings._views) < 20
        assert await names(corpus, FEW) == {"early"}
