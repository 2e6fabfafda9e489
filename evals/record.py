"""What is needed to make a run again, and to tell whether two runs may be compared."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

import agent
from evals.options import RunOptions
from evals.tasks.values import Task, TaskTools

_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("openai", "langgraph", "chromadb", "tantivy", "onnxruntime", "nupunkt", "scikit-learn", "numpy")


async def record_of(options: RunOptions, chosen: Task, tools: TaskTools, samples: int) -> dict[str, Any]:
    """Plain JSON values; no clock, no path and no machine in it, so that the same run has the same record."""
    record: dict[str, Any] = {
        "task": options.task,
        "set": {
            "name": tools.eval_set.info.name,
            "sha256": tools.eval_set.sha256,
            "split": options.split,
            "licence": tools.eval_set.info.licence,
        },
        "samples": {"count": samples, "limit": options.limit, "seed": options.seed},
        "engine": _engine(options, chosen, tools),
        "settings": _settings(options),
        "corpus": await _corpus(tools),
        "code": _code(),
        "versions": _versions(),
    }
    plain: dict[str, Any] = json.loads(json.dumps(record))
    return plain


def same_run(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The parts in which two records differ; a commit that leaves the code as it was is no difference."""

    def parts(record: Mapping[str, Any]) -> dict[str, Any]:
        return {**record, "code": (record.get("code") or {}).get("sha256")}

    ours, theirs = parts(one), parts(other)
    return [key for key in sorted({*ours, *theirs}) if ours.get(key) != theirs.get(key)]


def _engine(options: RunOptions, chosen: Task, tools: TaskTools) -> dict[str, Any]:
    if tools.engine is None:
        name = options.settings.engine if chosen.needs_engine else "none"
        return {"name": name, "model": "", "prompts": []}
    return asdict(tools.engine.identity)


def _settings(options: RunOptions) -> dict[str, Any]:
    settings = asdict(options.settings)
    settings.pop("engine")
    if options.model is not None:
        settings |= {"temperature": options.model.temperature, "model_seed": options.model.seed}
    return settings


async def _corpus(tools: TaskTools) -> dict[str, Any] | None:
    if tools.library is None:
        return None
    return asdict(await tools.library.state())


def _versions() -> dict[str, str]:
    found = {"corroborate": agent.__version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def _code() -> dict[str, Any]:
    """The commit and whether the tree differs from it, where git knows; the digest of the code itself."""
    commit = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain", "--", "agent", "evals", "prompts") if commit else None
    return {"commit": commit, "dirty": None if changed is None else bool(changed), "sha256": _code_digest()}


def _git(*words: str) -> str | None:
    """What git says of the checkout this code is in; None where it is none, or there is no git."""
    if not (_ROOT / ".git").exists():
        return None
    try:
        said = subprocess.run(["git", *words], cwd=_ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip()


def _code_digest() -> str:
    total = hashlib.sha256()
    for path in _code_files():
        total.update(str(path.relative_to(_ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _code_files() -> Iterator[Path]:
    """Of the product, the prompts and what makes and judges samples; how results are shown may change."""
    yield from sorted((_ROOT / "evals").glob("*.py"))
    for folder in ("agent", "evals/tasks", "evals/sets", "evals/metrics", "prompts"):
        yield from sorted((_ROOT / folder).rglob("*.py"))
        yield from sorted((_ROOT / folder).rglob("*.md"))


def comparable(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Why two runs cannot be compared sample by sample, or empty."""
    if one.get("task") != other.get("task"):
        return f"one is of the task {one.get('task')}, the other of {other.get('task')}"
    sets = [run.get("set", {}) for run in (one, other)]
    if sets[0].get("sha256") != sets[1].get("sha256"):
        return f"they are of different sets ({sets[0].get('name')} and {sets[1].get('name')}, by digest)"
    return ""
