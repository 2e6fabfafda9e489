"""The settle table: from voices, checks and ratings to a label. First row that holds, from the top.

Ratings are a brake: they move a label towards ``not_enough_evidence`` or ``conflicting`` and never make
one of the other two. The table printed by ``corroborate explain settle`` is this one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.domain import Label, Ratings

MANY = 3
"""Voices that a lone dissent does not undo."""
DOUBTED, SURE = 2, 4
"""A rating up to DOUBTED denies a label; from SURE on it affirms one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the table looks at.

    ``independent_for`` leaves the claimant's own voices out, which are ``claimant_for``; a claim that
    something was said has no such voices. ``supported_whole``: some independent support bears on the whole
    claim. ``vetoed``: supporting quotes whose figures are not the claim's. ``unborne``: figures and
    dates of the claim that are in no supporting quote while one has another in like words. ``divided``:
    a speaker is heard on both sides, and counted on neither.
    """

    covered: bool = True
    independent_for: int = 0
    independent_against: int = 0
    claimant_for: int = 0
    supported_whole: bool = True
    vetoed: int = 0
    required: int = 1
    ratings: Ratings | None = None
    unborne: int = 0
    divided: bool = False

    @property
    def whole(self) -> bool:
        """Partial supports add up to a whole one only where the engine says so."""
        return self.supported_whole or (self.ratings is not None and self.ratings.corroborated >= SURE)

    def doubts(self, label: Label) -> bool:
        """Whether the engine that read the passages denies this label and affirms another."""
        if self.ratings is None:
            return False
        rating = rating_of(self.ratings, label)
        return rating <= DOUBTED and best_rating(self.ratings) >= SURE

    @property
    def feels_torn(self) -> bool:
        """Whether the engine rates ``conflicting`` highest of all."""
        return self.ratings is not None and top_labels(self.ratings) == {Label.CONFLICTING}


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    when: Callable[[Standing], bool]
    label: Label
    why: str


def _for(s: Standing) -> int:
    return s.independent_for


def _against(s: Standing) -> int:
    return s.independent_against


def _stands(s: Standing) -> bool:
    """Support that a lone dissent does not undo, or that nobody opposes."""
    return _for(s) > 0 and (_against(s) == 0 or (_against(s) == 1 and _for(s) >= MANY and s.whole))


def _falls(s: Standing) -> bool:
    return _against(s) > 0 and (_for(s) == 0 or (_for(s) == 1 and _against(s) >= MANY))


CORROBORATED, CONTRADICTED = Label.CORROBORATED, Label.CONTRADICTED
CONFLICTING, NOT_ENOUGH = Label.CONFLICTING, Label.NOT_ENOUGH_EVIDENCE

# fmt: off
TABLE = (
    Row("not covered", lambda s: not s.covered,
        NOT_ENOUGH, "No passage of the corpus is on this claim, and no engine was asked about it."),
    Row("other figures", lambda s: _for(s) == _against(s) == s.claimant_for == 0 and s.vetoed > 0,
        NOT_ENOUGH, "What reads like support has other figures than the claim, and nothing else decides."),
    Row("one voice for and against", lambda s: _for(s) == _against(s) == s.claimant_for == 0 and s.divided,
        CONFLICTING, "The only voice there is speaks for the claim and against it."),
    Row("silent", lambda s: _for(s) == _against(s) == s.claimant_for == 0,
        NOT_ENOUGH, "There are passages on the subject, and none of them takes a side on the claim."),
    Row("only its own origin", lambda s: _for(s) == _against(s) == 0,
        NOT_ENOUGH, "Only those who made the claim, or their own party, say so."),

    Row("refutation doubted, engine torn", lambda s: _falls(s) and s.doubts(CONTRADICTED) and s.feels_torn,
        CONFLICTING, "The voices are against it, but the engine denies a contradiction and sees a conflict."),
    Row("refutation doubted", lambda s: _falls(s) and s.doubts(CONTRADICTED),
        NOT_ENOUGH, "The voices are against it, but the engine that read them denies a contradiction."),
    Row("support doubted, engine torn", lambda s: _stands(s) and s.doubts(CORROBORATED) and s.feels_torn,
        CONFLICTING, "The voices are for it, but the engine denies a corroboration and sees a conflict."),
    Row("support doubted", lambda s: _stands(s) and s.doubts(CORROBORATED),
        NOT_ENOUGH, "The voices are for it, but the engine that read them denies a corroboration."),

    Row("excluded", lambda s: _against(s) > 0 and _for(s) == 0,
        CONTRADICTED, "Independent voices exclude it, and nobody but the claimant's own side supports it."),
    Row("excluded by many", lambda s: _against(s) >= MANY and _for(s) == 1,
        CONTRADICTED, "Three or more independent voices exclude it; a lone supporter does not undo them."),
    Row("voices on both sides", lambda s: _for(s) > 0 and _against(s) > 0 and not _stands(s),
        CONFLICTING, "Independent voices stand on both sides, or it holds in one part and fails in another."),

    Row("supported in part", lambda s: _for(s) > 0 and not s.whole,
        NOT_ENOUGH, "Independent voices support a part of the claim, and none the whole of it."),
    Row("figure not borne out", lambda s: _for(s) > 0 and s.unborne > 0,
        NOT_ENOUGH, "A figure or date of the claim is in no supporting quote, and one has another instead."),
    Row("too few origins", lambda s: 0 < _for(s) < s.required,
        NOT_ENOUGH, "Fewer independent voices support it than were asked for."),
    Row("borne out against a lone dissent", lambda s: _for(s) >= MANY and _against(s) == 1,
        CORROBORATED, "Three or more independent voices support it; a lone dissent does not undo them."),
    Row("borne out", lambda s: _for(s) >= 2,
        CORROBORATED, "Independent voices support every part of it, and nobody excludes it."),
    Row("borne out, single origin", lambda s: _for(s) == 1,
        CORROBORATED, "One independent voice supports every part of it, and nobody excludes it."),
)
# fmt: on


def find_row(standing: Standing) -> Row:
    """The first row that holds. The table is total: some row always does."""
    return next(row for row in TABLE if row.when(standing))


def by_voices_alone(standing: Standing) -> Row:
    """The row without the brake: what the stances come to whatever the engine rates."""
    ratings = standing.ratings
    neutral = replace(standing, supported_whole=standing.whole, ratings=None)
    return find_row(neutral if ratings is not None else standing)


def rating_of(ratings: Ratings, label: Label) -> int:
    """The 1–5 rating of one label."""
    by_label = {
        Label.CORROBORATED: ratings.corroborated,
        Label.CONTRADICTED: ratings.contradicted,
        Label.CONFLICTING: ratings.conflicting,
        Label.NOT_ENOUGH_EVIDENCE: ratings.not_enough_evidence,
    }
    return by_label[label]


def best_rating(ratings: Ratings) -> int:
    return max(rating_of(ratings, label) for label in Label)


def top_labels(ratings: Ratings) -> set[Label]:
    """The label or labels rated highest."""
    return {label for label in Label if rating_of(ratings, label) == best_rating(ratings)}


def explain() -> str:
    """The table for a reader: first row that holds, from the top."""
    lines = ["The first row that holds gives the label.", ""]
    for number, row in enumerate(TABLE, start=1):
        lines.append(f"{number:2}. {row.name}: {row.label.value}")
        lines += textwrap.wrap(row.why, width=96, initial_indent="    ", subsequent_indent="    ")
    lines += [
        "",
        *textwrap.wrap(
            "For a claim that something is so, the claimant's own voice and party do not count as support. "
            "A voice heard for and against the claim counts on neither side. "
            f"A lone dissent is listed, but {MANY} voices outweigh it. A rating of at most {DOUBTED} denies "
            f"a label, one of at least {SURE} affirms one; ratings only ever hold a label back. "
            "A quote whose figures are not the claim's supports nothing. A figure or date of the claim that "
            "is in no supporting quote, where one has another of its kind in like words, holds a "
            "corroboration back.",
            width=100,
        ),
    ]
    return "\n".join(lines)
