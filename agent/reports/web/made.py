"""The page's foot: how the report was made, to the digest, so that it can be made again."""

from __future__ import annotations

from agent.domain import EngineIdentity, Report
from agent.reports import wording
from agent.reports.web.markup import Html, facts, quoted, tag


def made(report: Report) -> Html:
    provenance = report.provenance
    engine = provenance.engine
    settings = ", ".join(f"{name} {value}" for name, value in sorted(provenance.settings.items()))
    aside = wording.discarded_counts(report.discarded)
    rows = (
        ("version", f"corroborate {provenance.version}"),
        ("engine", quoted(engine.name)),
        ("model", quoted(engine.model) if engine.model else ""),
        ("corpus", wording.count(provenance.corpus_sources, "source")),
        ("corpus digest", _digest(provenance.corpus_sha256)),
        ("text digest", _digest(report.document.sha256)),
        ("embedder", quoted(provenance.embedder)),
        ("as of", wording.as_of(report)),
        ("settings", quoted(settings) if settings else ""),
        (
            "set aside",
            f"{wording.count(len(report.discarded), 'stretch', 'stretches')}: {aside}" if aside else "",
        ),
        ("spent", wording.spent(report.usage)),
    )
    return tag("footer", tag("h2", "How this was made"), facts(rows), _prompts(engine))


def _digest(value: str) -> Html:
    return tag("code", value or "none")


def _prompts(engine: EngineIdentity) -> Html:
    if not engine.prompts:
        return Html("")
    head = tag("tr", *(tag("th", name, scope="col") for name in ("prompt", "version", "SHA-256")))
    rows = [
        tag("tr", quoted(item.name, "td"), quoted(item.version, "td"), tag("td", _digest(item.sha256)))
        for item in engine.prompts
    ]
    return tag("table", tag("thead", head), tag("tbody", *rows))
