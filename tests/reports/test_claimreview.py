"""ClaimReview drafts: signed, within schema.org's vocabulary, and honest about what has no number."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from reports import examples

from agent.domain import Assessed, JustificationSentence, Label, Unassessed
from agent.reports.claimreview import SCALE, claim_reviews, dump_reviews

# https://schema.org, version 29: the properties used, by type, and the types each may take there. A type
# has its own properties and those of the types above it: ClaimReview < Review < CreativeWork < Thing.
THING = {"name": {"Text"}, "url": {"URL"}, "alternateName": {"Text"}, "description": {"Text"}}
CREATIVE_WORK = {
    **THING,
    "author": {"Person", "Organization"},
    "publisher": {"Person", "Organization"},
    "datePublished": {"Date"},
    "citation": {"CreativeWork", "Text"},
    "creativeWorkStatus": {"Text"},
    "isPartOf": {"CreativeWork", "URL"},
    "text": {"Text"},
}
REVIEW = {
    **CREATIVE_WORK,
    "itemReviewed": {"Thing"},
    "reviewBody": {"Text"},
    "reviewRating": {"Rating"},
}
VOCABULARY = {
    "ClaimReview": {**REVIEW, "claimReviewed": {"Text"}},
    "Claim": {**CREATIVE_WORK, "appearance": {"CreativeWork"}, "firstAppearance": {"CreativeWork"}},
    "CreativeWork": CREATIVE_WORK,
    "Quotation": CREATIVE_WORK,
    "Rating": {
        **THING,
        "ratingValue": {"Number", "Text"},
        "bestRating": {"Number", "Text"},
        "worstRating": {"Number", "Text"},
        "ratingExplanation": {"Text"},
    },
    "Person": THING,
    "Organization": THING,
}
ABOVE = {
    "ClaimReview": {"CreativeWork", "Thing"},
    "Claim": {"CreativeWork", "Thing"},
    "Quotation": {"CreativeWork", "Thing"},
}


def fits(value, types):
    match value:
        case dict():
            # A node without a type is one whose type is not known; it still has properties of the expected.
            own = value.get("@type")
            return (own is None and "Person" in types) or bool({own, *ABOVE.get(own, ())} & types)
        case bool():
            return False
        case int() | float():
            return "Number" in types
        case str() if "Date" in types:
            return bool(re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value))
        case str() if types == {"URL"}:
            return value.startswith(("http://", "https://"))
        case str():
            return "Text" in types and value != ""
    return False


def check(node):
    allowed = VOCABULARY[node["@type"]] if "@type" in node else THING
    for name, value in node.items():
        if name.startswith("@"):
            continue
        assert name in allowed, f"{name} is no property of {node.get('@type')}"
        for item in value if isinstance(value, list) else [value]:
            assert fits(item, allowed[name]), (name, item)
            if isinstance(item, dict):
                check(item)


def drafts(report=examples.REPORT, **more):
    made = claim_reviews(report, reviewer="Ines Marl", **more)
    assert made["@context"] == "https://schema.org"
    for node in made["@graph"]:
        assert node["@type"] == "ClaimReview"
        check(node)
    return made["@graph"]


def test_the_drafts_keep_to_schema_org():
    bridge, *_ = drafts(reviewer_url="https://example.org/ines", document_url="https://example.org/lindel")
    assert bridge["author"] == {"@type": "Person", "name": "Ines Marl", "url": "https://example.org/ines"}
    claim = bridge["itemReviewed"]
    assert claim["author"] == {"name": "mayor's office"}
    assert claim["datePublished"] == "2024-03-02"
    assert claim["appearance"]["url"] == "https://example.org/lindel"
    assert [item["isPartOf"]["publisher"]["name"] for item in bridge["citation"]] == [
        *("Lindel Courier", "Valley Radio", "Orre Ferry Log")
    ]


def test_the_checker_of_this_file_refuses_what_is_not_in_the_vocabulary():
    with pytest.raises(AssertionError):
        check({"@type": "ClaimReview", "verdict": "true"})
    with pytest.raises(AssertionError):
        check({"@type": "ClaimReview", "reviewRating": {"@type": "Claim"}})


def test_what_could_not_be_assessed_gets_no_review():
    assessed = [outcome for outcome in examples.REPORT.outcomes if isinstance(outcome, Assessed)]
    assert len(assessed) < len(examples.REPORT.outcomes)
    assert [node["claimReviewed"] for node in drafts()] == [outcome.claim.text for outcome in assessed]
    only = replace(examples.REPORT, outcomes=(Unassessed(examples.HURT, "no answer"),))
    assert drafts(only) == []


@pytest.mark.parametrize(
    ("label", "value", "words"),
    [
        (Label.CORROBORATED, 5, "Corroborated"),
        (Label.CONFLICTING, 3, "Conflicting reports"),
        (Label.CONTRADICTED, 1, "Contradicted"),
        (Label.NOT_ENOUGH_EVIDENCE, None, "Not enough evidence"),
    ],
)
def test_every_rating_says_its_words_and_its_scale_and_an_open_claim_has_no_number(label, value, words):
    verdict = replace(examples.BRIDGE_VERDICT, label=label)
    (draft,) = drafts(replace(examples.REPORT, outcomes=(Assessed(examples.BRIDGE, verdict),)))
    rating = draft["reviewRating"]
    assert rating.get("ratingValue") == value
    assert ("bestRating" in rating) is (value is not None)
    assert rating["alternateName"] == words
    assert SCALE in rating["ratingExplanation"]


def test_that_something_was_said_is_not_rated_as_if_it_were_so():
    *_, dam = drafts()
    assert dam["reviewRating"]["alternateName"] == "Not enough evidence (that it was said)"
    assert "not whether it is so" in dam["reviewRating"]["ratingExplanation"]


def test_what_a_justification_rests_on_is_cited_though_it_takes_no_side():
    sentence = JustificationSentence("The almanac knows the bridge.", ("e4",))
    verdict = replace(examples.BRIDGE_VERDICT, voices=(), justification=(sentence,))
    (draft,) = drafts(replace(examples.REPORT, outcomes=(Assessed(examples.BRIDGE, verdict),)))
    assert [item["text"] for item in draft["citation"]] == ["The Lindel bridge was opened in 1911."]


def test_a_claim_without_a_speaker_is_the_outlet_s():
    _, homes, _ = drafts()
    assert homes["itemReviewed"]["author"] == {"@type": "Organization", "name": "Lindel Courier"}


@pytest.mark.parametrize("reviewer", ["", "  ", "\u2028"])
def test_nobody_signs_nothing(reviewer):
    with pytest.raises(ValueError, match="the name of the person"):
        dump_reviews(examples.REPORT, reviewer=reviewer)


@pytest.mark.parametrize("name", ["reviewer_url", "document_url"])
def test_an_address_that_is_none_is_refused(name):
    with pytest.raises(ValueError, match="no web address"):
        dump_reviews(examples.REPORT, reviewer="Ines Marl", **{name: "javascript:x"})


def test_the_drafts_say_that_they_are_drafts_and_are_the_same_twice():
    text = dump_reviews(examples.REPORT, reviewer="Ines Marl")
    assert text == dump_reviews(examples.REPORT, reviewer="Ines Marl")
    assert all("Draft" in node["creativeWorkStatus"] for node in json.loads(text)["@graph"])
