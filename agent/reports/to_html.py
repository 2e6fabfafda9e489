"""The ledger as one self-contained web page, to publish, send or print.

Nothing is loaded from elsewhere and nothing quoted can run: the page's own policy admits its one style
and its one script by their digests (https://www.w3.org/TR/CSP3/), and all else not at all. Without the
script everything is shown; with it, claims can be filtered by label.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files

from agent.domain import Report
from agent.reports import wording
from agent.reports.safe import one_line
from agent.reports.web.cards import card
from agent.reports.web.labels import CLASSES, class_of
from agent.reports.web.made import made
from agent.reports.web.marked import marked_text, placed
from agent.reports.web.markup import Html, join, quoted, tag
from agent.reports.web.timeline import report_timeline


def report_html(report: Report, *, rules: Mapping[str, str] | None = None) -> str:
    """The whole page; equal arguments give equal bytes. ``rules`` says in words what each rule of the
    verdicts means, by its name; a rule that is not among them is shown by its name alone."""
    style, script = _file("page.css"), _file("page.js")
    body = tag(
        "body",
        tag("a", "Skip to the claims", class_="skip", href="#claims"),
        _head(report),
        tag("main", _text(report), _claims(report, rules or {})),
        made(report),
        tag("script", Html(script)),
    )
    return f"<!doctype html>\n{tag('html', _meta(report, style, script), body, lang='en')}\n"


def _meta(report: Report, style: str, script: str) -> Html:
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{one_line(wording.title(report.document))}: claims checked"),
        tag("style", Html(style)),
    )


def _file(name: str) -> str:
    return files("agent.reports.web").joinpath(name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _head(report: Report) -> Html:
    about = report.document.metadata
    byline = [about.outlet, str(about.published), report.document.name if about.title else ""]
    limit = wording.as_of(report)
    return tag(
        "header",
        tag("p", "Claims checked against reports", class_="kicker"),
        quoted(wording.title(report.document), "h1", dir="auto"),
        tag("p", join((quoted(part) for part in byline if part), " · "), class_="byline"),
        _tally(report),
        tag("p", f"Evidence as of {limit}" if report.as_of else "Evidence of any date", class_="dim"),
        _notice(report),
        _failures(report),
        report_timeline(report),
        class_="top",
    )


def _tally(report: Report) -> Html:
    if not report.outcomes:
        return tag("p", wording.no_claims(report), class_="none")
    counts = Counter((class_of(outcome), wording.badge(outcome)) for outcome in report.outcomes)
    items = [
        tag("li", tag("b", str(number)), " ", str(mark), class_=name)
        for (name, mark), number in sorted(counts.items(), key=lambda item: CLASSES.index(item[0][0]))
    ]
    claims = tag("li", tag("b", str(len(report.outcomes))), f" {_plural(report)}")
    return tag("ul", claims, *items, class_="tally")


def _plural(report: Report) -> str:
    return "claim" if len(report.outcomes) == 1 else "claims"


def _notice(report: Report) -> Html:
    notice = report.provenance.engine.notice
    return tag("p", quoted(notice), class_="notice") if notice else Html("")


def _failures(report: Report) -> Html:
    found = wording.failures(report)
    if not found:
        return Html("")
    text = report.document.text
    unread = [
        tag("li", "“", quoted(one_line(item.span.cut(text), 300)), "”: ", quoted(item.reason))
        for item in report.unread
    ]
    head = tag("p", tag("strong", f"! {' '.join(found)}"), f" {wording.FAILURE_MEANS}")
    return tag("div", head, tag("ul", *unread) if unread else "", class_="failed", role="note")


def _text(report: Report) -> Html:
    return tag(
        "section",
        tag("h2", "The text", id="text-title"),
        tag("p", "Claims are underlined; the number leads to what was found.", class_="dim hint"),
        marked_text(report),
        class_="document",
        aria_labelledby="text-title",
        tabindex="0",
    )


def _claims(report: Report, rules: Mapping[str, str]) -> Html:
    known = placed(report)
    cards = [
        card(number, outcome, rules=rules, as_of=report.as_of, in_text=number in known)
        for number, outcome in enumerate(report.outcomes, start=1)
    ]
    return tag(
        "section",
        tag("h2", "The claims"),
        _filters(report),
        *(cards or [tag("p", wording.no_claims(report))]),
        id="claims",
        tabindex="-1",
    )


def _filters(report: Report) -> Html:
    """Hidden until the script shows it: without the script it would do nothing."""
    counts = Counter(class_of(outcome) for outcome in report.outcomes)
    marks = {class_of(outcome): wording.badge(outcome) for outcome in report.outcomes}
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", value=name, checked=True, autocomplete="off"),
            f" {marks[name]} ({counts[name]})",
            class_=name,
        )
        for name in CLASSES
        if counts[name]
    ]
    shown = tag("span", id="shown", class_="dim", role="status")
    return tag("fieldset", tag("legend", "Show"), *boxes, shown, id="filters", hidden=True)
