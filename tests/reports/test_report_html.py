"""The HTML report: one page that shows the whole proof, loads nothing, and runs nothing it quotes."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reports import examples

from agent.domain import Assessed, Document, Metadata, PartialDate, Span, Stance, Voice
from agent.reports.from_json import loads
from agent.reports.to_html import report_html
from agent.reports.to_json import dumps

VOID = {"meta", "input", "br"}
ALLOWED_TAGS = {
    *("html", "head", "meta", "title", "style", "script", "body", "header", "main", "footer", "section"),
    *("article", "h1", "h2", "h3", "h4", "p", "ul", "li", "dl", "dt", "dd", "div", "span", "a", "b", "bdi"),
    *("strong", "blockquote", "code", "details", "summary", "figure", "figcaption", "fieldset", "legend"),
    *("label", "input", "svg", "line", "circle", "rect", "text", "table", "thead", "tbody", "tr", "th", "td"),
}
ALLOWED_ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "rel", "dir", "title"),
    *(
        "tabindex",
        "role",
        "aria-label",
        "aria-labelledby",
        "data-label",
        "hidden",
        "type",
        "value",
        "checked",
    ),
    *("autocomplete", "scope", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"),
}
RULES = {"borne out": "Independent voices support it."}


class Parsed(HTMLParser):
    """The page as a browser's parser sees it: its skeleton, its text, what its style and script hold."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.skeleton: list[tuple[str, ...]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.held: dict[str, list[str]] = {"style": [], "script": []}
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.skeleton.append((tag, *(name for name, _ in attrs)))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] in self.held:
            self.held[self._open[-1]].append(data)
        else:
            self.text += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data):
        raise AssertionError(f"a processing instruction: {data}")

    def all(self, name):
        return [value for _, attribute, value in self.attributes if attribute == name]


def words(text):
    return " ".join(text.split())


def rewritten(value, change, path=""):
    """The value with every string in it changed. Enums, ids and references between values stay."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return change(path, value)
    if isinstance(value, tuple):
        return tuple(rewritten(item, change, path) for item in value)
    if isinstance(value, PartialDate | Span | Enum) or not is_dataclass(value):
        return value
    return replace(
        value,
        **{item.name: rewritten(getattr(value, item.name), change, item.name) for item in fields(value)},
    )


KEPT = {"id", "evidence", "sha256", "source_sha256", "corpus_sha256", "url"}


def filled_with(bad, url="https://example.org/report"):
    def change(path, value):
        if path == "url":
            return url if value else value
        return value if path in KEPT or not value else bad

    made = replace(examples.REPORT.provenance, settings={bad: bad})
    return rewritten(replace(examples.REPORT, provenance=made), change)


HOSTILE_PIECES = st.sampled_from(
    [
        *("</script>", "<script>alert(1)</script>", "</style>", "<!--", "-->", "]]>", "<![CDATA[", "<?x"),
        *(
            '"',
            "'",
            '" onmouseover="alert(1)',
            "' autofocus onfocus='x",
            "&lt;",
            "&#60;",
            "&amp",
            "<svg onload=x>",
        ),
        *("</title>", "</li></ul>", "</a>", "<base href=//x>", "javascript:x", "\u202e", "\u2066", "\u2069"),
        *(
            "\x00",
            "\x1b[2J",
            "\x9b",
            "\ud800",
            "\r\n",
            "\u2028",
            "\x85",
            "\ufffe",
            "{{x}}",
            "$x",
            "%s",
            "\\",
            "`",
        ),
    ]
)
HOSTILE = st.lists(HOSTILE_PIECES | st.text(max_size=8), max_size=6).map(
    lambda pieces: f"a{''.join(pieces)}z"
)


def test_every_claim_is_shown_with_its_label_in_words_and_its_whole_proof():
    page = words(Parsed(report_html(examples.REPORT, rules=RULES)).text)
    for outcome in examples.REPORT.outcomes:
        assert outcome.claim.text in page
        for name in outcome.claim.attribution:
            assert name in page
        if isinstance(outcome, Assessed):
            for item in outcome.verdict.evidence:
                assert item.quote in page
                assert item.source_id in page
                assert item.note in page
                for remark in item.remarks:
                    assert remark.text in page
            for sentence in outcome.verdict.justification:
                assert sentence.text in page
        else:
            assert outcome.reason in page
    for expected in (
        *("✓ corroborated", "✗ contradicted", "? not enough evidence", "! not assessed"),
        *("borne out: Independent voices support it.", "2 quotes, one voice: the same origin"),
        *("whose word is not counted as a second", "Searched and judged twice", "The inspector's log"),
        *("1 claim could not be assessed. 1 stretch of the text could not be read.", "as of 2024-03-10"),
        *("reader-large", examples.digest("judge"), examples.digest("corpus"), "5 model calls"),
    ):
        assert expected in page


def document_of(page):
    """The document's part of the page, without what was added to the text."""
    inner = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL).group(1)
    bare = re.sub(r'<a class="chip.*?</a>', "", inner)
    bare = re.sub(r'<span class="why[^>]*>.*?</span>', "", bare)
    return inner, Parsed(f"<div>{bare}</div>").text


def test_the_text_is_whole_and_its_marks_lead_to_the_cards():
    page = report_html(examples.REPORT)
    inner, text = document_of(page)
    assert text == examples.TEXT
    parsed = Parsed(page)
    targets = {f"#{name}" for name in parsed.all("id")}
    assert {link for link in parsed.all("href") if link.startswith("#")} <= targets
    assert [f"#claim-{number}" for number in (1, 2, 3, 4)] == list(dict.fromkeys(Parsed(inner).all("href")))
    assert "set aside: boilerplate" in inner
    assert "not read: <bdi>the reply broke its schema twice</bdi>" in inner


@given(spans=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_stretches_may_overlap_nest_repeat_or_lie_beyond_the_end(spans):
    chosen = tuple(Span(min(pair), max(pair)) for pair in spans)
    bridge = replace(examples.BRIDGE, spans=chosen)
    report = replace(
        examples.REPORT,
        outcomes=(Assessed(bridge, examples.BRIDGE_VERDICT), *examples.REPORT.outcomes[1:]),
        unread=tuple(replace(examples.REPORT.unread[0], span=span) for span in chosen[:2]),
    )
    page = report_html(report)
    assert document_of(page)[1] == examples.TEXT
    parsed = Parsed(page)
    assert len(set(parsed.all("id"))) == len(parsed.all("id"))
    assert {link for link in parsed.all("href") if link[0] == "#"} <= {
        f"#{name}" for name in parsed.all("id")
    }


def test_a_piece_under_two_claims_leads_to_the_closer_and_both_are_named_at_their_ends():
    inner_span = examples.where("closed on Saturday")
    inner = replace(examples.HOMES, spans=(inner_span,))
    outcomes = (examples.REPORT.outcomes[0], Assessed(inner, examples.HOMES_VERDICT))
    shown, _ = document_of(report_html(replace(examples.REPORT, outcomes=outcomes)))
    assert re.search(r'<a class="mark mixed" href="#claim-2"[^>]*>closed on Saturday</a>', shown)
    assert re.search(r'<a class="mark corroborated" href="#claim-1"[^>]*>The Lindel bridge was </a>', shown)
    assert re.findall(r'aria-label="(claim [12]: [^"]*)"', shown) == [
        "claim 1: corroborated",
        "claim 2: contradicted",
    ]


def test_nothing_comes_from_outside_and_the_policy_admits_the_page_s_own_style_and_script_alone():
    page = report_html(examples.REPORT)
    parsed = Parsed(page)
    (policy,) = [value for value in parsed.all("content") if "default-src" in value]
    for name in ("style", "script"):
        (content,) = parsed.held[name]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
        assert "http" not in content
        assert "url(" not in content
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert {name for _, name, _ in parsed.attributes}.isdisjoint({"src", "srcset", "style", "onclick"})


def test_the_page_is_complete_without_its_script():
    parsed = Parsed(report_html(examples.REPORT))
    hidden = [tag for tag in parsed.skeleton if "hidden" in tag]
    assert [tag[0] for tag in hidden] == ["fieldset"]


@given(bad=HOSTILE, url=st.sampled_from(["https://example.org/", "HTTP://x/"]), tail=HOSTILE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_hostile_strings_in_any_field_change_no_tag_and_no_attribute(bad, url, tail):
    page = report_html(filled_with(bad, url + tail), rules={bad: bad})
    parsed = Parsed(page)
    tame = Parsed(report_html(filled_with("a" * len(bad)), rules={"a" * len(bad): "a"}))
    # A published address may be one that no browser could open: then it is no link, and all else is equal.
    assert [tag for tag in parsed.skeleton if "rel" not in tag] == [
        tag for tag in tame.skeleton if "rel" not in tag
    ]
    assert {tag for tag, *_ in parsed.skeleton} <= ALLOWED_TAGS
    assert {name for _, name, _ in parsed.attributes} <= ALLOWED_ATTRIBUTES
    assert parsed.held == tame.held
    assert all(re.match(r"#[\w-]+$|https?://", link, re.IGNORECASE) for link in parsed.all("href"))
    strange = {char for char in page if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"}
    assert strange == set()
    assert not set(page) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:x", "//x", "http://[x"]
)
def test_only_web_addresses_become_links(url):
    parsed = Parsed(report_html(filled_with("quote", url)))
    assert [link for link in parsed.all("href") if not link.startswith("#")] == []


def test_equal_reports_give_equal_bytes_read_back_or_not():
    page = report_html(examples.REPORT, rules=RULES)
    assert page == report_html(loads(dumps(examples.REPORT)), rules=RULES)
    assert page.isprintable() is False
    assert page.encode("utf-8").decode("utf-8") == page


def test_a_clean_report_speaks_of_no_failure_and_one_without_claims_says_so():
    clean = Parsed(report_html(examples.CLEAN)).text
    assert "could not" not in clean
    assert "No model read the text" in clean
    empty = Parsed(report_html(replace(examples.CLEAN, outcomes=(), discarded=()))).text
    assert "No check-worthy claims were found in this text." in empty


def dots(page, word):
    return re.findall(rf'<circle class="{word}" cx="([\d.]+)%" cy="(\d+)"', page)


def test_the_timeline_puts_earlier_left_for_above_and_against_below_and_marks_no_two_in_one_place():
    days = [(Stance.SUPPORTS, 1), (Stance.SUPPORTS, 1), (Stance.SUPPORTS, 9), (Stance.REFUTES, 5)]
    verdict = replace(
        examples.BRIDGE_VERDICT,
        evidence=tuple(
            examples.evidence(n, f"s{n}", "quote", stance, "Courier", PartialDate(2024, 3, day), "x")
            for n, (stance, day) in enumerate(days, start=1)
        ),
        voices=(Voice("x", Stance.SUPPORTS, ("e1", "e2", "e3")), Voice("x", Stance.REFUTES, ("e4",))),
    )
    report = replace(examples.CLEAN, as_of=date(2024, 3, 10), outcomes=(Assessed(examples.BRIDGE, verdict),))
    page = report_html(report)
    above = [(float(x), int(y)) for x, y in dots(page, "for")]
    ((x_against, y_against),) = [(float(x), int(y)) for x, y in dots(page, "against")]
    assert len(set(above)) == 3
    assert above[0][0] == above[1][0] < x_against < above[2][0]
    assert max(y for _, y in above) < y_against
    assert "as of 2024-03-10" in page


def test_quotes_of_an_unknown_day_are_named_and_not_drawn():
    verdict = replace(
        examples.BRIDGE_VERDICT,
        evidence=tuple(
            examples.evidence(n, f"s{n}", "quote", Stance.SUPPORTS, "Courier", day, "x")
            for n, day in enumerate([PartialDate(2024, 3, 1), PartialDate(2024), PartialDate()], start=1)
        ),
        voices=(Voice("x", Stance.SUPPORTS, ("e1", "e2", "e3")),),
    )
    page = report_html(replace(examples.CLEAN, outcomes=(Assessed(examples.BRIDGE, verdict),)))
    assert len(dots(page, "for")) == 2
    assert "undated: [3]" in page
    assert "and 2 quotes whose date is not known to the" in page


def test_a_text_from_standard_input_has_a_title():
    report = replace(examples.CLEAN, document=Document("-", examples.TEXT, "", Metadata()))
    assert "<title>standard input: claims checked</title>" in report_html(report)
