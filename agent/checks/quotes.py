"""Quotes cut by offset: a finding names sentences, code takes them from the stored text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.checks.names import named, same_speaker
from agent.domain import Candidate, Evidence, Finding, Judgement, Span


@dataclass(frozen=True, slots=True)
class Cut:
    """The evidence of a judgement, and for each finding, in order, the ids of the evidence it became."""

    evidence: tuple[Evidence, ...]
    by_finding: tuple[tuple[str, ...], ...]


def cut_quotes(judgement: Judgement, candidates: Sequence[Candidate]) -> Cut:
    """One Evidence per contiguous run of a finding's sentences, ids ``e1``, ``e2`` ... in order.

    The same stretch of a source read twice with the same stance is one Evidence, with the speaker that
    either names and bearing on the whole claim if either does. Raises ValueError for a
    passage that is not among the candidates, a sentence it does not have, or a finding without sentences.
    """
    passages = {candidate.passage.id: candidate for candidate in candidates}
    evidence: dict[tuple[str, Span, str], Evidence] = {}
    by_finding: list[tuple[str, ...]] = []
    for finding in judgement.findings:
        candidate = passages.get(finding.passage_id)
        if candidate is None:
            raise ValueError(f"a finding names passage {finding.passage_id!r}, which was not shown")
        ids: list[str] = []
        for span in _runs(finding, candidate):
            key = (candidate.passage.source_id, span, finding.stance.value)
            read = _evidence(f"e{len(evidence) + 1}", span, finding, candidate)
            evidence[key] = _merged(evidence[key], read) if key in evidence else read
            ids.append(evidence[key].id)
        by_finding.append(tuple(ids))
    return Cut(tuple(evidence.values()), tuple(by_finding))


def _merged(first: Evidence, second: Evidence) -> Evidence:
    unnamed = first.origin in {"", first.metadata.outlet}
    notes = dict.fromkeys(note for note in (first.note, second.note) if note)
    return replace(
        first,
        origin=second.origin if unnamed else first.origin,
        whole=first.whole or second.whole,
        note="; ".join(notes),
    )


def _runs(finding: Finding, candidate: Candidate) -> list[Span]:
    spans, numbers = candidate.passage.sentences, sorted(set(finding.sentences))
    if not numbers or not 1 <= numbers[0] <= numbers[-1] <= len(spans):
        raise ValueError(
            f"a finding names sentences {list(finding.sentences)} of passage {finding.passage_id!r}, "
            f"which has {len(spans)}"
        )
    runs = [[numbers[0], numbers[0]]]
    for number in numbers[1:]:
        if number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [Span(spans[first - 1].start, spans[last - 1].end) for first, last in runs]


def _evidence(id: str, span: Span, finding: Finding, candidate: Candidate) -> Evidence:
    quote = candidate.cut(span)
    return Evidence(
        id=id,
        source_id=candidate.passage.source_id,
        passage_id=candidate.passage.id,
        span=span,
        quote=quote,
        stance=finding.stance,
        origin=_origin(finding, candidate, quote),
        metadata=candidate.metadata,
        source_sha256=candidate.source_sha256,
        family=candidate.family,
        note=_note(finding, candidate, quote),
        whole=finding.whole,
    )


_DERIVED = re.compile(
    r"\b(?:derived|calculated|computed|worked out|extrapolated|inferred) (?:\w+ ){0,2}from\b"
    r"|\bbased on (?:[\w’']+ ){0,4}(?:figures?|numbers?|data|counts?|estimates?|totals?)\b",
    re.IGNORECASE,
)


def _origin(finding: Finding, candidate: Candidate, quote: str) -> str:
    """The corpus' keeper knows best; else the engine's reading, if it names anybody; else the outlet.

    Where the keeper names several, the one that the engine hears; and a figure derived from another
    speaker's is that speaker's.
    """
    stated = candidate.metadata.origin
    if not named(finding.said_by):
        return stated or candidate.metadata.outlet
    if not stated or _is_derived(finding, quote):
        return finding.said_by
    return next((one for one in _several(stated) if same_speaker(one, finding.said_by)), stated)


def _several(origin: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in origin.split(";")) if ";" in origin else ()


def _is_derived(finding: Finding, quote: str) -> bool:
    return _DERIVED.search(quote) is not None or _DERIVED.search(finding.note) is not None


def _note(finding: Finding, candidate: Candidate, quote: str) -> str:
    notes, stated = [finding.note], candidate.metadata.origin
    origin = _origin(finding, candidate, quote)
    derived = named(finding.said_by) and _is_derived(finding, quote)
    if stated and derived and not same_speaker(origin, stated):
        notes.append(f"counted as {origin}'s word, whose figure it is derived from")
    elif stated and origin == stated and named(finding.said_by) and finding.said_by != stated:
        notes.append(f"the passage itself names {finding.said_by}")
    if ";" in stated:
        counted = origin if origin != stated else "the first"
        notes.append(f"several origins stated ({stated}); counted as {counted}")
    return "; ".join(note for note in notes if note)
