"""Hybrid search: lexical and dense rankings of every wording, fused, filtered by scope, diversified.

Scope is kept by asking the indexes for more than is needed and filtering, with double the depth until
there is enough: Chroma's own filters gather every matching id first (3 s where the plain query takes
2 ms, at 500,000 vectors). A scope that admits little is searched exactly instead, over its passages
alone. Ranks rest on similarities computed from the store's vectors and rounded, so that neither the
order in which an index was filled nor the machine's arithmetic changes the result.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.corpus.diversity import diversify
from agent.corpus.fusion import fuse
from agent.corpus.holdings import Holdings, View
from agent.corpus.similarity import Similarities, similarities
from agent.domain import Candidate, Scope
from agent.errors import CorpusDamaged, EmbedderUnavailable
from agent.ports import Embedder, Query
from agent.settings import SearchSettings

if TYPE_CHECKING:
    from agent.ports import Vectors

SELECTIVE = 0.05
"""A scope that admits a smaller share of the passages than this is searched exactly."""

_SHORTFALL = 0.9  # an approximate index may miss a few; one that misses more has lost something


@dataclass(frozen=True, slots=True)
class _Offered:
    """What one index offers for each wording, of what the scope admits, and the source of each passage."""

    rankings: list[list[str]]
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Hits:
    """What the indexes offer, by wording: ``lexical`` in rank order, ``dense`` in any."""

    lexical: dict[str, list[str]]
    dense: dict[str, list[str]]
    sources: dict[str, str]
    similarities: Similarities


@dataclass(frozen=True, slots=True)
class Alone:
    """What each index ranks by itself for one query's first wording: passage ids, best first, and
    the source each passage is of. For measuring what fusing them is worth."""

    lexical: tuple[str, ...]
    dense: tuple[str, ...]
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Ranked:
    passage_id: str
    source_id: str
    family: str
    score: float
    similarity: float


class Searcher:
    def __init__(self, holdings: Holdings, embedder: Embedder, settings: SearchSettings) -> None:
        self._holdings = holdings
        self._embedder = embedder
        self._settings = settings

    async def search(self, queries: Sequence[Query], scope: Scope, limit: int) -> list[tuple[Candidate, ...]]:
        """The best passages for each query, best first; all queries share one embedding batch.

        ``Candidate.similarity`` is that of the query's first wording.
        """
        asked = [_wordings(query) for query in queries]
        wordings = list(dict.fromkeys(wording for each in asked for wording in each))
        view = await asyncio.to_thread(self._holdings.view, scope)
        if not wordings or not view.admitted or limit < 1:
            return [() for _ in queries]
        hits = await self._gather(wordings, view)
        chosen = [self._choose(each, hits, view, limit) if each else [] for each in asked]
        return await asyncio.to_thread(self._candidates, chosen)

    async def alone(self, queries: Sequence[Query], scope: Scope) -> list[Alone]:
        """Each index's own ranking, ``depth`` passages of it, for every query."""
        asked = [_wordings(query)[:1] for query in queries]
        wordings = list(dict.fromkeys(wording for each in asked for wording in each))
        view = await asyncio.to_thread(self._holdings.view, scope)
        if not wordings or not view.admitted:
            return [Alone((), (), {}) for _ in queries]
        hits = await self._gather(wordings, view)
        return [_alone(each[0], hits, self._settings.depth) if each else Alone((), (), {}) for each in asked]

    async def _gather(self, wordings: list[str], view: View) -> _Hits:
        vectors = await self._embed(wordings)
        lexical, dense = await asyncio.gather(self._lexical(wordings, view), self._dense(vectors, view))
        return await asyncio.to_thread(self._hits, wordings, vectors, lexical, dense, view)

    async def _embed(self, wordings: list[str]) -> Vectors:
        vectors = await self._embedder.embed(wordings)
        expected = (len(wordings), self._holdings.store.identity.dimension)
        if vectors.shape != expected:
            raise EmbedderUnavailable(
                f"{self._embedder.name} returned vectors of shape {vectors.shape}, not {expected}; "
                "check which model it serves"
            )
        return vectors

    async def _lexical(self, wordings: list[str], view: View) -> _Offered:
        index = await self._holdings.lexical()
        narrow = view.sources if _selective(view) else None

        def ask(places: list[int], depth: int) -> list[list[str]]:
            return [[h.passage_id for h in index.query(wordings[p], depth, narrow)] for p in places]

        async def ask_in_thread(places: list[int], depth: int) -> list[list[str]]:
            return await asyncio.to_thread(ask, places, depth)

        return await self._overfetch(ask_in_thread, len(wordings), view, narrowed=narrow is not None)

    async def _dense(self, vectors: Vectors, view: View) -> _Offered:
        if _selective(view):
            all_of_it = await asyncio.to_thread(self._holdings.narrow, view)
            return _Offered([all_of_it.ids] * len(vectors), all_of_it.sources)
        index = await self._holdings.vectors()

        async def ask(places: list[int], depth: int) -> list[list[str]]:
            found = await index.nearest(vectors[places], depth)
            if any(len(hits) < _SHORTFALL * min(depth, view.total) for hits in found):
                raise CorpusDamaged(
                    "the vector index returns fewer passages than it holds; "
                    "`corroborate corpus check --repair` rebuilds it"
                )
            return [[hit.passage_id for hit in hits] for hits in found]

        return await self._overfetch(ask, len(vectors), view)

    async def _overfetch(
        self,
        ask: Callable[[list[int], int], Awaitable[list[list[str]]]],
        count: int,
        view: View,
        *,
        narrowed: bool = False,
    ) -> _Offered:
        """For each of ``count`` wordings the admitted hits, ``depth`` of them where there are so many."""
        enough = self._settings.depth
        depth = enough if narrowed else _first_depth(enough, view)
        results: list[list[str]] = [[] for _ in range(count)]
        known: dict[str, str] = {}
        waiting = list(range(count))
        while waiting:
            found = dict(zip(waiting, await ask(waiting, depth), strict=True))
            ids = sorted({i for hits in found.values() for i in hits})
            sources = await asyncio.to_thread(self._holdings.store.sources_of, ids)
            for place, hits in found.items():
                results[place] = [i for i in hits if view.admits(sources.get(i))][:enough]
                known |= {i: sources[i] for i in results[place]}
            waiting = [
                place
                for place, hits in found.items()
                if len(results[place]) < enough and len(hits) >= _SHORTFALL * depth and depth < view.total
            ]
            depth = min(view.total, depth * 2)
        return _Offered(results, known)

    def _hits(
        self,
        wordings: list[str],
        vectors: Vectors,
        lexical: _Offered,
        dense: _Offered,
        view: View,
    ) -> _Hits:
        if _selective(view):
            all_of_it = self._holdings.narrow(view)
            ids, matrix, sources = all_of_it.ids, all_of_it.vectors, all_of_it.sources
        else:
            sources = lexical.sources | dense.sources
            ids, matrix = self._holdings.store.vectors(sorted(sources))
        known = set(ids)  # without what another task removed since the indexes answered

        def keep(ranking: list[str]) -> list[str]:
            return [i for i in ranking if i in known]

        return _Hits(
            lexical={w: keep(ranking) for w, ranking in zip(wordings, lexical.rankings, strict=True)},
            dense={w: keep(ranking) for w, ranking in zip(wordings, dense.rankings, strict=True)},
            sources=sources,
            similarities=similarities(wordings, vectors, ids, matrix),
        )

    def _choose(self, wordings: list[str], hits: _Hits, view: View, limit: int) -> list[_Ranked]:
        table, depth = hits.similarities, self._settings.depth
        rankings = [hits.lexical[wording] for wording in wordings]
        rankings += [table.nearest(wording, hits.dense[wording], depth) for wording in wordings]
        ranked = [
            _Ranked(i, hits.sources[i], view.families[hits.sources[i]], score, table.of(wordings[0], i))
            for i, score in fuse(rankings, self._settings.rrf_k).items()
        ]
        ranked.sort(key=lambda r: (-r.score, -r.similarity, r.passage_id))
        return diversify(ranked, limit, source=lambda r: r.source_id, family=lambda r: r.family)

    def _candidates(self, chosen: list[list[_Ranked]]) -> list[tuple[Candidate, ...]]:
        ids = sorted({ranked.passage_id for each in chosen for ranked in each})
        stored = self._holdings.store.stored(ids)

        def candidate(ranked: _Ranked) -> Candidate:
            held = stored[ranked.passage_id]
            return Candidate(
                held.passage,
                held.text,
                held.metadata,
                held.sha256,
                held.family,
                ranked.score,
                ranked.similarity,
            )

        return [tuple(candidate(r) for r in each if r.passage_id in stored) for each in chosen]


def _alone(wording: str, hits: _Hits, depth: int) -> Alone:
    lexical, dense = hits.lexical[wording], hits.similarities.nearest(wording, hits.dense[wording], depth)
    return Alone(tuple(lexical), tuple(dense), {i: hits.sources[i] for i in (*lexical, *dense)})


def _wordings(query: Query) -> list[str]:
    return list(dict.fromkeys(wording.strip() for wording in query.wordings if wording.strip()))


def _first_depth(enough: int, view: View) -> int:
    """How many hits to ask for, that ``enough`` of them be admitted. A quarter more than there would be
    on average: else every other query has to ask again, twice as deep."""
    if view.sources is None:
        return min(view.total, enough + 1)
    return min(view.total, enough * 5 * view.total // (4 * view.admitted) + 1)


def _selective(view: View) -> bool:
    return view.sources is not None and view.admitted < SELECTIVE * view.total
