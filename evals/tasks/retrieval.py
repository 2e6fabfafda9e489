"""retrieval: does search find the documents that decide a claim, beside BM25 alone and vectors alone?

Documents are ranked by their best passage, and judged as ``evals.metrics.ranking`` says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from agent.domain import Scope
from agent.errors import BadInput, CorroborateError
from agent.ports import Query
from evals.metrics.ranking import query_scores
from evals.metrics.value import Measured
from evals.samples import EvalSet, Sample
from evals.tasks.averages import averages
from evals.tasks.choose import choose
from evals.tasks.values import SampleResult, TaskTools

if TYPE_CHECKING:
    from agent.corpus.corpus import Corpus

DEPTH = 400
"""Passages asked of one index, so that a hundred documents come of them."""
KEPT = 100
SYSTEMS = ("fused", "bm25", "dense")
SCORES = ("ndcg@10", "recall@5", "recall@10", "recall@100", "mrr")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Scores of the product's own search go by their names, those of one index as ``bm25/ndcg@10``."""

    name: str = "retrieval"
    needs_engine: bool = False
    needs_corpus: bool = True

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        if eval_set.info.gold_by_default:
            raise BadInput(f"retrieval is not scored on {eval_set.info.name}: {eval_set.info.note}")
        judged = [sample for sample in eval_set.samples if sample.gold_documents]
        if not judged:
            raise BadInput(f"no claim of the set {eval_set.info.name} names the documents that decide it")
        return choose(judged, seed, limit)

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        try:
            rankings = await _rankings(sample, tools)
        except CorroborateError as error:
            return SampleResult(sample.id, self.name, failed=str(error))
        wanted = _wanted(sample, tools)
        scores = {
            f"{'' if system == 'fused' else system + '/'}{name}": value
            for system in SYSTEMS
            for name, value in query_scores(rankings[system], wanted).items()
        }
        gold = frozenset(sample.gold_documents)
        named = {
            system: [tools.document_of(source, gold) for source in ranking[:KEPT]]
            for system, ranking in rankings.items()
        }
        payload = {"claim": sample.claim, "relevant": list(sample.gold_documents), **named}
        return SampleResult(sample.id, self.name, payload=payload, scores=scores)

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        names = [f"{prefix}{score}" for prefix in ("", "bm25/", "dense/") for score in SCORES]
        found = averages(results, names)
        if not any(result.failed for result in results):
            found = {name: found[name] for name in names}
        return found


async def _rankings(sample: Sample, tools: TaskTools) -> dict[str, list[str]]:
    """Source ids by their best passage, for the product's search and for each index by itself."""
    corpus = cast("Corpus", tools.need_library())
    queries, scope = [Query((sample.claim,))], Scope(as_of=sample.as_of)
    (found,) = await corpus.search(queries, scope, DEPTH)
    (alone,) = await corpus.search_alone(queries, scope, DEPTH)
    return {
        "fused": list(dict.fromkeys(candidate.passage.source_id for candidate in found)),
        "bm25": list(dict.fromkeys(alone.sources[i] for i in alone.lexical)),
        "dense": list(dict.fromkeys(alone.sources[i] for i in alone.dense)),
    }


def _wanted(sample: Sample, tools: TaskTools) -> frozenset[str]:
    """The sources that the gold documents are; a document the corpus does not have stays, and is missed."""
    by_name: Mapping[str, str] = {name: source for source, names in tools.doc_ids.items() for name in names}
    return frozenset(by_name.get(doc_id, doc_id) for doc_id in sample.gold_documents)


TASK = Retrieval()
