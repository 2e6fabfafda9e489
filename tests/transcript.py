"""The README's transcript, made by running what it shows. ``python tests/transcript.py`` writes it anew."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- transcript:begin -->\n", "<!-- transcript:end -->"
OVERVIEW_LINES = 33
CLAIM = "3"


def transcript(folder: Path) -> str:
    """The block between the markers. ``folder`` takes a corpus and a ledger."""
    corpus, ledger = folder / "corpus", folder / "2025-02-02.json"
    _run("ingest", "seeds/kursk/sources", "--corpus", corpus, "--embedder", "hashing")
    recorded = ("--engine", "llm", "--model", "desk-llm", "--replies", "seeds/kursk/replies.jsonl")
    brief = "seeds/kursk/brief.md"
    _run("verify", brief, "--corpus", corpus, "--as-of", "2025-02-02", "--out", ledger, *recorded)
    overview = _run("show", ledger, "--overview").splitlines()[:OVERVIEW_LINES]
    claim = _run("show", ledger, "--claim", CLAIM).splitlines()
    return "\n".join(
        [
            "```console",
            "$ corroborate verify seeds/kursk/brief.md --as-of 2025-02-02 --out 2025-02-02.json",
            "$ corroborate show 2025-02-02.json --overview",
            *overview,
            "…",
            f"$ corroborate show 2025-02-02.json --claim {CLAIM}",
            *claim,
            "```",
            "",
        ]
    )


def in_readme() -> str:
    return README.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]


def _run(*arguments: object) -> str:
    code = "from agent.surfaces.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = transcript(Path(folder))
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    README.write_text(before + BEGIN + made + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
