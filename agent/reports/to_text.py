"""The ledger for a terminal: what was claimed, what the corpus says of it, and who says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rich.text import Text

from agent.domain import (
    Assessed,
    Claim,
    ClaimKind,
    Evidence,
    Outcome,
    Report,
    Stance,
    Unassessed,
    Verdict,
    Voice,
)
from agent.reports import wording
from agent.reports.page import Page
from agent.reports.safe import one_line

MAX_QUOTE = 600
QUOTES_PER_VOICE = 3
DISCARDED_SHOWN = 10
NEUTRAL_SHOWN = 3


def report_text(
    report: Report, *, width: int = 80, colour: bool = False, claims: Collection[int] = ()
) -> str:
    """The report as lines of at most ``width`` cells, with ANSI colours only if ``colour``.

    ``claims`` are the numbers, from 1, of those to show; none shows all. Everything quoted is made safe:
    no control character of a document or source reaches the terminal.
    """
    page = Page(width)
    if claims:
        for number, outcome in enumerate(report.outcomes, start=1):
            if number in claims:
                page.rule()
                _outcome(page, number, outcome)
        return page.render(colour=colour)
    _heading(page, report)
    for number, outcome in enumerate(report.outcomes, start=1):
        page.rule()
        _outcome(page, number, outcome)
    page.rule()
    _discarded(page, report)
    _footer(page, report)
    return page.render(colour=colour)


def overview_text(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """A line or two a claim: its number, label, independent voices for and against, and wording."""
    page = Page(width)
    _heading(page, report)
    page.rule()
    for number, outcome in enumerate(report.outcomes, start=1):
        mark = wording.badge(outcome)
        line = Text(f"{number:>3}  ", style="dim")
        line.append(f"{mark.sign} {mark.words.upper()}", style=f"bold {mark.colour}")
        aside = wording.origins(outcome.verdict) if isinstance(outcome, Assessed) else ""
        page.ends(line, Text(aside, style="dim"))
        page.body(Text(one_line(outcome.claim.text)))
    return page.render(colour=colour)


def _heading(page: Page, report: Report) -> None:
    about = report.document.metadata
    page.line(Text(one_line(wording.title(report.document)), style="bold"))
    published = wording.day(about.published) if about.published.known else ""
    name = report.document.name if about.title else ""
    byline = [one_line(part) for part in (about.outlet, published, name) if part]
    if byline:
        page.line(Text(" · ".join(byline), style="dim"))
    page.blank()
    _tally(page, report)
    if report.provenance.engine.notice:
        page.blank()
        page.labelled("note", Text(one_line(report.provenance.engine.notice)))
    _failures(page, report)


def _tally(page: Page, report: Report) -> None:
    if not report.outcomes:
        page.line(Text(wording.no_claims(report), style="bold"))
    else:
        marks = [
            Text(f"{mark.sign} {number} {mark.words}", style=mark.colour)
            for mark, number in wording.tally(report)
        ]
        page.items([Text(wording.count(len(report.outcomes), "claim"), style="bold"), *marks])
    if report.as_of:
        page.line(Text(f"as of {wording.as_of(report)}", style="dim"))


def _failures(page: Page, report: Report) -> None:
    found = wording.failures(report)
    if not found:
        return
    page.blank()
    page.labelled(
        "! failed",
        Text(f"{' '.join(found)} {wording.FAILURE_MEANS}", style="bold magenta"),
        style="bold magenta",
    )
    for item in report.unread:
        text = Text(f"“{one_line(item.span.cut(report.document.text), 160)}”")
        text.append(f" — {one_line(item.reason)}", style="magenta")
        page.labelled("unread", text, style="magenta")


def _outcome(page: Page, number: int, outcome: Outcome) -> None:
    mark = wording.badge(outcome)
    line = Text(f"{number:>3}  ", style="dim")
    line.append(f"{mark.sign} {mark.words.upper()}", style=f"bold {mark.colour}")
    aside = wording.origins(outcome.verdict) if isinstance(outcome, Assessed) else ""
    page.ends(line, Text(aside, style="dim"))
    page.body(Text(one_line(outcome.claim.text), style="bold"))
    page.blank()
    _claimed(page, outcome.claim)
    match outcome:
        case Assessed(_, verdict):
            _verdict(page, verdict)
        case Unassessed(_, reason):
            page.labelled("failed", Text(one_line(reason), style="magenta"), style="magenta")


def _claimed(page: Page, claim: Claim) -> None:
    page.labelled("said by", Text(wording.said_by(claim)))
    if claim.kind is ClaimKind.STATEMENT:
        page.labelled("checked", Text(wording.STATEMENT))


def _verdict(page: Page, verdict: Verdict) -> None:
    places = wording.numbered(verdict)
    for voice in wording.deciding(verdict):
        members = [item for item in verdict.evidence if item.id in voice.evidence]
        _voice(page, voice, members, places)
    _neutral(page, verdict, places)
    _reasons(page, verdict, places)


def _voice(page: Page, voice: Voice, members: list[Evidence], places: dict[str, int]) -> None:
    page.blank()
    against = voice.stance is Stance.REFUTES
    colour = "red" if against else "green"
    name = Text(one_line(voice.name), style="bold")
    if voice.claimant:
        name.append(f"  {wording.CLAIMANT}", style="not bold yellow")
    page.labelled(wording.STANCE_WORDS[voice.stance], name, style=f"bold {colour}")
    shown = members[:QUOTES_PER_VOICE]
    for item in shown:
        _quote(page, voice, item, places[item.id])
    rest = len(members) - len(shown)
    if rest:
        page.body(Text(f"and {wording.count(rest, 'more quote')} (in the JSON)", style="dim"), page.column)
    why = wording.merged(voice)
    if why:
        page.labelled("", Text(why, style="dim italic"))


def _quote(page: Page, voice: Voice, item: Evidence, place: int) -> None:
    page.labelled("", Text(f"“{one_line(item.quote, MAX_QUOTE)}”"))
    source = Text(f"[{place}] {wording.citation(item, voice.name)}", style="dim")
    source.append(f" · {one_line(item.source_id)}", style="dim")
    page.labelled("", source)
    for remark in item.remarks:
        page.labelled("", Text(wording.remark(remark), style="yellow"))
    if item.note:
        page.labelled("", Text(one_line(item.note), style="dim italic"))


def _neutral(page: Page, verdict: Verdict, places: dict[str, int]) -> None:
    neutral = [item for item in verdict.evidence if item.stance is Stance.NEUTRAL]
    if not neutral:
        return
    shown = "; ".join(f"[{places[item.id]}] {wording.citation(item)}" for item in neutral[:NEUTRAL_SHOWN])
    more = f"; and {len(neutral) - NEUTRAL_SHOWN} more" if len(neutral) > NEUTRAL_SHOWN else ""
    if wording.deciding(verdict):
        page.blank()
    page.labelled("neutral", Text(shown + more, style="dim"))
    for remark in dict.fromkeys(wording.remark(remark) for item in neutral for remark in item.remarks):
        page.labelled("", Text(remark, style="yellow"))


def _reasons(page: Page, verdict: Verdict, places: dict[str, int]) -> None:
    if verdict.voices:
        page.blank()
    if verdict.justification:
        page.labelled("because", Text(_justification(verdict, places)))
    if would_settle := wording.would_settle(verdict):
        page.labelled("to settle", Text(would_settle))
    for remark in verdict.remarks:
        page.labelled("check", Text(wording.remark(remark), style="yellow"))
    parts = [one_line(verdict.rule), "after a second look" if verdict.second_look else ""]
    if verdict.confidence is not None:
        parts.append(f"confidence {verdict.confidence:.2f}")
    page.labelled("rule", Text(" · ".join(part for part in parts if part), style="dim"))


def _justification(verdict: Verdict, places: dict[str, int]) -> str:
    def marked(text: str, ids: Iterable[str]) -> str:
        numbers = "".join(f"[{places[item]}]" for item in ids if item in places)
        return f"{one_line(text)} {numbers}".rstrip()

    return " ".join(marked(sentence.text, sentence.evidence) for sentence in verdict.justification)


def _discarded(page: Page, report: Report) -> None:
    if not report.discarded:
        return
    number = wording.count(len(report.discarded), "stretch", "stretches")
    page.labelled("set aside", Text(f"{number} not checked: {wording.discarded_counts(report.discarded)}"))
    for item in wording.by_interest(report.discarded)[:DISCARDED_SHOWN]:
        reason = item.reason.value.replace("_", " ")
        room = max(20, page.width - page.column - len(reason) - 3)
        page.labelled("", Text(f"{reason}: {one_line(item.text, room)}", style="dim"))
    rest = len(report.discarded) - DISCARDED_SHOWN
    if rest > 0:
        page.labelled("", Text(f"and {rest:,} more (in the JSON)", style="dim"))
    page.blank()


def _footer(page: Page, report: Report) -> None:
    provenance = report.provenance
    for label, text in (
        ("engine", wording.engine(provenance)),
        ("corpus", wording.corpus(provenance)),
        ("as of", wording.as_of(report)),
        ("spent", wording.spent(report.usage)),
        ("version", f"corroborate {provenance.version}"),
    ):
        page.labelled(label, Text(text, style="dim"))
