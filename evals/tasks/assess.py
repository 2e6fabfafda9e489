"""One claim through the product, with the evidence a run asks for; what several tasks build on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from agent.domain import Assessed, Claim, Document, Evidence, Label, Report, Unassessed, Usage, Verdict
from agent.errors import BudgetSpent, CorroborateError, ModelError, SettingsError
from agent.ports import Library
from agent.settings import SplitSettings
from agent.steps import Tools
from agent.verifier import Verifier
from evals.given import GivenLibrary, gold_candidates
from evals.samples import Sample
from evals.tasks.values import SampleResult, TaskTools


async def assess(sample: Sample, tools: TaskTools, task: str) -> SampleResult:
    """The sample's claim judged once: prediction, proof and usage; ``scores`` where it has a gold label.

    A claim that cannot be judged is ``failed``. Raises BudgetSpent, and SettingsError where none could be.
    """
    try:
        match tools.settings.engine:
            case "majority":
                found = _Found(_majority(tools))
            case "retrieval-only":
                found = await _similar(sample, tools)
            case "llm" if tools.settings.evidence == "none":
                found = await _control(sample, tools)
            case _:
                found = await _verified(sample, tools)
    except (BudgetSpent, SettingsError):
        raise
    except CorroborateError as error:
        usage = error.usage if isinstance(error, ModelError) else Usage()
        found = _Found(failed=str(error), usage=usage)
    return SampleResult(
        id=sample.id,
        task=task,
        gold=sample.label,
        prediction=found.label,
        failed=found.failed,
        payload={"claim": sample.claim, "also_acceptable": list(sample.also_acceptable), **found.payload},
        scores=_scores(sample, found),
        usage=found.usage,
    )


class _Found:
    """A label with its proof, or why there is none."""

    def __init__(
        self,
        label: Label | None = None,
        payload: Mapping[str, Any] | None = None,
        usage: Usage | None = None,
        failed: str = "",
    ) -> None:
        self.label = label
        self.payload = payload or {}
        self.usage = usage or Usage()
        self.failed = failed


def _scores(sample: Sample, found: _Found) -> dict[str, float]:
    if found.label is None or sample.label is None:
        return {}
    right = found.label == sample.label
    scores = {"correct": float(right), "acceptable": float(right or found.label in sample.also_acceptable)}
    if sample.evidence or sample.label is Label.NOT_ENOUGH_EVIDENCE:
        cited = {each["doc_id"] for each in found.payload.get("evidence", ())}
        proved = sample.label is Label.NOT_ENOUGH_EVIDENCE or cited & {e.doc_id for e in sample.evidence}
        scores["joint"] = float(right and bool(proved))
    return scores


# --- the product ---


async def _verified(sample: Sample, tools: TaskTools) -> _Found:
    settings = tools.settings
    steps = Tools(tools.need_engine(), _library(sample, tools), settings.verify, settings.search)
    report = await verify_one(sample, steps)
    (outcome,) = report.outcomes
    if isinstance(outcome, Unassessed):
        return _Found(usage=report.usage, failed=outcome.reason)
    return _Found(outcome.verdict.label, told(outcome, sample, tools), report.usage)


async def verify_one(sample: Sample, steps: Tools) -> Report:
    """The report on the sample's claim alone.

    The document it is said to come from is empty: otherwise a source that states the claim word for word
    would be taken for a copy of the document and kept out of the evidence.
    """
    attribution = (sample.speaker,) if sample.speaker else ()
    claim = Claim(sample.id, sample.claim, sample.kind, (), attribution)
    document = Document(sample.id, "", hashlib.sha256(b"").hexdigest())
    return await Verifier(steps).verify_claims([claim], document, as_of=sample.as_of)


def _library(sample: Sample, tools: TaskTools) -> Library:
    match tools.settings.evidence:
        case "retrieved":
            return tools.need_library()
        case "gold":
            return GivenLibrary(gold_candidates(sample, tools.eval_set, SplitSettings()))
        case "none":
            return GivenLibrary(())


def told(outcome: Assessed, sample: Sample, tools: TaskTools) -> dict[str, Any]:
    """A verdict as plain JSON, with sources by the set's document ids."""
    verdict = outcome.verdict
    gold = {evidence.doc_id for evidence in sample.evidence}
    return {
        "rule": verdict.rule,
        "independent_for": verdict.independent_for,
        "independent_against": verdict.independent_against,
        "confidence": verdict.confidence,
        "ratings": _ratings(verdict),
        "second_look": verdict.second_look,
        "evidence": [_evidence(each, tools.document_of(each.source_id, gold)) for each in verdict.evidence],
        "justification": [
            {"text": each.text, "evidence": list(each.evidence)} for each in verdict.justification
        ],
        "would_settle": verdict.would_settle,
    }


def _ratings(verdict: Verdict) -> dict[str, int] | None:
    given = verdict.ratings
    return None if given is None else {label.value: int(getattr(given, label.value)) for label in Label}


def _evidence(evidence: Evidence, doc_id: str) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "doc_id": doc_id,
        "span": [evidence.span.start, evidence.span.end],
        "quote": evidence.quote,
        "stance": evidence.stance.value,
        "whole": evidence.whole,
        "origin": evidence.origin,
        "outlet": evidence.metadata.outlet,
        "published": str(evidence.metadata.published),
        "remarks": [remark.text for remark in evidence.remarks],
    }


# --- what it is compared with ---


def _majority(tools: TaskTools) -> Label | None:
    """The set's most frequent label, the first of Label's order among equals: what guessing can reach."""
    gold = [sample.label for sample in tools.eval_set.samples]
    return max(Label, key=gold.count)


async def _similar(sample: Sample, tools: TaskTools) -> _Found:
    """Corroborated where the most similar passage reaches the threshold; similarity is no entailment."""
    from agent.domain import Scope
    from agent.ports import Query

    library = tools.need_library()
    (found,) = await library.search([Query((sample.claim,))], Scope(as_of=sample.as_of), 10)
    best = max(found, key=lambda candidate: candidate.similarity, default=None)
    if best is None or best.similarity < tools.settings.threshold:
        return _Found(Label.NOT_ENOUGH_EVIDENCE, {"similarity": best.similarity if best else None})
    gold = {evidence.doc_id for evidence in sample.evidence}
    cited = {"doc_id": tools.document_of(best.passage.source_id, gold), "quote": best.text}
    return _Found(Label.CORROBORATED, {"similarity": best.similarity, "evidence": [cited]})


async def _control(sample: Sample, tools: TaskTools) -> _Found:
    from agent.bootstrap import make_prompt
    from evals.control import STEP, guess

    made = await guess(tools.need_model(), make_prompt(STEP), sample.claim, sample.as_of)
    ratings = {label.value: getattr(made.ratings, label.value) for label in Label}
    return _Found(made.label, {"ratings": ratings}, made.usage)
