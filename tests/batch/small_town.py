"""A corpus of one report a subject, and articles about the subjects, for the batch tests."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from click.testing import CliRunner, Result

from agent.bootstrap import EmbedderChoice, open_corpus
from agent.corpus.load import Loaded, read_all
from agent.surfaces.cli import cli

SUBJECTS = ("tram", "ferry", "bus", "train", "bridge", "tunnel")
REPORT = """---
outlet: {subject} news
published: 2024-05-04
---
The {subject} of Velm was closed after the storm, the town council said on Friday.
"""
CLOSED = "The {} of Velm was closed for {} days."


def make_corpus(folder: Path) -> Path:
    notes, corpus = folder / "notes", folder / "corpus"
    notes.mkdir()
    for subject in SUBJECTS:
        (notes / f"{subject}.md").write_text(REPORT.format(subject=subject))

    async def take_in() -> None:
        async with open_corpus(corpus, EmbedderChoice("hashing"), create=True) as library:
            await library.ingest(item for item in read_all([notes]) if isinstance(item, Loaded))

    asyncio.run(take_in())
    return corpus


def make_articles(folder: Path, count: int, sentences: int = 3) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        told = [CLOSED.format(SUBJECTS[(number + k) % 6], 2 + number + 7 * k) for k in range(sentences)]
        (folder / f"article{number}.txt").write_text(f"Velm, day {number}\n\n" + " ".join(told) + "\n")
    return folder


def batch(*arguments: object, corpus: Path, out: Path) -> Result:
    command = ["batch", *map(str, arguments), "--corpus", str(corpus), "--out", str(out)]
    return CliRunner().invoke(cli, command)


def claim_lines(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "claims.jsonl").read_text().splitlines()]


def summary(out: Path) -> dict:
    return json.loads((out / "summary.json").read_text())


def ledgers(out: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (out / "reports").iterdir()}


def check_sound(out: Path) -> None:
    """Every claim of every ledger is one line, and no line is without its claim."""
    lines = [(line["document"], json.dumps(line["outcome"])) for line in claim_lines(out)]
    told = [
        (name.removesuffix(".json"), json.dumps(outcome))
        for name, text in ledgers(out).items()
        for outcome in json.loads(text)["outcomes"]
    ]
    assert sorted(lines) == sorted(told)
