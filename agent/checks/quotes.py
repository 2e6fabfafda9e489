"""Quotes cut by offset: a finding names sentences, code takes them from the stored text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.checks.names import named
from agent.domain import Candidate, Evidence, Finding, Judgement, Span


@dataclass(frozen=True, slots=True)
class Cut:
    """The evidence of a judgement, and for each finding, in order, the ids of the evidence it became."""

    evidence: tuple[Evidence, ...]
    by_finding: tuple[tuple[str, ...], ...]


def cut_quotes(judgement: Judgement, candidates: Sequence[Candidate]) -> Cut:
    """One Evidence per contiguous run of a finding's sentences, ids ``e1``, ``e2`` ... in order.

    The same stretch of a source read twice with the same stance is one Evidence. Raises ValueError for a
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
            if key not in evidence:
                evidence[key] = _evidence(f"e{len(evidence) + 1}", span, finding, candidate)
            ids.append(evidence[key].id)
        by_finding.append(tuple(ids))
    return Cut(tuple(evidence.values()), tuple(by_finding))


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
    return Evidence(
        id=id,
        source_id=candidate.passage.source_id,
        passage_id=candidate.passage.id,
        span=span,
        quote=candidate.cut(span),
        stance=finding.stance,
        origin=_origin(finding, candidate),
        metadata=candidate.metadata,
        source_sha256=candidate.source_sha256,
        family=candidate.family,
        note=_note(finding, candidate),
        whole=finding.whole,
    )


def _origin(finding: Finding, candidate: Candidate) -> str:
    """The corpus' keeper knows best; else the engine's reading, if it names anybody; else the outlet."""
    if candidate.metadata.origin:
        return candidate.metadata.origin
    return finding.said_by if named(finding.said_by) else candidate.metadata.outlet


def _note(finding: Finding, candidate: Candidate) -> str:
    notes, metadata = [finding.note], candidate.metadata
    if metadata.origin and named(finding.said_by) and finding.said_by != metadata.origin:
        notes.append(f"the passage itself names {finding.said_by}")
    if ";" in metadata.origin:
        notes.append(f"several origins stated ({metadata.origin}); counted as the first")
    return "; ".join(note for note in notes if note)
