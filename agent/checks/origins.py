"""Support counted in voices: whatever goes back to one origin, one statement, one text or one party is one.

Union–find over the evidence of one stance; each rule that joined two names itself in the voice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from agent.checks.names import fold, same_speaker, state_of
from agent.domain import Claim, ClaimKind, Evidence, Stance, Voice
from agent.domain.evidence import DIVIDED

_NO_PARTY = frozenset(
    {"independent", "media", "outlet", "agency", "newspaper", "analyst", "unknown", "none", "various"}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason for two pieces of evidence to be one voice."""

    words: str
    joins: Callable[[Evidence, Evidence], bool]


def _same_origin(a: Evidence, b: Evidence) -> bool:
    return same_speaker(a.origin, b.origin)


def _same_party(a: Evidence, b: Evidence) -> bool:
    return one_party(party_of(a), party_of(b))


def _both_unknown(a: Evidence, b: Evidence) -> bool:
    """Sources that name nobody might all be one: what is not known to be two is counted once."""
    return not any((a.origin, b.origin, a.metadata.outlet, b.metadata.outlet))


RULES = (
    Rule("the same statement", lambda a, b: _equal(a.metadata.origin_group, b.metadata.origin_group)),
    Rule("the same origin", _same_origin),
    Rule("near-copies of one text", lambda a, b: _equal(a.family, b.family)),
    Rule("the same source", lambda a, b: _equal(a.source_id, b.source_id)),
    Rule("one party", _same_party),
    Rule("no stated origin", _both_unknown),
)


def voices(evidence: Sequence[Evidence], claim: Claim) -> tuple[Voice, ...]:
    """The independent voices for and against a claim, in the order of their first evidence.

    Neutral evidence has no voice. For a content claim, voices of its first speaker or of that speaker's
    party are marked ``claimant``. A speaker heard for and against it is a voice on each side, both
    ``divided``.
    """
    speaker = claim.attribution[-1] if claim.attribution and claim.kind is ClaimKind.CONTENT else ""
    parties = _parties_of(speaker, evidence)
    sides = {
        stance: _groups([item for item in evidence if item.stance is stance])
        for stance in (Stance.SUPPORTS, Stance.REFUTES)
    }
    found: list[Voice] = []
    for stance, other in ((Stance.SUPPORTS, Stance.REFUTES), (Stance.REFUTES, Stance.SUPPORTS)):
        for group, because in sides[stance]:
            claimant = bool(speaker) and any(_speaks_for(item, speaker, parties) for item in group)
            divided = any(_one_speaker(group, opposed) for opposed, _ in sides[other])
            found.append(_voice(stance, group, (*because, DIVIDED) if divided else because, claimant))
    return tuple(sorted(found, key=lambda voice: _place(voice.evidence[0], evidence)))


def _one_speaker(group: list[Evidence], opposed: list[Evidence]) -> bool:
    """Whether all that either group has goes back to one origin, by name and not by party or source alone."""
    first = group[0]
    return all(_same_origin(first, item) for item in (*group, *opposed))


def party_of(item: Evidence) -> str:
    """The party whose word this is. Where the quote goes back to another than the source as a whole, the
    source's party counts only if it is one, and that speaker plausibly of it: they share a name. Else a
    state's office is of its state, and anybody else of no party."""
    stated = item.metadata
    if not stated.origin or item.origin == stated.origin:
        return stated.party
    single = ";" not in stated.party and not _SEVERAL & set(fold(stated.party).words)
    shared = set(fold(item.origin).words) & set(fold(stated.party).words)
    return stated.party if single and shared else state_of(item.origin)


_SEVERAL = frozenset({"and", "or"})


def one_party(one: str, other: str) -> bool:
    """Whether two stated parties are the same. ``A and B`` is neither A nor B; independents are no party."""
    a, b = fold(one).words, fold(other).words
    return bool(a) and set(a) == set(b) and not _NO_PARTY & set(a)


def _equal(one: str, other: str) -> bool:
    return bool(one) and one == other


def _parties_of(speaker: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The parties the corpus gives for this speaker."""
    if not speaker:
        return ()
    stated = (party_of(item) for item in evidence if same_speaker(item.origin, speaker))
    return tuple(dict.fromkeys(party for party in stated if party))


def _speaks_for(item: Evidence, speaker: str, parties: tuple[str, ...]) -> bool:
    same = same_speaker(item.origin, speaker) or same_speaker(party_of(item), speaker)
    return same or any(one_party(party_of(item), party) for party in parties)


def _groups(members: list[Evidence]) -> list[tuple[list[Evidence], tuple[str, ...]]]:
    """Connected components under the rules, with the rules that connected them."""
    parent = list(range(len(members)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    links: list[tuple[int, str]] = []
    for a, b in combinations(range(len(members)), 2):
        rule = next((rule for rule in RULES if rule.joins(members[a], members[b])), None)
        if rule is not None:
            parent[max(root(a), root(b))] = min(root(a), root(b))
            links.append((a, rule.words))
    heads = dict.fromkeys(root(place) for place in range(len(members)))
    return [
        (
            [item for place, item in enumerate(members) if root(place) == head],
            _because(links, [place for place in range(len(members)) if root(place) == head]),
        )
        for head in heads
    ]


def _because(links: list[tuple[int, str]], places: list[int]) -> tuple[str, ...]:
    used = {words for place, words in links if place in places}
    return tuple(rule.words for rule in RULES if rule.words in used)


def _voice(stance: Stance, group: list[Evidence], because: tuple[str, ...], claimant: bool) -> Voice:
    name = group[0].origin or group[0].metadata.outlet or group[0].source_id
    return Voice(name, stance, tuple(item.id for item in group), because, claimant)


def _place(id: str, evidence: Sequence[Evidence]) -> int:
    return next(place for place, item in enumerate(evidence) if item.id == id)
