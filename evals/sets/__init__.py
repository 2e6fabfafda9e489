"""Loading sets: the project's own form, and the forms their authors publish them in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from agent.errors import BadInput
from evals.samples import EvalSet
from evals.sets.registry import KNOWN, info

__all__ = ["KNOWN", "info", "joined", "load_set"]


def load_set(name: str, data: Path, split: str = "") -> EvalSet:
    """The set in the folder ``data/name``, in the project's own form or its authors'.

    ``split`` is ``train``, ``dev``, …; empty takes the only or usual one. Raises BadInput, which says where
    a missing set is obtained and on which terms, and Unreadable for a bad line.
    """
    from evals.sets import normalised, public

    known, folder = info(name), data / name
    if name == "kursk" and not normalised.found(folder):
        from evals.sets import kursk

        return kursk.load(known)
    if public.found(name, folder):
        return public.load(name, folder, known, split)
    if normalised.found(folder):
        return normalised.load(folder, known, split)
    raise BadInput(missing(name, folder))


def joined(eval_set: EvalSet, other: EvalSet) -> EvalSet:
    """A set with another's records added to its own, for a task that needs both; the digest is of both."""
    both = hashlib.sha256(f"{eval_set.sha256} {other.sha256}".encode()).hexdigest()
    return replace(eval_set, records={**eval_set.records, **other.records}, sha256=both)


def missing(name: str, folder: Path) -> str:
    if name not in KNOWN:
        return f"no set {name!r} in {folder.parent}; the known sets are {', '.join(KNOWN)} (see `sets`)"
    known = KNOWN[name]
    return (
        f"the set {name} is not in {folder}; it is obtained from {known.obtain} (licence: {known.licence}); "
        "--data names the folder that holds it"
    )
