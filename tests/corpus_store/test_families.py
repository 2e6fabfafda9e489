"""Which texts are one text, reprinted."""

from __future__ import annotations

from itertools import permutations

import pytest

from agent.corpus.families import FamilyIndex, near_copies, shingles, signature

SENTENCES = [
    "The ferry Aurora sank off Port Elm on Monday evening after striking a sandbank, the coast guard said.",
    "Twelve passengers were rescued by fishermen from the nearby village of Sorrel.",
    "Two crew members are still missing and a search by helicopter found no trace of them.",
    "The harbour master, Ines Okafor, said that the vessel had passed its inspection in January.",
    "Divers will look at the wreck as soon as the weather allows, which forecasters expect on Thursday.",
    "The company that runs the line has suspended its second ship until the cause is known.",
]
STORY = " ".join(SENTENCES)
REWRITTEN = (
    "A coast guard spokesman confirmed that a ferry went down near Port Elm. According to him a dozen people "
    "were brought ashore alive, while the search for a pair of sailors continues. The boat's papers were in "
    "order, the port authority pointed out, and an inquiry is to establish what led to the accident."
)


@pytest.mark.parametrize(
    "other",
    [
        "DISASTER AT SEA: TWELVE SAVED\n\n" + STORY,
        " ".join(SENTENCES[:3]),
        STORY.upper().replace(",", " –"),
        STORY + " Our reporter adds that the quay was closed to visitors, and flowers lay along its railing.",
        STORY.replace("Monday evening", "Monday"),
    ],
    ids=["headline", "cut tail", "case and punctuation", "paragraph added", "small edit"],
)
def test_a_reprint_is_a_copy(other: str) -> None:
    assert near_copies(shingles(STORY), shingles(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STORY, REWRITTEN),
        (
            STORY,
            " ".join([REWRITTEN, SENTENCES[1], *(f"Note {n} of the day follows here." for n in range(60))]),
        ),
        ("Fifty drones were shot down overnight.", "Sixty drones were shot down overnight."),
        ("", ""),
        ("…", "!"),
    ],
    ids=[
        "same event, other words",
        "round-up quoting a sentence",
        "short with another figure",
        "empty",
        "no words",
    ],
)
def test_another_report_is_not(one: str, other: str) -> None:
    assert not near_copies(shingles(one), shingles(other))


def test_a_short_note_is_a_copy_of_the_same_words() -> None:
    assert near_copies(shingles("Fifty drones were shot down."), shingles("“Fifty drones were shot down”"))


def build(texts: dict[str, str]) -> FamilyIndex:
    index = FamilyIndex((), texts.__getitem__)
    for source_id, text in texts.items():
        index.add(source_id, text)
    return index


CHAIN = {  # the middle one is a copy of both ends, which share too little to be copies of each other
    "a": " ".join(SENTENCES[:3]),
    "b": STORY,
    "c": " ".join(SENTENCES[3:]),
    "d": REWRITTEN,
}


def test_families_do_not_depend_on_the_order_of_arrival() -> None:
    assert not near_copies(shingles(CHAIN["a"]), shingles(CHAIN["c"]))
    for order in permutations(CHAIN):
        index = build({source_id: CHAIN[source_id] for source_id in order})
        assert dict(index.all_families()) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_a_family_falls_apart_when_what_held_it_together_goes() -> None:
    index = build(CHAIN)
    assert index.remove("b") == {"c": "c"}
    assert dict(index.all_families()) == {"a": "a", "c": "c", "d": "d"}
    assert index.remove("d") == {}


def test_a_family_is_renamed_when_its_first_member_goes() -> None:
    index = build({"a": STORY, "b": STORY + " More follows."})
    assert index.remove("a") == {"b": "b"}


def test_a_text_outside_is_compared_without_being_taken_in() -> None:
    index = build(CHAIN)
    assert index.near("Breaking: " + STORY) == {"a", "b", "c"}
    assert index.near("Nothing of the kind was ever reported from here.") == frozenset()
    assert len(index) == len(CHAIN)


def test_stored_signatures_are_used_and_foreign_ones_made_anew() -> None:
    known = [("a", "a", signature(STORY)), ("b", "b", b"of another version")]
    index = FamilyIndex(known, {"a": STORY, "b": REWRITTEN}.__getitem__)
    assert index.near(STORY) == {"a"}
    assert index.near(REWRITTEN) == {"b"}


def test_texts_without_spaces_between_words_are_compared_too() -> None:
    story = "港の近くで連絡船が沈没し、乗客十二人が漁師に救助された。乗組員二人の行方はまだ分かっていない。"
    assert near_copies(shingles(story), shingles("速報:" + story))
    assert len(shingles(story)) > 10
