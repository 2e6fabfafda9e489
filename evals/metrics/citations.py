"""Citations against the evidence that annotators marked: whole documents, and sentences by their words.

A cited quote matches a gold quote of the same document where their words overlap by MATCH or more
(``words.overlap``: of the shorter's content words, the share that the other has). Gold evidence comes as
alternative sets, any one of which is enough (FEVER, WiCE): recall is that of the set cited best, a citation
is precise where it matches any set. Figures are means over claims; a claim that cites nothing has recall 0
and no precision, a claim without gold evidence takes no part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.metrics.interval import mean
from evals.metrics.value import Measured, Refused
from evals.metrics.words import overlap

MATCH = 0.7
UNPROVABLE = "not_enough_evidence"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document. ``text`` is empty where only the document was marked."""

    doc_id: str
    text: str = ""


EvidenceSets = tuple[tuple[Quote, ...], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """What one claim's verdict cited, in order of importance, and what it could have cited."""

    citations: tuple[Quote, ...]
    gold: EvidenceSets


def evidence_sets(evidence: Sequence[Quote], meta: Mapping[str, object]) -> EvidenceSets:
    """The alternative sets of a sample: places in ``evidence`` under ``meta["evidence_sets"]``, or all of
    its evidence as one set. Raises ValueError for places that are none."""
    places = meta.get("evidence_sets")
    if not places:
        return (tuple(evidence),) if evidence else ()
    if not isinstance(places, Sequence) or not all(_are_places(each, len(evidence)) for each in places):
        raise ValueError("'evidence_sets' must be lists of places in the evidence")
    return tuple(tuple(evidence[place] for place in each) for each in places if each)


def citations(claims: Sequence[Cited], seed: int = 0) -> dict[str, Measured]:
    """``document_precision``, ``document_recall``, ``sentence_precision`` and ``sentence_recall``."""
    scores = [citation_scores(claim) for claim in claims]
    return {name: _mean(name, scores, claims, seed) for name in _FIGURES}


def citation_scores(claim: Cited) -> dict[str, float]:
    """One claim's figures; what does not apply is left out."""
    found = {name: figure(claim) for name, figure in _FIGURES.items()}
    return {name: value for name, value in found.items() if value is not None}


def fever_correct(gold: str, predicted: str | None, claim: Cited, limit: int | None = 5) -> bool:
    """Whether the label is right and, where there is something to cite, one whole evidence set is cited.

    Thorne et al., FEVER (NAACL 2018), which looks at the first five sentences cited. Evidence marked
    without words counts as cited with its document.
    """
    if predicted != gold:
        return False
    return gold == UNPROVABLE or any(_whole(each, claim.citations[:limit]) for each in claim.gold)


def fever_score(
    gold: Sequence[str | None],
    predicted: Sequence[str | None],
    claims: Sequence[Cited],
    limit: int | None = 5,
    seed: int = 0,
) -> Measured:
    """The share of samples that are ``fever_correct``; a failure is not. Samples without a gold label, and
    provable ones without gold evidence, take no part."""
    scores = [
        float(fever_correct(right, given, claim, limit))
        for right, given, claim in zip(gold, predicted, claims, strict=True)
        if right is not None and (right == UNPROVABLE or claim.gold)
    ]
    if not any(claim.gold for claim in claims):
        return Refused("no claim has gold evidence")
    return mean(scores, seed)


def matches(cited: Quote, gold: Quote) -> bool:
    """Whether a citation is this piece of gold evidence; that of a document without words is the document."""
    if cited.doc_id != gold.doc_id:
        return False
    return not gold.text or overlap(cited.text, gold.text) >= MATCH


def _whole(wanted: Sequence[Quote], cited: Sequence[Quote]) -> bool:
    return all(any(matches(each, gold) for each in cited) for gold in wanted)


def _document_precision(claim: Cited) -> float | None:
    gold = {quote.doc_id for each in claim.gold for quote in each}
    named = {quote.doc_id for quote in claim.citations}
    return len(named & gold) / len(named) if gold and named else None


def _document_recall(claim: Cited) -> float | None:
    named = {quote.doc_id for quote in claim.citations}
    sets = [{quote.doc_id for quote in each} for each in claim.gold]
    return max((len(named & wanted) / len(wanted) for wanted in sets), default=None)


def _sentence_precision(claim: Cited) -> float | None:
    gold = [quote for each in claim.gold for quote in each if quote.text]
    if not gold or not claim.citations:
        return None
    right = sum(any(matches(cited, quote) for quote in gold) for cited in claim.citations)
    return right / len(claim.citations)


def _sentence_recall(claim: Cited) -> float | None:
    sets = [[quote for quote in each if quote.text] for each in claim.gold]
    shares = (
        sum(any(matches(cited, quote) for cited in claim.citations) for quote in each) / len(each)
        for each in sets
        if each
    )
    return max(shares, default=None)


_FIGURES: dict[str, Callable[[Cited], float | None]] = {
    "document_precision": _document_precision,
    "document_recall": _document_recall,
    "sentence_precision": _sentence_precision,
    "sentence_recall": _sentence_recall,
}


def _mean(name: str, scores: Sequence[Mapping[str, float]], claims: Sequence[Cited], seed: int) -> Measured:
    values = [each[name] for each in scores if name in each]
    if values:
        return mean(values, seed)
    if not any(claim.gold for claim in claims):
        return Refused("no claim has gold evidence")
    if not any(claim.citations for claim in claims):
        return Refused("nothing was cited")
    return Refused("the gold evidence names documents only, no sentences")


def _are_places(places: object, length: int) -> bool:
    return isinstance(places, Sequence) and all(isinstance(p, int) and 0 <= p < length for p in places)
