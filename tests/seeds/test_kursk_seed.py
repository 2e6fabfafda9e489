"""The demonstration corpus holds together: notes, gold labels and brief."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from agent.domain import ClaimKind, Label, PartialDate, Precision, Stance

ROOT = Path(__file__).parents[2]
KURSK = ROOT / "seeds" / "kursk"
ARTICLE = ROOT.parent / "shared" / "seeds" / "000_360767dd2f55252e.txt"
SHARED_WORDS = 8


def front_matter(path: Path) -> tuple[dict[str, str], str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(front, Loader=yaml.BaseLoader), body.strip()


NOTES = {path.stem: front_matter(path) for path in sorted((KURSK / "sources").glob("*.md"))}
CLAIMS = [json.loads(line) for line in (KURSK / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
CHECKWORTHY = [claim for claim in CLAIMS if claim["checkworthy"]]


def test_there_are_59_notes_with_ids_of_their_own():
    assert len(NOTES) == 59
    assert len({front["id"] for front, _ in NOTES.values()}) == 59


@pytest.mark.parametrize("stem", NOTES)
def test_a_note_says_who_said_what_when_and_where(stem):
    front, body = NOTES[stem]
    required = {"id", "title", "outlet", "published", "url", "language", "origin", "origin_group"}
    assert required <= front.keys() <= required | {"published_precision", "party"}
    assert all(front.values())
    assert front["url"].startswith(("https://", "http://"))
    published = PartialDate.parse(front["published"])
    assert published.precision is Precision.DAY
    assert stem.startswith(f"{published}-{front['id']}-")
    assert front.get("published_precision", "url") in {"url", "text", "inferred"}
    assert 2 <= len(re.findall(r"[.!?](?=\s|$)", body.replace("Maj. Gen.", "").replace("Rep.", ""))) <= 5


def test_notes_come_in_order_of_publication():
    ids = [(front["published"], front["id"]) for front, _ in NOTES.values()]
    assert all(earlier[1] < later[1] for earlier, later in pairwise(ids))


def test_relays_of_one_statement_are_one_partys():
    parties = defaultdict(set)
    for front, _ in NOTES.values():
        parties[front["origin_group"]].add(front.get("party"))
    assert {group: names for group, names in parties.items() if len(names) > 1} == {}


def test_notes_do_not_speak_of_their_own_coding():
    coding = re.compile(r"\bf\d\d\b|\bc\d\d\b|origin_group|this file|not enough evidence|claims\.json", re.I)
    assert [stem for stem, (_, body) in NOTES.items() if coding.search(body)] == []


def test_gold_labels_are_the_products_labels_on_both_dates():
    labels = {label.value for label in Label}
    for claim in CHECKWORTHY:
        assert claim["kind"] in set(ClaimKind)
        assert set(claim["labels"]) == {"2025-02-02", "2025-03-31"}
        assert set(claim["labels"].values()) <= labels
        for day, others in claim["also_acceptable"].items():
            assert set(others) <= labels - {claim["labels"][day]}


def test_text_that_is_no_claim_has_no_label():
    others = [claim for claim in CLAIMS if not claim["checkworthy"]]
    assert others
    for claim in others:
        assert [claim[key] for key in ("kind", "labels", "also_acceptable", "evidence")] == [None] * 4


def test_evidence_is_a_note_no_later_than_its_date():
    for claim in CHECKWORTHY:
        for day, evidence in claim["evidence"].items():
            for item in evidence:
                front, _ = NOTES[item["source"]]
                assert PartialDate.parse(front["published"]).by(date.fromisoformat(day)), (claim["id"], item)
                assert item["stance"] in set(Stance)


def test_a_decided_label_has_evidence_of_its_stances():
    needed = {
        "corroborated": {"supports"},
        "contradicted": {"refutes"},
        "conflicting": {"supports", "refutes"},
        "not_enough_evidence": set(),
    }
    for claim in CHECKWORTHY:
        for day, label in claim["labels"].items():
            assert needed[label] <= {item["stance"] for item in claim["evidence"][day]}, (claim["id"], day)


def test_some_labels_change_between_the_dates():
    changed = {claim["id"] for claim in CHECKWORTHY if len(set(claim["labels"].values())) > 1}
    assert changed == {"c03", "c05", "c19", "c21", "c25"}


def test_the_brief_is_dated_and_short():
    front, body = front_matter(KURSK / "brief.md")
    assert front["published"] == "2025-02-03"
    assert 300 <= len(body.split()) <= 480
    assert "30%" in front["title"]
    assert "30%" in body


def test_nothing_is_copied_from_the_article_behind_the_brief():
    if not ARTICLE.exists():
        pytest.skip("the article is not part of the repository")
    taken = runs(ARTICLE.read_text(encoding="utf-8"))
    # The recorded replies are a model's, which was shown the brief alone.
    files = [path for path in KURSK.rglob("*") if path.is_file() and path.name != "replies.jsonl"]
    shared = {path.name: runs(path.read_text(encoding="utf-8")) & taken for path in files}
    assert {name: found for name, found in shared.items() if found} == {}


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + SHARED_WORDS]) for i in range(len(words) - SHARED_WORDS + 1)}
