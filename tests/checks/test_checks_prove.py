"""From what an engine read to a verdict an editor can defend."""

import pytest
from checks_builders import candidate, claim

from agent import checks
from agent.domain import (
    Candidate,
    CheckKind,
    Claim,
    ClaimKind,
    Finding,
    Judgement,
    Label,
    Ratings,
    ReasonedSentence,
    Stance,
    Verdict,
)
from agent.ports import Case
from agent.settings import VerifySettings

CLAIM = claim("4,000 soldiers were killed in the pass.", attribution=("Daily Post", "Ann Brown"))
SUPPORT, AGAINST = Stance.SUPPORTS, Stance.REFUTES


def verdict(
    stances: list[tuple[Candidate, Stance]],
    about: Claim = CLAIM,
    settings: VerifySettings | None = None,
    **judged: object,
) -> Verdict:
    checked, _ = proved(stances, about, **judged)
    return checks.settle(checked, settings or VerifySettings())


def proved(
    stances: list[tuple[Candidate, Stance]], about: Claim = CLAIM, whole: bool = True, **judged: object
) -> tuple[checks.Checked, Judgement]:
    findings = tuple(Finding(item.passage.id, (1,), stance, whole=whole) for item, stance in stances)
    judgement = Judgement(findings, **judged)  # type: ignore[arg-type]
    return checks.check(Case(about, tuple(item for item, _ in stances)), judgement), judgement


def report(id: str, text: str = "4,000 soldiers were killed.", **metadata: str) -> Candidate:
    return candidate(id, text, **metadata)


def test_two_origins_corroborate() -> None:
    found = verdict([(report("a"), SUPPORT), (report("b"), SUPPORT)])
    assert (found.label, found.independent_for, found.rule) == (Label.CORROBORATED, 2, "borne out")


def test_eleven_relays_of_one_word_are_a_single_origin() -> None:
    relays = [(report(f"r{n}", origin="Bob Green, to AP"), SUPPORT) for n in range(11)]
    found = verdict(relays)
    assert (len(found.evidence), found.independent_for, found.rule) == (11, 1, "borne out, single origin")
    assert verdict(relays, settings=VerifySettings(require_origins=2)).rule == "too few origins"


def test_a_claimant_does_not_corroborate_their_own_word() -> None:
    assert verdict([(report("a", origin="Ann Brown"), SUPPORT)]).rule == "only its own origin"


def test_that_something_was_said_needs_one_report_whatever_is_required() -> None:
    said = claim("Ann Brown said the pass was lost.", ClaimKind.STATEMENT, ("Daily Post", "Ann Brown"))
    stances = [(report("a", "Ann Brown said the pass was lost.", origin="Ann Brown"), SUPPORT)]
    assert verdict(stances, said, VerifySettings(require_origins=3)).label is Label.CORROBORATED


def test_another_figure_takes_the_support_away_and_makes_no_contradiction() -> None:
    found = verdict([(report("a", "300 soldiers were killed."), SUPPORT)])
    assert (found.label, found.rule) == (Label.NOT_ENOUGH_EVIDENCE, "other figures")
    assert found.evidence[0].stance is Stance.NEUTRAL
    assert any(remark.kind is CheckKind.NUMBER for remark in found.evidence[0].remarks)


def test_the_dead_are_not_the_casualties() -> None:
    assert verdict([(report("a", "4,000 soldiers were killed or wounded."), SUPPORT)]).rule == "other figures"


def test_a_refutation_with_another_figure_still_refutes() -> None:
    assert verdict([(report("a", "300 soldiers were killed."), AGAINST)]).label is Label.CONTRADICTED


def test_both_sides_conflict() -> None:
    assert (
        verdict([(report("a"), SUPPORT), (report("b", "300 were killed."), AGAINST)]).label
        is Label.CONFLICTING
    )


def test_silence_and_absence_are_told_apart() -> None:
    assert verdict([(report("a", "The pass is high."), Stance.NEUTRAL)]).rule == "silent"
    nothing = checks.not_covered(CLAIM)
    assert (nothing.rule, nothing.label, nothing.evidence) == ("not covered", Label.NOT_ENOUGH_EVIDENCE, ())


def test_partial_support_is_whole_only_where_the_engine_says_so() -> None:
    parts = [(report("a"), SUPPORT), (report("b"), SUPPORT)]
    assert verdict(parts, whole=False).rule == "supported in part"
    assert verdict(parts, whole=False, ratings=Ratings(4, 1, 1, 2)).label is Label.CORROBORATED


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        (ReasonedSentence("Green counts 4,000 killed.", (0,)), True),
        (ReasonedSentence("Two reports agree.", (0,)), True),
        (ReasonedSentence("On 3 May 2020 Green counted them.", (0,)), True),
        (ReasonedSentence("Green counts 5,000 killed.", (0,)), False),
        (ReasonedSentence("This is well known.", ()), False),
        (ReasonedSentence("This is well known.", (7,)), False),
    ],
)
def test_a_reason_rests_on_evidence_and_brings_no_figure_of_its_own(
    sentence: ReasonedSentence, kept: bool
) -> None:
    found = verdict([(report("a"), SUPPORT)], justification=(sentence,))
    assert [reason.evidence for reason in found.justification] == ([("e1",)] if kept else [])
    assert [remark.kind for remark in found.remarks] == ([] if kept else [CheckKind.JUSTIFICATION])


def second_look(stances: list[tuple[Candidate, Stance]], **judged: object) -> str:
    checked, judgement = proved(stances, **judged)
    return checks.worth_second_look(checked, checks.settle(checked, VerifySettings()), judgement)


def test_a_second_look_is_taken_only_where_it_can_change_the_outcome() -> None:
    silent, support = [(report("a", "The pass is high."), Stance.NEUTRAL)], [(report("a"), SUPPORT)]
    assert second_look(silent, search_next="losses in the pass") == "losses in the pass"
    assert second_look(silent) == ""
    assert second_look(support, search_next="losses", ratings=Ratings(5, 1, 1, 1)) == ""
    assert second_look(support, search_next="losses", ratings=Ratings(3, 1, 4, 1)) == "losses"


def test_a_speaker_on_both_sides_counts_on_neither() -> None:
    both = [(report("a", origin="Bob Green"), SUPPORT), (report("b", "None fell.", origin="Green"), AGAINST)]
    assert verdict(both).rule == "one voice for and against"
    third = verdict([*both, (report("c"), SUPPORT)])
    assert (third.rule, third.independent_for, third.independent_against) == (
        "borne out, single origin",
        1,
        0,
    )
    assert len(third.voices) == 3
