"""Nothing may get worse unseen: small runs, made again and compared with their baselines sample by sample.

A language model's runs are replayed from recorded replies, so that a difference is ours: another prompt
or passage misses its reply, and another verdict from the same reply is a change of the checks or of the
settle table. These runs have no noise of their own (no sampling, no approximate vectors), so any net
loss fails. ``evals/baselines/README.md`` says how a baseline is renewed when a change is meant.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.cli import cli
from evals.compare import compare_runs
from evals.compare_text import render
from evals.journal import read_results

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
BASELINES = ROOT / "evals" / "baselines" / "gate"

REPLAYED = ("--engine", "llm", "--model", "desk-llm", "--no-second-look", "--replay")

RUNS = {
    "fever_symmetric-verdict-llm-gold": ("verdict", "--set", "fever_symmetric", "--limit", "40", *REPLAYED),
    "kursk-verdict-rules-hashing": (
        "verdict",
        "--set",
        "kursk",
        "--engine",
        "rules",
        "--embedder",
        "hashing",
    ),
    "kursk-retrieval-none-hashing": ("retrieval", "--set", "kursk", "--embedder", "hashing"),
}
PUBLIC = {"fever_symmetric-verdict-llm-gold": "fever_symmetric"}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_is_no_worse_than_its_baseline(name: str, tmp_path: Path):
    options = [*RUNS[name], "--out", str(tmp_path / "run"), "--cache", str(tmp_path / "cache")]
    if name in PUBLIC:
        if not (DATA / PUBLIC[name]).is_dir():
            pytest.skip(f"needs the set {PUBLIC[name]} in ../shared/data")
        options += [
            "--data",
            str(DATA),
            "--replies",
            str(ROOT / "evals" / "replies" / f"{PUBLIC[name]}.jsonl"),
        ]
    result = CliRunner().invoke(cli, options)
    assert result.exit_code == 0, result.output
    made = read_results(tmp_path / "run")
    assert [each.id for each in made if each.failed] == []
    comparison = compare_runs(BASELINES / name, tmp_path / "run")
    assert comparison.second.value >= comparison.first.value - 1e-9, render(comparison)
