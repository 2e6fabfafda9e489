"""The figures of a claim against those of a quote: what was compared, in words, and what came of it.

A figure is compared with figures of the same unit and the same thing. The same number for another quantity
(the dead against the casualties) differs; another number for another quantity says nothing.
"""

from __future__ import annotations

from enum import IntEnum

from agent.checks.lexicon import KIN, OPPOSED, PERSONS, SOLDIERS, TOLL
from agent.checks.quantities import Bound, Quantity, find_quantities
from agent.checks.tolerance import agreement, same_figure
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
    remarks = tuple(
        remark for quantity in ours if (remark := _compare(quantity, theirs, _alone(quantity, ours, theirs)))
    )
    return remarks or _derived(ours, theirs) or _no_figure(ours)


def _alone(claim: Quantity, ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> bool:
    """Whether claim and quote have one figure each of a unit (one sum of money): then they are the pair."""
    return (
        bool(claim.unit)
        and claim.unit not in _DURATIONS
        and all(sum(1 for quantity in side if quantity.unit == claim.unit) == 1 for side in (ours, theirs))
    )


def _compare(claim: Quantity, quote: tuple[Quantity, ...], alone: bool) -> Remark | None:
    by_kin = {
        kin: [other for other in quote if kinship(claim, other) is kin]
        for kin in (Kinship.SAME, Kinship.LOOSE, Kinship.RIVAL)
    }
    near = by_kin[Kinship.SAME] or by_kin[Kinship.LOOSE]
    for other in near:
        if agreement(claim, other) is CheckResult.AGREES:
            return _remark(CheckResult.AGREES, claim, other)
    rival = next((other for other in by_kin[Kinship.RIVAL] if same_figure(claim, other)), None)
    if by_kin[Kinship.SAME] or (alone and near):
        nearest = min(near, key=lambda quantity: abs(quantity.low - claim.low))
        return _told_apart(claim, nearest)
    if rival is not None:
        return _remark(CheckResult.DIFFERS, claim, rival, ": another quantity")
    if near:
        return _remark(CheckResult.NOT_COMPARABLE, claim, near[0], ": perhaps another quantity")
    if by_kin[Kinship.RIVAL]:
        return _remark(CheckResult.NOT_COMPARABLE, claim, by_kin[Kinship.RIVAL][0], ": another quantity")
    return None


def _told_apart(claim: Quantity, other: Quantity) -> Remark:
    result = agreement(claim, other)
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
_DURATIONS = frozenset({"hour", "day", "month"})


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
