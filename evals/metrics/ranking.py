"""Rankings against the documents that count as relevant, which is a yes or no.

As trec_eval and BEIR (Thakur et al., 2021) compute them: recall@k divides by all relevant documents; nDCG@k
(Järvelin and Kekäläinen, 2002) has gain 1, discount log2(rank + 1) and the ideal of min(k, relevant) hits;
MRR takes the first hit anywhere in the ranking. Queries without a relevant document take no part. Of a
document ranked twice, the better place counts.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from evals.metrics.interval import mean
from evals.metrics.value import Measured, Refused

RECALL_AT = (5, 10, 100)
NDCG_AT = (10,)


def ranking(
    rankings: Sequence[Sequence[str]],
    relevant: Sequence[Collection[str]],
    recall_ks: Sequence[int] = RECALL_AT,
    ndcg_ks: Sequence[int] = NDCG_AT,
    seed: int = 0,
) -> dict[str, Measured]:
    """``ndcg@10``, ``recall@5`` … and ``mrr`` as means over queries."""
    judged = [
        query_scores(ranked, wanted, recall_ks, ndcg_ks)
        for ranked, wanted in zip(rankings, relevant, strict=True)
        if wanted
    ]
    names = query_scores((), ("",), recall_ks, ndcg_ks)
    if not judged:
        return dict.fromkeys(names, Refused("no query has a relevant document"))
    return {name: mean([each[name] for each in judged], seed) for name in names}


def query_scores(
    ranked: Sequence[str],
    relevant: Collection[str],
    recall_ks: Sequence[int] = RECALL_AT,
    ndcg_ks: Sequence[int] = NDCG_AT,
) -> dict[str, float]:
    """One query's figures, for comparing two runs query by query. ``relevant`` is not empty."""
    ranks = hits(ranked, relevant)
    return {
        **{f"ndcg@{k}": ndcg(ranks, len(set(relevant)), k) for k in ndcg_ks},
        **{f"recall@{k}": recall(ranks, len(set(relevant)), k) for k in recall_ks},
        "mrr": 1 / ranks[0] if ranks else 0.0,
    }


def hits(ranked: Sequence[str], relevant: Collection[str]) -> list[int]:
    """The ranks, from 1, at which relevant documents stand."""
    wanted = frozenset(relevant)
    return [rank for rank, name in enumerate(dict.fromkeys(ranked), start=1) if name in wanted]


def recall(ranks: Sequence[int], relevant: int, k: int) -> float:
    """Raises ValueError where nothing is relevant."""
    _need(relevant)
    return sum(rank <= k for rank in ranks) / relevant


def ndcg(ranks: Sequence[int], relevant: int, k: int) -> float:
    """Raises ValueError where nothing is relevant."""
    _need(relevant)
    ideal = sum(_gain(rank) for rank in range(1, min(k, relevant) + 1))
    return sum(_gain(rank) for rank in ranks if rank <= k) / ideal


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def _need(relevant: int) -> None:
    if relevant < 1:
        raise ValueError("nothing is relevant")
