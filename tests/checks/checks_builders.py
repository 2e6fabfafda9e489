"""Small builders: a report with numbered sentences, a finding on it, the evidence it becomes."""

from __future__ import annotations

import hashlib

from agent.domain import Candidate, Claim, ClaimKind, Evidence, Metadata, Passage, Span, Stance


def claim(text: str, kind: ClaimKind = ClaimKind.CONTENT, attribution: tuple[str, ...] = ()) -> Claim:
    return Claim("c1", text, kind, (Span(0, len(text)),), attribution)


def candidate(id: str, *sentences: str, family: str = "", lead: str = "Lead. ", **metadata: str) -> Candidate:
    """A passage that starts after ``lead`` in its source; sentences are two spaces apart."""
    spans, place = [], len(lead)
    for sentence in sentences:
        spans.append(Span(place, place + len(sentence)))
        place += len(sentence) + 2
    text = "  ".join(sentences)
    passage = Passage(f"{id}#1", id, Span(len(lead), len(lead) + len(text)), tuple(spans))
    digest = hashlib.sha256((lead + text).encode()).hexdigest()
    known = Metadata(**{"outlet": f"Outlet {id}", **metadata})  # type: ignore[arg-type]
    return Candidate(passage, text, known, digest, family, score=1.0, similarity=0.5)


def evidence(
    id: str, stance: Stance = Stance.SUPPORTS, *, source: str = "", family: str = "", **metadata: str
) -> Evidence:
    known = Metadata(**{"outlet": f"Outlet {id}", **metadata})  # type: ignore[arg-type]
    return Evidence(
        id=id,
        source_id=source or f"source-{id}",
        passage_id=f"passage-{id}",
        span=Span(0, 4),
        quote="text",
        stance=stance,
        origin=known.origin or known.outlet,
        metadata=known,
        source_sha256="0" * 64,
        family=family,
    )
