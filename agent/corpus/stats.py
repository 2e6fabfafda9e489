"""A corpus in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from agent.corpus.reads import StoreReader


@dataclass(frozen=True, slots=True)
class Stats:
    """``families`` counts texts that are not near-copies of one another. ``outlets`` and ``languages``
    are (value, sources), the most frequent first; an empty value means: not stated. ``earliest`` and
    ``latest`` are ISO dates of the precision known, empty when no source is dated."""

    sources: int
    names: int
    families: int
    passages: int
    characters: int
    undated: int
    earliest: str
    latest: str
    outlets: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    embedder: str
    dimension: int


def stats(store: StoreReader) -> Stats:
    """Blocking."""
    listed = store.listed()
    dated = [source.metadata.published for source in listed if source.metadata.published.known]
    return Stats(
        sources=len(listed),
        names=sum(len(source.names) for source in listed),
        families=len({source.family for source in listed}),
        passages=sum(source.passages for source in listed),
        characters=sum(source.characters for source in listed),
        undated=len(listed) - len(dated),
        earliest=str(min(dated, key=lambda day: day.earliest, default="")),
        latest=str(max(dated, key=lambda day: day.latest, default="")),
        outlets=_counted(source.metadata.outlet for source in listed),
        languages=_counted(source.metadata.language for source in listed),
        embedder=store.identity.embedder,
        dimension=store.identity.dimension,
    )


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))
