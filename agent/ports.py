"""What the inside needs from the outside, as protocols. Adapters fit these; tests double them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

from agent.domain import (
    NO_USAGE,
    Candidate,
    Claim,
    Discarded,
    Document,
    EngineIdentity,
    Judgement,
    PromptIdentity,
    Scope,
    Sentence,
    Unread,
    Usage,
)
from agent.errors import ModelError, PromptError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# --- engines: who reads ---


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an engine made of a document. ``unread`` names the stretches it failed on."""

    claims: tuple[Claim, ...]
    discarded: tuple[Discarded, ...]
    unread: tuple[Unread, ...] = ()
    usage: Usage = NO_USAGE


@dataclass(frozen=True, slots=True)
class Case:
    """A claim and the passages to judge it by, best first."""

    claim: Claim
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements of a group of cases, in the group's order, and what they took."""

    judgements: tuple[Judgement, ...]
    usage: Usage = NO_USAGE


class Engine(Protocol):
    """Reads texts: finds claims, and says how passages bear on them."""

    @property
    def identity(self) -> EngineIdentity: ...

    async def extract(self, document: Document, sentences: Sequence[Sentence]) -> Extraction:
        """Find the claims of a document cut into sentences. Failures are in ``Extraction.unread``."""
        ...

    async def judge(self, cases: Sequence[Case], as_of: date | None) -> Judged:
        """Judge a group of claims. Raises ModelError when the group as a whole got no usable reply."""
        ...


# --- search ---


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, in several wordings; the first is the claim itself."""

    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorpusState:
    """What a corpus holds right now. ``undated`` counts sources without a known date."""

    sha256: str
    sources: int
    passages: int
    undated: int
    embedder: str


class Library(Protocol):
    """The corpus as the graph sees it."""

    async def state(self) -> CorpusState: ...

    async def copies_of(self, document: Document) -> Scope:
        """The sources that are this document or near-copies of it, as exclusions; ``as_of`` is None."""
        ...

    async def search(self, queries: Sequence[Query], scope: Scope, limit: int) -> list[tuple[Candidate, ...]]:
        """The best passages for each query, best first, at most ``limit`` each."""
        ...


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Name and digest of what computes the vectors, e.g. ``minilm-l6-v2@53aa5117``: the same
        value means comparable vectors."""
        ...

    @property
    def dimension(self) -> int: ...

    @property
    def notice(self) -> str:
        """A sentence for the user where the vectors are poorer than they might expect; else empty."""
        ...

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32 array of shape (len(texts), dimension), rows of length 1. Raises EmbedderUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class VectorHit:
    """``similarity`` is the cosine in [-1, 1]."""

    passage_id: str
    similarity: float


class VectorIndex(Protocol):
    """Nearest neighbours by cosine; derived from the store and rebuildable from it."""

    async def upsert(self, passage_ids: Sequence[str], vectors: Vectors) -> None: ...

    async def remove(self, passage_ids: Sequence[str]) -> None: ...

    async def nearest(self, vectors: Vectors, limit: int) -> list[list[VectorHit]]:
        """For each row of ``vectors`` (shape (n, dimension)) the nearest passages, nearest first."""
        ...

    async def ids(self) -> set[str]: ...

    async def count(self) -> int: ...

    async def close(self) -> None: ...


# --- language models ---


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A request for one JSON reply. ``step`` names the graph's step, for the usage count.

    ``schema`` is the JSON Schema the reply must fit, ``schema_name`` its name on the wire.
    """

    step: str
    messages: tuple[Message, ...]
    schema_name: str
    schema: Mapping[str, object] = field(hash=False)
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's text as it came. ``usage`` counts the calls that earned it, retries that were answered
    included. ``stored`` is True when it came from a reply store and cost nothing this time."""

    text: str
    model: str
    usage: Usage
    stored: bool = False


class ChatModel(Protocol):
    @property
    def model(self) -> str: ...

    async def reply(self, request: ChatRequest) -> Reply:
        """Raises ModelError."""
        ...


OnSpent = Callable[[Usage, ModelError | None], None]
"""Told of each request that was made: what it took, and the error where it ended in one."""


class ReplyStore(Protocol):
    """Replies kept by the digest of their request, so that nothing is asked or paid for twice."""

    def get(self, digest: str) -> Reply | None: ...

    def put(self, digest: str, reply: Reply) -> None:
        """Durable on return: a crash right after loses nothing."""
        ...


# --- prompts ---

_VARIABLE = re.compile(r"\{\{([a-z_]+)\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """Text with ``{{variables}}``. ``where`` names it in errors: ``prompts/judge/v1.md, User``."""

    text: str
    where: str

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(_VARIABLE.findall(self.text))

    def fill(self, **values: str) -> str:
        """Put the values in; what looks like a variable inside a value stays as it is.

        Raises PromptError naming every variable that is missing or surplus.
        """
        missing, surplus = self.variables - values.keys(), values.keys() - self.variables
        if missing:
            raise PromptError(f"{self.where}: no value for {', '.join(sorted(missing))}")
        if surplus:
            raise PromptError(f"{self.where}: has no variable {', '.join(sorted(surplus))}")
        return _VARIABLE.sub(lambda match: values[match[1]], self.text)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A released prompt: the system and user turns, and the turn that asks to mend an unusable reply."""

    identity: PromptIdentity
    system: Template
    user: Template
    repair: Template
