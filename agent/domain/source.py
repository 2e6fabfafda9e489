"""What the corpus holds: sources, and the passages they are cut into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agent.domain.dates import UNKNOWN_DATE, PartialDate
from agent.domain.text import Span


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a text. An empty string means: not stated.

    ``origin`` is who said it first, where the corpus' keeper knows (a speaker, an agency, an office);
    ``origin_group`` names one statement, so that relays of it share the value; ``party`` is whose
    word it is (a government, an army), within which agreement is not independent.
    """

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: PartialDate = UNKNOWN_DATE
    url: str = ""
    language: str = ""
    origin: str = ""
    origin_group: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One stored text. ``sha256`` is the hex digest of ``text`` in UTF-8.

    ``family`` names its near-copy family: sources with the same value tell the same text
    (wire copy, reprints), and count as one voice.
    """

    id: str
    text: str
    sha256: str
    metadata: Metadata
    family: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source, with its sentences; both kinds of span are offsets into the source's text."""

    id: str
    source_id: str
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that retrieval offers to the judge, with all that judging and proof need.

    ``text`` is the passage as the store has it. ``score`` orders the candidates of one search and means
    nothing beyond it. ``similarity`` is the cosine between query and passage in [-1, 1], which is
    comparable between searches with one embedder.
    """

    passage: Passage
    text: str
    metadata: Metadata
    source_sha256: str
    family: str
    score: float
    similarity: float

    @property
    def sentences(self) -> tuple[str, ...]:
        """The texts of the passage's sentences, in order."""
        return tuple(self.cut(span) for span in self.passage.sentences)

    def cut(self, span: Span) -> str:
        """The text at ``span`` of the source, which must lie within the passage."""
        if not self.passage.span.contains(span):
            raise ValueError(f"{span} lies outside passage {self.passage.id}")
        start = self.passage.span.start
        return self.text[span.start - start : span.end - start]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search may see.

    ``as_of``: nothing published after that day, and nothing undated (it might be later); None sees all.
    ``exclude_families`` and ``exclude_sources`` keep the document under test from being its own evidence.
    """

    as_of: date | None = None
    exclude_families: frozenset[str] = frozenset()
    exclude_sources: frozenset[str] = frozenset()

    def admits(self, source_id: str, family: str, published: PartialDate) -> bool:
        if source_id in self.exclude_sources or (family and family in self.exclude_families):
            return False
        return self.as_of is None or published.by(self.as_of)
