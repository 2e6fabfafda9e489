"""What all loaders share: files that name their bad lines, labels by any of their names, digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from agent.domain import UNKNOWN_DATE, ClaimKind, Label, PartialDate, Stance
from agent.errors import Unreadable

_LABELS = {
    Label.CORROBORATED: ("supported", "supports", "support", "true"),
    Label.CONTRADICTED: ("refuted", "refutes", "contradict", "contradicts", "false"),
    Label.CONFLICTING: ("conflicting evidence/cherrypicking", "conflicting evidence", "mixed"),
    Label.NOT_ENOUGH_EVIDENCE: ("nei", "not enough info", "not enough evidence", "unverifiable"),
}
LABELS = {name: label for label, names in _LABELS.items() for name in (label.value, *names)}
_STANCES = {
    "supports": Stance.SUPPORTS,
    "support": Stance.SUPPORTS,
    "refutes": Stance.REFUTES,
    "contradict": Stance.REFUTES,
    "contradicts": Stance.REFUTES,
    "partly_supports": Stance.NEUTRAL,  # it does not carry the label alone
    "neutral": Stance.NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class Row:
    """An object of a file. ``where`` is the file and its line, for errors: ``claims.jsonl:3``."""

    where: str
    data: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A text that must be there and not empty. Raises Unreadable."""
        value = self.data.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            raise Unreadable(self.where, f"needs a text under {key!r}")
        return value

    def optional(self, key: str) -> str:
        value = self.data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Unreadable(self.where, f"{key!r} is {type(value).__name__} where a text is expected")
        return value

    def rows(self, key: str) -> tuple[Row, ...]:
        """The objects of a list; none where the key is missing. Raises Unreadable."""
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise Unreadable(self.where, f"{key!r} must be a list of objects")
        return tuple(Row(self.where, item) for item in value)

    def label(self, key: str = "label") -> Label | None:
        """None where there is none. Raises Unreadable for a label by no known name."""
        name = self.optional(key).strip()
        if not name:
            return None
        return self.label_of(name)

    def label_of(self, name: str) -> Label:
        found = LABELS.get(name.strip().lower().replace("_", " ")) or LABELS.get(name.strip().lower())
        if found is None:
            known = ", ".join(label.value for label in Label)
            raise Unreadable(self.where, f"{name!r} is no label; use {known}, or supported, refuted, nei")
        return found

    def stance(self, key: str = "stance") -> Stance | None:
        name = self.optional(key).strip().lower()
        if name and name not in _STANCES:
            raise Unreadable(self.where, f"{name!r} is no stance; use supports, refutes or neutral")
        return _STANCES.get(name)

    def kind(self) -> ClaimKind:
        """Content where nothing is said. Raises Unreadable for what is no kind of claim."""
        given = self.optional("kind") or ClaimKind.CONTENT.value
        try:
            return ClaimKind(given)
        except ValueError:
            raise Unreadable(self.where, f"{given!r} is no kind of claim; use statement or content") from None

    def labels(self, key: str) -> tuple[Label, ...]:
        """Raises Unreadable for a label by no known name."""
        given = self.data.get(key) or ()
        if not isinstance(given, list | tuple):
            raise Unreadable(self.where, f"{key!r} must be a list of labels")
        return tuple(self.label_of(str(name)) for name in given)

    def day(self, key: str) -> date | None:
        """Raises Unreadable for anything but a day of the calendar."""
        given = self.optional(key).strip()
        if not given:
            return None
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise Unreadable(self.where, f"{key!r}: {given!r} is no day like 2025-02-02") from None

    def partial_date(self, key: str) -> PartialDate:
        given = self.optional(key)
        try:
            return PartialDate.parse(given) if given else UNKNOWN_DATE
        except ValueError:
            raise Unreadable(self.where, f"{key!r}: {given!r} is no date like 2025-02-02") from None


def json_lines(path: Path) -> Iterator[Row]:
    """The objects of a JSONL file, blank lines skipped. Raises Unreadable naming the line."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _row(line, f"{path.name}:{number}")
    except OSError as error:
        raise Unreadable(path.name, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise Unreadable(path.name, "is not UTF-8; save it as UTF-8") from error


def json_array(path: Path) -> Iterator[Row]:
    """The objects of a JSON file that holds one list of them. Raises Unreadable."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Unreadable(path.name, f"cannot be read as JSON ({error})") from error
    if not isinstance(data, list):
        raise Unreadable(path.name, "holds no list")
    for place, item in enumerate(data):
        if not isinstance(item, dict):
            raise Unreadable(f"{path.name}[{place}]", "is no object")
        yield Row(f"{path.name}[{place}]", item)


def _row(line: str, where: str) -> Row:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise Unreadable(where, f"is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise Unreadable(where, "is not a JSON object")
    return Row(where, data)


def digest(paths: Iterable[Path]) -> str:
    """Hex SHA-256 over the files' names and bytes, in the order of names. Raises Unreadable."""
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda each: each.name):
        try:
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise Unreadable(path.name, f"cannot be read ({error.strerror})") from error
    return total.hexdigest()


def unique(samples: Iterable[tuple[str, str]], what: str) -> None:
    """Raises Unreadable for an id that comes twice; pairs are the id and where it stands."""
    seen: set[str] = set()
    for name, where in samples:
        if name in seen:
            raise Unreadable(where, f"the {what} id {name!r} is used twice")
        seen.add(name)
