"""``batch`` killed without warning, and resumed: the same reports, every claim once, nothing asked twice."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from adapters.fake_server import Answer, ScriptedServer, Seen
from batch.small_town import batch, check_sound, ledgers, make_articles, make_corpus
from e2e.reading_server import answer, asked, kept_replies

DELAY_S = 0.1
IN_FLIGHT = 2


def slow(seen: Seen) -> Answer:
    return answer(seen, delay_s=DELAY_S)


def options(server: ScriptedServer) -> list[str]:
    words = ["--engine", "llm", "--model", "scripted", "--base-url", server.base_url]
    return [*words, "--concurrency", str(IN_FLIGHT), "--documents", "3"]


@dataclass(frozen=True)
class Undisturbed:
    articles: Path
    corpus: Path
    out: Path
    calls: int


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    articles, corpus = make_articles(folder / "articles", 5), make_corpus(folder)
    calm = shutil.copytree(corpus, folder / "calm")
    with ScriptedServer(answer) as server:
        result = batch(articles, *options(server), corpus=calm, out=folder / "out")
        assert result.exit_code == 0, result.stderr
        return Undisturbed(articles, corpus, folder / "out", len(server.seen))


def kill_midway(run: Undisturbed, corpus: Path, out: Path, server: ScriptedServer, seed: int) -> None:
    words = ["batch", run.articles, "--corpus", corpus, "--out", out, *options(server)]
    code = "from agent.surfaces.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OPENAI_API_KEY": "none"},
    )
    assert server.arrived.wait(120)
    time.sleep(random.Random(seed).uniform(0.2, 1.0) * DELAY_S * run.calls / IN_FLIGHT)
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_batch_goes_on_to_the_same_reports(undisturbed: Undisturbed, tmp_path: Path, seed: int):
    corpus, out = shutil.copytree(undisturbed.corpus, tmp_path / "corpus"), tmp_path / "out"
    with ScriptedServer(slow) as server:
        kill_midway(undisturbed, corpus, out, server, seed)
        kept, before = kept_replies(corpus), asked(server)
    with ScriptedServer(answer) as server:
        result = batch(undisturbed.articles, "--resume", *options(server), corpus=corpus, out=out)
        after = asked(server)

    assert result.exit_code == 0, result.stderr
    assert ledgers(out) == ledgers(undisturbed.out)
    assert (out / "summary.json").read_text() == (undisturbed.out / "summary.json").read_text()
    check_sound(out)
    assert len(after) == undisturbed.calls - kept
    # Only what was under way when the process died may be asked again.
    assert len(set(before) & set(after)) <= IN_FLIGHT
