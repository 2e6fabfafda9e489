"""Text that every library can take."""

from __future__ import annotations


def clean(text: str) -> str:
    """The text with lone surrogates, legal in a str and in no encoding, replaced; the length stays."""
    return text.encode("utf-8", "replace").decode()
