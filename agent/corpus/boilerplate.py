"""Which sentences of a document are the page speaking, not the report.

Rules, in the order they are tried; none reads a model. A false flag hides a claim, a miss only shows a
claim nobody needs: so every rule asks for several signs, and news shape (third person, a full stop, or
words in quotation marks) overrules the weak ones.

1. The first line that is no button or menu, and every repeat of it or of the title, is the
   headline, and stays.
2. A line that is a button, a rule, an address, a menu or a picture's file name in words goes.
3. A short paragraph with a picture credit is a caption, all of it. Other credits go by themselves.
4. A sentence outside quotation marks that asks for money or a subscription, corrects the article,
   explains cookies or describes the outlet goes, and so do its neighbours in the paragraph that
   speak as "we" to "you" or of the trade.
5. A line of its own without a full stop, in a text whose paragraphs have them, is a link or a heading.
6. After "Related:" or an appeal everything goes until a paragraph has news shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from agent.corpus import boilerplate_cues as cues
from agent.corpus.blocks import block_spans
from agent.domain import Span

_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|„[^“”]*(?:[“”]|\Z)|«[^»]*(?:»|\Z)|「[^」]*(?:」|\Z)|\"[^\"]*(?:\"|\Z)")
_CLOSED_ONLY = re.compile(r"\A[^“„«\"]*[”»]")
_FINAL = re.compile(r"[.!?…。！？؟۔।:;][\"'”’»“)\]」』*_]*$")
_QUOTE_AT_AN_END = re.compile(r"^[\"“„«‘「]|[\"”»’」]$")
_ITEM = re.compile(r"\s*(?:[-*+•▪◦‣·●–—|>]|\(?\d{1,3}[.)]|[a-z]\))\s")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_SLUG = re.compile(r"[^\W_]+(?:[\s_-]+[^\W_]+){4,}")
_MENU = re.compile(r"[^|›»>·•/]{1,30}(?:\s[|›»>·•/]\s[^|›»>·•/]{1,30}){2,}")

_LONGEST_LINK = 30  # words
_SHORTEST_STANDFIRST = 5  # words
_LONGEST_LINE = 300  # characters
_LONGEST_CAPTION = 300  # characters
_LONGEST_CREDIT = 14  # words


class _Part(Enum):
    """What a block is as a whole."""

    HEADLINE = auto()
    NEWS = auto()
    PAGE = auto()
    """Boilerplate all of it."""
    OPENS_TAIL = auto()
    """Boilerplate, and what comes next is likely to be."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A block with its sentences. ``voice`` is its text with quotations blanked out, same length."""

    span: Span
    text: str
    voice: str
    sentences: tuple[Span, ...]

    def voice_of(self, sentence: Span) -> str:
        voice = self.voice[sentence.start - self.span.start : sentence.end - self.span.start]
        return " ".join(voice.split())

    def quotes_in(self, sentence: Span) -> bool:
        begin, end = sentence.start - self.span.start, sentence.end - self.span.start
        return self.text[begin:end] != self.voice[begin:end]

    @property
    def finished(self) -> bool:
        return _FINAL.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the text as a whole is written, so that its own habits are not held against it."""

    headlines: frozenset[str]
    lead: int
    """Place of the first block that is not a menu or a button: the headline."""
    stops: bool
    """Its paragraphs end in full stops."""
    capitals: bool
    first_person: bool


def boilerplate_flags(text: str, title: str, sentences: Sequence[Span]) -> tuple[bool, ...]:
    """For each of the text's sentences (as ``sentence_spans`` cuts them) whether it is boilerplate."""
    blocks = _blocks(text, sentences)
    manner = _manner(blocks, title)
    flags: list[bool] = []
    tail = False
    for place, block in enumerate(blocks):
        part = _part(blocks, place, manner)
        verdicts = [_flag(block, sentence, part, tail, manner) for sentence in block.sentences]
        flags += _with_neighbours(block, verdicts, part, manner)
        tail = _tail_after(block, part, flags[-len(verdicts) :], tail)
    return tuple(flags)


def _tail_after(block: _Block, part: _Part, flags: Sequence[bool], tail: bool) -> bool:
    appeals = any(_asks(block.voice_of(sentence)) for sentence in block.sentences)
    if all(flags):
        return tail or part is _Part.OPENS_TAIL or appeals
    return False


# --- blocks ---


def _part(blocks: Sequence[_Block], place: int, manner: _Manner) -> _Part:
    block = blocks[place]
    if _plain(block.text) in manner.headlines:
        return _Part.HEADLINE
    if _is_line(cues.RELATED, block.text) or cues.RELATED_LEAD.search(block.voice):
        return _Part.OPENS_TAIL
    if _is_furniture(block, manner) or _is_caption(block) or _is_link(blocks, place, manner):
        return _Part.PAGE
    return _Part.NEWS


def _is_furniture(block: _Block, manner: _Manner) -> bool:
    text = block.text
    if _is_button(block):
        return True
    if len(text) <= _LONGEST_LINE and not _ADDRESS.sub("", text).strip(" :-–—<>()|"):
        return True
    return manner.capitals and text == text.lower() != text.upper() and _SLUG.fullmatch(text) is not None


def _is_button(block: _Block) -> bool:
    """A button, a menu, or a rule of marks."""
    if not any(map(str.isalnum, block.text)):
        return True
    if block.finished:
        return False
    patterns = (cues.INTERFACE_LINE, _MENU)
    return any(_is_line(pattern, block.text) for pattern in patterns) or _says(cues.INTERFACE, block.text)


def _is_line(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a short line is nothing else. Long ones are not even looked at: it would take too long."""
    return len(text) <= _LONGEST_LINE and pattern.fullmatch(text) is not None


def _says(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


def _is_caption(block: _Block) -> bool:
    if len(block.text) > _LONGEST_CAPTION or len(block.sentences) > 4:
        return False
    return any(_is_credit(block.voice_of(sentence)) for sentence in block.sentences)


def _is_credit(voice: str) -> bool:
    short = len(voice.split()) <= _LONGEST_CREDIT
    return short and cues.CREDIT.search(voice) is not None and not cues.REPORTED.search(voice)


def _is_link(blocks: Sequence[_Block], place: int, manner: _Manner) -> bool:
    """A line of its own without a full stop, where the text's other paragraphs have one. The line
    under the headline may be its standfirst; a list item, a pull quote or a broken line is none."""
    block = blocks[place]
    if not manner.stops or block.finished or len(block.sentences) != 1:
        return False
    if _ITEM.match(block.text) or _QUOTE_AT_AN_END.search(block.text):
        return False
    words = len(block.text.split())
    if words > _LONGEST_LINK or (place == manner.lead + 1 and words >= _SHORTEST_STANDFIRST):
        return False
    return not (_goes_on(blocks, place) or _goes_on(blocks, place - 1))


def _goes_on(blocks: Sequence[_Block], place: int) -> bool:
    """Whether the block after ``place`` takes up in lower case what this one left open."""
    if not 0 <= place < len(blocks) - 1 or blocks[place].finished:
        return False
    return blocks[place + 1].text[:1].islower()


# --- sentences ---


def _flag(block: _Block, sentence: Span, part: _Part, tail: bool, manner: _Manner) -> bool:
    if part is not _Part.NEWS:
        return part is not _Part.HEADLINE
    voice = block.voice_of(sentence)
    if _asks(voice) or _is_credit(voice):
        return True
    return tail and not (block.quotes_in(sentence) or _news_shaped(block, voice, manner))


def _asks(voice: str) -> bool:
    """Money, subscriptions, corrections, cookies, or the outlet about itself; not what somebody said."""
    notice = cues.CORRECTION.search(voice) or cues.INTERFACE.search(voice)
    appeal = cues.APPEAL.search(voice) or cues.SELF_DESCRIPTION.search(voice)
    return notice is not None or (appeal is not None and not cues.REPORTED.search(voice))


def _news_shaped(block: _Block, voice: str, manner: _Manner) -> bool:
    if not block.finished:
        return False
    if cues.REPORTED.search(voice):
        return True
    return len(voice.split()) >= 4 and not _speaks_to_reader(voice, manner)


def _speaks_to_reader(voice: str, manner: _Manner) -> bool:
    we = cues.PRONOUN_WE.search(voice) is not None and not manner.first_person
    return we or cues.PRONOUN_YOU.search(voice) is not None


def _with_neighbours(block: _Block, flags: list[bool], part: _Part, manner: _Manner) -> list[bool]:
    """Spread an appeal over the sentences of its paragraph that speak in the same voice."""
    if part is not _Part.NEWS or not any(flags):
        return flags
    voices = [block.voice_of(sentence) for sentence in block.sentences]
    return [
        flag or _same_voice(voice, manner) or _is_line(cues.INTERFACE_LINE, voice)
        for flag, voice in zip(flags, voices, strict=True)
    ]


def _same_voice(voice: str, manner: _Manner) -> bool:
    if not voice or cues.REPORTED.search(voice):
        return False
    speaks = _speaks_to_reader(voice, manner)
    return speaks and (cues.MEDIA.search(voice) is not None or cues.PRONOUN_YOU.search(voice) is not None)


# --- the text as a whole ---


def _blocks(text: str, sentences: Sequence[Span]) -> list[_Block]:
    found: list[_Block] = []
    rest = list(reversed(sentences))
    for span in block_spans(text):
        inside: list[Span] = []
        while rest and rest[-1].end <= span.end:
            inside.append(rest.pop())
        body = span.cut(text)
        found.append(_Block(span, body, _without_quotations(body), tuple(inside)))
    return found


def _without_quotations(body: str) -> str:
    """Blank out what stands in quotation marks; a quotation may run in from, or on to, another block."""
    body = _CLOSED_ONLY.sub(lambda match: " " * len(match[0]), body)
    return _QUOTED.sub(lambda match: " " * len(match[0]), body)


def _manner(blocks: Sequence[_Block], title: str) -> _Manner:
    lead = next((place for place, block in enumerate(blocks) if not _is_button(block)), 0)
    headlines = {_plain(block.text) for block in blocks[lead : lead + 1]} | {_plain(title)}
    body = [block for block in blocks[lead + 1 :] if len(block.text.split()) >= 4]
    finished = [block for block in body if block.finished]
    letters = sum(len(block.text) for block in body)
    personal = sum(_in_first_person(block.voice) for block in finished[: max(3, 2 * len(finished) // 3)])
    lower = sum(block.text == block.text.lower() for block in body)
    return _Manner(
        headlines=frozenset(headlines - {""}),
        lead=lead,
        stops=len(finished) >= 2 and sum(len(block.text) for block in finished) > 0.7 * letters,
        capitals=3 * lower < len(body),
        first_person=len(finished) >= 2 and 4 * personal >= len(finished),
    )


def _in_first_person(voice: str) -> bool:
    return cues.PRONOUN_WE.search(voice) is not None or cues.PRONOUN_I.search(voice) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text).split()).casefold()
