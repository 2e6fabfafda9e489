"""What a corpus makes of the texts it is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_fakes import WordHashes, item, open_corpus

from agent.corpus.ingest import Duplicate
from agent.domain import Scope, Span
from agent.errors import CorpusError, EmbedderMismatch, UnknownSource, Unreadable
from agent.ports import Query

FERRY = "The ferry Aurora sank off Port Elm on Monday. Twelve people were rescued by fishermen."
MILL = "A fire closed the paper mill in Stradwick. The owners expect to reopen in June."


async def test_the_same_texts_twice_change_nothing(folder: Path) -> None:
    items = [item("ferry.md", FERRY), item("mill.md", MILL)]
    embedder = WordHashes()
    async with await open_corpus(folder, embedder) as corpus:
        first = await corpus.ingest(items)
        before, batches = await corpus.state(), len(embedder.batches)
        second = await corpus.ingest(items)
        assert first.added == ("ferry.md", "mill.md")
        assert second.unchanged == ("ferry.md", "mill.md")
        assert not second.added + second.replaced
        assert await corpus.state() == before
        assert len(embedder.batches) == batches, "nothing was embedded again"


async def test_a_changed_text_replaces_its_old_version(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("ferry.md", FERRY)])
        (old,) = await corpus.sources()
        result = await corpus.ingest([item("ferry.md", FERRY.replace("Twelve", "Fourteen"))])
        (new,) = await corpus.sources()
        assert result.replaced == ("ferry.md",)
        assert new.id != old.id
        with pytest.raises(UnknownSource):
            await corpus.source(old.id)
        ((first, *_),) = await corpus.search([Query(("people rescued by fishermen",))], Scope(), 5)
        assert "Fourteen" in first.text


async def test_new_metadata_for_the_same_text_are_taken_over(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("ferry.md", FERRY, outlet="Elm Herald")])
        result = await corpus.ingest([item("ferry.md", FERRY, "2024-03-01", outlet="Elm Herald")])
        (source,) = await corpus.sources()
        assert result.replaced == ("ferry.md",)
        assert str(source.metadata.published) == "2024-03-01"


async def test_the_same_text_under_another_name_is_told_and_stored_once(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        result = await corpus.ingest([item("a.md", FERRY), item("b.md", FERRY)])
        assert result.duplicates == (Duplicate("b.md", "a.md"),)
        (source,) = await corpus.sources()
        assert source.names == ("a.md", "b.md")


@pytest.mark.parametrize("order", [("early", "late"), ("late", "early")])
async def test_of_two_names_the_one_published_first_speaks_for_the_text(
    folder: Path, order: tuple[str, str]
) -> None:
    dates = {"early": "2024-03-01", "late": "2024-03-09"}
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item(name, FERRY, dates[name], outlet=name) for name in order])
        (source,) = await corpus.sources()
        assert source.metadata.outlet == "early"


async def test_a_text_stays_while_one_of_its_names_holds_it(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("a.md", FERRY), item("b.md", FERRY)])
        await corpus.ingest([item("a.md", MILL)])
        assert {source.names for source in await corpus.sources()} == {("a.md",), ("b.md",)}


async def test_one_run_may_name_a_file_twice_and_the_last_text_wins(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("a.md", FERRY), item("a.md", MILL)])
        (source,) = await corpus.sources()
        assert (await corpus.source(source.id)).text == MILL
        assert (await corpus.state()).passages == source.passages


async def test_ids_are_the_beginning_of_the_digest_and_a_unique_prefix_will_do(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("ferry.md", FERRY)])
        (listed,) = await corpus.sources()
        assert listed.id == listed.sha256[:12]
        assert (await corpus.source(listed.id[:4])).text == FERRY
        for unknown in ("", "zzzz", "%"):
            with pytest.raises(UnknownSource):
                await corpus.source(unknown)


async def test_an_ambiguous_prefix_names_the_sources_it_could_mean(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item(f"{n}.md", f"Report number {n} has come in today.") for n in range(40)])
        ids = [source.id for source in await corpus.sources()]
        shared = next(i[0] for i in ids if sum(other[0] == i[0] for other in ids) > 1)
        with pytest.raises(UnknownSource, match="several sources"):
            await corpus.source(shared)


async def test_a_removed_source_is_found_no_more(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("ferry.md", FERRY), item("mill.md", MILL)])
        ferry = next(s for s in await corpus.sources() if s.names == ("ferry.md",))
        assert (await corpus.remove(ferry.id)).names == ("ferry.md",)
        (found,) = await corpus.search([Query(("ferry Aurora sank off Port Elm",))], Scope(), 5)
        assert {candidate.metadata.title for candidate in found} == {""}
        assert all("ferry" not in candidate.text for candidate in found)


async def test_offsets_round_trip_in_any_script(folder: Path) -> None:
    text = "Über Kyjiw stürzte 🙂 ein Flugzeug ab. Дванадцять людей врятовано. 十二人が救助された。\n\nEnde."
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("mixed.txt", text)])
        (found,) = await corpus.search([Query(("Flugzeug über Kyjiw",))], Scope(), 5)
        for candidate in found:
            assert candidate.text == candidate.passage.span.cut(text)
            for span, sentence in zip(candidate.passage.sentences, candidate.sentences, strict=True):
                assert sentence == Span(span.start, span.end).cut(text)


async def test_another_embedder_is_refused_and_told_which_one_to_ask_for(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item("ferry.md", FERRY)])
    with pytest.raises(EmbedderMismatch, match="words@1"):
        await open_corpus(folder, WordHashes("letters@1"))
    with pytest.raises(EmbedderMismatch):
        await open_corpus(folder, WordHashes(dimension=16))


async def test_a_corpus_opened_for_reading_is_not_written(folder: Path) -> None:
    await (await open_corpus(folder)).close()
    async with await open_corpus(folder, create=False) as corpus:
        with pytest.raises(CorpusError, match="reading only"):
            await corpus.ingest([item("ferry.md", FERRY)])


async def test_a_text_that_is_no_unicode_is_named_and_what_came_before_stays(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        with pytest.raises(Unreadable, match=r"bad\.txt"):
            await corpus.ingest([item("bad.txt", "half a \ud800 pair")])
        result = await corpus.ingest([item("blank.txt", " \n "), item("ferry.md", FERRY)])
        assert result.blank == ("blank.txt",)
        assert result.added == ("ferry.md",)


async def test_progress_counts_what_was_seen_and_embedded(folder: Path) -> None:
    seen = []
    async with await open_corpus(folder) as corpus:
        await corpus.ingest([item(f"{n}.md", f"{FERRY} Case {n}.") for n in range(200)], seen.append)
        passages = (await corpus.state()).passages
    assert seen[-1].items == 200
    assert seen[-1].embedded == passages
    assert [p.embedded for p in seen] == sorted(p.embedded for p in seen)


async def test_numbers_about_the_corpus(folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        await corpus.ingest(
            [item("a", FERRY, "2024-03", outlet="Herald"), item("b", MILL, outlet="Herald", language="en")]
        )
        stats = await corpus.stats()
        assert (stats.sources, stats.undated, stats.families) == (2, 1, 2)
        assert stats.outlets == (("Herald", 2),)
        assert (stats.earliest, stats.latest) == ("2024-03", "2024-03")
        assert stats.characters == len(FERRY) + len(MILL)


async def test_a_corpus_digest_follows_content_not_order(folder: Path, tmp_path: Path) -> None:
    items = [item("ferry.md", FERRY, "2024-03-01"), item("mill.md", MILL)]
    async with await open_corpus(folder) as one, await open_corpus(tmp_path / "other") as other:
        await one.ingest(items)
        await other.ingest(items[::-1])
        assert (await one.state()).sha256 == (await other.state()).sha256
        await other.ingest([item("ferry.md", FERRY, "2024-03-02")])
        assert (await one.state()).sha256 != (await other.state()).sha256
