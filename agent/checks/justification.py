"""Reasons kept only where they rest on evidence and bring no figure of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.checks.lexicon import words
from agent.checks.numerals import find_numerals
from agent.checks.quantities import Quantity, find_quantities
from agent.domain import (
    CheckKind,
    CheckResult,
    Claim,
    Evidence,
    JustificationSentence,
    ReasonedSentence,
    Remark,
)


@dataclass(frozen=True, slots=True)
class Reasons:
    """The sentences kept, and a remark for each one left out."""

    kept: tuple[JustificationSentence, ...]
    remarks: tuple[Remark, ...]


def keep_reasons(
    sentences: Sequence[ReasonedSentence],
    by_finding: Sequence[tuple[str, ...]],
    evidence: Sequence[Evidence],
    claim: Claim,
) -> Reasons:
    """Sentences that rest on evidence and whose figures stand in its quotes or in the claim."""
    quotes = {item.id: item.quote for item in evidence}
    kept: list[JustificationSentence] = []
    remarks: list[Remark] = []
    for sentence in sentences:
        ids = tuple(dict.fromkeys(id for place in sentence.findings for id in _ids(by_finding, place)))
        fault = _fault(sentence.text, [quotes[id] for id in ids], claim)
        if fault:
            remarks.append(_left_out(sentence.text, fault))
        else:
            kept.append(JustificationSentence(sentence.text, ids))
    return Reasons(tuple(kept), tuple(remarks))


def _ids(by_finding: Sequence[tuple[str, ...]], place: int) -> tuple[str, ...]:
    return by_finding[place] if 0 <= place < len(by_finding) else ()


def _fault(text: str, quotes: list[str], claim: Claim) -> str:
    if not quotes:
        return "it rests on no evidence"
    known = [*quotes, claim.text]
    strange = next((quantity for quantity in find_quantities(text) if not _known(quantity, known)), None)
    return f"{' '.join(strange.text.split())} is in none of its quotes" if strange else ""


# Counting the evidence itself ("three reports agree") is not a figure taken from it.
_ABOUT_EVIDENCE = words(
    """report source passage article outlet voice account origin finding sentence quote side relay"""
)


def _known(quantity: Quantity, texts: Iterable[str]) -> bool:
    if quantity.counted.head in _ABOUT_EVIDENCE and not quantity.unit:
        return True
    ends = {quantity.low, quantity.high}
    written = {end / quantity.factor for end in ends}
    return any(ends <= _values(text) or written <= _figures(text) for text in texts)


def _values(text: str) -> set[object]:
    return {end for quantity in find_quantities(text) for end in (quantity.low, quantity.high)}


def _figures(text: str) -> set[object]:
    """Every figure written in a text, whatever it counts: a date's and a name's included."""
    return {end for numeral in find_numerals(text) for end in (numeral.low, numeral.high)}


def _left_out(text: str, fault: str) -> Remark:
    shown = re.sub(r"\s+", " ", text).strip()
    return Remark(CheckKind.JUSTIFICATION, CheckResult.DIFFERS, f"left out: “{shown}”: {fault}")
