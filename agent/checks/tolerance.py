"""How far two figures for the same thing may lie apart and still agree.

==========================  =====================================================================
both stated flat, to 20     exact
both stated flat            the coarser one's rounding, at most a twentieth
troop strengths, both round a tenth
"about", range, vague       a quarter of a round number, a tenth of any other
percent, flat               the coarser one's rounding below ten, else one point
percent, "about"            five points, at most a quarter; a share in words (``a third``) three
"more than", "at least"     one-sided: from the bound up to half as much again
"up to", "fewer than"       one-sided: from the bound down to two thirds of it
two bounds of one kind      a quarter
within a fortieth, past 20  neither the same nor another: cannot be compared
==========================  =====================================================================
"""

from __future__ import annotations

from fractions import Fraction

from agent.checks.lexicon import SOLDIERS, TOLL
from agent.checks.quantities import Bound, Quantity
from agent.domain import CheckResult

_EXACT_UP_TO = 20
_ROUNDING_CAP = Fraction(1, 20)
_TROOPS = Fraction(1, 10)
_ABOUT_ROUND = Fraction(1, 4)
_ABOUT = Fraction(1, 10)
_REACH = Fraction(3, 2)
_CLOSE = Fraction(41, 40)


def agreement(claim: Quantity, source: Quantity) -> CheckResult:
    """Whether the source's figure backs the claim's, both being of one unit and one thing.

    NOT_COMPARABLE where a bound leaves it open (claim: more than 100; source: 400).
    """
    slack = _slack(claim, source)
    if Bound.AT_LEAST in (claim.bound, source.bound) or Bound.AT_MOST in (claim.bound, source.bound):
        return _one_sided(claim, source, slack)
    near = claim.low - slack <= source.high and source.low - slack <= claim.high
    return CheckResult.AGREES if near else CheckResult.DIFFERS


def same_figure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are numerically the same, whatever they count and however they are hedged."""
    return one.unit == other.unit and one.low == other.low and one.high == other.high


def close(one: Quantity, other: Quantity) -> bool:
    """Whether two figures past what is counted exactly lie within a fortieth: hardly another."""
    small, large = sorted((one.low, other.low))
    counted = not one.unit and small <= _EXACT_UP_TO
    return one.unit == other.unit and not counted and 0 < large <= small * _CLOSE


def _one_sided(claim: Quantity, source: Quantity, slack: Fraction) -> CheckResult:
    if claim.bound is Bound.AT_LEAST and source.bound is not Bound.AT_MOST:
        return _implied(source.low, claim.low, slack, source.bound is claim.bound)
    if claim.bound is Bound.AT_MOST and source.bound is not Bound.AT_LEAST:
        return _implied(-source.high, -claim.high, slack, source.bound is claim.bound)
    if source.bound is Bound.AT_LEAST and claim.bound is not Bound.AT_MOST:
        within = source.low - slack <= claim.high and claim.low <= source.low * _REACH + slack
        return CheckResult.AGREES if within else CheckResult.DIFFERS
    if source.bound is Bound.AT_MOST and claim.bound is not Bound.AT_LEAST:
        within = claim.low <= source.high + slack and claim.high * _REACH + slack >= source.high
        return CheckResult.AGREES if within else CheckResult.DIFFERS
    return CheckResult.NOT_COMPARABLE


def _implied(source: Fraction, claim: Fraction, slack: Fraction, both: bool) -> CheckResult:
    """Whether the source's value bears out the claim's lower bound (an upper bound comes negated).

    Far beyond the bound it is still true, but hardly the same figure: NOT_COMPARABLE.
    """
    if source + slack < claim:
        return CheckResult.DIFFERS
    reach = 1 + _ABOUT_ROUND if both else _REACH
    near = max(abs(source), abs(claim)) <= reach * min(abs(source), abs(claim)) + slack
    return CheckResult.AGREES if near else CheckResult.NOT_COMPARABLE


def _slack(one: Quantity, other: Quantity) -> Fraction:
    if one.unit in {"percent", "percentage point"}:
        return _points(one, other)
    loose = max(_looseness(quantity) * quantity.high for quantity in (one, other))
    if loose:
        return loose
    size = max(one.high, other.high)
    if not one.unit and min(one.low, other.low) <= _EXACT_UP_TO:
        return Fraction(0)
    if _strength(one) and _strength(other):
        return _TROOPS * size
    if one.factor != other.factor:
        return _ROUNDING_CAP * size
    return min(max(_last_digit(one.low), _last_digit(other.low)) / 2, _ROUNDING_CAP * size)


def _points(one: Quantity, other: Quantity) -> Fraction:
    if Bound.ABOUT in (one.bound, other.bound):
        return min(Fraction(5), _ABOUT_ROUND * min(one.high, other.high))
    if one.share or other.share:
        return Fraction(0) if one.share and other.share else Fraction(3)
    rounding = max(_last_digit(one.low), _last_digit(other.low)) / 2
    return min(rounding, Fraction(1, 2)) if min(one.low, other.low) < 10 else Fraction(1)


def _looseness(quantity: Quantity) -> Fraction:
    if quantity.bound is Bound.ABOUT:
        return _ABOUT_ROUND if _round(quantity) else _ABOUT
    if quantity.bound is Bound.VAGUE:
        return _ABOUT_ROUND
    return Fraction(0)


def _strength(quantity: Quantity) -> bool:
    counted = quantity.counted
    soldiers = counted.head in SOLDIERS or "deployed" in counted.fates
    return soldiers and not quantity.unit and _round(quantity) and not TOLL & set(counted.fates)


def _round(quantity: Quantity) -> bool:
    """At most two significant digits, or three that end in 25, 50 or 75 (``1,250``); below 100, by fives."""
    value = quantity.low / quantity.factor
    digits = _last_digit(value)
    if digits == 0 or value == 0:
        return False
    if value < 100:
        return value % 5 == 0
    significant = value / digits
    return significant < 100 or (significant < 1000 and significant % 25 == 0)


def _last_digit(value: Fraction) -> Fraction:
    """The worth of the last significant digit: 1,000 for 12,000; 1/10 for 63.2; 0 where it has no end."""
    if value == 0:
        return Fraction(0)
    place = Fraction(1)
    for _ in range(9):
        if (value / place).denominator == 1:
            break
        place /= 10
    else:
        return Fraction(0)
    while (value / (place * 10)).denominator == 1:
        place *= 10
    return place
