"""Passages: what is indexed and shown to a judge. Whole sentences, a few at a time, overlapping a little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agent.corpus.blocks import block_spans
from agent.corpus.sentences import sentence_spans
from agent.domain import Passage, Span
from agent.settings import SplitSettings

LONGEST_SENTENCE = 2000
"""A "sentence" longer than that (a table, a list without stops) is cut at a space into several."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a piece of one that is too long. ``opens`` a paragraph, or not."""

    span: Span
    opens: bool
    too_long: bool = False


def passages(source_id: str, text: str, settings: SplitSettings) -> tuple[Passage, ...]:
    """Cut a source's text into passages ``{source_id}:{n}``, n from 1, in the text's order.

    A passage holds whole sentences of at most ``settings.target_chars`` together, or a single longer
    one, and ends with a paragraph where it is at least half full by then. It begins with the last
    ``settings.overlap_sentences`` of the one before, where they fit. A sentence of more than
    ``LONGEST_SENTENCE`` characters stands in pieces, a passage each. A blank text has none.
    """
    units = list(_units(text))
    found: list[Passage] = []
    begin = 0
    while begin < len(units):
        end = _end_of(units, begin, _fresh(found, units, begin), settings.target_chars)
        spans = tuple(unit.span for unit in units[begin:end])
        found.append(
            Passage(f"{source_id}:{len(found) + 1}", source_id, Span(spans[0].start, spans[-1].end), spans)
        )
        if end == len(units):
            break
        begin = _next_begin(units, begin, end, settings)
    return tuple(found)


def _fresh(found: list[Passage], units: list[_Unit], begin: int) -> int:
    """The first unit from ``begin`` on that no passage holds yet."""
    if not found:
        return begin
    last = found[-1].span.end
    return next(place for place in range(begin, len(units)) if units[place].span.start >= last)


def _end_of(units: list[_Unit], begin: int, fresh: int, target: int) -> int:
    """The unit after the passage's last: at least one fresh unit, then as many as fit."""
    start = units[begin].span.start
    end = fresh + 1
    while end < len(units) and not units[end - 1].too_long and not units[end].too_long:
        if units[end].span.end - start > target:
            break
        half_full = 2 * (units[end - 1].span.end - start) >= target
        if units[end].opens and half_full:
            break
        end += 1
    return end


def _next_begin(units: list[_Unit], begin: int, end: int, settings: SplitSettings) -> int:
    """Reach back for the overlap, as far as it fits together with the next sentence."""
    back = end
    lowest = max(begin + 1, end - settings.overlap_sentences)
    while back > lowest and not (units[back - 1].too_long or units[end].too_long):
        if units[end].span.end - units[back - 1].span.start > settings.target_chars:
            break
        back -= 1
    return back


def _units(text: str) -> Iterator[_Unit]:
    openings = {span.start for span in block_spans(text)}
    for span in sentence_spans(text):
        if span.end - span.start <= LONGEST_SENTENCE:
            yield _Unit(span, span.start in openings)
            continue
        for piece in _pieces(text, span):
            yield _Unit(piece, piece.start in openings, too_long=True)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST_SENTENCE:
        cut = _last_space(text, start, start + LONGEST_SENTENCE)
        end = cut
        while text[end - 1].isspace():
            end -= 1
        yield Span(start, end)
        start = cut
        while text[start].isspace():
            start += 1
    yield Span(start, span.end)


def _last_space(text: str, start: int, limit: int) -> int:
    """The last place in ``(start, limit]`` before a space; ``limit`` where there is none."""
    for place in range(limit, start, -1):
        if text[place].isspace():
            return place
    return limit
