"""Bytes to text: byte order mark, UTF-8, what the page declares, then a guess by charset-normalizer."""

from __future__ import annotations

import codecs

from agent.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b")) + b"\x7f"
_SAMPLE = 200_000


def decode(name: str, data: bytes, declared: str = "") -> str:
    """Text of ``data``; ``declared`` is an encoding the content names itself. Raises Unreadable."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(name, data, declared)
    if _control_share(data) > 0.1:
        return _unmarked_utf16(name, data)
    return text


def _legacy(name: str, data: bytes, declared: str) -> str:
    # Texts in any encoding of one or two bytes hold next to no control characters.
    if _control_share(data) > 0.02:
        return _unmarked_utf16(name, data)
    if declared and _known(declared):
        return data.decode(declared, errors="replace")
    from charset_normalizer import from_bytes

    guesses = list(from_bytes(data[:_SAMPLE]))
    if not guesses:
        raise Unreadable(name, "its character encoding cannot be told; save it as UTF-8")
    best = guesses[0]
    tied = {g.encoding for g in guesses if (g.chaos, g.coherence) == (best.chaos, best.coherence)}
    # By far the most common of those that look alike on a Western text.
    return _strictly(name, data, "cp1252" if "cp1252" in tied else best.encoding)


def _unmarked_utf16(name: str, data: bytes) -> str:
    """Western UTF-16 has a zero in every other byte; anything else with that many zeros is binary."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return _strictly(name, data, "utf-16-le")
    if even > 0.4 * half and odd < 0.05 * half:
        return _strictly(name, data, "utf-16-be")
    raise Unreadable(name, "is a binary file, not a text")


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(name, f"is not valid {encoding}; save it as UTF-8") from error


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / max(1, len(sample))
