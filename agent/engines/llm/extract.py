"""Extraction: a document's sentences to a model, claims with exact spans back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.domain import (
    NO_USAGE,
    Claim,
    ClaimKind,
    Discarded,
    DiscardReason,
    Document,
    PartialDate,
    Sentence,
    Unread,
    Usage,
)
from agent.engines.llm.asking import ask, request_for
from agent.engines.llm.framing import code_for, one_line, plain
from agent.engines.llm.windows import Window, joined, windows
from agent.engines.llm.wire import WireClaim, WireDiscard, WireExtraction
from agent.engines.merging import merged
from agent.errors import ModelError
from agent.ports import ChatModel, ChatRequest, Extraction, Prompt

STEP = "extract"

_MOST_QUERIES = 3


@dataclass(frozen=True, slots=True)
class _Read:
    """What one window gave; ids are not given yet."""

    claims: tuple[Claim, ...] = ()
    discarded: tuple[Discarded, ...] = ()
    unread: tuple[Unread, ...] = ()
    usage: Usage = NO_USAGE


async def extract(
    model: ChatModel, prompt: Prompt, document: Document, sentences: Sequence[Sentence]
) -> Extraction:
    """Read all windows at once. A window that fails is ``unread``; the others' claims stand."""
    reads = await asyncio.gather(
        *(_read(model, prompt, document, window) for window in windows(sentences)),
    )
    discarded = dict.fromkeys(item for read in reads for item in read.discarded)
    return Extraction(
        claims=merged(claim for read in reads for claim in read.claims),
        discarded=tuple(sorted(discarded, key=lambda item: item.span)),
        unread=tuple(item for read in reads for item in read.unread),
        usage=sum((read.usage for read in reads), NO_USAGE),
    )


async def _read(model: ChatModel, prompt: Prompt, document: Document, window: Window) -> _Read:
    request = _request(prompt, document, window)
    try:
        answer = await ask(
            model, request, WireExtraction, prompt, lambda value: faults_of(value, window.sentences)
        )
    except ModelError as error:
        return _Read(unread=(Unread(window.span, str(error)),), usage=error.usage)
    by_number = {sentence.number: sentence for sentence in window.sentences}
    return _Read(
        claims=tuple(_claim(wire, by_number) for wire in answer.value.claims),
        discarded=tuple(_discard(wire, by_number) for wire in answer.value.discarded),
        usage=answer.usage,
    )


def _request(prompt: Prompt, document: Document, window: Window) -> ChatRequest:
    about = document.metadata
    shown = {
        "title": plain(about.title) or "unknown",
        "outlet": plain(about.outlet) or "unknown",
        "date": str(about.published) or "unknown",
        "context": _numbered(window.context) or "(nothing)",
        "sentences": _numbered(window.sentences),
    }
    return request_for(STEP, prompt, WireExtraction, {"mark": code_for(shown.values()), **shown})


def _numbered(sentences: Iterable[Sentence]) -> str:
    return "\n".join(f"[{sentence.number}] {plain(sentence.text)}" for sentence in sentences)


# --- what the schema cannot say ---


def faults_of(value: WireExtraction, sentences: Sequence[Sentence]) -> list[str]:
    """What is wrong with a reply to a window of ``sentences``, in words; empty when it can be used."""
    known = {sentence.number for sentence in sentences}
    faults = [
        f"claims.{place}: {fault}"
        for place, claim in enumerate(value.claims)
        for fault in _claim_faults(claim, known)
    ]
    return faults + [
        f"discarded.{place}: there is no sentence [{item.sentence}] to read"
        for place, item in enumerate(value.discarded)
        if item.sentence not in known
    ]


def _claim_faults(claim: WireClaim, known: set[int]) -> Iterable[str]:
    if not claim.text.strip():
        yield "its text is empty"
    if not claim.sentences:
        yield "it names no sentence"
    for number in claim.sentences:
        if number not in known:
            yield f"there is no sentence [{number}] to read"
    if not any(query.strip() for query in claim.queries):
        yield "it has no search query"
    try:
        PartialDate.parse(claim.said_on)
    except ValueError as error:
        yield f"said_on: {error}"


# --- from the wire to the domain ---


def _claim(wire: WireClaim, by_number: dict[int, Sentence]) -> Claim:
    queries = dict.fromkeys(one_line(query) for query in wire.queries if query.strip())
    return Claim(
        id="",
        text=one_line(wire.text),
        kind=ClaimKind(wire.kind),
        spans=joined([by_number[number] for number in set(wire.sentences)]),
        attribution=tuple(one_line(name) for name in wire.attribution if name.strip()),
        said_on=PartialDate.parse(wire.said_on),
        speaks_of=one_line(wire.speaks_of),
        queries=tuple(queries)[:_MOST_QUERIES],
    )


def _discard(wire: WireDiscard, by_number: dict[int, Sentence]) -> Discarded:
    sentence = by_number[wire.sentence]
    return Discarded(sentence.span, sentence.text, DiscardReason(wire.reason), one_line(wire.note))
