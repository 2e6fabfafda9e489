"""Passages hold whole sentences, overlap a little, and lose nothing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from agent.corpus.passages import LONGEST_SENTENCE, passages
from agent.corpus.sentences import sentence_spans
from agent.settings import SplitSettings

TWENTY = " ".join(f"Ship number {n} waited outside the harbour of Skarn on that day." for n in range(1, 21))


def test_passages_are_numbered_and_cut_whole_sentences() -> None:
    found = passages("abc", TWENTY, SplitSettings(target_chars=300, overlap_sentences=1))
    whole = set(sentence_spans(TWENTY))
    assert [p.id for p in found] == [f"abc:{n}" for n in range(1, len(found) + 1)]
    assert all(set(p.sentences) <= whole and p.span.end - p.span.start <= 300 for p in found)


def test_each_passage_begins_with_the_last_sentence_of_the_one_before() -> None:
    found = passages("s", TWENTY, SplitSettings(target_chars=300, overlap_sentences=1))
    assert len(found) > 3
    assert all(after.sentences[0] == before.sentences[-1] for before, after in pairwise(found))


def test_no_overlap_when_none_is_asked_for() -> None:
    found = passages("s", TWENTY, SplitSettings(target_chars=300, overlap_sentences=0))
    assert sum(len(p.sentences) for p in found) == 20


def test_a_half_full_passage_ends_with_its_paragraph() -> None:
    first, second = "The gate failed on Monday night. " * 5, "The wall held. " * 5
    text = f"{first.strip()}\n\n{second.strip()}"
    found = passages("s", text, SplitSettings(target_chars=300, overlap_sentences=0))
    assert [p.span.cut(text) for p in found] == [first.strip(), second.strip()]


def test_a_sentence_without_end_stands_in_pieces_cut_at_spaces() -> None:
    text = "A short start. Then " + "word " * 1000 + "end. A short finish."
    found = passages("s", text, SplitSettings())
    long = [p for p in found if p.span.end - p.span.start > 600]
    assert len(long) >= 3
    assert all(p.sentences == (p.span,) and p.span.end - p.span.start <= LONGEST_SENTENCE for p in long)
    assert all(set(p.span.cut(text).split()) <= {"Then", "word", "end."} for p in long)


def test_blank_text_has_no_passage() -> None:
    assert passages("s", " \n\n ", SplitSettings()) == ()


@hypothesis_settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["The gate failed. ", "It held!\n\n", "# Report\n", "x " * 1500, "港口关闭。"]),
        max_size=12,
    ),
    st.integers(1, 900),
    st.integers(0, 4),
)
def test_nothing_is_lost_and_nothing_is_empty(parts: list[str], target: int, overlap: int) -> None:
    text = "".join(parts)
    found = passages("s", text, SplitSettings(target_chars=target, overlap_sentences=overlap))
    covered = {place for p in found for span in p.sentences for place in range(span.start, span.end)}
    assert {place for place, mark in enumerate(text) if not mark.isspace()} <= covered
    assert all(p.sentences and p.span.cut(text).strip() for p in found)
    assert all(a.span.start < b.span.start and a.span.end < b.span.end for a, b in pairwise(found))
