"""The text a person hands to a surface, as the one document it is."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from agent.errors import Unreadable

if TYPE_CHECKING:
    from agent.domain import Document

STDIN = "-"


def read_document(path: str, *, plain: bool = False) -> Document:
    """The document in a file, or on standard input for ``-``. ``plain`` takes the text as it is, whatever
    the suffix. Raises Unreadable, also for a file that holds several texts."""
    from agent.corpus.document import document_from
    from agent.corpus.load import Loaded, load_bytes

    data = read_input(path)
    if not data.strip():
        name = "standard input" if path == STDIN else path
        raise Unreadable(name, "holds white space only" if data else "is empty")
    if plain:
        # Under a name without suffix the text is decoded and not taken apart.
        (loaded,) = load_bytes(data, PurePath(path).stem or STDIN)
        return document_from(Loaded(path, loaded.text, loaded.metadata))
    found = load_bytes(data, path)
    if len(found) != 1:
        raise Unreadable(
            path, f"holds {len(found)} texts; verify them one at a time, or a list with --claims"
        )
    return document_from(found[0])


def read_input(path: str) -> bytes:
    """All bytes of a file, or of standard input for ``-``. Raises Unreadable."""
    from agent.corpus.load import MAX_BYTES

    try:
        if path != STDIN:
            with Path(path).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (
            "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or str(error)).lower()
        )
        raise Unreadable(path, reason) from error
