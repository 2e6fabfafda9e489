"""Passages weighed against a claim: findings, and the sentences that justify them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.checks.names import same_speaker
from agent.domain import Candidate, Claim, ClaimKind, Finding, Judgement, ReasonedSentence, Stance
from agent.engines.rules.attribution import attribution
from agent.engines.rules.lexicon import SUBJECT_PRONOUNS
from agent.engines.rules.relevance import Subject, cover, subject
from agent.engines.rules.stance import OPEN, Reading, read_answer, read_stance
from agent.engines.rules.tokens import is_english

_ON_SUBJECT = 0.5
_ON_SUBJECT_IF_SIMILAR = 0.4
_SIMILAR = 0.55
_WOULD_SETTLE = (
    "A report that states or denies this in so many words, from a source other than the claim's own speaker."
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to look for: the assertion, and for a statement those who must be the ones to make it."""

    text: str
    subject: Subject
    speaker: str


@dataclass(frozen=True, slots=True)
class _Found:
    finding: Finding
    candidate: Candidate
    weight: float


def judge(claim: Claim, candidates: Sequence[Candidate]) -> Judgement:
    """Weigh the candidates: at most one finding for each, its strongest. Without ratings."""
    if not is_english(claim.text):
        return Judgement((), would_settle=_WOULD_SETTLE)
    asked = _asked(claim, candidates)
    found = [best for candidate in candidates if (best := _best(asked, candidate))]
    return Judgement(
        findings=tuple(each.finding for each in found),
        justification=tuple(_justify(found)),
        would_settle=_WOULD_SETTLE,
    )


def _asked(claim: Claim, candidates: Sequence[Candidate]) -> _Asked:
    text, speaker = claim.text, ""
    if claim.kind is ClaimKind.STATEMENT:
        told = attribution(claim.text)
        text = (told.content if told else "") or claim.text.partition(" said:] ")[2] or claim.text
        speaker = claim.attribution[-1] if claim.attribution else ""
    shown = [sentence for candidate in candidates for sentence in candidate.sentences]
    return _Asked(text, subject(text, shown), speaker)


def _best(asked: _Asked, candidate: Candidate) -> _Found | None:
    """The candidate's most telling sentence: a decided one before an open one, then the better covered."""
    readings = [
        found for place in range(len(candidate.sentences)) if (found := _read(asked, candidate, place))
    ]
    if not readings:
        return None
    return max(readings, key=lambda found: (found.finding.stance is not Stance.NEUTRAL, found.weight))


def _read(asked: _Asked, candidate: Candidate, place: int) -> _Found | None:
    sentences = candidate.sentences
    sentence = sentences[place]
    coverage = cover(asked.subject, sentence, _around(candidate, place))
    if not _on_subject(coverage.share, candidate.similarity) or not is_english(sentence):
        return None
    answer = sentences[place + 1] if sentence.endswith("?") and place + 1 < len(sentences) else ""
    if answer:
        reading = read_answer(asked.text, sentence, answer, coverage)
    else:
        reading = read_stance(asked.text, sentence, coverage)
    if asked.speaker:
        reading = _as_statement(reading, asked.speaker, candidate, place)
    finding = Finding(
        passage_id=candidate.passage.id,
        sentences=(place + 1, place + 2) if answer else (place + 1,),
        stance=reading.stance,
        said_by=_said_by(sentence),
        note=reading.because,
    )
    return _Found(finding, candidate, coverage.share)


def _on_subject(share: float, similarity: float) -> bool:
    return share >= _ON_SUBJECT or (share >= _ON_SUBJECT_IF_SIMILAR and similarity >= _SIMILAR)


def _around(candidate: Candidate, place: int) -> tuple[str, ...]:
    sentences = candidate.sentences
    return (
        candidate.metadata.title,
        *sentences[max(0, place - 2) : place],
        *sentences[place + 1 : place + 2],
    )


def _as_statement(reading: Reading, speaker: str, candidate: Candidate, place: int) -> Reading:
    """A statement is borne out by a report that the same speaker said it; its content proves nothing."""
    sentence = candidate.sentences[place]
    told = attribution(sentence)
    voices = (*(told.speakers if told else ()), candidate.metadata.origin)
    if reading.stance is Stance.SUPPORTS and any(same_speaker(speaker, voice) for voice in voices):
        return Reading(Stance.SUPPORTS, "reports the same words of the same speaker")
    return OPEN


def _said_by(sentence: str) -> str:
    """The first speaker the sentence names, a pronoun being no name."""
    told = attribution(sentence)
    named = [name for name in told.speakers if name.lower() not in SUBJECT_PRONOUNS] if told else []
    return named[-1] if named else ""


def _justify(found: Sequence[_Found]) -> Iterator[ReasonedSentence]:
    for place, each in enumerate(found):
        match each.finding.stance:
            case Stance.SUPPORTS:
                yield ReasonedSentence(f"{_where(each)} says the same.", (place,))
            case Stance.REFUTES:
                yield ReasonedSentence(f"{_where(each)} says otherwise ({each.finding.note}).", (place,))
            case Stance.NEUTRAL:
                pass


def _where(found: _Found) -> str:
    metadata = found.candidate.metadata
    name = metadata.outlet or metadata.title or metadata.origin or "A source without a name"
    return f"{name}, {metadata.published}," if metadata.published.known else name
