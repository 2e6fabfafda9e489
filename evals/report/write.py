"""A report in all its forms, on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agent.errors import BadInput
from agent.surfaces.cli import output
from evals.journal import dumps
from evals.report import markdown, page, plain
from evals.report.loaded import load_all


def write_report(runs: Sequence[Path], out: Path) -> list[Path]:
    """``report.html``, ``report.md`` and ``report.json`` in ``out``, each in one step.

    Raises BadInput for folders that hold no finished run or where it cannot write.
    """
    loaded = load_all(tuple(runs))
    forms = {
        "report.html": page.html(loaded),
        "report.md": markdown.text(loaded),
        "report.json": dumps(plain.data(loaded)),
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{out}: cannot be made ({error.strerror})") from error
    for name, text in forms.items():
        output.write(text, out / name)
    return [out / name for name in forms]
