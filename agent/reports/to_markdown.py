"""The ledger as Markdown, for a newsroom's wiki, an issue or a message."""

from __future__ import annotations

from agent.domain import Assessed, ClaimKind, Evidence, Outcome, Report, Unassessed, Verdict, Voice
from agent.reports import wording
from agent.reports.safe import is_web_address, markdown, markdown_link

DISCARDED_SHOWN = 20


def report_markdown(report: Report) -> str:
    """The report as CommonMark. What it quotes is escaped: it can become neither markup nor HTML, and the
    only links are the sources' own web addresses."""
    blocks = [*_heading(report), *_failures(report)]
    for number, outcome in enumerate(report.outcomes, start=1):
        blocks += _outcome(number, outcome)
    blocks += [*_discarded(report), *_provenance(report)]
    return "\n\n".join(blocks) + "\n"


def _heading(report: Report) -> list[str]:
    about = report.document.metadata
    title = wording.title(report.document)
    byline = [part for part in (about.outlet, str(about.published), report.document.name) if part]
    blocks = [f"# {markdown(title)}"]
    if byline not in ([title], ["-"]):
        blocks.append(" · ".join(map(markdown, byline)))
    if not report.outcomes:
        blocks.append(wording.no_claims(report))
    else:
        marks = ", ".join(f"{mark.sign} {number} {mark.words}" for mark, number in wording.tally(report))
        blocks.append(f"**{wording.count(len(report.outcomes), 'claim')}:** {marks}")
    if report.provenance.engine.notice:
        blocks.append(f"> {markdown(report.provenance.engine.notice)}")
    return blocks


def _failures(report: Report) -> list[str]:
    found = wording.failures(report)
    if not found:
        return []
    blocks = [f"> **! {' '.join(found)}** {wording.FAILURE_MEANS}"]
    lines = [
        f"- not read: “{markdown(item.span.cut(report.document.text), 300)}” ({markdown(item.reason)})"
        for item in report.unread
    ]
    return [*blocks, "\n".join(lines)] if lines else blocks


def _outcome(number: int, outcome: Outcome) -> list[str]:
    claim = outcome.claim
    about = [f"- said by: {markdown(wording.said_by(claim))}"]
    if claim.kind is ClaimKind.STATEMENT:
        about.append(f"- checked: {wording.STATEMENT}")
    blocks = [f"## {number}. {wording.badge(outcome)}", f"**{markdown(claim.text)}**"]
    match outcome:
        case Assessed(_, verdict):
            about.append(f"- {wording.origins(verdict)}")
            return [*blocks, "\n".join(about), *_verdict(verdict)]
        case Unassessed(_, reason):
            return [*blocks, "\n".join([*about, f"- not assessed: {markdown(reason)}"])]


def _verdict(verdict: Verdict) -> list[str]:
    places = wording.numbered(verdict)
    blocks: list[str] = []
    for voice in wording.deciding(verdict):
        members = [item for item in verdict.evidence if item.id in voice.evidence]
        blocks += _voice(voice, members, places)
    lines = [
        *_reasons(verdict, places),
        *(f"- check: {markdown(wording.remark(item))}" for item in verdict.remarks),
    ]
    lines.append(f"- rule: {markdown(verdict.rule)}{' (after a second look)' if verdict.second_look else ''}")
    if verdict.confidence is not None:
        lines.append(f"- confidence: {verdict.confidence:.2f}")
    return [*blocks, "\n".join(lines)]


def _voice(voice: Voice, members: list[Evidence], places: dict[str, int]) -> list[str]:
    head = f"{wording.STANCE_WORDS[voice.stance].capitalize()}: **{markdown(voice.name)}**"
    asides = [text for text in (wording.CLAIMANT if voice.claimant else "", wording.merged(voice)) if text]
    if asides:
        head += f" ({markdown('; '.join(asides))})"
    return [head, *(_quote(voice, item, places[item.id]) for item in members)]


def _quote(voice: Voice, item: Evidence, place: int) -> str:
    citation = wording.citation(item, voice.name)
    linked = (
        markdown_link(citation, item.metadata.url)
        if is_web_address(item.metadata.url)
        else markdown(citation)
    )
    lines = [f"> “{markdown(item.quote)}”", ">", f"> \\[{place}\\] {linked} · {markdown(item.source_id)}"]
    lines += [f">\n> {markdown(wording.remark(remark))}" for remark in item.remarks]
    if item.note:
        lines.append(f">\n> {markdown(item.note)}")
    return "\n".join(lines)


def _reasons(verdict: Verdict, places: dict[str, int]) -> list[str]:
    lines = []
    for sentence in verdict.justification:
        numbers = "".join(f"\\[{places[item]}\\]" for item in sentence.evidence if item in places)
        lines.append(f"- because: {markdown(sentence.text)} {numbers}".rstrip())
    if would_settle := wording.would_settle(verdict):
        lines.append(f"- what would settle it: {markdown(would_settle)}")
    return lines


def _discarded(report: Report) -> list[str]:
    if not report.discarded:
        return []
    lines = [
        f"- {item.reason.value.replace('_', ' ')}: {markdown(item.text, 200)}"
        for item in wording.by_interest(report.discarded)[:DISCARDED_SHOWN]
    ]
    rest = len(report.discarded) - DISCARDED_SHOWN
    if rest > 0:
        lines.append(f"- and {rest:,} more (in the JSON)")
    return ["## Set aside, not checked", f"{wording.discarded_counts(report.discarded)}.", "\n".join(lines)]


def _provenance(report: Report) -> list[str]:
    rows = (
        ("engine", wording.engine(report.provenance)),
        ("corpus", wording.corpus(report.provenance)),
        ("as of", wording.as_of(report)),
        ("spent", wording.spent(report.usage)),
        ("version", f"corroborate {report.provenance.version}"),
    )
    return ["## How this was made", "\n".join(f"- {label}: {markdown(text)}" for label, text in rows)]
