"""Whether a sentence says a claim is so, or is not so, or leaves it open. In doubt it leaves it open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from agent.checks.lexicon import SMALL, TENS
from agent.checks.numbers import compare_numbers
from agent.checks.quantities import find_quantities
from agent.domain import CheckResult, Stance
from agent.engines.rules.lexicon import BELIEFS, DEBUNKING, HEDGES, NEGATORS, NOT_NEGATING
from agent.engines.rules.relevance import Coverage, doings, ideas
from agent.engines.rules.tokens import Kind, Token, opposites, tokens

_DEBUNKING = re.compile("|".join(DEBUNKING), re.IGNORECASE)
_BELIEFS = re.compile("|".join(BELIEFS), re.IGNORECASE)
_ANSWER = re.compile(r"\s*[\"“']?(?P<word>yes|no)\b\s*(?:[.,;:!—–-]|$)", re.IGNORECASE)
_HEDGES = re.compile("|".join(HEDGES), re.IGNORECASE)
_FIGURE = rf"(?:\d(?:[\d.,]*\d)?|{'|'.join((*SMALL, *TENS))})"
_PUT_RIGHT = re.compile(rf",\s+not\s+{_FIGURE}(?:[\s-]+\w+)?(?:,|(?=\s*[.;:!?)”\"]|\s*$))", re.IGNORECASE)
# Shares of the claim that a sentence must cover, with its surroundings or (OWN) by itself. Set by hand, not
# fitted. On FM2 and SciFact about three decided claims in five were right for any value from 0.45 to 0.65;
# lower ones only decide more claims.
_SUPPORT = 0.55
_OWN = 0.3
_REFUTE = 0.45
_SCOPE = 6
# How many telling words after a negation it may bear on, in a sentence that covers nearly all of the claim.
_FAR = 3
_NEARLY_ALL = 0.75


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sentence bears on the claim, and the rule that says so, in words."""

    stance: Stance
    because: str


OPEN = Reading(Stance.NEUTRAL, "on the subject, deciding nothing")


def read_stance(claim: str, sentence: str, coverage: Coverage) -> Reading:
    """Read one sentence against a claim of which it covers ``coverage``."""
    claim, sentence = _without_put_right(claim), _without_put_right(sentence)
    if sentence.rstrip(" \"”'’").endswith("?") or (_BELIEFS.search(sentence) and not _BELIEFS.search(claim)):
        return OPEN
    if _negation_unmatched(claim, sentence):
        return OPEN
    against = tuple(_against(claim, sentence, coverage))
    if len(against) == 1 and _aligned(coverage):
        return Reading(Stance.REFUTES, against[0])
    doubtful = _perhaps_negated(claim, sentence) or _perhaps_negated(sentence, claim)
    if not against and not doubtful and _says_so(claim, sentence, coverage):
        return Reading(Stance.SUPPORTS, "names the same things and says the same of them")
    return OPEN


def read_answer(claim: str, question: str, answer: str, coverage: Coverage) -> Reading:
    """Read a question of which the claim is one answer, and the yes or no that follows it."""
    said = _ANSWER.match(answer)
    plain = not any(
        _negates(words, place) for words in (tokens(claim), tokens(question)) for place in range(len(words))
    )
    if said is None or not plain or not _aligned(coverage) or not _names_all(coverage):
        return OPEN
    if said["word"].lower() == "yes":
        return Reading(Stance.SUPPORTS, "the answer to the question is yes")
    return Reading(Stance.REFUTES, "the answer to the question is no")


def _without_put_right(text: str) -> str:
    """``three workers, not two, were hurt`` without the figure it puts right: nobody denies that it happened,
    and the figure is not the text's own."""
    return _PUT_RIGHT.sub("", text)


def _names_all(coverage: Coverage) -> bool:
    return not any(word.kind in (Kind.NAME, Kind.NUMBER, Kind.YEAR) for word in coverage.missing)


def _negation_unmatched(claim: str, sentence: str) -> bool:
    """Whether the claim denies something the sentence does not speak of at all."""
    words, told = tokens(claim), ideas(sentence).ideas
    return any(_negates(words, place) and not told & _scope(words, place, 2) for place in range(len(words)))


def _aligned(coverage: Coverage) -> bool:
    return coverage.share >= _REFUTE and coverage.own >= _OWN


def _says_so(claim: str, sentence: str, coverage: Coverage) -> bool:
    if coverage.share < _SUPPORT or coverage.own < _OWN:
        return False
    if not _names_all(coverage) or not _tells_of(claim, sentence):
        return False
    return bool(_HEDGES.search(claim)) or not _HEDGES.search(sentence)


def _tells_of(claim: str, sentence: str) -> bool:
    """Whether the sentence itself has what the claim says was done, in these words or synonyms: that the
    troops were there does not tell that they left. A claim that something "is" so says nothing was done."""
    told = ideas(sentence)
    return all(told.have(verb) for verb in doings(claim))


def _against(claim: str, sentence: str, coverage: Coverage) -> Iterator[str]:
    """Every sign that the sentence excludes the claim, in words."""
    shared = ideas(claim).ideas & ideas(sentence).ideas
    reach = _FAR if coverage.share >= _NEARLY_ALL else 1
    untrue = _debunks(claim, sentence)
    denied = _negated(claim, shared, reach)
    if denied != (untrue or _negated(sentence, shared, reach)):
        # No number word in these: a reason with a figure of its own is left out of the report.
        here = "denied in the claim and not here" if denied else "denied here and not in the claim"
        yield "calls it untrue" if untrue else here
    if pair := _opposed(claim, sentence, shared):
        yield f"{pair[0]} against {pair[1]}"
    if difference := _other_number(claim, sentence, coverage):
        yield difference
    if other := _other_name(claim, sentence, coverage):
        yield f"{other[0]} against {other[1]}"


def _debunks(claim: str, sentence: str) -> bool:
    return bool(_DEBUNKING.search(sentence)) and not _DEBUNKING.search(claim)


def _negated(text: str, shared: frozenset[str], reach: int) -> bool:
    """Whether an odd number of the negations in ``text`` bears on something both texts speak of."""
    words = tokens(text)
    negations = [place for place in range(len(words)) if _negates(words, place)]
    return sum(bool(shared & _scope(words, place, reach)) for place in negations) % 2 == 1


def _perhaps_negated(claim: str, sentence: str) -> bool:
    """Whether the sentence has a negation near something the claim speaks of, and the claim has none."""
    shared, words = ideas(claim).ideas & ideas(sentence).ideas, tokens(sentence)
    near = any(_negates(words, place) and shared & _scope(words, place, _FAR) for place in range(len(words)))
    return near and not any(_negates(tokens(claim), place) for place in range(len(tokens(claim))))


def _scope(words: tuple[Token, ...], place: int, reach: int) -> set[str]:
    """The next ``reach`` telling words after a negation, names not counted."""
    after = [word for word in words[place + 1 : place + 1 + _SCOPE] if word.content]
    return {word.idea for word in after[:reach] if word.kind is not Kind.NAME}


def _negates(words: tuple[Token, ...], place: int) -> bool:
    lower = words[place].lower.replace("’", "'")
    if not (lower in NEGATORS or lower.endswith("n't")):
        return False
    after = words[place + 1].lower if place + 1 < len(words) else ""
    return (lower, after) not in NOT_NEGATING


def _opposed(claim: str, sentence: str, shared: frozenset[str]) -> tuple[str, str] | None:
    """A word of the claim and its opposite in the sentence, said of the same thing: next to a shared word."""
    for word, beside in _with_neighbours(claim):
        if word.idea in shared:
            continue
        for other, beside_other in _with_neighbours(sentence):
            opposed = other.idea in opposites().get(word.idea, ()) and other.idea not in ideas(claim).ideas
            if opposed and beside & beside_other:
                return word.lower, other.lower
    return None


def _with_neighbours(text: str) -> Iterator[tuple[Token, set[str]]]:
    """Each telling word, with the two telling words on either side of it."""
    words = [word for word in tokens(text) if word.content or word.idea in opposites()]
    for place, word in enumerate(words):
        beside = (*words[max(0, place - 2) : place], *words[place + 1 : place + 3])
        yield word, {near.idea for near in beside if near.content}


def _other_number(claim: str, sentence: str, coverage: Coverage) -> str:
    """Another figure for the same quantity, or another year where all else is the same."""
    remarks = compare_numbers(claim, sentence) if _has_figures(claim) and _has_figures(sentence) else ()
    if remarks and all(remark.result is CheckResult.DIFFERS for remark in remarks):
        return remarks[0].text
    years = {word.lower for word in coverage.missing if word.kind is Kind.YEAR}
    others = [word.lower for word in tokens(sentence) if word.kind is Kind.YEAR]
    mine = [word.lower for word in tokens(claim) if word.kind is Kind.YEAR]
    if years and others and not set(mine) & set(others) and len(coverage.missing) == len(years):
        return f"{' '.join(sorted(years))} against {others[0]}"
    return ""


@lru_cache(maxsize=4096)
def _has_figures(text: str) -> bool:
    return bool(find_quantities(text))


def _other_name(claim: str, sentence: str, coverage: Coverage) -> tuple[str, str] | None:
    """A name in the place where the claim has another: ``born in Quito`` against ``born in Lima``."""
    missing = {word.idea for word in coverage.missing if word.kind is Kind.NAME}
    if not missing or any(word.kind in (Kind.NUMBER, Kind.YEAR) for word in coverage.missing):
        return None
    said, ours, theirs = ideas(claim), tokens(claim), tokens(sentence)
    others = [spot for spot, other in enumerate(theirs) if other.kind is Kind.NAME and not said.have(other)]
    for place, word in enumerate(ours):
        if word.idea not in missing or place < 2 or ours[place - 1].kind is Kind.NAME:
            continue
        for spot in others:
            if _unlike(word, theirs[spot]) and _same_left(ours[:place], theirs[:spot]):
                return word.text, theirs[spot].text
    return None


def _unlike(word: Token, other: Token) -> bool:
    """Not a short form or another spelling of the same name."""
    return word.lower[:2] != other.lower[:2]


def _same_left(said: tuple[Token, ...], told: tuple[Token, ...]) -> bool:
    """The same preposition before both, and the same telling word just before that."""
    if len(told) < 2 or said[-1].lower != told[-1].lower or said[-1].content:
        return False
    heads = {word.idea for word in said[-4:] if word.kind is Kind.WORD}
    return any(word.idea in heads for word in told[-4:])
