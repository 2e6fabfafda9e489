"""Boilerplate is told from the report, and a report is never taken for boilerplate."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import pytest

from agent.corpus.document import document_from, document_sentences
from agent.corpus.load import Loaded, load_path
from agent.domain import Document, Metadata

ARTICLES = Path(__file__).parent / "articles"

PAGE_PARTS = {
    "french": "Photo d'illustration|Marc Teyssier|Comment la ville prépare|ce que change la nouvelle loi"
    "|Abonnez-vous|un média indépendant|Tous droits réservés"
    "|Votre soutien|Merci !|Lire aussi|Les prix de l'eau",
    "blog": "Subscribe to my posts|Share Tweet",
    "wire": "(Reporting by",
    "press_release": "About Nordhavn|Media contact|###",
    "two_lines": "",
    "notes": "",
    "local_paper": "Home |Skip to content|By Ida Holm|3 February 2025, 10:40|Share"
    "|holt bridge cars|File photo"
    "|Courtesy of|always late|This story was updated|We use cookies|Accept all|Sign up|Without your help"
    "|Recommended|Dog found|a short history|© 2025|All rights",
    "ukrainian": "Ілюстративне|Ціни на зерно|Підписуйтесь",
}
"""Openings, or parts, of what in each article is the page's own."""
EITHER_WAY = (  # no claim, and no harm
    "Publié le",
    "FOR IMMEDIATE RELEASE",
)


def document(text: str, name: str = "article.txt", title: str = "") -> Document:
    return document_from(Loaded(name, text, Metadata(title=title)))


def flagged(text: str, title: str = "") -> list[str]:
    return [s.text for s in document_sentences(document(text, title=title)) if s.boilerplate]


def article(name: str) -> str:
    return (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "parts"), PAGE_PARTS.items())
def test_the_page_goes_and_the_report_stays(name: str, parts: str) -> None:
    page = [part for part in parts.split("|") if part]
    for sentence in document_sentences(document(article(name))):
        if not sentence.text.startswith(EITHER_WAY):
            assert sentence.boilerplate == any(part in sentence.text for part in page), sentence.text


def test_sentences_are_numbered_from_one_and_cut_by_offset() -> None:
    text = article("local_paper")
    found = document_sentences(document(text))
    assert [s.number for s in found] == list(range(1, len(found) + 1))
    assert all(s.text == s.span.cut(text) for s in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The charity said it would ask readers to donate and to subscribe to its newsletter.",
        "The website uses cookies from 40 companies, the regulator found.",
        "“Subscribe to our newsletter and support our work,” the senator told the crowd.",
        "He told reporters: “You could close this page. We do not need your support.”",
        "Photographs taken by satellite show 40 ships off Skarn.",
        "The agency corrected its figures in January and apologised to the council.",
        "More than 300 subscribers cancelled after the paper raised its price.",
        "Donations to the fund reached 2 million crowns.",
        "It rained.",
        "Why did the gate fail?",
    ],
)
def test_news_about_the_press_is_news(sentence: str) -> None:
    text = f"Council votes on Monday\n\nThe gate failed on Monday.\n\n{sentence}\n\nIt will be mended."
    assert flagged(text) == []


def test_a_repeated_headline_and_a_standfirst_stay() -> None:
    text = (
        "Gate fails after storm\n\nEngineers blame a pump that nobody had tested.\n\n"
        "Gate fails after storm\n\nThe gate failed on Monday.\n\nIt will be mended."
    )
    assert flagged(text) == []
    assert flagged("Evening edition for the coast\n\n" + text, title="Gate fails after storm!") == []


def test_a_related_block_in_the_middle_does_not_swallow_what_follows() -> None:
    text = (
        "Gate fails after storm\n\nThe gate failed on Monday.\n\nRelated:"
        "\n\nHow gates are built\n\n"
        "The mayor resigned on Friday.\n\nA vote is due in May."
    )
    assert flagged(text) == ["Related:", "How gates are built"]


def test_what_follows_an_appeal_at_the_end_is_set_aside_with_it() -> None:
    text = (
        "Gate fails after storm\n\nThe gate failed on Monday.\n\nIt will be mended.\n\n"
        "Support our reporting for the price of a coffee.\n\nWe cover all of it for you.\n\nThe Skarn Post"
    )
    assert len(flagged(text)) == 3


def test_a_text_all_in_lower_case_is_not_all_file_names() -> None:
    assert (
        flagged("gate fails\n\nthe gate failed on monday night here\n\nthe wall held all through the week")
        == []
    )


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("/home/x/in/story.txt", "story.txt"),
        ("C:\\in\\story.txt", "story.txt"),
        ("-", "-"),
        ("in/x.jsonl:3", "x.jsonl:3"),
    ],
)
def test_a_documents_name_is_never_a_path(given: str, name: str) -> None:
    assert document("Text.", name=given).name == name


def test_a_document_is_known_by_the_digest_of_its_text() -> None:
    assert document("Ö.").sha256 == hashlib.sha256("Ö.".encode()).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        "1" * 280 + "a",
        "x" * 200_000,
        "share" + " " * 280 + "a",
        "we you our newsletter " * 2000,
        "“a " * 9000,
    ],
)
def test_hostile_lines_take_seconds_not_minutes(text: str) -> None:
    began = time.perf_counter()
    document_sentences(document(text))
    assert time.perf_counter() - began < 5


def test_the_demonstration_article() -> None:
    shared = Path(__file__).resolve().parents[2].parent / "shared"
    if not (shared / "kursk" / "claims.json").is_file():
        pytest.skip("the demonstration article is not beside this checkout")
    gold = json.loads((shared / "kursk" / "claims.json").read_text(encoding="utf-8"))
    (article,) = (shared / "seeds").glob("*.txt")
    sentences = document_sentences(document_from(load_path(article)[0]))
    for marker in gold["boilerplate_markers"]:
        holding = [s for s in sentences if marker in s.text]
        assert holding, marker
        assert all(s.boilerplate for s in holding), marker
    for claim in gold["claims"]:
        if claim["checkworthy"]:
            holding = [s for s in sentences if claim["source_sentence"] in s.text]
            assert holding, claim["source_sentence"]
            assert not any(s.boilerplate for s in holding), claim["source_sentence"]
