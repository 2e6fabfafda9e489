"""Cutting a document into the windows a model reads, one call each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.domain import Sentence, Span
from agent.engines.boilerplate import readable

MOST_SENTENCES = 40
"""At most so many sentences a call. Above 25 it also keeps the promise of at most one call per 25
sentences of the document, counted up."""

_LEAD = 2
_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences to read, and earlier ones that tell who "she" and where "there" is."""

    sentences: tuple[Sentence, ...]
    context: tuple[Sentence, ...]

    @property
    def span(self) -> Span:
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)


def windows(sentences: Sequence[Sentence]) -> tuple[Window, ...]:
    """Windows of nearly equal size over what is not boilerplate, in order, without overlap.

    The context of a later window is the document's lead and the sentences just before it.
    """
    text = readable(sentences)
    count = -(-len(text) // MOST_SENTENCES)
    cuts = [len(text) * place // count for place in range(count + 1)] if count else []
    return tuple(Window(text[start:end], _context(text, start)) for start, end in pairwise(cuts))


def _context(text: tuple[Sentence, ...], start: int) -> tuple[Sentence, ...]:
    return text[: min(_LEAD, start)] + text[max(_LEAD, start - _BEFORE) : start]


def joined(sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The spans of ``sentences``; neighbours in the document become one span, with what lies between."""
    spans: list[Span] = []
    last = None
    for sentence in sorted(sentences, key=lambda each: each.number):
        if last is not None and sentence.number <= last + 1:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, sentence.span.end))
        else:
            spans.append(sentence.span)
        last = sentence.number
    return tuple(spans)
