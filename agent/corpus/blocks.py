"""Where the lines of a text end for good: paragraphs, headings, list items.

A newline is one of two things: the end of a block, or the wrapping of a line that goes on. Scraped
news has a paragraph a line; mail, PDF and old wire copy wrap at a fixed width. Which of the two a
text is can be seen from its lines: wrapped lines are full, that is, the next word would not have
fitted any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from agent.domain import Span

WIDEST_WRAP = 120
"""Nobody wraps at more characters than that; a longer line is a paragraph."""
_NARROWEST_WRAP = 40
_FULL = 0.8
"""A wrapped line reaches this share of the width: proportional type (PDF) is ragged in characters."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ITEM = re.compile(r"\s*[-*+•▪◦‣·●]\s")
_MAYBE_ITEM = re.compile(r"\s*(?:[–—]|\(?\d{1,3}[.)]|[a-z]\))\s")
"""A dash or a number at the start of a line is also what wrapping can leave there."""
_HEADING = re.compile(r"\s*#{1,6}\s")
_FINAL = re.compile(r"[.!?…。！？؟۔।:;][\"'”’»«“)\]」』）]*\s*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """``start`` and ``end`` include the newline; ``text`` has neither it nor trailing space."""

    start: int
    end: int
    text: str

    @property
    def first_word(self) -> int:
        return len(self.text.split(maxsplit=1)[0])

    @property
    def goes_on_in_lower_case(self) -> bool:
        return self.text.lstrip()[:1].islower()


def block_spans(text: str) -> tuple[Span, ...]:
    """Cut ``text`` into blocks: no sentence crosses from one into the next.

    Blank lines, headings, list items and unwrapped lines end a block. Spans are ascending, have no
    white space at their ends, and hold every character that is not white space.
    """
    lines = _lines(text)
    width = _wrap_width(lines)
    spans: list[Span] = []
    start: int | None = None
    for line, following in zip_longest(lines, lines[1:]):
        if not line.text.strip():
            continue
        start = line.start if start is None else start
        if following is None or _ends_block(line, following, width):
            spans.append(_trimmed(text, start, line.end))
            start = None
    return tuple(spans)


def _lines(text: str) -> list[_Line]:
    return [_Line(m.start(), m.end(), m.group().rstrip()) for m in _LINE.finditer(text)]


def _wrap_width(lines: list[_Line]) -> int:
    """The width the text is wrapped at, or 0 for a text that is not wrapped."""
    breaks = [(line, after) for line, after in _inner_breaks(lines) if len(line.text) <= WIDEST_WRAP]
    width = max((len(line.text) for line, _ in breaks), default=0)
    if width < _NARROWEST_WRAP or len(breaks) < 2:
        return 0
    full = sum(_is_full(line, after, width) for line, after in breaks)
    return width if full >= _FULL * len(breaks) - 1 and _words_cross(breaks) else 0


def _words_cross(breaks: list[tuple[_Line, _Line]]) -> bool:
    """Wrapping does not mind sentences: most full lines end in the middle of one."""
    crossing = sum(_FINAL.search(line.text) is None for line, _ in breaks)
    lower = sum(after.goes_on_in_lower_case for _, after in breaks)
    return 2 * crossing > len(breaks) and 4 * lower > len(breaks)


def _inner_breaks(lines: list[_Line]) -> Iterator[tuple[_Line, _Line]]:
    for line, following in pairwise(lines):
        if line.text.strip() and following.text.strip() and not _HEADING.match(line.text):
            yield line, following


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    return len(line.text) + 1 + following.first_word > min(width, WIDEST_WRAP) * _FULL


def _ends_block(line: _Line, following: _Line, width: int) -> bool:
    if not following.text.strip() or _HEADING.match(line.text) or _HEADING.match(following.text):
        return True
    if _ITEM.match(following.text):
        return True
    wrapped = 0 < len(line.text) <= WIDEST_WRAP and width > 0 and _is_full(line, following, width)
    if _MAYBE_ITEM.match(following.text):
        return not wrapped
    return not (wrapped or _plainly_unfinished(line, following))


def _plainly_unfinished(line: _Line, following: _Line) -> bool:
    """Two short lines of which the second goes on in lower case what the first left open.

    A lower-case line without any end of its own after a finished or long line is something else:
    the words of a picture's address, a tag.
    """
    short = max(len(line.text), len(following.text)) <= WIDEST_WRAP
    open_end = _FINAL.search(line.text) is None
    ends = _FINAL.search(following.text) is not None
    return short and open_end and ends and following.goes_on_in_lower_case


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
