"""Places in a text. All offsets count Unicode code points, half-open, from zero."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``text[start:end]``. Raises ValueError when it ends before it starts."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def cut(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document; ``number`` is its place among the document's sentences, from 1.

    ``boilerplate`` marks navigation, captions, appeals and related links: kept in the count so that
    numbers stay put, shown to no engine as something to check.
    """

    number: int
    span: Span
    text: str
    boilerplate: bool = False
