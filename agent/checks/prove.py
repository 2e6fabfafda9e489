"""From an engine's judgement to a verdict, in steps of code: cut, compare, count voices, settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.checks.dates import compare_dates
from agent.checks.justification import keep_reasons
from agent.checks.numbers import compare_numbers
from agent.checks.origins import voices
from agent.checks.quotes import Cut, cut_quotes
from agent.checks.settle import Standing, by_voices_alone, find_row, top_labels
from agent.checks.unborne import unborne_figures
from agent.checks.unborne_dates import unborne_dates
from agent.domain import (
    CheckKind,
    CheckResult,
    Claim,
    ClaimKind,
    Evidence,
    Judgement,
    JustificationSentence,
    Label,
    Ratings,
    Remark,
    Stance,
    Verdict,
    Voice,
)
from agent.ports import Case
from agent.settings import VerifySettings

VETOING = frozenset({CheckKind.NUMBER})
"""Checks whose difference takes its stance from a supporting quote. None ever makes a contradiction."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A judgement after the checks. ``vetoed`` counts the supporting quotes made neutral by their figures,
    ``unborne`` the figures and dates of the claim that no supporting quote has while one has another."""

    claim: Claim
    evidence: tuple[Evidence, ...]
    voices: tuple[Voice, ...]
    justification: tuple[JustificationSentence, ...]
    remarks: tuple[Remark, ...]
    ratings: Ratings | None
    would_settle: str
    covered: bool
    vetoed: int
    unborne: int = 0


def check(case: Case, judgement: Judgement) -> Checked:
    """Prove what can be proved of a judgement.

    Raises ValueError where the judgement names passages or sentences that the case does not have.
    """
    cut = cut_quotes(judgement, case.candidates)
    stanced = _compared(case.claim, judgement, cut)
    missing = _unborne(case.claim, stanced)
    compared = _with_unborne(stanced, missing)
    reasons = keep_reasons(judgement.justification, cut.by_finding, compared, case.claim)
    return Checked(
        claim=case.claim,
        evidence=compared,
        voices=voices(compared, case.claim),
        justification=reasons.kept,
        remarks=reasons.remarks,
        ratings=judgement.ratings,
        would_settle=judgement.would_settle,
        covered=bool(case.candidates),
        vetoed=sum(was.stance is not now.stance for was, now in zip(cut.evidence, compared, strict=True)),
        unborne=len(missing),
    )


def settle(checked: Checked, settings: VerifySettings, *, second_look: bool = False) -> Verdict:
    """The verdict by the settle table. ``second_look`` only says how the judgement came about."""
    standing = _standing(checked, settings)
    row = find_row(standing)
    return Verdict(
        label=row.label,
        rule=row.name,
        independent_for=standing.independent_for,
        independent_against=standing.independent_against,
        evidence=checked.evidence,
        voices=checked.voices,
        justification=checked.justification,
        would_settle=checked.would_settle,
        ratings=checked.ratings,
        remarks=checked.remarks,
        second_look=second_look,
    )


def not_covered(claim: Claim) -> Verdict:
    """The verdict on a claim for which nothing was found: no engine is asked."""
    row = find_row(Standing(covered=False))
    would_settle = f"A report on: {claim.text}"
    return Verdict(row.label, row.name, 0, 0, evidence=(), voices=(), would_settle=would_settle)


def worth_second_look(checked: Checked, verdict: Verdict, judgement: Judgement) -> str:
    """The query of a second search that could change the outcome, or empty.

    Worth it where the passages settle nothing and the engine named what to look for, or where what the
    stances come to is not what the engine rates highest.
    """
    if verdict.label is Label.NOT_ENOUGH_EVIDENCE:
        return judgement.search_next
    stands = by_voices_alone(_standing(checked, VerifySettings())).label
    if judgement.ratings is not None and stands not in top_labels(judgement.ratings):
        return judgement.search_next or judgement.would_settle
    return ""


def _standing(checked: Checked, settings: VerifySettings) -> Standing:
    counted = [voice for voice in checked.voices if not voice.divided]
    supporting = [voice for voice in counted if voice.stance is Stance.SUPPORTS]
    independent = [voice for voice in supporting if not voice.claimant]
    decisive = {id for voice in independent for id in voice.evidence}
    return Standing(
        covered=checked.covered,
        independent_for=len(independent),
        independent_against=sum(voice.stance is Stance.REFUTES for voice in counted),
        claimant_for=len(supporting) - len(independent),
        supported_whole=any(item.whole for item in checked.evidence if item.id in decisive),
        vetoed=checked.vetoed,
        unborne=checked.unborne,
        divided=len(counted) < len(checked.voices),
        required=1 if checked.claim.kind is ClaimKind.STATEMENT else settings.require_origins,
        ratings=checked.ratings,
    )


def _compared(claim: Claim, judgement: Judgement, cut: Cut) -> tuple[Evidence, ...]:
    """The evidence with its remarks; a supporting finding with another figure is neutral throughout."""
    done = {item.id: item for item in cut.evidence}
    for ids in cut.by_finding:
        quote = "\n".join(done[id].quote for id in ids)
        remarks = (*compare_numbers(claim.text, quote), *compare_dates(claim.text, quote))
        for id in ids:
            done[id] = _remarked(done[id], remarks)
    return tuple(done.values())


def _remarked(item: Evidence, remarks: Sequence[Remark]) -> Evidence:
    fresh = tuple(remark for remark in remarks if remark not in item.remarks)
    item = replace(item, remarks=(*item.remarks, *fresh))
    vetoed = any(remark.kind in VETOING and remark.result is CheckResult.DIFFERS for remark in remarks)
    if vetoed and item.stance is Stance.SUPPORTS:
        note = "read as support; its figures are not the claim's"
        return replace(item, stance=Stance.NEUTRAL, note="; ".join(filter(None, (item.note, note))))
    return item


def _unborne(claim: Claim, evidence: Sequence[Evidence]) -> tuple[tuple[str, Remark], ...]:
    """What the supporting quotes together leave unborne of the claim: the evidence's id, and the remark."""
    supporting = [item for item in evidence if item.stance is Stance.SUPPORTS]
    quotes = [item.quote for item in supporting]
    published = [item.metadata.published for item in supporting]
    found = (*unborne_figures(claim.text, quotes), *unborne_dates(claim.text, quotes, published))
    return tuple((supporting[each.quote].id, each.remark) for each in found)


def _with_unborne(
    evidence: Sequence[Evidence], missing: Sequence[tuple[str, Remark]]
) -> tuple[Evidence, ...]:
    return tuple(
        replace(item, remarks=(*item.remarks, *(remark for id, remark in missing if id == item.id)))
        for item in evidence
    )
