"""``verify`` killed without warning, and resumed: the same report, and nothing asked twice."""

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
from e2e.reading_server import answer, asked, kept_replies

SUBJECTS = ["tram", "ferry", "bus", "train", "bridge", "tunnel", "market", "school", "clinic", "library"]
SENTENCES = [f"The {subject} of Velm was closed for {day} days." for day, subject in enumerate(SUBJECTS, 2)]
ARTICLE = "Velm after the storm\n\n" + " ".join(SENTENCES)
NOTE = """---
outlet: {subject} news
published: 2024-05-04
---
The {subject} of Velm was closed after the storm, the town council said on Friday.
"""
DELAY_S = 0.05
IN_FLIGHT = 2


def cli(*arguments: object, server: ScriptedServer | None = None) -> subprocess.Popen[str]:
    environment = {**os.environ, "CORROBORATE_MODEL": "scripted", "OPENAI_API_KEY": "none"}
    if server is not None:
        environment["OPENAI_BASE_URL"] = server.base_url
    command = [sys.executable, "-c", "from agent.surfaces.cli import main; main()", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)


def finished(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def slow(seen: Seen) -> Answer:
    return answer(seen, delay_s=DELAY_S)


@dataclass(frozen=True)
class Undisturbed:
    """An article, a corpus that has verified nothing yet, and what verifying comes to."""

    article: Path
    corpus: Path
    report: str
    calls: int


def verify(article: Path, corpus: Path, server: ScriptedServer, *more: str) -> subprocess.Popen[str]:
    options = ("--format", "json", "--concurrency", IN_FLIGHT, *more)
    return cli("verify", article, "--corpus", corpus, *options, server=server)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    article, corpus, notes = folder / "article.txt", folder / "corpus", folder / "notes"
    article.write_text(ARTICLE)
    notes.mkdir()
    for subject in SUBJECTS:
        (notes / f"{subject}.md").write_text(NOTE.format(subject=subject))
    finished(cli("ingest", notes, "--corpus", corpus, "--embedder", "hashing"))
    shutil.copytree(corpus, folder / "calm")
    with ScriptedServer(slow) as server:
        report = finished(verify(article, folder / "calm", server))
        return Undisturbed(article, corpus, report, len(server.seen))


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_run_resumes_to_the_same_report_and_asks_nothing_twice(
    undisturbed: Undisturbed, tmp_path: Path, seed: int
):
    corpus = shutil.copytree(undisturbed.corpus, tmp_path / "corpus")
    with ScriptedServer(slow) as server:
        process = verify(undisturbed.article, corpus, server)
        assert server.arrived.wait(60)
        time.sleep(random.Random(seed).uniform(0, DELAY_S * undisturbed.calls / IN_FLIGHT))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept, before = kept_replies(corpus), asked(server)
    with ScriptedServer(slow) as server:
        resumed = finished(verify(undisturbed.article, corpus, server, "--resume"))
        after = asked(server)

    assert resumed == undisturbed.report
    assert len(after) == undisturbed.calls - kept
    # Only what was under way when the process died may be asked again.
    assert len(set(before) & set(after)) <= IN_FLIGHT
