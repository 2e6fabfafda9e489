"""Text from documents, corpora and models, made safe to show.

A report may quote anything, terminal escape sequences, right-to-left overrides and HTML included.
Nothing quoted may move the cursor, recolour a label, or become a link.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# C0 and DEL become their visible pictures, so that a reader sees that something was there. Bidirectional
# embeddings, overrides and isolates reorder what follows them and are replaced; the plain marks
# U+200E and U+200F, which Arabic and Hebrew text uses, are kept.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_REPLACED = dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_TABLE = _REPLACED | _PICTURES | dict.fromkeys((0x85, 0x2028, 0x2029), "\n")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# "://" and "www." would become links by themselves on GitHub.
_MARKUP = re.compile(r"[\\`*_\[\]#|~]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_BLOCK_START = re.compile(r"^(\d*)([-+.)=])(?=[\s=-]|$)")
_WEB = ("http", "https")


def safe_text(text: str) -> str:
    """The text with its lines and tabs, and no other control character."""
    if text.isprintable():  # holds no control, format, surrogate or separator character: nothing to do
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", text).translate(_TABLE)


def one_line(text: str, limit: int | None = None) -> str:
    """The safe text on one line, runs of white space as one space, cut at a word to ``limit`` characters."""
    line = " ".join(safe_text(text).split())
    if limit is None or len(line) <= limit:
        return line
    head = line[: limit - 1]
    word_end = head.rfind(" ")
    return (head[:word_end] if word_end > limit // 2 else head).rstrip(" ,;:") + "…"


def markdown(text: str, limit: int | None = None) -> str:
    """The safe text on one line, with nothing left that Markdown or HTML would read as markup."""
    line = _MARKUP.sub(lambda match: f"\\{match.group()}", one_line(text, limit))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BLOCK_START.sub(r"\1\\\2", line)


def markdown_link(text: str, url: str) -> str:
    """A Markdown link where the address is a web address, else the text alone."""
    address = web_address(url)
    return f"[{markdown(text)}](<{address}>)" if address else markdown(text)


def web_address(url: str) -> str:
    """The address in the characters that a URL may have; empty where it is no web address."""
    return quote(url.strip(), safe=_URL_SAFE, errors="replace") if is_web_address(url) else ""


def is_web_address(url: str) -> bool:
    try:
        return urlsplit(url.strip()).scheme.lower() in _WEB
    except ValueError:
        return False


_URL_SAFE = ":/?#@!$&'*+,;=%~-._"
