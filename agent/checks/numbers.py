"""The figures of a claim against those of a quote: what was compared, in words, and what came of it.

A figure is compared with figures of the same unit and the same thing. The same number for another quantity
(the dead against the casualties) differs; another number for another quantity says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from agent.checks.lexicon import KIN, OPPOSED, PERSONS, SOLDIERS, TOLL
from agent.checks.likeness import ALIKE, likeness
from agent.checks.quantities import Bound, Quantity, find_quantities
from agent.checks.tolerance import agreement, close, same_figure
from agent.domain import CheckKind, CheckResult, Remark


class Kinship(IntEnum):
    """How near two figures are in what they count."""

    UNRELATED = 0
    RIVAL = 1
    """Of one kind, but of things that exclude one another: killed, and killed or wounded."""
    LOOSE = 2
    """Perhaps the same thing: one of the two does not say."""
    SAME = 3


def compare_numbers(claim_text: str, quote: str) -> tuple[Remark, ...]:
    """A remark for each figure of the claim that a figure of the quote speaks to, in the claim's order."""
    ours, theirs = find_quantities(claim_text), find_quantities(quote)
    free = tuple(other for other in theirs if not any(_backs(quantity, other) for quantity in ours))
    remarks = tuple(
        remark
        for quantity in ours
        if (remark := _Compared(claim_text, quote, ours, theirs, free).remark(quantity))
    )
    return remarks or _derived(ours, theirs) or _no_figure(ours)


def _backs(claim: Quantity, other: Quantity) -> bool:
    """Whether it is a figure of the claim's: then it cannot be what another of them should have been."""
    near = kinship(claim, other) in {Kinship.SAME, Kinship.LOOSE}
    return near and agreement(claim, other) is CheckResult.AGREES


@dataclass(frozen=True, slots=True)
class _Compared:
    """The figures of a claim and a quote; ``free``: those of the quote that back no figure of the claim."""

    claim_text: str
    quote: str
    ours: tuple[Quantity, ...]
    theirs: tuple[Quantity, ...]
    free: tuple[Quantity, ...]

    def remark(self, claim: Quantity) -> Remark | None:
        by_kin = {
            kin: [other for other in self.theirs if kinship(claim, other) is kin]
            for kin in (Kinship.SAME, Kinship.LOOSE, Kinship.RIVAL)
        }
        near = by_kin[Kinship.SAME] or by_kin[Kinship.LOOSE]
        for other in near:
            if agreement(claim, other) is CheckResult.AGREES:
                return _remark(CheckResult.AGREES, claim, other)
        pair = self._pair(claim, by_kin)
        if pair is not None:
            return _told_apart(claim, pair)
        for other in by_kin[Kinship.RIVAL]:
            if same_figure(claim, other):
                return _remark(CheckResult.DIFFERS, claim, other, ": another quantity")
        if near:
            return _remark(CheckResult.NOT_COMPARABLE, claim, near[0], _perhaps(claim, near[0]))
        if by_kin[Kinship.RIVAL]:
            return _remark(CheckResult.NOT_COMPARABLE, claim, by_kin[Kinship.RIVAL][0], ": another quantity")
        named = next((other for other in self.theirs if _elsewhere(claim, other)), None)
        return _remark(CheckResult.NOT_COMPARABLE, claim, named, ": of others") if named else None

    def _pair(self, claim: Quantity, by_kin: dict[Kinship, list[Quantity]]) -> Quantity | None:
        """The figure to hold it against: of the same thing, or the only one of its unit in like words."""
        same = [other for other in by_kin[Kinship.SAME] if other in self.free and self._fits(claim, other)]
        if same:
            return min(same, key=lambda quantity: abs(quantity.low - claim.low))
        loose = [other for other in by_kin[Kinship.LOOSE] if other in self.free]
        alone = self._alone(claim) and not by_kin[Kinship.SAME]
        return next((other for other in loose if alone and self._likeness(claim, other) >= ALIKE), None)

    def _fits(self, claim: Quantity, other: Quantity) -> bool:
        """A noun or a fate tells; a share or an area of nothing named needs words in common beside it."""
        mine, theirs = claim.counted, other.counted
        told = (mine.head and theirs.head) or (mine.fates and theirs.fates)
        return bool(told) or not claim.unit or self._likeness(claim, other) >= 1

    def _likeness(self, claim: Quantity, other: Quantity) -> float:
        return likeness(self.claim_text, claim.span, self.quote, other.span)

    def _alone(self, claim: Quantity) -> bool:
        """Whether claim and quote have one figure each of a unit (one sum of money)."""
        sides = (self.ours, self.theirs)
        single = all(sum(1 for quantity in side if quantity.unit == claim.unit) == 1 for side in sides)
        return bool(claim.unit) and claim.unit not in _DURATIONS and single


def _perhaps(claim: Quantity, other: Quantity) -> str:
    return _PEAK if _peak_against_held(claim, other) else ": perhaps another quantity"


def _peak_against_held(claim: Quantity, other: Quantity) -> bool:
    """What was taken at its peak is not what is held now, and neither contradicts the other."""
    return {claim.counted.fates, other.counted.fates} == {("captured",), ("held",)}


_PEAK = ": what was captured is not what is held"


def _elsewhere(claim: Quantity, other: Quantity) -> bool:
    """The same number of the same noun, of another people or place."""
    mine, theirs = claim.counted, other.counted
    apart = not _names_fit(mine.names, theirs.names)
    return bool(mine.head) and mine.head == theirs.head and apart and same_figure(claim, other)


def _told_apart(claim: Quantity, other: Quantity) -> Remark:
    result = agreement(claim, other)
    if result is CheckResult.DIFFERS and _peak_against_held(claim, other):
        return _remark(CheckResult.NOT_COMPARABLE, claim, other, _PEAK)
    if result is CheckResult.DIFFERS and close(claim, other):
        return _remark(CheckResult.NOT_COMPARABLE, claim, other, ": close, not the same")
    if (
        result is CheckResult.DIFFERS
        and Bound.VAGUE in (claim.bound, other.bound)
        and _within_double(claim, other)
    ):
        result = CheckResult.NOT_COMPARABLE
    if result is CheckResult.DIFFERS and _no_rival(claim, other):
        result = CheckResult.NOT_COMPARABLE
    return _remark(result, claim, other, ": another number" if result is CheckResult.DIFFERS else "")


def _no_rival(claim: Quantity, other: Quantity) -> bool:
    """Figures that can both hold: the two parts of a hundred, or ``one`` of many."""
    parts = claim.unit == "percent" and claim.low + other.low == 100
    one_of_many = not claim.unit and min(claim.low, other.low) == 1 and max(claim.low, other.low) > _MANY
    return parts or one_of_many


_MANY = 20


def _within_double(claim: Quantity, other: Quantity) -> bool:
    return claim.low <= 2 * other.high and other.low <= 2 * claim.high


def _remark(result: CheckResult, claim: Quantity, source: Quantity, why: str = "") -> Remark:
    """``why`` says more than the result does; the result itself is not repeated in the words."""
    return Remark(CheckKind.NUMBER, result, f"claim: {claim}; source: {source}{why}")


def _no_figure(ours: tuple[Quantity, ...]) -> tuple[Remark, ...]:
    if not ours:
        return ()
    return (_open(f"claim: {ours[0]}; source: no figure for it"),)


def _open(text: str) -> Remark:
    return Remark(CheckKind.NUMBER, CheckResult.NOT_COMPARABLE, text)


def _derived(ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> tuple[Remark, ...]:
    """A percentage of the claim that two counts of the quote would give: noted, and backs nothing."""
    counts = [quantity for quantity in theirs if not quantity.unit and quantity.low == quantity.high != 0]
    for claim in (quantity for quantity in ours if quantity.unit == "percent"):
        for part in counts:
            for base in (quantity for quantity in counts if quantity.low > part.low):
                if abs(100 * part.low / base.low - claim.low) <= 2:
                    share = float(round(100 * part.low / base.low, 1))
                    said = f"{part.text} of {base.text} would be {share:g} percent; it does not say so"
                    return (_open(f"claim: {claim}; source: {said}"),)
    return ()


# --- what is the same thing ---


def kinship(one: Quantity, other: Quantity) -> Kinship:
    """How near two quantities are in unit, noun, names, rate and fate."""
    a, b = one.counted, other.counted
    if one.unit != other.unit or a.rate != b.rate or not _names_fit(a.names, b.names):
        return Kinship.UNRELATED
    heads = _heads(one, other)
    if heads is Kinship.UNRELATED:
        return heads
    fates = _fates(_toll(a.fates), _toll(b.fates))
    if heads is Kinship.LOOSE and not one.unit and not (a.fates and b.fates):
        return Kinship.UNRELATED
    if fates is Kinship.SAME and heads is Kinship.LOOSE and not a.fates:
        return Kinship.SAME if one.unit in _TELLING_UNITS else Kinship.LOOSE
    if fates is Kinship.SAME and not a.fates and a.names != b.names:
        return Kinship.LOOSE
    return fates


_TELLING_UNITS = frozenset({"km²", "percent"})
_DURATIONS = frozenset({"day"})


def _names_fit(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    mine, others = set(ours), set(theirs)
    return not mine or not others or mine <= others or others <= mine


def _heads(one: Quantity, other: Quantity) -> Kinship:
    mine, theirs = one.counted, other.counted
    if one.unit == "km²" or (mine.head and mine.head == theirs.head):
        return Kinship.SAME
    if not mine.head or not theirs.head:
        return Kinship.SAME if mine.head == theirs.head and mine.fates and theirs.fates else Kinship.LOOSE
    if _soldierly(one) and _soldierly(other):
        return Kinship.SAME
    people = all(_soldierly(quantity) or quantity.counted.head in PERSONS for quantity in (one, other))
    return Kinship.LOOSE if people else Kinship.UNRELATED


def _soldierly(quantity: Quantity) -> bool:
    """Soldiers, or a people's name used for its soldiers (``North Koreans``)."""
    head = quantity.counted.head
    last = quantity.counted.phrase.split()[-1] if quantity.counted.phrase else ""
    return head in SOLDIERS or (last[:1].isupper() and head.endswith(("an", "ian", "ese", "i", "ish", "ean")))


def _toll(fates: tuple[str, ...]) -> frozenset[str]:
    """``killed or wounded`` is what ``casualties`` means; what else is listed adds nothing."""
    found = frozenset(fates)
    if "casualties" in found or {"killed", "wounded"} <= found:
        return frozenset({"casualties"})
    return found


def _fates(ours: frozenset[str], theirs: frozenset[str]) -> Kinship:
    if ours == theirs:
        return Kinship.SAME
    if not ours or not theirs:
        return Kinship.LOOSE
    both = ours | theirs
    if any(pair <= both for pair in KIN):
        return Kinship.LOOSE
    if any(pair <= both for pair in OPPOSED) or (ours & TOLL and theirs & TOLL):
        return Kinship.RIVAL
    return Kinship.LOOSE if ours & theirs else Kinship.UNRELATED
