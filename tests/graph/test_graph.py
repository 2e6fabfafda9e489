"""The graph with scripted ports: what a run promises whatever the engine and the corpus are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from doubles import candidate
from graph.scripted import ScriptedEngine, ScriptedLibrary, claim, silent, supported

from agent.bootstrap import open_runs
from agent.domain import (
    Assessed,
    Candidate,
    Claim,
    ClaimKind,
    Document,
    Judgement,
    Label,
    Metadata,
    PartialDate,
    Report,
    Stance,
    Unassessed,
)
from agent.errors import BudgetSpent, ModelUnavailable
from agent.ports import Case
from agent.settings import VerifySettings
from agent.steps import Progress, Tools, judge
from agent.steps.values import Failed, Look
from agent.verifier import Verifier, _given

DOCUMENT = Document("article.txt", "The buses of Velm were late all week. Nobody knows why.", "digest-of-it")


def verifier(engine: ScriptedEngine, library: ScriptedLibrary | None = None, **verify: object) -> Verifier:
    settings = replace(VerifySettings(), **verify)
    return Verifier(Tools(engine=engine, library=library or ScriptedLibrary(), verify=settings))


def labels(report: Report) -> list[str]:
    return [o.verdict.label.value if isinstance(o, Assessed) else "unassessed" for o in report.outcomes]


async def test_every_claim_gets_an_outcome_in_the_documents_order():
    report = await verifier(ScriptedEngine([claim(n) for n in range(1, 8)])).verify(DOCUMENT)
    assert [outcome.claim.id for outcome in report.outcomes] == [f"c{n}" for n in range(1, 8)]
    assert set(labels(report)) == {"corroborated"}


async def test_a_claim_that_fails_is_unassessed_and_the_others_finish():
    def answer(claim: Claim, candidates: Sequence[Candidate]) -> Judgement | Exception:
        return ModelUnavailable("no answer in 300 s") if claim.id == "c2" else supported(claim, candidates)

    report = await verifier(ScriptedEngine([claim(n) for n in range(1, 5)], answer)).verify(DOCUMENT)
    assert labels(report) == ["corroborated", "unassessed", "corroborated", "corroborated"]
    assert report.outcomes[1] == Unassessed(claim(2), "no answer in 300 s")


async def test_a_fault_in_our_own_code_is_confined_to_its_claim_and_says_so():
    def answer(claim: Claim, candidates: Sequence[Candidate]) -> Judgement | Exception:
        return KeyError("sentences") if claim.id == "c1" else supported(claim, candidates)

    report = await verifier(ScriptedEngine([claim(1), claim(2)], answer)).verify(DOCUMENT)
    assert labels(report) == ["unassessed", "corroborated"]
    assert "fault in corroborate" in report.outcomes[0].reason


async def test_a_judgement_that_points_nowhere_leaves_its_claim_unassessed():
    def answer(claim: Claim, candidates: Sequence[Candidate]) -> Judgement:
        judgement = supported(claim, candidates)
        return replace(judgement, findings=(replace(judgement.findings[0], passage_id="elsewhere"),))

    report = await verifier(ScriptedEngine([claim(1)], answer)).verify(DOCUMENT)
    assert labels(report) == ["unassessed"]


async def test_nothing_found_is_not_covered_and_costs_no_call():
    engine = ScriptedEngine([claim(1)])
    report = await verifier(engine, ScriptedLibrary(lambda wording: [])).verify(DOCUMENT)
    assert labels(report) == ["not_enough_evidence"]
    assert engine.judged == []
    assert report.usage.calls == {"extract": 1}


async def test_a_document_without_claims_gives_an_empty_ledger():
    report = await verifier(ScriptedEngine([])).verify(DOCUMENT)
    assert report.outcomes == ()


async def test_the_search_is_held_to_the_day_and_leaves_the_document_out():
    library = ScriptedLibrary()
    report = await verifier(ScriptedEngine([claim(1)]), library).verify(DOCUMENT, as_of=date(2025, 2, 2))
    assert {scope.as_of for scope in library.scopes} == {date(2025, 2, 2)}
    assert all("the-document-itself" in scope.exclude_sources for scope in library.scopes)
    assert report.provenance.undated_excluded == 2


async def test_a_second_look_searches_again_and_can_change_the_verdict():
    def find(wording: str) -> Sequence[Candidate]:
        late = candidate("p2", "The number 1 bus was late that day.")
        return [late] if wording == "timetable of that day" else [candidate("p1", "Buses run in Velm.")]

    def answer(claim: Claim, candidates: Sequence[Candidate]) -> Judgement:
        known = {candidate.passage.id for candidate in candidates}
        return supported(claim, candidates[-1:]) if "p2" in known else silent(claim, candidates)

    report = await verifier(ScriptedEngine([claim(1)], answer), ScriptedLibrary(find)).verify(DOCUMENT)
    assert labels(report) == ["corroborated"]
    assert report.outcomes[0].verdict.second_look
    assert report.usage.calls == {"extract": 1, "judge": 2}


async def test_second_looks_stay_within_their_share_and_go_to_the_first_claims():
    engine = ScriptedEngine([claim(n) for n in range(1, 13)], silent)
    library = ScriptedLibrary(lambda wording: [candidate(f"p-{wording}", "Buses run in Velm.")])
    report = await verifier(engine, library).verify(DOCUMENT)
    assert report.usage.calls["judge"] == 12 + 3
    assert [o.claim.id for o in report.outcomes if o.verdict.second_look] == ["c1", "c2", "c3"]


async def test_a_second_search_that_finds_nothing_new_costs_no_call():
    engine = ScriptedEngine([claim(1)], silent)
    report = await verifier(engine).verify(DOCUMENT)
    assert report.usage.calls["judge"] == 1
    assert labels(report) == ["not_enough_evidence"]


async def test_a_failed_second_look_leaves_the_first_verdict_standing():
    def answer(claim: Claim, candidates: Sequence[Candidate]) -> Judgement | Exception:
        return ModelUnavailable("gone") if engine.shown["c1"][1:] else silent(claim, candidates)

    engine = ScriptedEngine([claim(1)], answer)
    library = ScriptedLibrary(lambda wording: [candidate(f"p-{wording}", "Buses run in Velm.")])
    report = await verifier(engine, library).verify(DOCUMENT)
    assert labels(report) == ["not_enough_evidence"]


async def test_second_looks_can_be_switched_off():
    engine = ScriptedEngine([claim(1)], silent)
    library = ScriptedLibrary(lambda wording: [candidate(f"p-{wording}", "Buses run in Velm.")])
    report = await verifier(engine, library, second_look=False).verify(DOCUMENT)
    assert report.usage.calls["judge"] == 1


async def test_watchers_hear_of_each_claim_once_when_it_is_settled():
    heard: list[Progress] = []
    engine = ScriptedEngine([claim(n) for n in range(1, 6)], silent)
    await verifier(engine).verify(DOCUMENT, watch=heard.append)
    settled = [progress.outcome.claim.id for progress in heard if progress.outcome is not None]
    assert sorted(settled) == ["c1", "c2", "c3", "c4", "c5"]


async def test_given_claims_are_judged_without_reading_the_document():
    engine = ScriptedEngine([])
    report = await verifier(engine).verify_claims([claim(1), claim(2)], DOCUMENT)
    assert labels(report) == ["corroborated", "corroborated"]
    assert engine.extractions == 0


async def test_a_group_that_fails_as_a_whole_is_tried_again_claim_by_claim():
    def answer(claim: Claim, candidates: Sequence[Candidate]) -> Judgement | Exception:
        if len(engine.judged) == 1 or claim.id == "c2":
            return ModelUnavailable("too much at once")
        return supported(claim, candidates)

    engine = ScriptedEngine([], answer)
    cases = tuple(Case(claim(n), (candidate("p1", "The bus was late."),)) for n in (1, 2, 3))
    reading = await judge(Look(cases, scope=(await ScriptedLibrary().copies_of(DOCUMENT))), tools(engine))
    assert engine.judged == [("c1", "c2", "c3"), ("c1",), ("c2",), ("c3",)]
    assert [isinstance(one, Failed) for one in reading.cases] == [False, True, False]


async def test_a_spent_budget_is_not_tried_again_claim_by_claim():
    engine = ScriptedEngine([], lambda claim, candidates: BudgetSpent("10 requests are spent"))
    cases = tuple(Case(claim(n), (candidate("p1", "The bus was late."),)) for n in (1, 2, 3))
    reading = await judge(Look(cases, scope=(await ScriptedLibrary().copies_of(DOCUMENT))), tools(engine))
    assert len(engine.judged) == 1
    assert reading.cases == (Failed("10 requests are spent"),) * 3


def tools(engine: ScriptedEngine) -> Tools:
    return Tools(engine=engine, library=ScriptedLibrary())


class Killed(BaseException):
    """What no node may catch: stands for the process' end."""


async def test_a_killed_run_goes_on_where_it_was(tmp_path: Path):
    claims = [claim(n) for n in range(1, 6)]
    undisturbed = await verifier(ScriptedEngine(claims)).verify(DOCUMENT)

    class DiesAtTheThird(ScriptedEngine):
        async def judge(self, cases, as_of):
            if len(self.judged) == 2:
                await asyncio.sleep(0.5)  # the first two are settled and written meanwhile
                raise Killed
            return await super().judge(cases, as_of)

    first = DiesAtTheThird(claims)
    second = ScriptedEngine(claims)
    async with open_runs(tmp_path / "runs.sqlite") as runs:
        with pytest.raises(Killed):
            await Verifier(Tools(first, ScriptedLibrary()), runs).verify(DOCUMENT)
    async with open_runs(tmp_path / "runs.sqlite") as runs:
        resumed = Verifier(Tools(second, ScriptedLibrary()), runs)
        assert await resumed.can_resume(DOCUMENT)
        report = await resumed.verify(DOCUMENT, resume=True)
        assert not await resumed.can_resume(DOCUMENT)
    assert report == undisturbed
    assert second.extractions == 0
    assert set(first.judged).isdisjoint(second.judged)


async def test_a_run_with_other_settings_is_not_mistaken_for_the_killed_one(tmp_path: Path):
    engine = ScriptedEngine([claim(1)])
    async with open_runs(tmp_path / "runs.sqlite") as runs:
        one = Verifier(Tools(engine, ScriptedLibrary()), runs)
        other = Verifier(Tools(engine, ScriptedLibrary(), VerifySettings(require_origins=2)), runs)
        assert await one._run_id({"document": DOCUMENT, "as_of": None}) != await other._run_id(
            {"document": DOCUMENT, "as_of": None}
        )


@pytest.mark.parametrize(
    "changed",
    [
        replace(claim(1), kind=ClaimKind.STATEMENT),
        replace(claim(1), attribution=("Velm Gazette", "Otto Birch")),
        replace(claim(1), queries=("late buses",)),
        replace(claim(1), said_on=PartialDate(2025, 2, 1)),
        replace(claim(1), id="c9"),
    ],
)
async def test_the_same_words_as_another_claim_are_another_run(changed: Claim):
    verifier_ = verifier(ScriptedEngine([]))
    one, other = (_given(DOCUMENT, None, [given]) for given in (claim(1), changed))
    assert await verifier_._run_id(one) != await verifier_._run_id(other)


async def test_the_same_text_of_another_day_or_outlet_is_another_run():
    """The extraction is shown both, and relative dates are read against the day."""
    verifier_ = verifier(ScriptedEngine([]))
    ids = {
        await verifier_._run_id(_given(replace(DOCUMENT, metadata=metadata), None))
        for metadata in (
            Metadata(),
            Metadata(published=PartialDate(2025, 2, 1)),
            Metadata(outlet="Velm Gazette"),
        )
    }
    assert len(ids) == 3


async def test_another_release_does_not_go_on_with_a_run(monkeypatch: pytest.MonkeyPatch):
    verifier_ = verifier(ScriptedEngine([]))
    before = await verifier_._run_id(_given(DOCUMENT, None))
    monkeypatch.setattr("agent.__version__", "99.0")
    assert await verifier_._run_id(_given(DOCUMENT, None)) != before


async def test_every_label_survives_a_checkpoint_unchanged(tmp_path: Path):
    """Values come back from disk as they went in: tuples, dates, enums and nested evidence alike."""

    def answer(claim: Claim, candidates: Sequence[Candidate]) -> Judgement:
        judgement = supported(claim, candidates)
        stance = Stance.REFUTES if claim.id == "c2" else Stance.SUPPORTS
        return replace(judgement, findings=(replace(judgement.findings[0], stance=stance),))

    claims = [claim(1), claim(2)]
    plain = await verifier(ScriptedEngine(claims, answer)).verify(DOCUMENT, as_of=date(2025, 2, 2))
    async with open_runs(tmp_path / "runs.sqlite") as runs:
        kept = await Verifier(Tools(ScriptedEngine(claims, answer), ScriptedLibrary()), runs).verify(
            DOCUMENT, as_of=date(2025, 2, 2)
        )
    assert kept == plain
    assert {outcome.verdict.label for outcome in kept.outcomes} == {Label.CORROBORATED, Label.CONTRADICTED}
