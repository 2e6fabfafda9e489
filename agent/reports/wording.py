"""The words and signs that every readable form of a report shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain import (
    Assessed,
    CheckResult,
    Claim,
    Discarded,
    DiscardReason,
    Document,
    Evidence,
    Label,
    Outcome,
    PartialDate,
    Provenance,
    Remark,
    Report,
    Stance,
    Unassessed,
    Usage,
    Verdict,
    Voice,
)
from agent.reports.safe import one_line


@dataclass(frozen=True, slots=True)
class Badge:
    """How an outcome is marked: a sign and a word, so that colour never carries the meaning alone."""

    sign: str
    words: str
    colour: str

    def __str__(self) -> str:
        return f"{self.sign} {self.words}"


_BADGES = {
    Label.CORROBORATED: Badge("✓", "corroborated", "green"),
    Label.CONTRADICTED: Badge("✗", "contradicted", "red"),
    Label.CONFLICTING: Badge("≠", "conflicting", "yellow"),
    Label.NOT_ENOUGH_EVIDENCE: Badge("?", "not enough evidence", "cyan"),
}
NOT_ASSESSED = Badge("!", "not assessed", "magenta")

STANCE_WORDS = {Stance.SUPPORTS: "for", Stance.REFUTES: "against", Stance.NEUTRAL: "neutral"}

_RESULT_WORDS = {
    CheckResult.AGREES: "agrees",
    CheckResult.DIFFERS: "differs",
    CheckResult.NOT_COMPARABLE: "cannot be compared",
}


def label_badge(label: str) -> Badge:
    return _BADGES[Label(label)]


def badge(outcome: Outcome) -> Badge:
    match outcome:
        case Assessed(_, verdict):
            return _BADGES[verdict.label]
        case Unassessed():
            return NOT_ASSESSED


def tally(report: Report) -> list[tuple[Badge, int]]:
    """How many claims ended in each way, in the labels' order; those that none did are left out."""
    counts = Counter(badge(outcome) for outcome in report.outcomes)
    return [(mark, counts[mark]) for mark in (*_BADGES.values(), NOT_ASSESSED) if counts[mark]]


def title(document: Document) -> str:
    return document.metadata.title or ("standard input" if document.name == "-" else document.name)


def count(number: int, singular: str, plural: str = "") -> str:
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def failures(report: Report) -> list[str]:
    """What this run failed at, one sentence each; empty when it failed at nothing."""
    unassessed = sum(isinstance(outcome, Unassessed) for outcome in report.outcomes)
    found = []
    if unassessed:
        found.append(f"{count(unassessed, 'claim')} could not be assessed.")
    if report.unread:
        found.append(f"{count(len(report.unread), 'stretch', 'stretches')} of the text could not be read.")
    return found


STATEMENT = "whether it was said, not whether it is so"
FAILURE_MEANS = "A failure of this run, and no finding about the text."


def no_claims(report: Report) -> str:
    """What to say of a report without claims: a text that could not be read is not one without any."""
    where = "what could be read of this text" if report.unread else "this text"
    return f"No check-worthy claims were found in {where}."


def day(value: PartialDate) -> str:
    return str(value) if value.known else "undated"


def said_by(claim: Claim) -> str:
    """The chain from the outlet to the first speaker, and when: ``Courier → Harbour Office, 2024-03-02``."""
    chain = " → ".join(one_line(name) for name in claim.attribution) or "the text itself"
    when = [str(claim.said_on)] if claim.said_on.known else []
    return ", ".join([chain, *when])


def origins(verdict: Verdict) -> str:
    return (
        f"{count(verdict.independent_for, 'independent origin')} for, {verdict.independent_against} against"
    )


def citation(item: Evidence, voice: str = "") -> str:
    """Outlet, date and who said it first, the last only where the voice' name has not told it."""
    about = item.metadata
    parts = [one_line(about.outlet or about.title or item.source_id), day(about.published)]
    if item.origin and item.origin not in (voice, about.outlet):
        parts.append(f"from {one_line(item.origin)}")
    if not item.whole:
        parts.append("on a part of the claim")
    return ", ".join(parts)


def merged(voice: Voice) -> str:
    """Why several quotes count once; empty for a voice of one."""
    if len(voice.evidence) < 2 and not voice.because:
        return ""
    because = "; ".join(one_line(reason) for reason in voice.because)
    return f"{count(len(voice.evidence), 'quote')}, one voice" + (f": {because}" if because else "")


def would_settle(verdict: Verdict) -> str:
    """What evidence would settle the claim, where it is open."""
    settled = verdict.label in (Label.CORROBORATED, Label.CONTRADICTED)
    return "" if settled else one_line(verdict.would_settle)


def deciding(verdict: Verdict) -> list[Voice]:
    """The voices that take a side: those of the label's own side first, the claimant's own last."""
    leads = Stance.REFUTES if verdict.label is Label.CONTRADICTED else Stance.SUPPORTS
    sided = [voice for voice in verdict.voices if voice.stance is not Stance.NEUTRAL]
    return sorted(sided, key=lambda voice: (voice.claimant, voice.stance is not leads))


def numbered(verdict: Verdict) -> dict[str, int]:
    """Evidence ids to the numbers readers cite by: in the order shown, what takes no side last."""
    shown = [e.id for voice in deciding(verdict) for e in verdict.evidence if e.id in voice.evidence]
    order = dict.fromkeys((*shown, *(e.id for e in verdict.evidence)))
    return {item: number for number, item in enumerate(order, start=1)}


CLAIMANT = "the claim's own speaker, whose word is not counted as a second"


def remark(item: Remark) -> str:
    """``number differs: claim: 4,000; source: 400``."""
    return f"{item.kind.value} {_RESULT_WORDS[item.result]}: {one_line(item.text)}"


def by_interest(items: Sequence[Discarded]) -> list[Discarded]:
    """What an author wrote before what a page carries, each in the text's order."""
    return sorted(items, key=lambda item: item.reason is DiscardReason.BOILERPLATE)


def discarded_counts(items: Sequence[Discarded]) -> str:
    """``3 opinion, 2 boilerplate``: most frequent first."""
    counts = Counter(item.reason.value.replace("_", " ") for item in items)
    return ", ".join(f"{number} {reason}" for reason, number in counts.most_common())


def engine(provenance: Provenance) -> str:
    identity = provenance.engine
    prompts = ", ".join(f"{item.name} {item.version} ({item.sha256[:8]})" for item in identity.prompts)
    parts = [identity.name, identity.model, f"prompts {prompts}" if prompts else ""]
    return " · ".join(one_line(part) for part in parts if part)


def corpus(provenance: Provenance) -> str:
    digest = provenance.corpus_sha256[:12] or "empty"
    return f"{count(provenance.corpus_sources, 'source')} · digest {digest} · {one_line(provenance.embedder)}"


def as_of(report: Report) -> str:
    if report.as_of is None:
        return "no date limit"
    left_out = report.provenance.undated_excluded
    undated = f" · {count(left_out, 'undated source')} left out" if left_out else ""
    return f"{report.as_of.isoformat()}{undated}"


def spent(usage: Usage) -> str:
    calls = sum(usage.calls.values())
    if not calls:
        return "no model calls"
    steps = ", ".join(f"{step} {number}" for step, number in sorted(usage.calls.items()) if number)
    price = "price unknown" if usage.cost is None else f"${usage.cost:.4f}"
    tokens = f"{usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out"
    return f"{count(calls, 'model call')} ({steps}) · {tokens} · {price}"
