"""What every engine sets aside unread: navigation, captions, appeals, related links."""

from __future__ import annotations

from collections.abc import Sequence

from agent.domain import Discarded, DiscardReason, Sentence


def set_aside(sentences: Sequence[Sentence]) -> tuple[Discarded, ...]:
    """The sentences flagged as boilerplate, as discards in document order.

    Called once by the graph, whichever engine reads the rest: engines neither read nor report them.
    """
    return tuple(
        Discarded(sentence.span, sentence.text, DiscardReason.BOILERPLATE)
        for sentence in sentences
        if sentence.boilerplate
    )


def readable(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences an engine is to read."""
    return tuple(sentence for sentence in sentences if not sentence.boilerplate)
