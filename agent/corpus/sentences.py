"""Sentence boundaries by offset: nupunkt's, mended for quotations, abbreviations and other scripts.

nupunkt (a port of Punkt, Kiss & Strunk 2006) is trained on English. Its boundaries are taken as
proposals within a block; what it proposes inside a quotation in the middle of a sentence, or right
after a title or an initial, is dropped, and what it does not know (。！？, ؟, ।) is added.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from agent.corpus.blocks import block_spans
from agent.domain import Span

LONGEST_WHOLE_QUOTATION = 500
"""A longer quotation is cut like any text: nobody can check, or quote, a page as one sentence."""

_CLOSERS = "\"'”’»“›)]}」』）】》"
_OTHER_ENDS = re.compile(
    rf"[。！？｡]++[{re.escape(_CLOSERS)}]*+(?![とっ、，])"  # no space after; と reports what was said
    rf"|[؟۔।॥։።]+[{re.escape(_CLOSERS)}]*(?=\s|$)"
    rf"|[!?]+[{re.escape(_CLOSERS)}]*(?=\s)"
    rf"|(?<=\w\w)[.…][”»“\"]+(?=\s)"
    rf"|(?<=[^\W\d_]{{3}})\.(?=\s+[“„«])"
)
_LAST_WORD = re.compile(r"(?:^|[\s(\[“„«\"'‘—–-])([^\s(\[“„«\"]{1,12})\.$")
_OPENING = re.compile(r"[\s\"'“”„«‘(\[—–-]*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_WORD = re.compile(r"[^\W_]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    """gen lt col maj capt cpt cmdr adm sgt cpl brig pte pvt gov sen rep reps sens hon rev dr mr mrs ms
    messrs prof pres supt insp det fr st ste mt ft m mm mme mmes mlle mgr me hr fru frau herr sig sra
    srta dott avv ing dipl bzw ca usw vgl evtl ggf sog approx dept cf viz vs e.g i.e z.b d.h p.ex u.a
    г гг ул им тов акад проф ген полк обл р-н т.е т.к т.н напр просп пл д-р см
    вул ім ред"""
)
"""Abbreviations with which no sentence ends, lower case, without their last full stop."""
_BEFORE_NUMBER = _words("no nos nr fig figs art sec p pp vol ch para № ст стр рис табл")

_PAIRS = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "《": "》"}


@dataclass(frozen=True, slots=True)
class _Quotation:
    """``start`` is the opening mark, ``end`` the place after the closing one."""

    start: int
    end: int


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Cut ``text`` into sentences.

    Spans are ascending, do not overlap, have no white space at their ends, and every character that is
    not white space lies in exactly one. A blank line, a heading, a list item and an unwrapped line end
    a sentence whatever its punctuation.
    """
    return tuple(span for block in block_spans(text) for span in _in_block(text, block))


def _in_block(text: str, block: Span) -> Iterator[Span]:
    body = block.cut(text)
    start = 0
    for end in [*_boundaries(body), len(body)]:
        left, right = _trim(body, start, end)
        if left < right:
            yield Span(block.start + left, block.start + right)
        start = end


def _boundaries(body: str) -> list[int]:
    """Places in ``body`` where one sentence ends and the next begins, ascending."""
    proposed = sorted({*_nupunkt(body), *(m.end() for m in _OTHER_ENDS.finditer(body))})
    kept = [place for place in _merge_gaps(body, proposed) if _may_end(body, place)]
    return _with_words(body, _outside_quotations(body, kept))


def _nupunkt(body: str) -> list[int]:
    import nupunkt

    return [end for _, end in nupunkt.sent_spans(body)]


def _merge_gaps(body: str, places: list[int]) -> Iterator[int]:
    """Bring every place to the end of its sentence's last mark, so that equal ones coincide."""
    last = 0
    for place in places:
        end = place
        while end > last and body[end - 1].isspace():
            end -= 1
        if last < end < len(body):
            yield end
            last = end


def _may_end(body: str, place: int) -> bool:
    after = _OPENING.match(body, place)
    following = body[after.end() : after.end() + 1] if after else ""
    if following.islower():
        return False
    word = _LAST_WORD.search(body, max(0, place - 16), place)
    if word is None:
        return True
    token = word.group(1).lower()
    if token in _NEVER_LAST or (token in _BEFORE_NUMBER and following.isdigit()):
        return False
    return not (len(token) == 1 and _is_initial(body, word.start(1)))


def _is_initial(body: str, start: int) -> bool:
    """Whether the capital before a full stop begins a name: first in its sentence, or after an initial
    or a word without capitals (``by J. Smith``), unlike ``Plan B.``"""
    if not body[start].isupper():
        return False
    before = body[max(0, start - 30) : start].split()
    if not before or before[-1][-1:] in ".!?…,;:":
        return True
    return _INITIALS.fullmatch(before[-1]) is not None or before[-1] in ("by", "and", "von", "de", "и", "та")


def _outside_quotations(body: str, places: list[int]) -> list[int]:
    """Drop the places inside quotations that a sentence leads into or goes on after."""
    dropped: set[int] = set()
    for quotation in _quotations(body):
        low = bisect_left(places, quotation.start + 1)
        high = bisect_left(places, quotation.end)
        if low == high or quotation.end - quotation.start > LONGEST_WHOLE_QUOTATION:
            continue
        begin = places[low - 1] if low else 0
        end = places[high] if high < len(places) else len(body)
        if _WORD.search(body, begin, quotation.start) or _WORD.search(body, quotation.end, end):
            dropped.update(places[low:high])
    return [place for place in places if place not in dropped]


def _quotations(body: str) -> Iterator[_Quotation]:
    """Closed quotations, outermost, in order. An opening mark that is never closed opens nothing."""
    opened, closing = -1, ""
    for match in re.finditer(r"[“”„«»\"「」『』《》]", body):
        mark, place = match.group(), match.start()
        if closing and mark in closing and place > opened:
            yield _Quotation(opened, place + 1)
            opened, closing = -1, ""
        elif mark == '"' and not closing and _opens(body, place):
            opened, closing = place, '"'
        elif mark in _PAIRS and (not closing or mark == body[opened]):
            opened, closing = place, _PAIRS[mark]


def _opens(body: str, place: int) -> bool:
    before, after = body[place - 1 : place], body[place + 1 : place + 2]
    return (not before or before.isspace() or before in "([—–-") and bool(after) and not after.isspace()


def _with_words(body: str, places: list[int]) -> list[int]:
    """Drop a place that would leave a sentence of marks alone (a lone closing quote, ``* * *``)."""
    kept: list[int] = []
    start, worded = 0, False
    for place in places:
        worded = worded or _WORD.search(body, start, place) is not None
        start = place
        if worded:
            kept.append(place)
            worded = False
    if kept and _WORD.search(body, kept[-1]) is None:
        kept.pop()
    return kept


def _trim(body: str, start: int, end: int) -> tuple[int, int]:
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return start, end
