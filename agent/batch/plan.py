"""What a run has to do: its inputs read through once, named, and identical ones put together."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from agent.corpus.document import document_from
from agent.corpus.load import Loaded, read_all
from agent.domain import Claim, Document
from agent.errors import BadInput, Unreadable

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 120
# Where a text was found and what language it is in change nothing about how it is judged.
_NO_MATTER = ("url", "language")


@dataclass(frozen=True, slots=True)
class Work:
    """A document to verify, or with ``claims`` a list of claims that are worded already."""

    document: Document
    claims: tuple[Claim, ...] | None = None

    @property
    def digest(self) -> str:
        """The same for what is judged the same: text, what is stated about it, and claims."""
        about = {key: value for key, value in asdict(self.document.metadata).items() if key not in _NO_MATTER}
        claims = None if self.claims is None else [asdict(claim) for claim in self.claims]
        what = json.dumps([self.document.sha256, about, claims], sort_keys=True)
        return hashlib.sha256(what.encode()).hexdigest()


Inputs = Callable[[], Iterable[Work | Unreadable]]
"""Reads the inputs, one at a time; called once to plan and once to work, so that no text is kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One input. ``key`` names it within the run, and its report's file; ``same_as`` is the key of an
    earlier input that is judged in its stead, or empty."""

    key: str
    name: str
    sha256: str
    digest: str
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    entries: tuple[Entry, ...]
    unreadable: tuple[Unreadable, ...]

    @property
    def to_judge(self) -> tuple[Entry, ...]:
        """One entry of each kind, in the inputs' order."""
        return tuple(entry for entry in self.entries if not entry.same_as)

    def twins(self) -> Mapping[str, Sequence[Entry]]:
        """The entries judged in another's stead, by that other's key."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.same_as:
                found.setdefault(entry.same_as, []).append(entry)
        return found


def documents(paths: Sequence[Path], fields: Mapping[str, str] | None = None) -> Inputs:
    """The documents in files and folders; each row of a CSV or JSON lines file is one."""

    def read() -> Iterator[Work | Unreadable]:
        for item in read_all(paths, fields):
            if isinstance(item, Loaded):
                yield Work(document_from(item))
            elif isinstance(item, Unreadable):
                yield item

    return read


def make_plan(inputs: Inputs) -> Plan:
    """Raises BadInput where there is nothing to do at all."""
    entries: list[Entry] = []
    unreadable: list[Unreadable] = []
    first: dict[str, str] = {}
    names = _Names()
    for item in inputs():
        if isinstance(item, Unreadable):
            unreadable.append(item)
            continue
        key, digest = names.key(item.document.name), item.digest
        entries.append(
            Entry(key, item.document.name, item.document.sha256, digest, first.setdefault(digest, key))
        )
    if not entries and not unreadable:
        raise BadInput("nothing to verify there: no text in any of these paths")
    return Plan(tuple(_own(entry) for entry in entries), tuple(unreadable))


def _own(entry: Entry) -> Entry:
    if entry.same_as != entry.key:
        return entry
    return Entry(entry.key, entry.name, entry.sha256, entry.digest)


class _Names:
    """File names for documents' names: readable, safe on every system, and none given twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def key(self, name: str) -> str:
        stem = _UNSAFE.sub("-", name).strip(".-")[:_LONGEST] or "document"
        key, number = stem, 1
        while key.casefold() in self._taken:
            number += 1
            key = f"{stem}~{number}"
        self._taken.add(key.casefold())
        return key
