"""Reprints of a story made by rule, and other stories that share words with it without being it.

What newsrooms do to agency copy: another headline, a credit line, a cut tail, moved paragraphs, a word here
and there. And what makes different stories look alike: a common footer, the same background paragraph, a
round-up that quotes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from enum import StrEnum


class Reprint(StrEnum):
    HEADLINE = "headline"
    CREDIT = "credit"
    CUT_TAIL = "cut_tail"
    REORDERED = "reordered"
    EDITED_1 = "edited_1"
    EDITED_3 = "edited_3"
    EDITED_5 = "edited_5"
    ALL_AT_ONCE = "all_at_once"


class Lookalike(StrEnum):
    SAME_FOOTER = "same_footer"
    SAME_BACKGROUND = "same_background"
    ROUND_UP = "round_up"
    HALF_QUOTED = "half_quoted"


_CREDITS = (
    "By our correspondents, with material from the news agencies",
    "(Agency report, edited for length and style by our desk)",
    "First published elsewhere; reprinted with permission",
)
_HEADLINES = (
    "What we know so far",
    "Latest developments at a glance",
    "New details emerge",
    "In brief: the facts",
)
FOOTER = (
    "This report was prepared by our newsroom. Corrections and complaints may be sent to the readers' "
    "editor, who answers within five working days. No part of it may be reproduced without permission. "
    "Follow our coverage through the day on the web and in print."
)
_FILLERS = ("reportedly", "also", "then", "later", "meanwhile", "now", "again", "still", "there", "today")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def reprint(text: str, kind: Reprint, rng: random.Random) -> str:
    """The story as another outlet might print it."""
    return _RULES[kind](text, rng)


def lookalike(text: str, other: str, kind: Lookalike, rng: random.Random) -> str:
    """A text of its own made of ``other``, a different story, that shares words with ``text``.

    The same background is the last quarter of ``text``, at most a third of what it is put in; a round-up
    quotes the first quarter between other matter. The first half behind a story of its own is the hardest:
    a reprint cut to that half lies wholly within it.
    """
    mine, theirs, quarter = _sentences(text), _sentences(other), len(text.split()) // 4
    match kind:
        case Lookalike.SAME_FOOTER:
            return f"{other}\n\n{FOOTER}"
        case Lookalike.SAME_BACKGROUND:
            return f"{other}\n\n{_words_of(mine[::-1], min(quarter, len(other.split()) // 2))}"
        case Lookalike.ROUND_UP:
            middle = len(theirs) // 2
            quoted = _words_of(mine, quarter)
            return "\n\n".join((" ".join(theirs[:middle]), quoted, " ".join(theirs[middle:])))
        case Lookalike.HALF_QUOTED:
            return f"{other}\n\n{_words_of(mine, 2 * quarter)}"


def _headline(text: str, rng: random.Random) -> str:
    return f"{rng.choice(_HEADLINES)}\n\n{text}"


def _credit(text: str, rng: random.Random) -> str:
    return f"{rng.choice(_CREDITS)}\n\n{text}"


def _cut_tail(text: str, rng: random.Random) -> str:
    """Without the last third to half, at a sentence's end."""
    sentences = _sentences(text)
    kept = max(1, round(len(sentences) * rng.uniform(0.5, 0.67)))
    return " ".join(sentences[:kept])


def _reordered(text: str, rng: random.Random) -> str:
    """In three blocks, the last two swapped."""
    sentences = _sentences(text)
    third = max(1, len(sentences) // 3)
    first, second, rest = sentences[:third], sentences[third : 2 * third], sentences[2 * third :]
    return "\n\n".join(" ".join(block) for block in (first, rest, second) if block)


def _edited(share: float) -> Callable[[str, random.Random], str]:
    def edit(text: str, rng: random.Random) -> str:
        words = text.split(" ")
        for place in rng.sample(range(len(words)), max(1, round(share * len(words)))):
            words[place] = rng.choice(("", f"{words[place]} {rng.choice(_FILLERS)}", rng.choice(_FILLERS)))
        return " ".join(word for word in words if word)

    return edit


def _all_at_once(text: str, rng: random.Random) -> str:
    for rule in (_edited(0.02), _reordered, _cut_tail, _credit, _headline):
        text = rule(text, rng)
    return text


_RULES: dict[Reprint, Callable[[str, random.Random], str]] = {
    Reprint.HEADLINE: _headline,
    Reprint.CREDIT: _credit,
    Reprint.CUT_TAIL: _cut_tail,
    Reprint.REORDERED: _reordered,
    Reprint.EDITED_1: _edited(0.01),
    Reprint.EDITED_3: _edited(0.03),
    Reprint.EDITED_5: _edited(0.05),
    Reprint.ALL_AT_ONCE: _all_at_once,
}


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def _words_of(sentences: list[str], limit: int) -> str:
    """The first sentences, up to so many words."""
    taken: list[str] = []
    for sentence in sentences:
        if taken and len(" ".join([*taken, sentence]).split()) > limit:
            break
        taken.append(sentence)
    return " ".join(" ".join(taken).split()[:limit])
