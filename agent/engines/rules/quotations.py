"""Quotations that run over several sentences: whose words each sentence is."""

from __future__ import annotations

from collections.abc import Sequence

from agent.engines.rules.attribution import attribution

_LONGEST = 8


def quoted_speakers(texts: Sequence[str]) -> tuple[str, ...]:
    """For each sentence that stands inside a quotation begun or ended elsewhere, its speaker; else ''.

    A quotation is closed by its mark, or by the words that name its speaker where the mark is missing.
    """
    speakers = [""] * len(texts)
    place = 0
    while place < len(texts):
        last = _end(texts, place)
        if last > place:
            speaker = _speaker(texts[last]) or _speaker(texts[place])
            speakers[place : last + 1] = [speaker] * (last + 1 - place)
        place = last + 1
    return tuple(speakers)


def _speaker(text: str) -> str:
    found = attribution(text)
    return found.speakers[0] if found else ""


def _end(texts: Sequence[str], start: int) -> int:
    """The last sentence of the quotation that opens in sentence ``start``; itself where none stays open."""
    if not _stays_open(texts[start]):
        return start
    for place in range(start + 1, min(start + _LONGEST, len(texts))):
        text = texts[place]
        if "”" in text or ('"' in texts[start] and text.count('"') % 2):
            return place
        if _names_speaker_at_end(text):
            return place
    return start


def _stays_open(text: str) -> bool:
    if "“" in text or "”" in text:
        return text.count("“") > text.count("”") and not _names_speaker_at_end(text)
    return text.count('"') % 2 == 1


def _names_speaker_at_end(text: str) -> bool:
    found = attribution(text)
    return bool(found and found.content and text.lower().startswith(found.content[:12].lower().strip()))
