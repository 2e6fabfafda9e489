"""Claims that come worded already: a line each, plain or as JSON objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from agent.domain import Claim, ClaimKind, PartialDate, Span
from agent.errors import Unreadable

_TEXT_KEYS = ("text", "claim")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    span: Span


def parse_claims(text: str, name: str) -> tuple[Claim, ...]:
    """The claims of a list, in its order; ``spans`` are their places in the list.

    A line that starts with ``{`` is a JSON object: ``text`` (or ``claim``), and optionally ``id``, ``kind``,
    ``attribution``, ``said_on`` and ``speaks_of``; other keys are ignored. Empty lines and lines that start
    with ``#`` are skipped. Raises Unreadable, naming the line.
    """
    claims: list[Claim] = []
    seen: set[str] = set()
    for line in _lines(text):
        claim = _claim(line, name)
        if claim.id in seen:
            raise Unreadable(name, f"line {line.number}: a second claim with id {claim.id!r}")
        seen.add(claim.id)
        claims.append(claim)
    if not claims:
        raise Unreadable(name, "no claims in it; write one a line")
    return tuple(claims)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        stripped = raw.strip()
        if stripped and not stripped.startswith("#"):
            first = start + raw.index(stripped)
            yield _Line(number, stripped, Span(first, first + len(stripped)))
        start += len(raw)


def _claim(line: _Line, name: str) -> Claim:
    if not line.text.startswith("{"):
        return Claim(f"c{line.number}", line.text, ClaimKind.CONTENT, (line.span,))
    try:
        return _from_object(json.loads(line.text), line)
    except (ValueError, TypeError) as error:
        raise Unreadable(name, f"line {line.number}: {error}") from error


def _from_object(value: dict[str, object], line: _Line) -> Claim:
    text = next((value[key] for key in _TEXT_KEYS if value.get(key)), None)
    if not isinstance(text, str):
        raise ValueError('a claim needs its words as "text"')
    chain = value.get("attribution") or []
    if isinstance(chain, str):
        chain = [chain]
    if not isinstance(chain, list):
        raise ValueError('"attribution" is a name or a list of names')
    return Claim(
        id=str(value.get("id") or f"c{line.number}"),
        text=text,
        kind=ClaimKind(str(value.get("kind") or ClaimKind.CONTENT)),
        spans=(line.span,),
        attribution=tuple(str(name) for name in chain),
        said_on=PartialDate.parse(str(value.get("said_on") or "")),
        speaks_of=str(value.get("speaks_of") or ""),
    )
