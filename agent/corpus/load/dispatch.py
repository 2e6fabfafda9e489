"""Which reader a text goes to: by its suffix, and by its first bytes where they tell otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from agent.corpus.load.decode import decode
from agent.corpus.load.html import load_html
from agent.corpus.load.loaded import MAX_BYTES, Loaded, finished
from agent.corpus.load.markdown import has_front_matter, load_markdown
from agent.corpus.load.pdf import load_pdf
from agent.corpus.load.rows import read_csv, read_jsonl
from agent.domain import Metadata
from agent.errors import Unreadable

_KINDS = {
    "": "text", ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


def kind_of(name: str) -> str:
    """``text``, ``markdown``, ``html``, ``pdf``, ``jsonl`` or ``csv``. Raises Unreadable for another
    suffix."""
    suffix = PurePath(name).suffix.lower()
    kind = _KINDS.get(suffix)
    if kind is None:
        known = " ".join(known for known in _KINDS if known)
        raise Unreadable(name, f"{suffix} files are not supported; there are {known}")
    return kind


def load_bytes(data: bytes, name: str = "-", fields: Mapping[str, str] | None = None) -> tuple[Loaded, ...]:
    """All texts in ``data``, read as ``name``'s suffix says. Raises Unreadable for the first that
    cannot be read, SettingsError for a field that does not exist."""
    found = tuple(read_bytes(data, name, fields))
    for item in found:
        if isinstance(item, Unreadable):
            raise item
    return tuple(item for item in found if isinstance(item, Loaded))


def read_bytes(
    data: bytes, name: str = "-", fields: Mapping[str, str] | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Loaded | Unreadable]:
    """Like ``load_bytes``, with what cannot be read in its place among the rest."""
    try:
        refuse_size(name, len(data), max_bytes)
        yield from _read(name, data, fields or {})
    except Unreadable as error:
        yield error


def refuse_size(name: str, size: int, max_bytes: int) -> None:
    """Raises Unreadable for nothing at all and for too much."""
    if size == 0:
        raise Unreadable(name, "is empty")
    if size > max_bytes:
        limit = f"{max_bytes / 1e6:.3g} MB"
        raise Unreadable(
            name, f"has {size / 1e6:.3g} MB, more than the limit of {limit}; split it into parts"
        )


def _read(name: str, data: bytes, fields: Mapping[str, str]) -> Iterator[Loaded | Unreadable]:
    kind = _by_content(kind_of(name), data)
    if kind == "pdf":
        yield load_pdf(name, data)
    elif kind == "html":
        yield load_html(name, data)
    else:
        yield from _read_text(name, kind, decode(name, data), fields)


def _by_content(kind: str, data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return "pdf"
    if kind == "text" and _PAGE.match(data[:4096]):
        return "html"
    return kind


def _read_text(name: str, kind: str, text: str, fields: Mapping[str, str]) -> Iterator[Loaded | Unreadable]:
    if not text.replace("\x00", "").strip():
        raise Unreadable(name, "holds white space only")
    if kind == "jsonl":
        yield from read_jsonl(name, text, fields)
    elif kind == "csv":
        yield from read_csv(name, text, fields)
    elif kind == "markdown" or (not PurePath(name).suffix and has_front_matter(text)):
        yield load_markdown(name, text)
    else:
        yield finished(name, text, Metadata())
