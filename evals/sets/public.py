"""Which loader reads a set as its authors publish it, and how its files are recognised."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from agent.errors import BadInput
from evals.samples import EvalSet, SetInfo


class Loader(Protocol):
    def __call__(self, folder: Path, file: Path, info: SetInfo) -> EvalSet: ...


@dataclass(frozen=True, slots=True)
class Form:
    """``files`` are patterns with ``{split}`` in them; ``split`` is the one usually taken."""

    module: str
    files: tuple[str, ...]
    split: str = "dev"


FORMS = {
    "averitec": Form("averitec", ("{split}.json", "data/{split}.json")),
    "wice": Form("wice", ("{split}.jsonl", "data/entailment_retrieval/claim/{split}.jsonl")),
    "scifact": Form("scifact", ("claims_{split}.jsonl", "data/claims_{split}.jsonl"), "train"),
    "fm2": Form("fever", ("{split}.jsonl", "dataset/{split}.jsonl")),
    "fever_symmetric": Form(
        "fever", ("fever_symmetric_{split}.jsonl", "symmetric_v0.2/fever_symmetric_{split}.jsonl")
    ),
}
_SPLITS = ("dev", "train", "test")


def found(name: str, folder: Path) -> bool:
    """Whether the folder holds the set as published: a ``claims.jsonl`` is the project's own form."""
    if name not in FORMS or (folder / "claims.jsonl").is_file():
        return False
    return any(_file(FORMS[name], folder, split) for split in _SPLITS)


def load(name: str, folder: Path, info: SetInfo, split: str = "") -> EvalSet:
    """Raises BadInput for a split that is not there, and Unreadable for a bad line."""
    form = FORMS[name]
    file = _file(form, folder, split or form.split)
    if file is None:
        wanted = form.files[0].format(split=split or form.split)
        raise BadInput(f"the set {name} has no {wanted} in {folder}; --split names another")
    loader: Loader = import_module(f"evals.sets.{form.module}").load
    return loader(file.parent, file, info)


def _file(form: Form, folder: Path, split: str) -> Path | None:
    paths = (folder / pattern.format(split=split) for pattern in form.files)
    return next((path for path in paths if path.is_file()), None)
