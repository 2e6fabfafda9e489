"""From the keys and columns people use to Metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of

from agent.domain import UNKNOWN_DATE, Metadata, PartialDate
from agent.errors import SettingsError, Unreadable

METADATA = tuple(field.name for field in fields_of(Metadata))
TARGETS = ("text", *METADATA)

_USUAL_NAMES = {
    "text": ("text", "body", "content", "article", "full_text", "maintext"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "site_name"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "published_at", "publish_date", "published_date", "date_publish",
                  "datepublished", "pubdate"),
    "url": ("url", "link", "permalink"),
    "language": ("language", "lang"),
    "origin": ("origin",),
    "origin_group": ("origin_group",),
    "party": ("party",),
}  # fmt: skip


def check_fields(fields: Mapping[str, str]) -> None:
    """Raises SettingsError for a mapping to something a source does not have."""
    for target in fields:
        if target not in TARGETS:
            raise SettingsError(f"--field {target}=…: no such field; there are {', '.join(TARGETS)}")


def column_for(target: str, columns: Mapping[str, object], fields: Mapping[str, str]) -> str | None:
    """The key of ``columns`` that holds ``target``: the one the user named, else one by a usual name."""
    if target in fields:
        return fields[target] if fields[target] in columns else None
    by_lower = {column.strip().lower(): column for column in reversed(list(columns))}
    return next((by_lower[name] for name in _USUAL_NAMES[target] if name in by_lower), None)


def metadata_from(name: str, values: Mapping[str, object], fields: Mapping[str, str]) -> Metadata:
    """Metadata of a row or a front matter; unknown keys are ignored. Raises Unreadable naming the key
    whose value cannot be what it should be."""
    texts: dict[str, str] = {}
    published = UNKNOWN_DATE
    for target in METADATA:
        key = column_for(target, values, fields)
        if key is None:
            continue
        value = plain(name, key, values[key])
        if target == "published":
            published = _date(name, key, value)
        else:
            texts[target] = primary_language(value) if target == "language" else value
    return Metadata(published=published, **texts)


def plain(name: str, key: str, value: object) -> str:
    """A scalar, or a list of them, as one text. Raises Unreadable for anything else."""
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(str(item).strip() for item in value)
    if value is None:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value).strip()
    raise Unreadable(name, f"{key}: expected a text, found {type(value).__name__}")


def primary_language(tag: str) -> str:
    """``en`` of ``en-GB`` or ``en_US``."""
    return tag.replace("_", "-").partition("-")[0].lower()


def _date(name: str, key: str, value: str) -> PartialDate:
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise Unreadable(name, f"{key}: {value!r} is no date; write 2025-02-01, 2025-02 or 2025") from error
