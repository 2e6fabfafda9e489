"""The text under test: its identity, and its numbered sentences with boilerplate marked."""

from __future__ import annotations

import re

from agent.corpus.boilerplate import boilerplate_flags
from agent.corpus.load.loaded import Loaded
from agent.corpus.rows import text_digest
from agent.corpus.sentences import sentence_spans
from agent.domain import Document, Sentence, Span

_MARKER = re.compile(r"(?:#{1,6}|[-*+•–>])[ \t]+")
_BASE = re.compile(r"[^/\\]*\Z")


def document_from(loaded: Loaded) -> Document:
    """A document of what was read. Its name is the file's alone: reports must not carry paths."""
    match = _BASE.search(loaded.name.rstrip("/\\"))
    return Document(
        name=match[0] if match and match[0] else "-",
        text=loaded.text,
        sha256=text_digest(loaded.text),
        metadata=loaded.metadata,
    )


def document_sentences(document: Document) -> tuple[Sentence, ...]:
    """The document's sentences in order, numbered from 1; navigation, captions, appeals, related links
    and the like are marked ``boilerplate`` and keep their numbers. A heading's or list item's mark is
    not part of its sentence."""
    spans = sentence_spans(document.text)
    flags = boilerplate_flags(document.text, document.metadata.title, spans)
    return tuple(
        Sentence(number, span, span.cut(document.text), flag)
        for number, (span, flag) in enumerate(
            ((_unmarked(span, document.text), flag) for span, flag in zip(spans, flags, strict=True)), start=1
        )
    )


def _unmarked(span: Span, text: str) -> Span:
    mark = _MARKER.match(text, span.start, span.end)
    return Span(mark.end(), span.end) if mark and mark.end() < span.end else span
