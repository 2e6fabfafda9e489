"""Text and metadata of each kind of file."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

from agent.corpus.load import Loaded, load_bytes, load_path, read_bytes
from agent.domain import Precision
from agent.errors import Unreadable

NOTE = """---
title: Storm shuts Skarn harbour
outlet: Skarn Post
author: [Ida Holm, Per Lind]
published: 2024-11
url: https://example.org/skarn
language: no
origin: Port authority
origin_group: g1
party: Port
mood: grim
---

# Storm shuts Skarn harbour

The harbour closed.
"""

PAGE = """<!doctype html><html lang="en-GB"><head><title>Storm shuts harbour | Skarn Post</title>
<meta property="og:site_name" content="Skarn Post"><meta name="author" content="Ida Holm">
<meta property="article:published_time" content="2024-11-05T10:00:00Z">
<link rel="canonical" href="https://example.org/skarn"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Storm shuts harbour</h1>
<p>The harbour at Skarn was closed on Monday after a storm tore the roof off the customs house.</p>
<p>Forty ships are waiting outside, the port authority said, among them two that carry grain.</p></article>
<footer>Cookie settings</footer></body></html>"""


def rows(data: str, name: str = "x.jsonl", **fields: str) -> list[Loaded | Unreadable]:
    return list(read_bytes(data.encode(), name, fields))


def test_front_matter_becomes_metadata_and_the_body_stays_as_written() -> None:
    note = load_bytes(NOTE.encode(), "note.md")[0]
    assert note.text == "# Storm shuts Skarn harbour\n\nThe harbour closed.\n"
    assert note.metadata.author == "Ida Holm, Per Lind"
    assert note.metadata.published.precision is Precision.MONTH
    assert note.metadata.language == "no"
    assert (note.metadata.origin, note.metadata.origin_group, note.metadata.party) == (
        "Port authority",
        "g1",
        "Port",
    )


def test_front_matter_with_windows_line_ends_reads_the_same() -> None:
    assert load_bytes(NOTE.replace("\n", "\r\n").encode(), "note.md") == load_bytes(NOTE.encode(), "note.md")


def test_a_markdown_title_falls_back_to_the_first_heading() -> None:
    assert load_bytes(b"# The wall fell #\n\nIt fell on Monday.", "a.md")[0].metadata.title == "The wall fell"


def test_a_page_gives_its_article_without_the_frame() -> None:
    page = load_bytes(PAGE.encode(), "page.html")[0]
    assert "Forty ships" in page.text
    assert "Sport" not in page.text
    assert "Cookie" not in page.text
    assert "house.\n\nForty" in page.text
    assert (page.metadata.outlet, page.metadata.author) == ("Skarn Post", "Ida Holm")
    assert (str(page.metadata.published), page.metadata.language) == ("2024-11-05", "en")
    assert page.metadata.url == "https://example.org/skarn"


def test_a_page_under_another_name_is_still_a_page() -> None:
    assert "Sport" not in load_bytes(PAGE.encode(), "-")[0].text


def test_a_date_in_the_running_text_is_not_taken_for_the_day_of_publication() -> None:
    dateless = PAGE.replace("2024-11-05T10:00:00Z", "").replace("on Monday", "on 3 May 2019")
    assert not load_bytes(dateless.encode(), "page.html")[0].metadata.published.known


def test_a_page_in_the_encoding_it_declares() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace(
        "Forty ships", "Forty ships “à quai”"
    )
    assert "“à quai”" in load_bytes(page.encode("cp1252"), "page.html")[0].text


def test_json_lines_use_the_usual_names() -> None:
    line = {
        "content": "The wall fell.",
        "headline": "Wall",
        "source": "Post",
        "date": "2024-01-02T10:00",
        "lang": "en",
    }
    (row,) = rows("\n" + json.dumps(line) + "\n")
    assert isinstance(row, Loaded)
    assert (row.name, row.text, row.metadata.title, row.metadata.outlet) == (
        "x.jsonl:2",
        "The wall fell.",
        "Wall",
        "Post",
    )
    assert str(row.metadata.published) == "2024-01-02"


def test_named_fields_come_before_usual_names() -> None:
    (row,) = rows('{"text": "no", "words": "The wall fell.", "who": "Post"}', text="words", outlet="who")
    assert isinstance(row, Loaded)
    assert (row.text, row.metadata.outlet) == ("The wall fell.", "Post")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "is not JSON"),
        ("[1, 2]", "expected an object, found list"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"title": "x"}', "no text among title; say --field text=NAME"),
        ('{"text": ""}', "is empty"),
        ('{"text": 5}', "text: expected a text, found int"),
        ('{"text": "a", "date": "2024-13"}', "date: '2024-13' is no date"),
        ('{"text": "a", "title": {"en": "x"}}', "title: expected a text, found dict"),
        ('{"text": "a\\ud800"}', "holds half a character"),
        ('{"text": "a", "title": "b\\ud800"}', "title: holds half a character"),
    ],
)
def test_a_bad_row_is_named_and_its_neighbours_are_read(line: str, reason: str) -> None:
    first, bad, last = rows(f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}')
    assert isinstance(bad, Unreadable)
    assert bad.name == "x.jsonl:2"
    assert bad.reason.startswith(reason)
    assert isinstance(first, Loaded)
    assert isinstance(last, Loaded)


def test_csv_reads_quoted_cells_and_names_rows_as_a_spreadsheet_does() -> None:
    data = 'title;body\nWall;"It fell;\nthen it rained."\n\nGate\n'
    wall, gate = rows(data, "x.csv")
    assert isinstance(wall, Loaded)
    assert (wall.name, wall.text, wall.metadata.title) == ("x.csv:2", "It fell;\nthen it rained.", "Wall")
    assert isinstance(gate, Unreadable)
    assert str(gate) == "x.csv:4: has 1 cells where the header has 2"


def test_a_csv_quote_never_closed_is_reported() -> None:
    *_, last = rows('text\nfine\n"never closed\n', "x.csv")
    assert isinstance(last, Unreadable)
    assert "nothing was read from this row on" in last.reason


def test_a_csv_column_asked_for_and_absent_is_named() -> None:
    (bad,) = rows("text,day\nx,2024\n", "x.csv", published="when")
    assert isinstance(bad, Unreadable)
    assert bad.reason == "no column 'when' among text, day"


# --- PDF ---


def _pdf(text: str = "", password: str = "") -> bytes:
    import io

    pypdf = pytest.importorskip("pypdf", reason="the pdf extra is not installed")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode() if text else b"")
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Harbour report", "/Author": "Port authority"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_gives_text_and_metadata() -> None:
    found = load_bytes(_pdf("The harbour closed on Monday."), "a.pdf")[0]
    assert found.text.strip() == "The harbour closed on Monday."
    assert (found.metadata.title, found.metadata.author) == ("Harbour report", "Port authority")


def test_a_pdf_under_a_text_name_is_still_a_pdf() -> None:
    assert "harbour" in load_bytes(_pdf("The harbour closed."), "a.txt")[0].text


@pytest.mark.parametrize(
    ("text", "password", "reason"),
    [("", "", "holds no text (a scan?)"), ("Closed.", "key", "is an encrypted PDF")],
)
def test_a_scan_and_a_locked_pdf_are_named(text: str, password: str, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load_bytes(_pdf(text, password), "a.pdf")
    assert caught.value.reason.startswith(reason)


def test_every_truncation_of_a_pdf_ends_in_a_clear_line() -> None:
    whole = _pdf("The harbour closed on Monday.")
    for length in range(5, len(whole), 37):
        for found in read_bytes(whole[:length], "a.pdf"):
            assert isinstance(found, Loaded | Unreadable)


def test_without_the_extra_a_pdf_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "pypdf":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(Unreadable, match=r"pip install 'corroborate\[pdf\]'"):
        load_path(path)
