"""Showing untrusted text to a model so that it can neither leave its frame nor imitate one.

Three things hold together. A frame's code is a digest of all that the request shows, so no text can
contain the code of its own frame by design; a text shown is always one line behind its number, so it
cannot open a line of ours; and what resembles a mark, or cannot be seen by a person, is taken out.
The model answers in ids and code cuts the quotes from the store, so showing an altered text is safe.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_CODE_LENGTH = 10
_MARKS = {"<<": "‹", ">>": "›"}
_LOOKALIKE = re.compile(r"<{2,}|>{2,}")
# Controls, bidirectional overrides, invisible tag characters: none carries meaning a judge may rely on.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)


def one_line(text: str) -> str:
    """``text`` on one line, without what a person would not see."""
    return " ".join(_UNSEEN.sub("", text).split())


def plain(text: str) -> str:
    """``one_line`` with look-alike marks defused: fit to be shown inside a frame."""
    return _LOOKALIKE.sub(lambda match: _MARKS[match[0][:2]], one_line(text))


def code_for(texts: Iterable[str]) -> str:
    """The code of the frames around ``texts``: the same texts give the same code."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\x00")
    return digest.hexdigest()[:_CODE_LENGTH]


def frame(code: str, name: str, lines: Iterable[str]) -> str:
    """``lines``, each made by ``plain``, between the marks of ``code``."""
    return "\n".join([f"<<{code} {name}", *lines, f"{code}>>"])
