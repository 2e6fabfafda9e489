"""The demonstration brief read by a language model, replayed: the same report, byte for byte.

Search here uses the embedder without a model, so that what is asked hangs on no processor's arithmetic.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from agent.bootstrap import EmbedderChoice, open_corpus, open_verifier
from agent.corpus.document import document_from
from agent.corpus.load import Loaded, load_path, read_all
from agent.reports.to_json import dumps
from agent.settings import ModelSettings

ROOT = Path(__file__).resolve().parents[2]
KURSK = ROOT / "seeds" / "kursk"
REPORTS = Path(__file__).parent / "reports"
DATES = ("2025-02-02", "2025-03-31")

pytestmark = pytest.mark.vcr


def model() -> ModelSettings:
    # Replaying needs no server: nothing listens on port 9.
    base_url = os.environ.get("OPENAI_BASE_URL") or "http://127.0.0.1:9/v1"
    return ModelSettings("desk-llm", base_url, "unused", max_in_flight=64, timeout_s=3000, patience_s=3000)


async def verified(corpus: Path, as_of: str) -> str:
    async with open_corpus(corpus, EmbedderChoice("hashing"), create=True) as library:
        reports = read_all([Path("seeds/kursk/sources")])
        await library.ingest(report for report in reports if isinstance(report, Loaded))
    (brief,) = load_path(KURSK / "brief.md")
    async with open_verifier(corpus, "llm", model=model(), embedder=EmbedderChoice("hashing")) as verifier:
        report = await verifier.verify(document_from(brief), as_of=date.fromisoformat(as_of))
    return dumps(report)


@pytest.mark.parametrize("as_of", DATES)
async def test_replaying_gives_the_recorded_report_byte_for_byte(
    as_of: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_mode: str
):
    monkeypatch.chdir(ROOT)
    report = await verified(tmp_path / "corpus", as_of)
    recorded = REPORTS / f"brief-{as_of}.json"
    if record_mode != "none":
        recorded.write_text(report, encoding="utf-8")
    assert report == recorded.read_text(encoding="utf-8")
