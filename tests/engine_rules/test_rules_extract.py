"""What the rules engine makes of a text: claims, who says them and when, and what it sets aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain import Claim, ClaimKind, DiscardReason, Document, Metadata, PartialDate, Sentence, Span
from agent.engines.rules import RulesEngine
from agent.ports import Extraction

METADATA = Metadata(outlet="Harbour Courier", published=PartialDate(2023, 5, 12))


def sentences_of(parts: Sequence[str]) -> tuple[Sentence, ...]:
    sentences, start = [], 0
    for number, part in enumerate(parts, 1):
        sentences.append(Sentence(number, Span(start, start + len(part)), part))
        start += len(part) + 1
    return tuple(sentences)


async def extract(*parts: str, metadata: Metadata = METADATA) -> Extraction:
    document = Document("brief.txt", " ".join(parts), "", metadata)
    return await RulesEngine().extract(document, sentences_of(parts))


def contents(extraction: Extraction) -> list[str]:
    return [claim.text for claim in extraction.claims if claim.kind is ClaimKind.CONTENT]


async def only_claim(*parts: str) -> Claim:
    (claim,) = (await extract(*parts)).claims
    return claim


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will the Port of Velm ever reopen?", DiscardReason.QUESTION),
        ("I believe the Velm council acted in good faith last year.", DiscardReason.OPINION),
        ("The Velm council should apologise to the fishermen.", DiscardReason.OPINION),
        ("Velm is a beautiful town with 4,000 people.", DiscardReason.OPINION),
        ("The Velm council will open a second quay.", DiscardReason.FORECAST),
        ("Trade in Velm is expected to recover.", DiscardReason.FORECAST),
        ("Old quay, Velm.", DiscardReason.NOT_CHECKABLE),
        ("the water was cold and grey that day", DiscardReason.NOT_CHECKABLE),
        ("They captured 40 boats near Velm.", DiscardReason.AMBIGUOUS),
        ("Such a number suggests that Velm lost ground.", DiscardReason.AMBIGUOUS),
    ],
)
async def test_what_is_no_claim_is_set_aside_with_its_reason(text: str, reason: DiscardReason) -> None:
    extraction = await extract(text)
    assert not extraction.claims
    (discarded,) = extraction.discarded
    assert (discarded.reason, discarded.text) == (reason, text)
    assert discarded.note


async def test_a_plain_assertion_is_the_outlets_own_claim_of_its_day() -> None:
    claim = await only_claim("Fishermen in Velm blocked the harbour with 30 boats in March 2023.")
    assert claim.id == "c1"
    assert claim.kind is ClaimKind.CONTENT
    assert claim.attribution == ("Harbour Courier",)
    assert claim.said_on == PartialDate(2023, 5, 12)
    assert claim.speaks_of == "in March 2023"
    assert any("30" in query and "Velm" in query for query in claim.queries)


@pytest.mark.parametrize(
    ("text", "speakers", "content"),
    [
        (
            "Ines Ames said that Velm lost 30 boats in the storm.",
            ("Ines Ames",),
            "Velm lost 30 boats in the storm.",
        ),
        (
            "Velm lost 30 boats in the storm, says Ines Ames, the head of Harbour Watch.",
            ("Ines Ames",),
            "Velm lost 30 boats in the storm.",
        ),
        (
            "Velm lost 30 boats in the storm, according to Harbour Watch.",
            ("Harbour Watch",),
            "Velm lost 30 boats in the storm.",
        ),
        (
            "According to Harbour Watch, Velm lost 30 boats in the storm.",
            ("Harbour Watch",),
            "Velm lost 30 boats in the storm.",
        ),
        (
            "“Velm has lost 30 boats in this storm,” Ines Ames told reporters.",
            ("Ines Ames",),
            "Velm has lost 30 boats in this storm.",
        ),
        (
            "Ines Ames added that, at a Velm hearing, Mayor Otto Birch stated that 30 boats sank off Lorn.",
            ("Ines Ames", "Otto Birch"),
            "30 boats sank off Lorn.",
        ),
        (
            "The ministry reported that 30 boats were lost off Velm.",
            ("The ministry",),
            "30 boats were lost off Velm.",
        ),
    ],
)
async def test_a_reported_sentence_is_two_claims_that_it_was_said_and_that_it_is_so(
    text: str, speakers: tuple[str, ...], content: str
) -> None:
    said, so = (await extract(text)).claims
    assert (said.kind, said.text) == (ClaimKind.STATEMENT, text)
    assert (so.kind, so.text) == (ClaimKind.CONTENT, content)
    assert said.attribution == so.attribution == ("Harbour Courier", *speakers)
    assert said.spans == so.spans


async def test_the_writers_gloss_is_cut_off_a_fact() -> None:
    claim = await only_claim("Velm lost 30 boats in March, underscoring how weak its quays had become.")
    assert claim.text == "Velm lost 30 boats in March."


async def test_a_denial_is_a_statement_whose_clause_nobody_asserts() -> None:
    extraction = await extract("Otto Birch denied that Velm lost 30 boats.")
    assert [claim.kind for claim in extraction.claims] == [ClaimKind.STATEMENT]


async def test_a_verb_in_the_passive_makes_nobody_a_speaker() -> None:
    claim = await only_claim("The Velm archive was stated that year to hold 900 maps.")
    assert claim.attribution == ("Harbour Courier",)


async def test_a_quotation_over_several_sentences_is_one_speakers() -> None:
    extraction = await extract(
        "“The storm took 30 boats in Velm.", "Two quays in Velm were destroyed,” Ines Ames said."
    )
    assert {claim.attribution for claim in extraction.claims} == {("Harbour Courier", "Ines Ames")}
    assert contents(extraction) == ["The storm took 30 boats in Velm.", "Two quays in Velm were destroyed."]


async def test_a_pronoun_is_explained_in_brackets_where_the_sentence_before_is_plain() -> None:
    extraction = await extract("Harbour pilots left Velm on Monday.", "They returned after 12 days.")
    assert contents(extraction)[1] == "They [Harbour pilots] returned after 12 days."


async def test_a_pronoun_for_the_last_speaker_finds_the_name() -> None:
    extraction = await extract(
        "Ines Ames said that Velm lost 30 boats.", "She warned that 12 quays were damaged."
    )
    assert extraction.claims[2].attribution == ("Harbour Courier", "Ines Ames")


async def test_a_pronoun_after_two_speakers_is_ambiguous() -> None:
    extraction = await extract(
        "Ines Ames said that Otto Birch claimed that Velm lost 30 boats.", "He left Velm on 3 May."
    )
    assert [each.reason for each in extraction.discarded] == [DiscardReason.AMBIGUOUS]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 3 May, Ines Ames said that Velm lost 30 boats.", PartialDate(2023, 5, 3)),
        ("On 30 December, Ines Ames said that Velm lost 30 boats.", PartialDate(2022, 12, 30)),
        ("On March 4, 2021, Ines Ames said that Velm lost 30 boats.", PartialDate(2021, 3, 4)),
        ("Ines Ames said on Tuesday that Velm lost 30 boats.", PartialDate(2023, 5, 9)),
        ("Ines Ames said yesterday that Velm lost 30 boats.", PartialDate(2023, 5, 11)),
        ("Ines Ames said that Velm lost 30 boats on 3 May.", PartialDate()),
    ],
)
async def test_when_it_was_said_comes_from_the_words_around_the_clause(text: str, day: PartialDate) -> None:
    said, *_ = (await extract(text)).claims
    assert said.said_on == day


async def test_without_a_date_of_its_own_a_document_cannot_date_the_third_of_may() -> None:
    extraction = await extract("On 3 May, Ines Ames said that Velm lost 30 boats.", metadata=Metadata())
    assert not any(claim.said_on.known for claim in extraction.claims)


async def test_a_repeated_headline_is_one_claim_in_two_places() -> None:
    claim = await only_claim("Velm lost 30 boats in March", "Velm lost 30 boats in March")
    assert [span.start for span in claim.spans] == [0, 28]


async def test_boilerplate_is_neither_read_nor_reported_here() -> None:
    sentence = Sentence(1, Span(0, 31), "Velm lost 30 boats in the storm", boilerplate=True)
    extraction = await RulesEngine().extract(Document("-", sentence.text, "", METADATA), (sentence,))
    assert extraction == Extraction((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Die Fischer haben den Hafen von Velm mit 30 Booten blockiert und die Straße ist nicht frei.",
        "Les pêcheurs ont bloqué le port de Velm avec 30 bateaux dans la nuit.",
        "Рыбаки заблокировали гавань 30 лодками.",
        "渔民用三十条船封锁了港口。",
    ],
)
async def test_another_language_is_unread_and_says_so(text: str) -> None:
    extraction = await extract(text)
    assert (extraction.claims, extraction.discarded) == ((), ())
    assert "English" in extraction.unread[0].reason


@given(st.lists(st.text(min_size=1, max_size=80), max_size=4))
@settings(max_examples=60, deadline=None)
async def test_no_text_breaks_it_and_every_claim_has_a_place(parts: list[str]) -> None:
    extraction = await extract(*parts)
    whole = " ".join(parts)
    for claim in extraction.claims:
        assert all(span.cut(whole).strip() for span in claim.spans)
    assert [claim.id for claim in extraction.claims] == [f"c{n + 1}" for n in range(len(extraction.claims))]


async def test_the_identity_says_that_no_model_read_the_text() -> None:
    identity = RulesEngine().identity
    assert (identity.name, identity.model, identity.prompts) == ("rules", "", ())
    assert re.search(r"no language model read this text", identity.notice, re.IGNORECASE)


async def test_a_count_in_words_is_a_claim_without_a_name() -> None:
    assert contents(await extract("Two workers were injured during the repairs.")) == [
        "Two workers were injured during the repairs."
    ]


@pytest.mark.parametrize("text", ["The Velm bridge: a costly year", "Several workers were injured."])
async def test_an_adverb_is_no_verb_and_a_vague_count_no_figure(text: str) -> None:
    extraction = await extract(text)
    assert extraction.claims == ()
    assert extraction.discarded[0].reason is DiscardReason.NOT_CHECKABLE
