"""One card a claim: its label, who said it, and the whole proof as a tree of origins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from agent.domain import (
    Assessed,
    Claim,
    Evidence,
    Outcome,
    Ratings,
    Remark,
    Stance,
    Unassessed,
    Verdict,
    Voice,
)
from agent.reports import wording
from agent.reports.web.labels import KINDS, STANCES, claim_anchor, class_of, mark_anchor, quote_anchor
from agent.reports.web.markup import Html, facts, join, link, quoted, tag
from agent.reports.web.timeline import claim_timeline

Places = Mapping[str, int]


def card(
    number: int, outcome: Outcome, *, rules: Mapping[str, str], as_of: date | None, in_text: bool
) -> Html:
    """``rules`` has what each rule says, by its name; ``in_text``: the claim has a mark to go back to."""
    anchor, badge = claim_anchor(number), wording.badge(outcome)
    back = _back(number) if in_text else ""
    head = tag(
        "header",
        tag("span", str(number), class_="number"),
        tag("span", str(badge), class_="badge"),
        tag("span", wording.origins(outcome.verdict), class_="dim") if isinstance(outcome, Assessed) else "",
        back,
    )
    return tag(
        "article",
        head,
        quoted(outcome.claim.text, "h3", id=f"{anchor}-title", dir="auto"),
        _claimed(outcome.claim),
        *_outcome(number, outcome, rules, as_of),
        class_=f"card {class_of(outcome)}",
        id=anchor,
        aria_labelledby=f"{anchor}-title",
        data_label=class_of(outcome),
        tabindex="-1",
    )


def _back(number: int) -> Html:
    label = f"claim {number} in the text"
    return tag("a", "in the text", class_="back", href=f"#{mark_anchor(number)}", aria_label=label)


def _outcome(number: int, outcome: Outcome, rules: Mapping[str, str], as_of: date | None) -> list[Html]:
    match outcome:
        case Assessed(_, verdict):
            places = wording.numbered(verdict)
            return [
                _justification(number, verdict, places),
                _tree(number, verdict, places),
                claim_timeline(number, verdict, as_of),
                _neutral(number, verdict, places),
                _reasons(verdict, rules),
            ]
        case Unassessed(_, reason):
            failed = tag("p", tag("strong", "! ", quoted(reason)), class_="failed")
            return [failed, tag("p", wording.FAILURE_MEANS, class_="failed")]


def _claimed(claim: Claim) -> Html:
    chain = join((quoted(name) for name in claim.attribution), " → ")
    when = f", {claim.said_on}" if claim.said_on.known else ""
    return facts(
        (
            ("said by", join([chain or "the text itself", when])),
            ("checked", KINDS[claim.kind]),
            ("speaks of", quoted(claim.speaks_of) if claim.speaks_of else ""),
        )
    )


def _justification(number: int, verdict: Verdict, places: Places) -> Html:
    if not verdict.justification:
        return Html("")
    sentences = []
    for sentence in verdict.justification:
        cited = sorted(places[item] for item in sentence.evidence if item in places)
        refs = [_reference(number, place) for place in cited]
        sentences.append(join([quoted(sentence.text), *([" "] if refs else []), *refs]))
    return tag("p", join(sentences, " "), class_="because")


def _reference(number: int, place: int) -> Html:
    return tag("a", f"[{place}]", class_="ref", href=f"#{quote_anchor(number, place)}")


def _tree(number: int, verdict: Verdict, places: Places) -> Html:
    """Stance, then voice, then its quotes: the origins that were counted, as they were counted."""
    voices = wording.deciding(verdict)
    branches = []
    for stance in dict.fromkeys(voice.stance for voice in voices):
        word, sign = STANCES[stance]
        own = [_voice(number, voice, verdict, places) for voice in voices if voice.stance is stance]
        head = tag("h4", f"{sign} {word}", class_=f"stance {word}")
        branches.append(tag("li", head, tag("ul", *own)))
    return tag("ul", *branches, class_="tree", aria_label="evidence by origin") if branches else Html("")


def _voice(number: int, voice: Voice, verdict: Verdict, places: Places) -> Html:
    members = [item for item in verdict.evidence if item.id in voice.evidence]
    claimant = tag("span", f"⟲ {wording.CLAIMANT}", class_="claimant") if voice.claimant else ""
    why = wording.merged(voice)
    return tag(
        "li",
        tag("p", quoted(voice.name, "strong", dir="auto"), " ", claimant, class_="voice"),
        tag("p", why, class_="dim merged") if why else "",
        tag("ul", *(_quote(number, item, voice.name, places[item.id]) for item in members)),
        class_="claimants" if voice.claimant else "",
    )


def _quote(number: int, item: Evidence, voice: str, place: int) -> Html:
    source = tag(
        "p",
        tag("span", f"[{place}] ", class_="place"),
        link(item.metadata.url, quoted(wording.citation(item, voice))),
        tag("span", " · ", quoted(item.source_id), f", characters {item.span.start:,}–{item.span.end:,}"),
        class_="source",
        title=f"SHA-256 of the source: {item.source_sha256}" if item.source_sha256 else "",
    )
    return tag(
        "li",
        quoted(item.quote, "blockquote", dir="auto"),
        source,
        *(_remark(remark) for remark in item.remarks),
        tag("p", quoted(item.note), class_="note") if item.note else "",
        class_="quote",
        id=quote_anchor(number, place),
    )


def _remark(remark: Remark) -> Html:
    return tag("p", "⚠ check: ", quoted(wording.remark(remark)), class_="remark")


def _neutral(number: int, verdict: Verdict, places: Places) -> Html:
    sided = {name for voice in wording.deciding(verdict) for name in voice.evidence}
    items = [item for item in verdict.evidence if item.stance is Stance.NEUTRAL and item.id not in sided]
    if not items:
        return Html("")
    quotes = sorted(items, key=lambda item: places[item.id])
    head = f"{wording.count(len(items), 'quote')} on the subject, taking no side"
    return tag(
        "details",
        tag("summary", head),
        tag("ul", *(_quote(number, item, "", places[item.id]) for item in quotes), class_="neutral"),
    )


def _reasons(verdict: Verdict, rules: Mapping[str, str]) -> Html:
    why = rules.get(verdict.rule, "")
    rule = join([quoted(verdict.rule), f": {why}" if why else ""])
    return facts(
        [
            ("to settle", quoted(wording.would_settle(verdict)) if wording.would_settle(verdict) else ""),
            *(("check", quoted(wording.remark(remark))) for remark in verdict.remarks),
            ("rule", join([rule, " Searched and judged twice." if verdict.second_look else ""])),
            ("ratings", _ratings(verdict.ratings) if verdict.ratings else ""),
            ("confidence", f"{verdict.confidence:.2f}" if verdict.confidence is not None else ""),
        ],
        "facts reasons",
    )


def _ratings(ratings: Ratings) -> str:
    return (
        f"as the engine sees it, of 5: corroborated {ratings.corroborated}, contradicted "
        f"{ratings.contradicted}, conflicting {ratings.conflicting}, "
        f"not enough evidence {ratings.not_enough_evidence}"
    )
