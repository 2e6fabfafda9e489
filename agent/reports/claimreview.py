"""Drafts of ClaimReview (https://schema.org/ClaimReview) for a person to check, complete and publish.

The scale, which every rating states: 5 corroborated, 3 conflicting, 1 contradicted. An open claim has
no place on a scale of truth, so it gets the words alone and no number. What could not be assessed
through a failure is no finding and gets no review.
"""

from __future__ import annotations

from agent.domain import (
    Assessed,
    Claim,
    ClaimKind,
    Document,
    Evidence,
    JustificationSentence,
    Label,
    Report,
    Verdict,
)
from agent.reports import wording
from agent.reports.safe import one_line, web_address
from agent.reports.to_json import Json, dump_json

BEST, WORST = 5, 1
RATING = {Label.CORROBORATED: 5, Label.CONFLICTING: 3, Label.CONTRADICTED: 1}
"""Labels to numbers; NOT_ENOUGH_EVIDENCE has none."""
WORDS = {
    Label.CORROBORATED: "Corroborated",
    Label.CONTRADICTED: "Contradicted",
    Label.CONFLICTING: "Conflicting reports",
    Label.NOT_ENOUGH_EVIDENCE: "Not enough evidence",
}
SCALE = "Scale: 5 corroborated, 3 conflicting reports, 1 contradicted; not enough evidence has no number."
DRAFT = "Draft, for the named reviewer to check and complete"


def claim_reviews(report: Report, *, reviewer: str, reviewer_url: str = "", document_url: str = "") -> Json:
    """One draft for each assessed claim, as JSON-LD. ``reviewer`` is the person who answers for them.

    The drafts lack what only publication gives: ``url`` and ``datePublished`` of the review. Raises
    ValueError for a blank reviewer or an address that is no web address.
    """
    person = _person(reviewer, reviewer_url)
    if document_url and not web_address(document_url):
        raise ValueError(f"{one_line(document_url)} is no web address")
    appears = _work(report.document, document_url or report.document.metadata.url)
    return {
        "@context": "https://schema.org",
        "@graph": [
            _review(outcome, report, person, appears)
            for outcome in report.outcomes
            if isinstance(outcome, Assessed)
        ],
    }


def dump_reviews(report: Report, *, reviewer: str, reviewer_url: str = "", document_url: str = "") -> str:
    """The drafts as JSON text. Raises as ``claim_reviews`` does."""
    return dump_json(
        claim_reviews(report, reviewer=reviewer, reviewer_url=reviewer_url, document_url=document_url)
    )


def _person(name: str, url: str) -> Json:
    if not one_line(name):
        raise ValueError("a ClaimReview needs the name of the person who answers for it")
    if url and not web_address(url):
        raise ValueError(f"{one_line(url)} is no web address")
    return _filled({"@type": "Person", "name": one_line(name), "url": web_address(url)})


def _review(outcome: Assessed, report: Report, person: Json, appears: Json) -> Json:
    verdict = outcome.verdict
    return _filled(
        {
            "@type": "ClaimReview",
            "creativeWorkStatus": DRAFT,
            "claimReviewed": one_line(outcome.claim.text),
            "author": person,
            "reviewRating": _rating(outcome),
            "itemReviewed": _claim(outcome.claim, report.document, appears),
            "reviewBody": _body(verdict.justification),
            "citation": [_citation(item) for item in _cited(verdict)],
        }
    )


def _rating(outcome: Assessed) -> Json:
    verdict = outcome.verdict
    said = outcome.claim.kind is ClaimKind.STATEMENT
    number = RATING.get(verdict.label)
    scale = {"ratingValue": number, "bestRating": BEST, "worstRating": WORST} if number else {}
    checked = f"Checked: {wording.STATEMENT}." if said else ""
    why = f"{wording.origins(verdict)}; rule: {one_line(verdict.rule)}."
    return {
        "@type": "Rating",
        **scale,
        "alternateName": WORDS[verdict.label] + (" (that it was said)" if said else ""),
        "ratingExplanation": " ".join(part for part in (checked, why, SCALE) if part),
    }


def _claim(claim: Claim, document: Document, appears: Json) -> Json:
    return _filled(
        {
            "@type": "Claim",
            "text": one_line(claim.text),
            "author": _author(claim, document),
            "datePublished": str(claim.said_on),
            "appearance": appears,
        }
    )


def _author(claim: Claim, document: Document) -> Json:
    """Who said it first, without a type where the report does not know whether that is a person."""
    outlet = one_line(document.metadata.outlet)
    name = one_line(claim.attribution[-1]) if claim.attribution else outlet
    if not name:
        return {}
    return {"@type": "Organization", "name": name} if name == outlet else {"name": name}


def _work(document: Document, url: str) -> Json:
    about = document.metadata
    return _filled(
        {
            "@type": "CreativeWork",
            "name": one_line(wording.title(document)),
            "url": web_address(url),
            "datePublished": str(about.published),
            "publisher": _outlet(about.outlet),
        }
    )


def _outlet(name: str) -> Json:
    return {"@type": "Organization", "name": one_line(name)} if one_line(name) else {}


def _citation(item: Evidence) -> Json:
    about = item.metadata
    work = {
        "@type": "CreativeWork",
        "name": one_line(about.title),
        "url": web_address(about.url),
        "datePublished": str(about.published),
        "publisher": _outlet(about.outlet),
    }
    return {"@type": "Quotation", "text": one_line(item.quote), "isPartOf": _filled(work)}


def _cited(verdict: Verdict) -> list[Evidence]:
    """What decides the verdict and what its justification rests on, in the order of the report's numbers."""
    places = wording.numbered(verdict)
    cited = {name for voice in wording.deciding(verdict) for name in voice.evidence}
    cited |= {name for sentence in verdict.justification for name in sentence.evidence}
    return sorted((item for item in verdict.evidence if item.id in cited), key=lambda item: places[item.id])


def _body(sentences: tuple[JustificationSentence, ...]) -> str:
    return " ".join(one_line(sentence.text) for sentence in sentences)


def _filled(value: Json) -> Json:
    """Without the properties that have nothing to say."""
    return {key: item for key, item in value.items() if item not in ("", {}, [], None)}
