"""One claim is judged as the product judges it, with the evidence the run asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from doubles import ScriptedModel
from harbour_set import Believer

from agent.domain import Label, Ratings
from agent.errors import ModelUnavailable
from agent.settings import SplitSettings
from evals.control import top_label
from evals.given import GivenLibrary, gold_candidates
from evals.samples import EvalSet, Sample
from evals.sets import load_set
from evals.tasks import TASKS, task
from evals.tasks.assess import assess
from evals.tasks.values import TaskSettings, TaskTools
from evals.tasks.verdict import TASK as VERDICT

NEI = Label.NOT_ENOUGH_EVIDENCE
SPLIT = SplitSettings()


@pytest.fixture
def harbour(data: Path) -> EvalSet:
    return load_set("harbour", data)


def tools_for(harbour: EvalSet, **settings: object) -> TaskTools:
    return TaskTools(harbour, TaskSettings(**settings), engine=Believer())  # type: ignore[arg-type]


async def test_gold_evidence_is_shown_and_nothing_else(harbour: EvalSet):
    tools = tools_for(harbour, evidence="gold")
    result = await assess(harbour.samples[0], tools, "verdict")
    assert isinstance(tools.engine, Believer)
    (case,) = tools.engine.shown
    assert [candidate.passage.source_id for candidate in case.candidates] == ["ferry"]
    assert (result.prediction, result.failed) == (Label.CORROBORATED, "")
    assert result.payload["evidence"][0]["quote"] == "The Velm ferry sank in May 2019."
    assert result.scores == {"correct": 1.0, "acceptable": 1.0, "joint": 1.0}
    assert result.usage.calls == {"judge": 1}


async def test_a_wrong_label_scores_nothing_and_its_proof_does_not_help(harbour: EvalSet):
    result = await assess(harbour.samples[1], tools_for(harbour, evidence="gold"), "verdict")
    assert result.scores == {"correct": 0.0, "acceptable": 0.0, "joint": 0.0}
    assert result.prediction is not None
    lenient = replace(harbour.samples[1], also_acceptable=(result.prediction,))
    result = await assess(lenient, tools_for(harbour, evidence="gold"), "verdict")
    assert result.scores["acceptable"] == 1.0


async def test_a_right_label_on_the_wrong_document_is_not_joint(harbour: EvalSet):
    library = GivenLibrary(gold_candidates(harbour.samples[3], harbour, SPLIT))
    tools = replace(tools_for(harbour), library=library)
    result = await assess(harbour.samples[0], tools, "verdict")
    assert (result.scores["correct"], result.scores["joint"]) == (1.0, 0.0)


async def test_without_evidence_no_engine_is_asked(harbour: EvalSet):
    tools = tools_for(harbour, evidence="none")
    result = await assess(harbour.samples[0], tools, "verdict")
    assert isinstance(tools.engine, Believer)
    assert (result.prediction, tools.engine.shown) == (NEI, [])


async def test_the_control_shows_a_model_the_claim_and_no_passage(harbour: EvalSet):
    ratings = {"corroborated": 2, "contradicted": 5, "conflicting": 1, "not_enough_evidence": 3}
    model = ScriptedModel(control={"ratings": ratings})
    tools = replace(tools_for(harbour, engine="llm", evidence="none"), model=model)
    result = await assess(harbour.samples[0], tools, "verdict")
    assert result.prediction is Label.CONTRADICTED
    (request,) = model.requests
    said = "\n".join(message.content for message in request.messages)
    assert "The Velm ferry sank." in said
    assert "May 2019" not in said


def test_a_control_that_cannot_tell_does_not_guess():
    assert top_label(Ratings(4, 4, 1, 1)) is NEI
    assert top_label(Ratings(1, 1, 4, 1)) is Label.CONFLICTING


async def test_a_model_that_fails_makes_no_label(harbour: EvalSet):
    model = ScriptedModel(control=ModelUnavailable("no answer after 3 tries"))
    tools = replace(tools_for(harbour, engine="llm", evidence="none"), model=model)
    results = [await assess(sample, tools, "verdict") for sample in harbour.samples]
    assert {result.prediction for result in results} == {None}
    assert {result.failed for result in results} == {"no answer after 3 tries"}
    metrics = VERDICT.metrics(results, harbour)
    assert metrics["accuracy_with_failures"].to_json()["value"] == 0.0
    assert "refused" in metrics["accuracy"].to_json()


async def test_the_majority_label_is_the_sets_most_frequent(harbour: EvalSet):
    result = await assess(harbour.samples[2], tools_for(harbour, engine="majority"), "verdict")
    assert result.prediction is Label.CORROBORATED


@pytest.mark.parametrize(("threshold", "label"), [(0.99, Label.CORROBORATED), (1.01, NEI)])
async def test_similarity_alone_corroborates_from_its_threshold(
    harbour: EvalSet, threshold: float, label: Label
):
    library = GivenLibrary(gold_candidates(harbour.samples[0], harbour, SPLIT))
    tools = replace(tools_for(harbour, engine="retrieval-only", threshold=threshold), library=library)
    result = await assess(harbour.samples[0], tools, "verdict")
    assert result.prediction is label


def test_gold_passages_are_those_that_hold_the_marked_words(data: Path):
    harbour = load_set("harbour", data)
    long = replace(harbour.documents[0], text="\n\n".join(f"Ship {n} left. " * 30 for n in range(9)))
    harbour = replace(harbour, documents=(long, *harbour.documents[1:]))
    marked = replace(harbour.samples[0].evidence[0], quote="Ship 7 left.")
    sample = Sample("q", "Ship 7 left.", Label.CORROBORATED, evidence=(marked,))
    found = gold_candidates(sample, harbour, SPLIT)
    assert found
    assert all("Ship 7 left." in candidate.text for candidate in found)
    everything = gold_candidates(replace(sample, evidence=(replace(marked, quote=""),)), harbour, SPLIT)
    assert len(everything) > len(found)
    for candidate in everything:
        assert candidate.passage.span.cut(long.text) == candidate.text


async def test_stability_counts_the_rewordings_that_move_the_label(harbour: EvalSet):
    class Wavering(Believer):
        async def judge(self, cases, as_of):  # type: ignore[no-untyped-def]
            judged = await super().judge(cases, as_of)
            if "It is the case" in cases[0].claim.text:
                return replace(judged, judgements=tuple(replace(j, findings=()) for j in judged.judgements))
            return judged

    stability = task("stability")
    tools = replace(tools_for(harbour, evidence="gold"), engine=Wavering())
    sample = replace(harbour.samples[0], claim="The Velm ferry sank in May 2019.")
    result = await stability.run(sample, tools)
    assert {each["by"] for each in result.payload["rewordings"]} == {"order", "frame"}
    assert result.scores == {
        "moved": 0.5,
        "moved_any": 1.0,
        "again": 0.0,
        "moved/order": 0.0,
        "moved/frame": 1.0,
    }
    assert stability.metrics([result], harbour)["moved_any"].to_json()["value"] == 1.0


async def test_cost_is_a_mean_per_claim_and_refused_without_a_price(harbour: EvalSet):
    cost, tools = task("cost"), tools_for(harbour, evidence="gold")
    results = [await cost.run(sample, tools) for sample in harbour.samples]
    metrics = cost.metrics(results, harbour)
    assert metrics["calls/judge"].to_json()["value"] == 0.75  # a claim without passages costs no call
    assert metrics["cost/mean"].to_json()["value"] == 0.375
    unpriced = [replace(result, usage=replace(result.usage, cost=None)) for result in results]
    assert "price" in str(cost.metrics(unpriced, harbour)["cost/mean"].to_json()["refused"])


@pytest.mark.parametrize("name", TASKS)
def test_every_task_can_be_had_by_its_name(name: str):
    pytest.importorskip(f"evals.tasks.{name}")
    assert task(name).name == name
