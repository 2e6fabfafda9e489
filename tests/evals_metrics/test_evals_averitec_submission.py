"""A run as a submission to the AVeriTeC shared task."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent.domain import Label, Metadata
from agent.errors import BadInput
from evals.interop.averitec import SPELLING, submission, write_submission
from evals.samples import EvalSet, Sample, SetDocument, SetInfo
from evals.tasks.values import SampleResult

QUESTION, ANSWER = "Was the quay closed in May?", "The port log shows it open on every day of May."
DOCUMENTS = (
    SetDocument("av-1", f"{QUESTION}\n{ANSWER}", Metadata(url="https://port.example/log")),
    SetDocument("web-1", "The quay stayed open. Lorries passed."),
)
SAMPLES = tuple(
    Sample(f"averitec-dev-{number:04}", f"Claim {number}.", Label.CONTRADICTED) for number in (0, 2, 7)
)
SET = EvalSet(SetInfo("averitec", "own", "here"), SAMPLES, DOCUMENTS, "ab12")


def result(place: int, label: Label | None, *evidence: dict[str, Any]) -> SampleResult:
    payload = {"evidence": list(evidence)}
    return SampleResult(
        SAMPLES[place].id, "verdict", prediction=label, failed="" if label else "no answer", payload=payload
    )


def cite(doc_id: str, quote: str, stance: str = "refutes") -> dict[str, Any]:
    return {"doc_id": doc_id, "quote": quote, "stance": stance}


def test_a_claim_has_exactly_the_fields_of_the_format() -> None:
    (claim,) = submission([result(1, Label.CONTRADICTED, cite("av-1", ANSWER))], SET).claims

    assert claim == {
        "claim_id": 2,
        "claim": "Claim 2.",
        "evidence": [
            {
                "question": QUESTION,
                "answer": ANSWER,
                "url": "https://port.example/log",
                "scraped_text": f"{QUESTION}\n{ANSWER}",
            }
        ],
        "pred_label": "Refuted",
    }


def test_every_label_has_their_spelling() -> None:
    assert {label: SPELLING[label] for label in Label} == {
        Label.CORROBORATED: "Supported",
        Label.CONTRADICTED: "Refuted",
        Label.CONFLICTING: "Conflicting Evidence/Cherrypicking",
        Label.NOT_ENOUGH_EVIDENCE: "Not Enough Evidence",
    }


def test_claims_stand_in_the_order_of_the_set_whatever_resolved_first() -> None:
    made = submission([result(2, Label.CONFLICTING), result(0, Label.CORROBORATED)], SET)

    assert [claim["claim_id"] for claim in made.claims] == [0, 7]
    assert made.missing == ("averitec-dev-0002",)


@pytest.mark.parametrize("quote", [f"{QUESTION}\n{ANSWER}", QUESTION])
def test_a_quote_that_holds_the_question_answers_with_what_follows_it(quote: str) -> None:
    (claim,) = submission([result(0, Label.CONTRADICTED, cite("av-1", quote))], SET).claims

    assert claim["evidence"][0]["answer"] == ANSWER


def test_evidence_from_other_documents_answers_the_claim_itself() -> None:
    cited = cite("web-1", "The quay stayed open.")
    (claim,) = submission([result(0, Label.CONTRADICTED, cited, cite("gone", "Lost."))], SET).claims

    assert [each["question"] for each in claim["evidence"]] == ["Is it so that: Claim 0."] * 2
    assert claim["evidence"][0]["scraped_text"] == DOCUMENTS[1].text
    assert claim["evidence"][1] == {
        "question": "Is it so that: Claim 0.",
        "answer": "Lost.",
        "url": "",
        "scraped_text": "",
    }


def test_ten_pieces_of_evidence_at_most_the_deciding_ones_first() -> None:
    idle = [cite("web-1", f"Idle {i}.", "neutral") for i in range(10)]
    (claim,) = submission([result(0, Label.CONTRADICTED, *idle, cite("web-1", "Open."))], SET).claims

    assert len(claim["evidence"]) == 10
    assert claim["evidence"][0]["answer"] == "Open."


def run_folder(folder: Path, results: list[SampleResult], sha256: str = SET.sha256) -> Path:
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"task": "verdict", "set": {"sha256": sha256}}))
    (folder / "samples.jsonl").write_text("".join(each.line() for each in results), encoding="utf-8")
    return folder


def test_a_run_with_failures_is_refused_unless_they_are_to_be_left_out(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", [result(0, None), result(1, Label.CORROBORATED)])
    target = tmp_path / "submission.json"

    with pytest.raises(BadInput, match="1 samples of run failed, which is no label"):
        write_submission(run, SET, target)
    assert not target.exists()

    made = write_submission(run, SET, target, leave_out_failed=True)
    assert made.failed == ("averitec-dev-0000",)
    assert [each["pred_label"] for each in json.loads(target.read_text())] == ["Supported"]


def test_a_run_over_another_set_is_refused(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", [result(0, Label.CORROBORATED)], sha256="other")

    with pytest.raises(BadInput, match="no run over this averitec"):
        write_submission(run, SET, tmp_path / "submission.json")


def test_a_run_without_labels_is_refused() -> None:
    with pytest.raises(BadInput, match="task verdict"):
        submission([result(0, None)], SET)
