"""Where sentences end, and that no character is lost on the way."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.corpus.sentences import LONGEST_WHOLE_QUOTATION, sentence_spans


def cut(text: str) -> list[str]:
    return [span.cut(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["Gen. Marsh met U.S. officials on Jan. 5.", "He left at noon."], id="titles"),
        pytest.param(["See No. 5, e.g. the third table.", "It is short."], id="number-sign"),
        pytest.param(["J. R. Holm came first.", "A report by J. Holm followed."], id="initials"),
        pytest.param(["He waited...", "They left."], id="ellipsis-ends"),
        pytest.param(["He waited ... and then he left.", "They stayed."], id="ellipsis-goes-on"),
        pytest.param(["Prices rose 3.5 percent.", "Wages did not."], id="decimal"),
        pytest.param(["He said “We won. They lost.” and left.", "Then it rained."], id="quote-in-the-middle"),
        pytest.param(["“We won. They lost,” he said.", "Then it rained."], id="quote-goes-on"),
        pytest.param(['He asked "Why? When?" and sat down.', "No one knew."], id="straight-quotes"),
        pytest.param(["“We go on.", "We never stop.”", "Then it rained."], id="quote-of-whole-sentences"),
        pytest.param(["“We won,” said Mona Dahl.", "“It took years.”"], id="quote-after-attribution"),
        pytest.param(["“Why now?” she asked.", "“Because!” he said."], id="question-in-quotes"),
        pytest.param(["Il a dit : « Nous partons. C'est fini. »", "Puis M. Roche est sorti."], id="french"),
        pytest.param(
            ["Er sagte: „Wir gehen. Es ist aus.“ und ging.", "Dr. Vogel blieb z. B. hier."], id="german"
        ),
        pytest.param(["В. И. Громов приехал в г. Лесной.", "Как дела?", "Хорошо."], id="cyrillic"),
        pytest.param(["港口周二关闭。", "为什么？", "没有人知道！"], id="chinese"),
        pytest.param(["彼は「行く。戻らない。」と言った。", "雨が降った。"], id="japanese-quote"),
        pytest.param(["كيف حالك؟", "الميناء مغلق.", "لماذا؟"], id="arabic"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    joiner = "" if any("。" in s for s in sentences) else " "
    assert cut(joiner.join(sentences)) == sentences


def test_headings_items_and_blank_lines_end_sentences_without_a_full_stop() -> None:
    text = (
        "# Flood in the valley\nThe river rose\n\nThree things failed:\n- the pump\n- the gate\n\n2. The wall"
    )
    assert cut(text) == [
        "# Flood in the valley",
        "The river rose",
        "Three things failed:",
        "- the pump",
        "- the gate",
        "2. The wall",
    ]


def test_a_paragraph_a_line_is_not_glued_to_its_headline() -> None:
    text = "Harbour closes after storm\nThe harbour at Skarn closed on Monday. Ships wait outside."
    assert cut(text)[0] == "Harbour closes after storm"


def test_a_sentence_wrapped_over_lines_stays_whole() -> None:
    text = (
        "The harbour at Skarn was closed on Monday after a storm tore the roof off\n"
        "the customs house, and Harbour Master Lind said it would stay closed until\n"
        "Friday at the earliest. Forty ships are waiting outside, among them two that\n"
        "carry grain. The port authority expects them to be unloaded by the end of\n"
        "the month."
    )
    found = cut(text)
    assert len(found) == 3
    assert found[0].endswith("until\nFriday at the earliest.")


def test_an_unclosed_quotation_does_not_swallow_the_paragraph() -> None:
    text = "“The fourth wave is over. The enemy regroups. That is all.\n\nHe left the room. It rained."
    assert len(cut(text)) == 5


def test_a_very_long_quotation_is_cut_like_any_text() -> None:
    inside = " ".join(f"Point number {n} was lost on the way." for n in range(LONGEST_WHOLE_QUOTATION // 20))
    assert len(cut(f"He said: “{inside}” and left.")) > 10


_SCRAPS = (
    'The|said|Gen.|“|”|"|won.|lost,|No.|5|?|!|...|。|港口|؟|кто|г.|\n|\n\n|- |# | |\t|«|»|\u00a0|\u2028|J.'
)
_NEWSLIKE = st.lists(st.sampled_from(_SCRAPS.split("|")), max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(_NEWSLIKE, st.text(max_size=200)))
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    covered = [place for span in spans for place in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    assert {place for place, mark in enumerate(text) if not mark.isspace()} <= set(covered)
    assert all(span.cut(text) == span.cut(text).strip() != "" for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The port said on Tuesday that “3,000 people” had left. " * 19_000, id="a-megabyte"),
        pytest.param("word " * 40_000, id="no-stop"),
        pytest.param("! " * 100_000, id="only-marks"),
        pytest.param("“a. " * 50_000, id="open-quotes"),
        pytest.param("a. " * 66_000, id="initials"),
        pytest.param("x" * 200_000, id="one-word"),
    ],
)
def test_hostile_lengths_take_seconds_not_minutes(text: str) -> None:
    began = time.perf_counter()
    sentence_spans(text)
    assert time.perf_counter() - began < 8
