"""What a reader hands over, and the little that is done to every text."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from agent.corpus.language import language_of
from agent.domain import Metadata
from agent.errors import Unreadable

MAX_BYTES = 20_000_000
"""A larger file is refused: no report is that long, and a data set is better read in parts."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A text and what is known about it. ``name`` is the file as the user named it, ``-`` for standard
    input, and ``file.jsonl:3`` for a row of a file."""

    name: str
    text: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Hidden:
    """An entry of a folder that was left out because its name begins with a dot, as ``.git`` does; a
    hidden folder stands for all that is in it."""

    name: str


def finished(name: str, text: str, metadata: Metadata) -> Loaded:
    """Tidy ``text`` and fill in its language. Raises Unreadable when there is no text, or where text or
    metadata cannot be stored."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text:
        raise Unreadable(name, "is empty")
    if text.isspace():
        raise Unreadable(name, "holds white space only")
    _refuse_half_characters(name, "", text)
    for field in fields(metadata):
        _refuse_half_characters(name, f"{field.name}: ", str(getattr(metadata, field.name)))
    if not metadata.language:
        metadata = replace(metadata, language=language_of(text))
    return Loaded(name, text, metadata)


def _refuse_half_characters(name: str, where: str, text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = f"{where}holds half a character (a lone surrogate) at {error.start}"
        raise Unreadable(name, reason) from error
