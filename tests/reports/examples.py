"""Reports made by hand, of an invented flood in an invented town."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from agent.domain import (
    Assessed,
    CheckKind,
    CheckResult,
    Claim,
    ClaimKind,
    Discarded,
    DiscardReason,
    Document,
    EngineIdentity,
    Evidence,
    JustificationSentence,
    Label,
    Metadata,
    PartialDate,
    PromptIdentity,
    Provenance,
    Ratings,
    Remark,
    Report,
    Span,
    Stance,
    Unassessed,
    Unread,
    Usage,
    Verdict,
    Voice,
)

TEXT = (
    "Subscribe to our newsletter.\n\n"
    "The Lindel bridge was closed on Saturday after the river Orre topped its banks, "
    "the mayor's office said. "
    "Some 4,000 people were told to leave their homes. "
    "Upstream, the Harrow dam was never at risk, its operator told the Courier. "
    "Nobody was hurt. "
    "A second flood next spring is all but certain. "
    "It was a shameful failure of planning.\n"
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def where(piece: str) -> Span:
    start = TEXT.index(piece)
    return Span(start, start + len(piece))


def claim(number: int, piece: str, text: str, **more: object) -> Claim:
    return Claim(id=f"c{number}", text=text, kind=ClaimKind.CONTENT, spans=(where(piece),), **more)  # type: ignore[arg-type]


SATURDAY = PartialDate(2024, 3, 2)

BRIDGE = claim(
    1,
    "The Lindel bridge was closed on Saturday",
    "The Lindel bridge was closed on Saturday [2 March 2024] because of flooding.",
    attribution=("Lindel Courier", "mayor's office"),
    said_on=SATURDAY,
    speaks_of="Saturday",
)
HOMES = claim(
    2, "Some 4,000 people were told", "Some 4,000 people [in Lindel] were told to leave their homes."
)
DAM = replace(
    claim(
        3,
        "Upstream, the Harrow dam was never at risk",
        "The operator of the Harrow dam said that the dam was never at risk.",
        attribution=("Lindel Courier", "Harrow Water"),
    ),
    kind=ClaimKind.STATEMENT,
)
HURT = claim(4, "Nobody was hurt.", "Nobody was hurt [in the Lindel flood].")
FORECAST = "A second flood next spring is all but certain."
OPINION = "It was a shameful failure of planning."


def evidence(
    number: int,
    source: str,
    quote: str,
    stance: Stance,
    outlet: str,
    published: PartialDate,
    origin: str,
    **more: object,
) -> Evidence:
    return Evidence(
        id=f"e{number}",
        source_id=source,
        passage_id="",
        span=Span(40, 40 + len(quote)),
        quote=quote,
        stance=stance,
        origin=origin,
        metadata=Metadata(
            title=f"Report {number}", outlet=outlet, published=published, url=f"https://example.org/{source}"
        ),
        source_sha256=digest(source),
        **more,  # type: ignore[arg-type]
    )


BRIDGE_VERDICT = Verdict(
    label=Label.CORROBORATED,
    rule="borne out",
    independent_for=2,
    independent_against=0,
    evidence=(
        evidence(
            1,
            "courier-0302",
            "The bridge was shut at noon on Saturday, said the county's road office, "
            "once water had reached the deck.",
            Stance.SUPPORTS,
            "Lindel Courier",
            SATURDAY,
            "county road office",
        ),
        evidence(
            2,
            "valley-radio-7",
            "Road office: Lindel bridge shut since noon.",
            Stance.SUPPORTS,
            "Valley Radio",
            SATURDAY,
            "county road office",
        ),
        evidence(
            3,
            "ferry-log",
            "From one o'clock we carried the cars that could no longer cross at Lindel.",
            Stance.SUPPORTS,
            "Orre Ferry Log",
            PartialDate(2024, 3),
            "Orre ferry crew",
        ),
        evidence(
            4,
            "almanac",
            "The Lindel bridge was opened in 1911.",
            Stance.NEUTRAL,
            "County Almanac",
            PartialDate(),
            "County Almanac",
        ),
    ),
    voices=(
        Voice("county road office", Stance.SUPPORTS, ("e1", "e2"), ("the same origin",)),
        Voice("Orre ferry crew", Stance.SUPPORTS, ("e3",)),
    ),
    justification=(
        JustificationSentence("The road office reports the closure, and two outlets relay it.", ("e1", "e2")),
        JustificationSentence("The ferry's crew saw its effect.", ("e3",)),
    ),
    confidence=0.91,
    ratings=Ratings(5, 1, 1, 2),
)
HOMES_VERDICT = Verdict(
    label=Label.CONTRADICTED,
    rule="excluded",
    independent_for=0,
    independent_against=1,
    evidence=(
        evidence(
            1,
            "rescue-report",
            "In all, 400 residents were asked to leave.",
            Stance.REFUTES,
            "Fire and Rescue Service",
            PartialDate(2024, 3, 5),
            "Fire and Rescue Service",
            whole=False,
            note="Counts those asked to leave by the fire service.",
            remarks=(
                Remark(CheckKind.NUMBER, CheckResult.DIFFERS, "claim: 4,000 people; source: 400 residents"),
            ),
        ),
    ),
    voices=(Voice("Fire and Rescue Service", Stance.REFUTES, ("e1",)),),
    second_look=True,
)
DAM_VERDICT = Verdict(
    label=Label.NOT_ENOUGH_EVIDENCE,
    rule="only its own origin",
    independent_for=0,
    independent_against=0,
    evidence=(
        evidence(
            1,
            "harrow-notice",
            "At no time was the dam at risk.",
            Stance.SUPPORTS,
            "Harrow Water",
            PartialDate(2024, 3, 3),
            "Harrow Water",
        ),
    ),
    voices=(Voice("Harrow Water", Stance.SUPPORTS, ("e1",), claimant=True),),
    would_settle="The inspector's log of the dam's water level for 2 March.",
)

LLM = EngineIdentity(
    "llm",
    "reader-large",
    (PromptIdentity("extract", "v1", digest("extract")), PromptIdentity("judge", "v1", digest("judge"))),
)
RULES = EngineIdentity("rules", notice="No model read the text: sentences were matched by rules.")

REPORT = Report(
    document=Document(
        "lindel.md",
        TEXT,
        digest(TEXT),
        Metadata(title="Flood closes Lindel bridge", outlet="Lindel Courier", published=SATURDAY),
    ),
    as_of=date(2024, 3, 10),
    outcomes=(
        Assessed(BRIDGE, BRIDGE_VERDICT),
        Assessed(HOMES, HOMES_VERDICT),
        Assessed(DAM, DAM_VERDICT),
        Unassessed(HURT, "the server gave no answer within 300 s"),
    ),
    discarded=(
        Discarded(
            where("Subscribe to our newsletter."), "Subscribe to our newsletter.", DiscardReason.BOILERPLATE
        ),
        Discarded(where(OPINION), OPINION, DiscardReason.OPINION),
    ),
    unread=(Unread(where(FORECAST), "the reply broke its schema twice"),),
    provenance=Provenance(
        version="0.1.0",
        engine=LLM,
        embedder="minilm-l6-v2@53aa5117",
        corpus_sha256=digest("corpus"),
        corpus_sources=24,
        undated_excluded=3,
        settings={"limit": 10, "require_origins": 1, "second_look": True},
    ),
    usage=Usage({"judge": 4, "extract": 1}, 12345, 2345, None),
)

CLEAN = replace(
    REPORT,
    outcomes=REPORT.outcomes[:2],
    unread=(),
    provenance=replace(REPORT.provenance, engine=RULES),
    usage=Usage(),
    as_of=None,
)
"""Nothing failed, no model asked."""

HOSTILE = "\x1b[2J\x1b]0;owned\x07 <script>alert(1)</script> **bold** [click](javascript:x) \u202eevil\x9b31m https://bad.example"
"""What a corpus may hold: escape sequences, markup, a right-to-left override."""
