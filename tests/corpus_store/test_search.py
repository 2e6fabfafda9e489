"""What a search shows, and what its scope keeps from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_fakes import WordHashes, document, item, open_corpus

from agent.corpus.corpus import Corpus
from agent.corpus.lexical import LexicalEntry, LexicalIndex
from agent.domain import Scope
from agent.ports import Query
from agent.settings import SearchSettings

STORY = (
    "The ferry Aurora sank off Port Elm on Monday evening after striking a sandbank, the guard said. "
    "Twelve passengers were rescued by fishermen from a nearby village. Two crew members are still missing. "
    "The harbour master, Ines Okafor, said that the vessel had passed its inspection in January. "
    "Divers will search the wreck as soon as the weather allows it, which forecasters expect on Thursday."
)


async def names_found(corpus: Corpus, wording: str, scope: Scope | None = None, limit: int = 10) -> set[str]:
    (found,) = await corpus.search([Query((wording,))], scope or Scope(), limit)
    names = {source.id: source.names[0] for source in await corpus.sources()}
    return {names[candidate.passage.source_id] for candidate in found}


async def test_an_empty_corpus_finds_nothing(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        assert await corpus.search([Query(("anything",)), Query(("else",))], Scope(), 5) == [(), ()]
        assert await corpus.copies_of(document(STORY)) == Scope()


async def test_all_wordings_of_all_queries_are_embedded_in_one_batch(folder: Path) -> None:
    embedder = WordHashes()
    async with await open_corpus(folder, embedder) as corpus:
        await corpus.ingest([item("a", STORY)])
        embedder.batches.clear()
        await corpus.search([Query(("ferry", "boat")), Query(("mill", "ferry")), Query(("  ",))], Scope(), 5)
        assert embedder.batches == [3]


async def test_what_is_asked_for_comes_first_and_says_how_near_it_is(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("a", STORY), item("b", "Bread prices rose by a tenth in Lenz.")])
        ((first, *rest),) = await corpus.search(
            [Query(("Bread prices rose by a tenth in Lenz.", "cost of bread"))], Scope(), 10
        )
        assert first.text == "Bread prices rose by a tenth in Lenz."
        assert first.similarity == 1.0
        assert [c.score for c in (first, *rest)] == sorted((c.score for c in (first, *rest)), reverse=True)


AS_OF = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2024-02-29", True),
        ("2024-03-01", False),
        ("2024-02", True),
        ("2024-03", False),
        ("2023", True),
        ("2024", False),
        ("", False),
    ],
)
async def test_as_of_shows_only_what_was_certainly_out_by_then(
    folder: Path, published: str, shown: bool
) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("a", "The ferry sank.", published)])
        assert (await names_found(corpus, "ferry", Scope(as_of=AS_OF)) == {"a"}) is shown
        assert await names_found(corpus, "ferry") == {"a"}


@pytest.mark.parametrize("allowed", [1, 12, 60])
async def test_a_scope_does_not_starve_a_search(folder: Path, allowed: int) -> None:
    """However few are admitted, and however far down the ranking, they are all found."""
    items = [
        item(f"{n:03}", f"Ferry notice {n}: sailings as planned.", "2024" if n < allowed else "2025")
        for n in range(300)
    ]
    async with await open_corpus(folder, search=SearchSettings(depth=15)) as corpus:
        await corpus.ingest(items)
        scope = Scope(as_of=date(2024, 12, 31))
        found = await names_found(corpus, "Ferry notice 299: sailings as planned.", scope, 10)
        assert len(found) == min(allowed, 10)
        assert found <= {f"{n:03}" for n in range(allowed)}


async def test_the_document_under_test_and_its_reprints_are_not_its_evidence(folder: Path) -> None:
    reprint = "FERRY DISASTER AT PORT ELM\n\n" + STORY.rsplit(". ", 1)[0] + "."
    other = "Port Elm's mayor visited the families of the missing crew of the ferry Aurora on Wednesday."
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("own", STORY), item("reprint", reprint), item("other", other)])
        scope = await corpus.copies_of(document(STORY.replace("Two crew", "Three crew")))
        assert await names_found(corpus, "ferry Aurora missing crew", scope) == {"other"}


async def test_another_version_at_the_same_address_is_a_copy(folder: Path) -> None:
    url = "https://herald.example/ferry"
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("a", "First reports of a ferry accident.", url=url)])
        scope = await corpus.copies_of(document("A much longer story, rewritten.", url=url))
        assert await names_found(corpus, "ferry accident", scope) == set()


async def test_one_long_source_leaves_room_for_others(folder: Path) -> None:
    cargo = "The ferry Aurora carried cargo {} from the island to Port Elm in spring."
    long = " ".join(cargo.format(n) for n in range(30))
    notes = [item(f"s{n}", f"Ferry Aurora note {n}.") for n in range(4)]
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("long", long), *notes])
        found = await names_found(corpus, cargo.format("ashore"), limit=6)
        assert found == {"long", "s0", "s1", "s2", "s3"}


async def test_results_do_not_depend_on_the_order_of_ingestion(folder: Path, tmp_path: Path) -> None:
    items = [item(f"{n}", f"Ferry notice {n % 7}: sailing {n} is late.", "2024") for n in range(80)]
    queries = [Query(("ferry sailing late",)), Query(("notice 3", "sailing 21"))]
    async with await open_corpus(folder) as one, await open_corpus(tmp_path / "other") as other:
        await one.ingest(items)
        for start in (60, 40, 20, 0):
            await other.ingest(reversed(items[start : start + 20]))
        scope = Scope(as_of=date(2025, 1, 1))
        assert await one.search(queries, scope, 10) == await other.search(queries, scope, 10)


def test_any_string_is_a_query(tmp_path: Path) -> None:
    index = LexicalIndex.open(tmp_path / "lexical")
    index.apply([LexicalEntry("p", "s", "The ferry (Aurora) AND title:wreck~2 sank^3", "Ferry", "")], [])

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet=st.characters(), max_size=60))
    def holds(text: str) -> None:
        assert len(index.query(text, 5)) <= 1

    holds()
    for syntax in ('"', "(", "a AND", "text:[a TO", "*", "\ud800", "title:", "-", "ferry^^", "'\\"):
        index.query(syntax, 5)
    assert index.query('ferry AND NOT "sank"', 5), "operators are words like others"


@pytest.mark.parametrize("text", ["\ud800", "\x00", "  ", "a" * 20_000, "ferry " * 5_000])
async def test_odd_wordings_do_not_break_a_search(folder: Path, text: str) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("a", STORY)])
        (found,) = await corpus.search([Query((text,))], Scope(), 5)
        assert len(found) <= 5


def test_english_is_stemmed_and_other_languages_only_folded(tmp_path: Path) -> None:
    index = LexicalIndex.open(tmp_path / "lexical")
    index.apply(
        [
            LexicalEntry("en", "1", "Fishermen rescued the passengers.", "", "en"),
            LexicalEntry("xx", "2", "The rescuing of a passenger.", "", ""),
            LexicalEntry("cs", "3", "Záchrana cestujících u přístavu.", "", "cs"),
        ],
        [],
    )
    assert {hit.passage_id for hit in index.query("rescue", 5)} == {"en", "xx"}
    assert [hit.passage_id for hit in index.query("pristavu", 5)] == ["cs"]


def test_a_title_finds_its_passages_and_a_removed_one_is_gone(tmp_path: Path) -> None:
    index = LexicalIndex.open(tmp_path / "lexical")
    index.apply([LexicalEntry("p1", "s1", "It sank.", "Aurora lost", "en")], [])
    index.apply([LexicalEntry("p2", "s2", "Aurora sank.", "", "en")], [])
    assert {hit.passage_id for hit in index.query("Aurora", 5)} == {"p1", "p2"}
    index.apply([], ["p2"])
    assert index.ids() == {"p1"}


def test_narrowing_to_some_sources_leaves_the_order_of_their_passages(tmp_path: Path) -> None:
    index = LexicalIndex.open(tmp_path / "lexical")
    texts = ["ferry " * (n % 5 + 1) + "sank" for n in range(40)]
    index.apply([LexicalEntry(f"p{n:02}", f"s{n % 3}", text, "", "") for n, text in enumerate(texts)], [])
    own = {f"p{n:02}" for n in range(1, 40, 3)}
    assert index.query("ferry", 40, {"s1"}) == [h for h in index.query("ferry", 40) if h.passage_id in own]
    assert index.query("ferry", 40, set()) == []
