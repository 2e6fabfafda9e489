"""Sources and numbers of a corpus, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from agent.domain import Metadata, Source
from agent.reports.safe import one_line, safe_text

if TYPE_CHECKING:
    from agent.corpus.reads import Listed
    from agent.corpus.stats import Stats

_OUTLET_CELLS = 24
_SHOWN = 10


def one(entry: Listed) -> str:
    """``4f3a0c21b7de  2024-03-02  Lindel Courier  Bridge shut``"""
    about = entry.metadata
    parts = (entry.id, str(about.published) or "undated", about.outlet, about.title or ", ".join(entry.names))
    return "  ".join(one_line(part) for part in parts if part)


def listed(entries: Sequence[Listed], width: int | None) -> str:
    """A line a source, cut to ``width`` cells where there is one."""
    from rich.cells import cell_len, set_cell_size

    if not entries:
        return "the corpus is empty\n"
    ids = max(len(entry.id) for entry in entries)
    lines = []
    for entry in entries:
        about = entry.metadata
        outlet = set_cell_size(one_line(about.outlet) or "-", _OUTLET_CELLS)
        title = one_line(about.title or ", ".join(entry.names))
        line = f"{entry.id:<{ids}}  {str(about.published) or 'undated':<10}  {outlet}  {title}"
        if width is not None and cell_len(line) > width:
            line = set_cell_size(line, width - 1).rstrip() + "…"
        lines.append(line)
    return "\n".join(lines) + "\n"


def listed_json(entries: Sequence[Listed]) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.id,
            "sha256": entry.sha256,
            "names": list(entry.names),
            "metadata": metadata_json(entry.metadata),
            "family": entry.family,
            "characters": entry.characters,
            "passages": entry.passages,
        }
        for entry in entries
    ]


def source(value: Source) -> str:
    """What is known about the source, an empty line, and its text made safe to show."""
    about = [(name, text) for name, text in metadata_json(value.metadata).items() if text]
    rows = [("id", value.id), ("sha256", value.sha256), *about]
    head = "\n".join(f"{name + ':':<21}{one_line(str(text))}" for name, text in rows)
    return f"{head}\n\n{safe_text(value.text).rstrip()}\n"


def source_json(value: Source) -> dict[str, Any]:
    """``text`` is what the offsets of a report's evidence cut, in Unicode code points."""
    return {
        "id": value.id,
        "sha256": value.sha256,
        "metadata": metadata_json(value.metadata),
        "family": value.family,
        "text": value.text,
    }


def metadata_json(about: Metadata) -> dict[str, Any]:
    """An unknown date is null; any other empty value means: not stated."""
    values: dict[str, Any] = {}
    for name, value in ((name, getattr(about, name)) for name in Metadata.__dataclass_fields__):
        if name == "published":
            values[name] = str(value) if value.known else None
            values["published_precision"] = value.precision.value
        else:
            values[name] = value
    return values


def stats(value: Stats) -> str:
    span = f"{value.earliest} to {value.latest}" if value.earliest else "none known"
    copies = value.sources - value.families
    rows = (
        ("sources", f"{value.sources:,}" + (f", {copies:,} of them near-copies of others" if copies else "")),
        ("files", f"{value.names:,}"),
        ("passages", f"{value.passages:,}"),
        ("characters", f"{value.characters:,}"),
        ("dates", span + (f"; {value.undated:,} undated" if value.undated else "")),
        ("outlets", _counts(value.outlets)),
        ("languages", _counts(value.languages)),
        ("embedder", f"{one_line(value.embedder)} ({value.dimension} dimensions)"),
    )
    return "".join(f"{name:<12}{text}\n" for name, text in rows)


def stats_json(value: Stats) -> dict[str, Any]:
    pairs = {name: dict(getattr(value, name)) for name in ("outlets", "languages")}
    dates = {name: getattr(value, name) or None for name in ("earliest", "latest")}
    return {**asdict(value), **pairs, **dates}


def _counts(pairs: Sequence[tuple[str, int]]) -> str:
    shown = ", ".join(f"{one_line(name) or 'not stated'} {number:,}" for name, number in pairs[:_SHOWN])
    more = f", and {len(pairs) - _SHOWN:,} more" if len(pairs) > _SHOWN else ""
    return (shown or "none") + more
