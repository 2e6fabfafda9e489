"""Fusing rankings, and leaving room for other voices."""

from __future__ import annotations

from itertools import permutations

import pytest

from agent.corpus.diversity import diversify
from agent.corpus.fusion import fuse


def test_reciprocal_ranks_are_summed() -> None:
    assert fuse([["a", "b"], ["b"]], k=60) == pytest.approx({"a": 1 / 61, "b": 1 / 62 + 1 / 61})


def test_what_two_rankings_agree_on_beats_what_one_puts_first() -> None:
    scores = fuse([["a", "x", "c"], ["b", "x", "d"]])
    assert max(scores, key=scores.__getitem__) == "x"


def test_the_order_of_rankings_changes_no_digit() -> None:
    rankings = [["a", "b", "c"], ["c", "a"], ["b", "c", "a"], ["d", "a"]]
    assert len({tuple(sorted(fuse(order).items())) for order in permutations(rankings)}) == 1


def pick(ranked: str, limit: int, **bounds: int) -> str:
    """Passages as two letters, source and family, in one string."""
    items = ranked.split()
    chosen = diversify(items, limit, source=lambda i: i[0], family=lambda i: i[1], **bounds)
    return " ".join(chosen)


@pytest.mark.parametrize(
    ("ranked", "limit", "chosen"),
    [
        ("aA aA aA bB cC", 4, "aA aA bB cC"),
        ("aA aA aA bB", 4, "aA aA bB aA"),
        ("aA bA cA dA eB", 4, "aA bA cA eB"),
        ("aA aA aA aA", 3, "aA aA aA"),
        ("", 3, ""),
        ("aA bB", 0, ""),
    ],
)
def test_others_go_first_but_no_room_is_wasted(ranked: str, limit: int, chosen: str) -> None:
    assert pick(ranked, limit) == chosen
