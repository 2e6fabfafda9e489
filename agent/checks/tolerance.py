"""How far two figures for the same thing may lie apart and still agree.

==========================  =====================================================================
both stated flat, to 20     exact
both stated flat            the coarser one's rounding, at most a twentieth
troop strengths, both round a tenth
"about", range, vague       a quarter of a round number, a tenth of any other
percent, flat               the coarser one's rounding below ten, else one point
percent, "about"            five points; a share in words (``a third``) three
"more than", "at least"     one-sided: from the bound up to half as much again
"up to", "fewer than"       one-sided: from the bound down to half of it
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
_ROUND_DIGITS = 2


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


def _one_sided(claim: Quantity, source: Quantity, slack: Fraction) -> CheckResult:
    if claim.bound is Bound.AT_LEAST and source.bound is not Bound.AT_MOST:
        if source.high + slack < claim.low:
            return CheckResult.DIFFERS
        return CheckResult.AGREES if source.low <= 2 * claim.low else CheckResult.NOT_COMPARABLE
    if claim.bound is Bound.AT_MOST and source.bound is not Bound.AT_LEAST:
        if source.low - slack > claim.high:
            return CheckResult.DIFFERS
        return CheckResult.AGREES if 2 * source.high >= claim.high else CheckResult.NOT_COMPARABLE
    if source.bound is Bound.AT_LEAST and claim.bound is not Bound.AT_MOST:
        within = source.low - slack <= claim.high and claim.low <= source.low * Fraction(3, 2) + slack
        return CheckResult.AGREES if within else CheckResult.DIFFERS
    if source.bound is Bound.AT_MOST and claim.bound is not Bound.AT_LEAST:
        within = claim.low <= source.high + slack and 2 * claim.high + slack >= source.high
        return CheckResult.AGREES if within else CheckResult.DIFFERS
    return CheckResult.NOT_COMPARABLE


def _slack(one: Quantity, other: Quantity) -> Fraction:
    if one.unit in {"percent", "percentage point"}:
        return _points(one, other)
    size = max(one.high, other.high)
    loose = max(_looseness(one), _looseness(other))
    if loose:
        return loose * size
    if not one.unit and min(one.low, other.low) <= _EXACT_UP_TO:
        return Fraction(0)
    if _strength(one) and _strength(other):
        return _TROOPS * size
    if one.factor != other.factor:
        return _ROUNDING_CAP * size
    return min(max(_last_digit(one.low), _last_digit(other.low)) / 2, _ROUNDING_CAP * size)


def _points(one: Quantity, other: Quantity) -> Fraction:
    if Bound.ABOUT in (one.bound, other.bound):
        return Fraction(5)
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
    """At most two significant digits, or three that end in 25, 50 or 75 (``1,250``)."""
    value = quantity.low / quantity.factor
    digits = _last_digit(value)
    if digits == 0 or value == 0:
        return False
    significant = value / digits
    return significant < 10**_ROUND_DIGITS or (significant < 1000 and significant % 25 == 0)


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
