"""Markdown with YAML front matter. The text itself stays as written, marks included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent.corpus.load.fields import METADATA, metadata_from
from agent.corpus.load.loaded import Loaded, finished
from agent.domain import Metadata
from agent.errors import Unreadable

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Parts:
    front: Mapping[str, object]
    body: str


def load_markdown(name: str, text: str) -> Loaded:
    """Raises Unreadable for front matter that is not YAML or holds an impossible value."""
    parts = _split(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    metadata = metadata_from(name, parts.front, {key: key for key in METADATA})
    return finished(name, parts.body, _with_title(metadata, parts.body))


def has_front_matter(text: str) -> bool:
    """Whether a text without a name to go by opens with front matter of ours."""
    match = _FRONT.match(text.replace("\r\n", "\n"))
    return match is not None and re.search(rf"^(?:{'|'.join(METADATA)}):", match[0], re.MULTILINE) is not None


def _split(name: str, text: str) -> _Parts:
    match = _FRONT.match(text)
    if match is None:
        return _Parts({}, text)
    front = _yaml(name, match.group(1) or "")
    if front is None:  # two rules with prose between them
        return _Parts({}, text)
    return _Parts(front, text[match.end() :].lstrip("\n"))


def _yaml(name: str, block: str) -> Mapping[str, object] | None:
    import yaml

    try:
        # The base loader makes every scalar a string: "no" stays Norwegian, 2025-02-30 stays ours to refuse.
        value = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 2}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "nested too deeply"
        raise Unreadable(name, f"front matter{where}: {problem}") from error
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        return None
    return {str(key): "" if item in ("~", "null") else item for key, item in value.items()}


def _with_title(metadata: Metadata, body: str) -> Metadata:
    heading = _TITLE.search(body)
    if metadata.title or heading is None:
        return metadata
    return replace(metadata, title=heading.group(1))
