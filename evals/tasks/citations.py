"""citations: are the sentences that a verdict cites those that annotators marked?

Cited is what supports or refutes; what is read as neutral is not. Figures as in ``evals.metrics.citations``,
averaged over claims; recall is asked only of claims whose gold label rests on evidence. ``exact`` is the
share of quotes that are, at their offsets, the document's own words: anything but 1 is a fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.domain import Label
from agent.errors import BadInput
from evals.metrics.citations import Cited, Quote, citation_scores, evidence_sets, fever_correct
from evals.metrics.value import Measured
from evals.samples import EvalSet, Sample
from evals.tasks.assess import assess
from evals.tasks.averages import average, averages, share
from evals.tasks.choose import choose
from evals.tasks.pooled import counted, pooled
from evals.tasks.values import SampleResult, TaskTools

SCORES = ("document_precision", "document_recall", "sentence_precision", "sentence_recall")


@dataclass(frozen=True, slots=True)
class Citations:
    """Also ``fever``: label right and, where it needs evidence, a whole group of it cited."""

    name: str = "citations"
    needs_engine: bool = True
    needs_corpus: bool = True

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        if not any(sample.evidence for sample in eval_set.samples):
            raise BadInput(f"no claim of the set {eval_set.info.name} has marked evidence to compare with")
        return choose(eval_set.samples, seed, limit)

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        result = await assess(sample, tools, self.name)
        if result.failed or result.prediction is None:
            return result
        quotes = [each for each in result.payload.get("evidence", ()) if "span" in each]
        cited = _cited(sample, [each for each in quotes if each["stance"] != "neutral"])
        counts = counted(("exact", exact) for exact in _exact(quotes, tools.eval_set))
        scores = {**result.scores, **_scores(sample, result.prediction, cited)}
        return replace(result, payload={**result.payload, "counts": counts}, scores=scores)

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        failed = sum(bool(result.failed) for result in results)
        owing = [result for result in results if "document_recall" in result.scores]
        citing = sum("document_precision" in result.scores for result in owing)
        return {
            **{score: average(results, score) for score in SCORES},
            **averages(results, ("fever", "correct")),
            "exact": pooled(results, "exact", "quotes"),
            "citing": share(citing, len(owing), "claims that rest on evidence"),
            "failed": share(failed, len(results), "samples"),
        }


def _cited(sample: Sample, quotes: Sequence[Mapping[str, Any]]) -> Cited:
    gold = [Quote(each.doc_id, each.quote) for each in sample.evidence]
    citations = tuple(Quote(each["doc_id"], each["quote"]) for each in quotes)
    return Cited(citations, evidence_sets(gold, sample.meta))


def _scores(sample: Sample, label: Label, cited: Cited) -> dict[str, float]:
    scores = citation_scores(cited)
    if sample.label in (None, Label.NOT_ENOUGH_EVIDENCE):
        scores = {name: value for name, value in scores.items() if not name.endswith("_recall")}
    if sample.label is not None and (cited.gold or sample.label is Label.NOT_ENOUGH_EVIDENCE):
        scores["fever"] = float(fever_correct(sample.label.value, label.value, cited))
    return scores


def _exact(quotes: Sequence[Mapping[str, Any]], eval_set: EvalSet) -> list[bool]:
    """Of each quote from a document of the set, whether it is its words."""
    named = {str(each["doc_id"]) for each in quotes}
    texts = {each.doc_id: each.text for each in eval_set.documents if each.doc_id in named}
    return [
        texts[each["doc_id"]][slice(*each["span"])] == each["quote"]
        for each in quotes
        if each["doc_id"] in texts
    ]


TASK = Citations()
