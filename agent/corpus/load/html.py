"""Web pages: main text and metadata by trafilatura, one blank line between paragraphs."""

from __future__ import annotations

import logging
import re
from itertools import pairwise

from agent.corpus.load.decode import decode
from agent.corpus.load.fields import primary_language
from agent.corpus.load.loaded import Loaded, finished
from agent.domain import UNKNOWN_DATE, Metadata, PartialDate
from agent.errors import Unreadable

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LANG = re.compile(r"<html[^>]{0,500}\blang=[\"']?([A-Za-z]{2,3}(?:[-_]\w+)?)", re.IGNORECASE)
_TOGETHER = re.compile(r"\s*(?:[-*|]|\d+\.)\s?")
"""List items and table rows follow each other without a blank line."""


def load_html(name: str, data: bytes) -> Loaded:
    """Raises Unreadable for a page without a main text."""
    declared = _CHARSET.search(data[:8192])
    page = decode(name, data, declared.group(1).decode("ascii") if declared else "")
    if not page.strip():
        raise Unreadable(name, "is empty")
    found = _extract(page)
    text = str(getattr(found, "text", None) or "")
    if not text.strip():
        raise Unreadable(name, "no main text found in the page; save the article's text instead")
    return finished(name, _paragraphs(text), _metadata(found, page))


def _extract(page: str) -> object:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # we report in our own words
    return trafilatura.bare_extraction(
        page.replace("\x00", ""),
        with_metadata=True,
        include_comments=False,
        # A date guessed from the running text would let later reports pass as earlier ones.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _metadata(found: object, page: str) -> Metadata:
    language = _LANG.search(page[:20_000])
    return Metadata(
        title=_text(found, "title"),
        outlet=_text(found, "sitename"),
        author=_text(found, "author"),
        published=_date(_text(found, "date")),
        url=_text(found, "url"),
        language=primary_language(language.group(1)) if language else "",
    )


def _text(found: object, key: str) -> str:
    return str(getattr(found, key, None) or "").strip()


def _date(text: str) -> PartialDate:
    """A page's own markup is not the user's to correct: an impossible date in it is an unknown one."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return UNKNOWN_DATE


def _paragraphs(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    parts = lines[:1]
    for before, line in pairwise(lines):
        together = _TOGETHER.match(before) and _TOGETHER.match(line)
        parts.append(("\n" if together else "\n\n") + line)
    return "".join(parts)
