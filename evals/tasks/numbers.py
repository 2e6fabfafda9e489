"""numbers: is a claim whose figure, unit, date, name or negation was changed still called corroborated?

Supported claims are judged against their gold evidence as they are (``kept``) and with one thing changed by
rule (``noticed``: called anything but corroborated). A judge that never corroborates notices everything, so
``told_apart`` looks only at claims it corroborates unchanged, ``noticed_stated`` at changes of what the
evidence has in the same form, where no reckoning is asked for. ``flagged`` counts remarks on a difference,
whether they move the label or not; unchanged claims ought to be ``unflagged``. ``--engine oracle`` reads
the gold evidence as support of everything: what is noticed then is noticed by code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from agent.domain import CheckResult, Label, Verdict
from agent.errors import BadInput
from agent.ports import Engine
from agent.settings import SplitSettings
from evals.given import gold_candidates
from evals.metrics.value import Measured
from evals.oracle import Oracle
from evals.perturb import Kind, changes
from evals.perturb.names import names_of
from evals.samples import EvalSet, Sample
from evals.tasks.averages import average, share
from evals.tasks.choose import choose
from evals.tasks.judged import Judged, judge_given
from evals.tasks.values import SampleResult, TaskTools

SAME = "same"
"""The kind of a claim that was left as it is."""


@dataclass(frozen=True, slots=True)
class Numbers:
    name: str = "numbers"
    needs_engine: bool = True
    needs_corpus: bool = False

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        """Each supported claim with its gold evidence, as it is and once for each kind of change."""
        supported = [s for s in eval_set.samples if s.label is Label.CORROBORATED and s.evidence]
        names = names_of(sample.claim for sample in supported)
        texts = {document.doc_id: document.text for document in eval_set.documents}
        made = [each for sample in supported for each in _variants(sample, texts, names, seed)]
        if not made:
            raise BadInput(f"the set {eval_set.info.name} has no supported claim with evidence to change")
        return choose(made, seed, limit, by=lambda sample: str(sample.meta["kind"]))

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        candidates = gold_candidates(sample, tools.eval_set, SplitSettings())
        judged = await judge_given(sample, candidates, tools, _engine(sample, tools))
        meta = sample.meta
        return SampleResult(
            id=sample.id,
            task=self.name,
            gold=sample.label,
            prediction=judged.label,
            failed=judged.failed,
            payload={
                "claim": sample.claim,
                **{key: meta[key] for key in ("of", "kind", "before", "after", "stated")},
                "rule": judged.outcome.verdict.rule if judged.outcome else None,
            },
            scores=_scores(str(meta["kind"]), judged),
            usage=judged.usage,
        )

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        failed = sum(bool(result.failed) for result in results)
        return {
            "kept": average(results, "kept"),
            "kept_with_failures": average(_unchanged(results), "kept", failures=True),
            "noticed": average(results, "noticed"),
            "noticed_with_failures": average(_changed(results), "noticed", failures=True),
            **{f"noticed/{kind}": average(_changed(results, kind), "noticed") for kind in Kind},
            "noticed_stated": average(_stated(results), "noticed"),
            **{
                f"noticed_stated/{kind}": average(_changed(_stated(results), kind), "noticed")
                for kind in Kind
            },
            "called_corroborated": _corroborated(_changed(results)),
            **{f"called_corroborated/{kind}": _corroborated(_changed(results, kind)) for kind in Kind},
            "unflagged": average(results, "unflagged"),
            "flagged": average(results, "flagged"),
            **{f"flagged/{kind}": average(_changed(results, kind), "flagged") for kind in Kind},
            "told_apart": average(_of_kept(results), "noticed"),
            **{f"told_apart/{kind}": average(_changed(_of_kept(results), kind), "noticed") for kind in Kind},
            "failed": share(failed, len(results), "samples"),
        }


def _variants(sample: Sample, texts: dict[str, str], names: Sequence[str], seed: int) -> Iterator[Sample]:
    meta = {"of": sample.id, "original": sample.claim, "kind": SAME}
    unchanged = {**meta, "before": "", "after": "", "stated": True}
    yield replace(sample, id=f"{sample.id}#{SAME}", meta=unchanged)
    evidence = "\n".join(each.quote or texts.get(each.doc_id, "") for each in sample.evidence)
    for change in changes(sample.claim, evidence, names, f"{seed} {sample.id}"):
        made = {"kind": change.kind.value, "before": change.before, "after": change.after}
        yield replace(
            sample,
            id=f"{sample.id}#{change.kind}",
            claim=change.text,
            label=None,
            meta={**meta, **made, "start": change.start, "stated": change.stated},
        )


def _engine(sample: Sample, tools: TaskTools) -> Engine:
    return Oracle(sample) if tools.settings.engine == "oracle" else tools.need_engine()


def _scores(kind: str, judged: Judged) -> dict[str, float]:
    if judged.outcome is None:
        return {}
    corroborated = judged.label is Label.CORROBORATED
    if kind == SAME:
        return {"kept": float(corroborated), "unflagged": float(not _flagged(judged.outcome.verdict))}
    return {"noticed": float(not corroborated), "flagged": float(_flagged(judged.outcome.verdict))}


def _flagged(verdict: Verdict) -> bool:
    """Whether a reader is told of a difference, be it one that moves the label or not."""
    remarks = (remark for evidence in verdict.evidence for remark in evidence.remarks)
    return any(remark.result is CheckResult.DIFFERS for remark in remarks)


def _unchanged(results: Sequence[SampleResult]) -> list[SampleResult]:
    return _where(results, lambda kind: kind == SAME)


def _changed(results: Sequence[SampleResult], wanted: str = "") -> list[SampleResult]:
    """Those changed at all, or changed in that way."""
    return _where(results, lambda kind: kind == wanted if wanted else kind != SAME)


def _stated(results: Sequence[SampleResult]) -> list[SampleResult]:
    """The changed claims of which the evidence has what was replaced, in the same form."""
    return [result for result in _changed(results) if result.payload["stated"]]


def _where(results: Sequence[SampleResult], holds: Callable[[str], bool]) -> list[SampleResult]:
    return [result for result in results if holds(result.payload["kind"])]


def _of_kept(results: Sequence[SampleResult]) -> list[SampleResult]:
    """The changed claims whose unchanged twin is called corroborated."""
    kept = {result.payload["of"] for result in results if result.scores.get("kept") == 1.0}
    return [result for result in _changed(results) if result.payload["of"] in kept]


def _corroborated(results: Sequence[SampleResult]) -> Measured:
    judged = [result for result in results if not result.failed]
    wrong = sum(result.prediction is Label.CORROBORATED for result in judged)
    return share(wrong, len(judged), "claims changed like that")


TASK = Numbers()
