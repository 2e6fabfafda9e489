"""Prompts from files: ``prompts/`` of a checkout, or ``agent/_prompts`` of an installed wheel."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from agent.domain import PromptIdentity
from agent.errors import PromptError
from agent.ports import Prompt, Template

LATEST = "latest"

_VERSION_FILE = re.compile(r"v([1-9]\d*)\.md")
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_HEADING = re.compile(r"^# (System|User|Repair)\n", re.MULTILINE)
_PARTS = ("System", "User", "Repair")


def load_prompt(name: str, version: str = LATEST, folder: Path | None = None) -> Prompt:
    """Read ``<folder>/<name>/<version>.md``; ``latest`` is the highest ``vN``.

    Raises PromptError where the file is missing, breaks the layout of prompts/README.md, or uses other
    variables than its front matter lists. The identity's digest is of the file's bytes.
    """
    path = _find(folder or _folder(), name, version)
    where = f"prompts/{name}/{path.name}"
    data = path.read_bytes()
    try:
        front, body = _split(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError) as error:
        raise PromptError(f"{where}: {error}") from error
    if (front.get("name"), front.get("version")) != (name, path.stem):
        raise PromptError(f"{where}: its front matter must say name: {name}, version: {path.stem}")
    parts = _parts(body, where)
    _hold_variables(front.get("variables"), parts, where)
    identity = PromptIdentity(name, path.stem, hashlib.sha256(data).hexdigest())
    return Prompt(identity, parts["System"], parts["User"], parts["Repair"])


def _folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_prompts", package.parent / "prompts"):
        if folder.is_dir():
            return folder
    raise PromptError("the prompts are missing from this installation: install corroborate again")


def _find(folder: Path, name: str, version: str) -> Path:
    released = {
        int(match[1]): path
        for path in (folder / name).glob("v*.md")
        if (match := _VERSION_FILE.fullmatch(path.name))
    }
    if not released:
        known = ", ".join(sorted(path.name for path in folder.glob("*/"))) or "none"
        raise PromptError(f"no prompt {name!r}; there are: {known}")
    if version == LATEST:
        return released[max(released)]
    path = folder / name / f"{version}.md"
    if path not in released.values():
        known = ", ".join(f"v{number}" for number in sorted(released))
        raise PromptError(f"prompt {name} has no version {version!r}; there are: {known}")
    return path


def _split(text: str) -> tuple[dict[str, object], str]:
    """Front matter and body. Raises ValueError where there is no readable front matter."""
    import yaml

    match = _FRONT_MATTER.fullmatch(text.replace("\r\n", "\n"))
    if match is None:
        raise ValueError("has no front matter between two lines of ---")
    try:
        front = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise ValueError("its front matter is not YAML") from error
    if not isinstance(front, dict):
        raise ValueError("its front matter is not a mapping")
    return front, match[2]


def _parts(body: str, where: str) -> dict[str, Template]:
    pieces = _HEADING.split(body)
    before, headings, texts = pieces[0], tuple(pieces[1::2]), pieces[2::2]
    if before.strip() or headings != _PARTS:
        raise PromptError(f"{where}: must hold exactly # System, # User and # Repair, in that order")
    return {
        heading: Template(text.strip(), f"{where}, {heading}")
        for heading, text in zip(headings, texts, strict=True)
    }


def _hold_variables(listed: object, parts: dict[str, Template], where: str) -> None:
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise PromptError(f"{where}: its front matter must list its variables")
    used = parts["System"].variables | parts["User"].variables
    if odd := used.symmetric_difference(listed):
        raise PromptError(f"{where}: listed but not used, or used but not listed: {', '.join(sorted(odd))}")
    if parts["Repair"].variables != {"errors"}:
        raise PromptError(f"{where}, Repair: its one variable must be errors")
