"""Figures and dates of a claim that none of its supporting quotes has, where they have another in its place.

What ``compare_numbers`` calls different is of one noun, unit and fate, and takes a quote's support away.
Here the claim is held against all supporting quotes together, and less is asked: the claim's figure is in
none of them in any form, and one says another figure of its kind in like words. That makes no quote wrong;
it keeps the claim from being called corroborated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from agent.checks.lexicon import CURRENCIES, IMPLIED_NUMBERS
from agent.checks.likeness import ALIKE, likeness
from agent.checks.numbers import kinship
from agent.checks.numerals import find_numerals
from agent.checks.quantities import Bound, Quantity, find_quantities
from agent.checks.tolerance import agreement, close
from agent.domain import CheckKind, CheckResult, Remark


@dataclass(frozen=True, slots=True)
class Unborne:
    """A remark on what the claim has and the quotes have otherwise; ``quote`` is the place of that quote."""

    quote: int
    remark: Remark


@dataclass(frozen=True, slots=True)
class _Read:
    """The quotes as figures: ``quantities`` of each, all ``values`` written in any of them."""

    texts: Sequence[str]
    quantities: tuple[tuple[Quantity, ...], ...]
    values: frozenset[Fraction]

    @property
    def all(self) -> tuple[Quantity, ...]:
        return tuple(quantity for quantities in self.quantities for quantity in quantities)


def unborne_figures(claim_text: str, quotes: Sequence[str]) -> tuple[Unborne, ...]:
    """One for each figure of the claim that is in no quote while one has another. Never raises."""
    ours = find_quantities(claim_text)
    read = _read(quotes) if ours else _Read((), (), frozenset())
    missing = [claim for claim in ours if _counts(claim) and not _is_there(claim, read)]
    free = [
        (place, other)
        for place, quantities in enumerate(read.quantities)
        for other in quantities
        if _counts(other) and not any(_is_anothers(claim, other) for claim in ours)
    ]
    needed = ALIKE + (IN_PART if any(_is_there(claim, read) for claim in ours if _counts(claim)) else 0)
    found = (_instead(claim_text, claim, read, free, needed) for claim in missing)
    return tuple(each for each in found if each is not None)


def _read(quotes: Sequence[str]) -> _Read:
    values = {end for text in quotes for n in find_numerals(text) for end in (n.low, n.high)}
    words = {word.strip(".,;:") for text in quotes for word in text.lower().replace("-", " ").split()}
    values |= {Fraction(number) for word, number in IMPLIED_NUMBERS.items() if word in words}
    return _Read(quotes, tuple(find_quantities(text) for text in quotes), frozenset(values))


def _counts(quantity: Quantity) -> bool:
    """Vague counts and a bare ``one`` are no figures to insist on."""
    return quantity.bound is not Bound.VAGUE and (bool(quantity.unit) or quantity.low > 1)


def _is_anothers(claim: Quantity, other: Quantity) -> bool:
    """Whether a figure of the quotes is what a figure of the claim stands for: no other can be held to it."""
    if claim.low / claim.factor == other.low / other.factor and not _other_unit(claim, other):
        return True
    small, large = sorted((claim.low, other.low))
    return claim.unit == other.unit and (
        agreement(claim, other) is CheckResult.AGREES or 0 < large <= _NEARLY * small
    )


_NEARLY = Fraction(11, 10)


def _is_there(claim: Quantity, read: _Read) -> bool:
    """Whether the quotes have it, something that may bear it out, or figures that come to it."""
    alike = [other for other in read.all if other.unit == claim.unit]
    if any(agreement(claim, other) is not CheckResult.DIFFERS or close(claim, other) for other in alike):
        return True
    written = {claim.low / claim.factor, claim.high / claim.factor}
    if written <= read.values and not any(_other_unit(claim, other) for other in read.all):
        return True
    return claim.unit != "percent" and claim.low == claim.high and _comes_to(claim.low, alike)


def _comes_to(value: Fraction, figures: Sequence[Quantity]) -> bool:
    """Whether two of them add up to it, or lie so far apart."""
    return any(value in {a.low + b.low, abs(a.low - b.low)} for a, b in combinations(figures, 2))


def _instead(
    claim_text: str, claim: Quantity, read: _Read, free: Sequence[tuple[int, Quantity]], needed: float
) -> Unborne | None:
    """The figure of its kind said in the likest words, if any is like enough or a plain slip of unit."""
    best: tuple[float, int, Quantity] | None = None
    for place, other in free:
        degree = _degree(claim_text, claim, read.texts[place], other)
        if degree >= needed and (best is None or degree > best[0]):
            best = (degree, place, other)
    if best is None:
        return None
    _, place, other = best
    why = "another unit" if _other_unit(claim, other) else "another number in its place"
    text = f"claim: {claim}; source: {other}: {why}"
    return Unborne(place, Remark(CheckKind.NUMBER, CheckResult.DIFFERS, text))


def _degree(claim_text: str, claim: Quantity, source: str, other: Quantity) -> float:
    if _other_unit(claim, other):
        return ALIKE + IN_PART + likeness(claim_text, claim.span, source, other.span)
    if claim.unit != other.unit or _can_both_hold(claim, other):
        return 0.0
    same_noun = bool(claim.counted.head) and claim.counted.head == other.counted.head
    slip = _SLIP if _power_of_a_thousand(claim.low, other.low) else 0.0
    if not (same_noun or slip or claim.unit or _of_one_size(claim, other)):
        return 0.0
    return likeness(claim_text, claim.span, source, other.span) + 2 * same_noun + slip


IN_PART = 0.5
"""More is asked where quotes bear out another figure of the claim: they may speak of that part alone."""

_SLIP = 1.0
"""The same digits with another scale word are likelier a slip than another figure."""


def _other_unit(claim: Quantity, other: Quantity) -> bool:
    """The same number of something else of the kind: 3 weeks for 3 days, €5m for $5m."""
    same = claim.low / claim.factor == other.low / other.factor and claim.low != 0
    if not same or not claim.unit or not other.unit:
        return False
    if claim.unit == other.unit:
        return claim.factor != other.factor
    return claim.unit in CURRENCIES and other.unit in CURRENCIES


def _can_both_hold(claim: Quantity, other: Quantity) -> bool:
    """The two parts of a hundred, and figures whose grammar says they count different things."""
    parts = claim.unit == "percent" and claim.low + other.low == 100
    fates = claim.counted.fates and other.counted.fates and not kinship(claim, other)
    return parts or bool(fates) or claim.counted.rate != other.counted.rate


def _of_one_size(claim: Quantity, other: Quantity) -> bool:
    """Counts of things with different names, one of them many times the other, are of different things."""
    small, large = sorted((claim.low, other.low))
    return large <= _SIZE * small


_SIZE = 20


def _power_of_a_thousand(one: Fraction, other: Fraction) -> bool:
    small, large = sorted((one, other))
    return small > 0 and large / small in {10**3, 10**6, 10**9}
