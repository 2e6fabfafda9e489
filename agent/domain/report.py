"""The ledger: every claim's outcome, what was set aside, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from agent.domain.claim import Discarded, Unread
from agent.domain.source import Metadata
from agent.domain.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Document:
    """The text under test. ``name`` is a file's name or ``-``, never a path."""

    name: str
    text: str
    sha256: str
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Usage:
    """What the replies a result rests on took: model calls by step, tokens, and US dollars.

    ``cost`` is None as soon as one call has no known price: a partial sum would read as a total.
    A reply taken from the reply store counts like the call that first earned it, so that a resumed
    run reports the same as an undisturbed one.
    """

    calls: Mapping[str, int] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = 0.0

    def __add__(self, other: Usage) -> Usage:
        steps = sorted({*self.calls, *other.calls})
        return Usage(
            calls={step: self.calls.get(step, 0) + other.calls.get(step, 0) for step in steps},
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=None if self.cost is None or other.cost is None else self.cost + other.cost,
        )


NO_USAGE = Usage()


@dataclass(frozen=True, slots=True)
class PromptIdentity:
    """A released prompt: ``judge``, ``v1``, and the SHA-256 of its file."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """Who read the text. ``model`` is empty and ``prompts`` none for an engine without one."""

    name: str
    model: str = ""
    prompts: tuple[PromptIdentity, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Enough to make the report again. Holds no clock and no path, so that it can be."""

    version: str
    engine: EngineIdentity
    embedder: str
    corpus_sha256: str
    corpus_sources: int
    undated_excluded: int
    settings: Mapping[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Report:
    document: Document
    as_of: date | None
    outcomes: tuple[Outcome, ...]
    discarded: tuple[Discarded, ...]
    unread: tuple[Unread, ...]
    provenance: Provenance
    usage: Usage
