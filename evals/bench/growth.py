"""How a corpus behaves as it grows: filled, opened and asked in a process of its own for each step.

Measured (200 queries a row, 384 dimensions, two AVX2 cores shared with other work, load 4 to 12), in
milliseconds without embedding the query, for which add 20 at the median:

  passages                10,134          100,119
  ingested a CPU-second      463              236
  p50 / p95             10.8 / 13.2      15.4 / 23.0
  as of, admitting 50 % 13.0 / 22.3      20.7 / 44.8
  as of, admitting 10 % 30.8 / 63.0      62.9 / 140
  as of, admitting 1 %   4.8 / 6.9        6.2 / 7.8
  recall@10                 1.00             1.00
  memory / disk, MB        160 / 55         395 / 500

Of a query at 100,000 a third is Chroma's, a fifth tantivy's and a tenth SQLite's. A million has not been
filled: at this rate it takes more than an hour of processor time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from agent.bootstrap import vector_index
from agent.corpus.corpus import Corpus
from agent.corpus.holdings import LEXICAL, STORE, VECTORS
from agent.corpus.load import Loaded
from agent.corpus.store import Store
from agent.domain import Metadata, PartialDate, Scope
from agent.ports import Query
from evals.bench.clusters import ClusterEmbedder
from evals.bench.machine import folder_mb, percentile, resident_mb
from evals.bench.texts import day_admitting, sources, topic_name

if TYPE_CHECKING:
    from agent.corpus.ingest import Progress

SHARES = (1.0, 0.5, 0.1, 0.01)
"""Of the sources, what the as-of dates asked with admit; 1 is without a date."""

PASSAGES_A_TOPIC = 200
LIMIT = 10
_WARM = 10
_BLOCK = 20_000  # vectors in memory at once when searching exactly
Tell = Callable[[str, int, int], None]
"""Called with what is going on, how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``passages`` to fill, at least; ``queries`` to ask with each as-of date."""

    passages: int
    dimension: int
    queries: int
    seed: int

    @property
    def topics(self) -> int:
        return max(5, self.passages // PASSAGES_A_TOPIC)


async def fill(folder: Path, plan: Plan, tell: Tell) -> dict[str, float]:
    """Takes made-up sources in until there are so many passages; what is there already counts."""
    begun = time.perf_counter(), time.process_time()
    async with await _open(folder, plan, create=True) as corpus:
        before = (await corpus.state()).passages
        found = before

        def note(progress: Progress) -> None:
            nonlocal found
            found = before + progress.found
            tell(f"filling {plan.passages:,}", found, plan.passages)

        if before < plan.passages:
            await corpus.ingest(_items(plan, lambda: found >= plan.passages), note)
        state = await corpus.state()
    wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
    new = state.passages - before
    return {
        "passages": state.passages,
        "sources": state.sources,
        **(_rates(new, wall, cpu) if new else {}),
        "store_mb": sum(folder_mb_of(folder, STORE)),
        "lexical_mb": folder_mb(folder / LEXICAL),
        "vectors_mb": folder_mb(folder / VECTORS),
    }


def _rates(new: int, wall: float, cpu: float) -> dict[str, float]:
    rates = {"ingest_s": wall, "ingest_per_s": new / wall, "ingest_per_cpu_s": new / cpu}
    return {**rates, "fill_rss_mb": resident_mb()}


def folder_mb_of(folder: Path, name: str) -> Iterator[float]:
    return (path.stat().st_size / 1024**2 for path in folder.glob(f"{name}*"))


def _items(plan: Plan, done: Callable[[], bool]) -> Iterator[Loaded]:
    for number, source in zip(count(), sources(plan.seed, plan.topics), strict=False):
        if done():
            return
        published = PartialDate.parse(source.published.isoformat())
        yield Loaded(f"made-{number:07}.txt", source.text, Metadata(title="", published=published))


async def ask(folder: Path, plan: Plan, tell: Tell) -> dict[str, float]:
    """Times of single searches, warm, one after the other, in milliseconds; and of adding a document."""
    texts = asked(folder, plan)
    found: dict[str, float] = {}
    begun = time.perf_counter()
    async with await _open(folder, plan) as corpus:
        await corpus.search([Query((texts[0],))], Scope(), LIMIT)
        found["first_query_ms"] = (time.perf_counter() - begun) * 1000
        for share in SHARES:
            scope = Scope(as_of=day_admitting(share))
            times = await _times(corpus, texts, scope, partial(_tell_asked, tell, share, len(texts)))
            for name, value in (("p50", 0.5), ("p95", 0.95)):
                found[f"{name}_ms@{share:g}"] = percentile(times, value)
        found["rss_mb"] = resident_mb()
        found["recall@10"] = await _recall(corpus, folder, plan, texts, tell)
    found.update(await _adding(folder, plan))
    return found


def _tell_asked(tell: Tell, share: float, count: int, done: int) -> None:
    tell(f"asking, as-of date admitting {share:.0%}", done, count)


async def _times(
    corpus: Corpus, texts: Sequence[str], scope: Scope, tell: Callable[[int], None]
) -> list[float]:
    for text in texts[:_WARM]:
        await corpus.search([Query((text,))], scope, LIMIT)
    times = []
    for number, text in enumerate(texts, start=1):
        begun = time.perf_counter()
        await corpus.search([Query((text,))], scope, LIMIT)
        times.append((time.perf_counter() - begun) * 1000)
        tell(number)
    return times


def asked(folder: Path, plan: Plan) -> list[str]:
    """Claims: most of the words of a passage's sentence, in their order, after the topic's name."""
    import numpy as np

    random = np.random.default_rng(plan.seed + 1)
    store = Store.open(folder / STORE)
    try:
        ids = store.passage_ids()
        drawn = [ids[int(place)] for place in random.integers(len(ids), size=plan.queries)]
        texts = {i: held.text for i, held in store.stored(sorted(set(drawn))).items()}
    finally:
        store.close()
    claims = []
    for passage_id in drawn:
        words = texts[passage_id].split(". ")[0].rstrip(".").split()
        kept = [word for word in words[1:] if random.random() < 0.7]
        claims.append(" ".join([words[0], *kept]))
    return claims


async def _recall(corpus: Corpus, folder: Path, plan: Plan, texts: Sequence[str], tell: Tell) -> float:
    """Of the ten nearest passages, the share that the vector index finds when asked for ten."""
    import numpy as np

    alone = await corpus.search_alone([Query((text,)) for text in texts], Scope(), LIMIT)
    queries = await ClusterEmbedder(plan.dimension).embed(texts)
    best: list[list[tuple[float, str]]] = [[] for _ in texts]
    store = Store.open(folder / STORE)
    try:
        ids = store.passage_ids()
        for start in range(0, len(ids), _BLOCK):
            block, vectors = store.vectors(ids[start : start + _BLOCK])
            near = queries @ vectors.T
            places = np.argsort(-near, axis=1)[:, :LIMIT]
            for row, top in enumerate(places):
                rest = [(float(near[row, place]), block[place]) for place in top]
                best[row] = sorted(best[row] + rest, reverse=True)[:LIMIT]
            tell("searching exactly", start + len(block), len(ids))
    finally:
        store.close()
    shares = [
        len({i for _, i in exact} & set(found.dense)) / len(exact)
        for exact, found in zip(best, alone, strict=True)
    ]
    return sum(shares) / len(shares)


async def _adding(folder: Path, plan: Plan) -> dict[str, float]:
    """Seconds to open for writing and add a document, and to add another one then."""
    texts = [f"{topic_name(0)} {word} was added." for word in ("first", "second")]
    times = []
    begun = time.perf_counter()
    async with await _open(folder, plan, write=True) as corpus:
        for text in texts:
            await corpus.ingest([Loaded(f"{text}.txt", text, Metadata())])
            times.append(time.perf_counter() - begun)
            begun = time.perf_counter()
        for text in texts:
            (found,) = [s.id for s in await corpus.sources() if f"{text}.txt" in s.names]
            await corpus.remove(found)  # a corpus that is kept stays as it was
    return {"open_and_add_s": times[0], "add_s": times[1]}


async def _open(folder: Path, plan: Plan, *, create: bool = False, write: bool = False) -> Corpus:
    embedder = ClusterEmbedder(plan.dimension)
    return await Corpus.open(folder, embedder, vector_index, create=create, write=write)


def fill_blocking(folder: Path, plan: Plan, tell: Tell) -> dict[str, float]:
    return asyncio.run(fill(folder, plan, tell))


def ask_blocking(folder: Path, plan: Plan, tell: Tell) -> dict[str, float]:
    return asyncio.run(ask(folder, plan, tell))
