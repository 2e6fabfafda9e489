"""A run as a submission to the AVeriTeC shared task: a JSON list, a claim an object.

    {"claim_id": 2, "claim": "…", "pred_label": "Refuted",
     "evidence": [{"question": "…", "answer": "…", "url": "…", "scraped_text": "…"}, …]}

The task's evaluator pairs predictions with references by their place, wants one for each claim of the
release, and reads the first ten pieces of evidence (Schlichtkrull et al., NeurIPS 2023, and the FEVER 2024
baseline). Corroborate cites sentences and asks no questions: for evidence from the set's own documents,
which are annotated answers, the question is the annotators'; such a run shows how the judge does over a
closed corpus and is no match for a leaderboard's search of the web. Elsewhere the question is the claim.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.domain import Label, Stance
from agent.errors import BadInput
from evals.journal import RUN, read_json, read_results
from evals.samples import EvalSet, Sample, SetDocument
from evals.tasks.values import SampleResult

SPELLING = {
    Label.CORROBORATED: "Supported",
    Label.CONTRADICTED: "Refuted",
    Label.CONFLICTING: "Conflicting Evidence/Cherrypicking",
    Label.NOT_ENOUGH_EVIDENCE: "Not Enough Evidence",
}
MOST_EVIDENCE = 10
_ID = re.compile(r"averitec-\w+-(\d+)")


@dataclass(frozen=True, slots=True)
class Submission:
    """``claims`` in the set's order; ``failed`` and ``missing`` name samples that are not among them."""

    claims: tuple[dict[str, Any], ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]


def write_submission(run: Path, eval_set: EvalSet, to: Path, *, leave_out_failed: bool = False) -> Submission:
    """Write the run in folder ``run`` as a submission to the file ``to``.

    Raises BadInput for a run of another set or without labels, and, unless they are to be left out, for
    failed samples: a failure is no label.
    """
    told = read_json(run / RUN).get("set") or {}
    if told.get("sha256") != eval_set.sha256:
        raise BadInput(f"{run.name} is no run over this {eval_set.info.name} (its digest differs)")
    made = submission(read_results(run), eval_set)
    if made.failed and not leave_out_failed:
        raise BadInput(
            f"{len(made.failed)} samples of {run.name} failed, which is no label; run it again with "
            "--retry-failed, or leave them out"
        )
    to.write_text(json.dumps(made.claims, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return made


def submission(results: Sequence[SampleResult], eval_set: EvalSet) -> Submission:
    """Raises BadInput where no result has a label."""
    by_id = {result.id: result for result in results}
    documents = {document.doc_id: document for document in eval_set.documents}
    places = [(place, each) for place, each in enumerate(eval_set.samples) if each.id in by_id]
    claims = tuple(
        _claim(place, sample, label, by_id[sample.id], documents)
        for place, sample in places
        if (label := by_id[sample.id].prediction) is not None
    )
    if not claims:
        raise BadInput("no sample of this run has a label; a submission is made of a run of the task verdict")
    return Submission(
        claims=claims,
        failed=tuple(sample.id for _, sample in places if by_id[sample.id].failed),
        missing=tuple(sample.id for sample in eval_set.samples if sample.id not in by_id),
    )


def _claim(
    place: int, sample: Sample, label: Label, result: SampleResult, documents: Mapping[str, SetDocument]
) -> dict[str, Any]:
    numbered = _ID.fullmatch(sample.id)
    cited = sorted(result.payload.get("evidence") or (), key=_decides_nothing)[:MOST_EVIDENCE]
    return {
        "claim_id": int(numbered[1]) if numbered else place,
        "claim": sample.claim,
        "evidence": [_evidence(sample, each, documents.get(each["doc_id"])) for each in cited],
        "pred_label": SPELLING[label],
    }


def _decides_nothing(cited: Mapping[str, Any]) -> bool:
    return cited.get("stance") == Stance.NEUTRAL


def _evidence(sample: Sample, cited: Mapping[str, Any], document: SetDocument | None) -> dict[str, str]:
    text = "" if document is None else document.text
    question, answer = _question(text), str(cited.get("quote", ""))
    if question:  # a quote may begin with the question it answers
        answer = answer.removeprefix(question).strip() or text.removeprefix(question).strip()
    return {
        "question": question or f"Is it so that: {sample.claim}",
        "answer": answer,
        "url": "" if document is None else document.metadata.url,
        "scraped_text": text,
    }


def _question(text: str) -> str:
    """The question that a document of AVeriTeC answers: its first line, where another follows."""
    first, _, rest = text.partition("\n")
    return first.strip() if first.strip().endswith("?") and rest.strip() else ""
