"""The article the project began with, verified without a model against the demonstration corpus."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from agent.bootstrap import EmbedderChoice, open_corpus, open_verifier
from agent.corpus.document import document_from
from agent.corpus.load import Loaded, load_path, read_all
from agent.domain import Assessed, Report, Source

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ARTICLE = SHARED / "seeds" / "000_360767dd2f55252e.txt"
GOLD = SHARED / "kursk" / "claims.json"
AS_OF = date(2025, 2, 2)

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="needs the article in ../shared")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("article") / "corpus"


@pytest.fixture
async def verified(folder: Path) -> tuple[Report, dict[str, Source]]:
    """The report, over a corpus that holds the article too, and the corpus' sources by id."""
    async with open_corpus(folder, EmbedderChoice("hashing"), create=True) as library:
        read = read_all([ROOT / "seeds" / "kursk" / "sources", ARTICLE])
        await library.ingest(item for item in read if isinstance(item, Loaded))
        sources = {listed.id: await library.source(listed.id) for listed in await library.sources()}
    (article,) = load_path(ARTICLE)
    async with open_verifier(folder, "rules", keep_runs=False) as verifier:
        return await verifier.verify(document_from(article), as_of=AS_OF), sources


async def test_the_ledger_keeps_its_promises_on_the_article(verified: tuple[Report, dict[str, Source]]):
    report, sources = verified
    text = report.document.text
    markers = json.loads(GOLD.read_text(encoding="utf-8"))["boilerplate_markers"]
    assert report.outcomes
    assert not report.unread
    for outcome in report.outcomes:
        assert isinstance(outcome, Assessed)
        made_of = " ".join(span.cut(text) for span in outcome.claim.spans)
        assert not [marker for marker in markers if marker in made_of]
        for evidence in outcome.verdict.evidence:
            source = sources[evidence.source_id]
            assert evidence.quote == evidence.span.cut(source.text)
            assert evidence.source_sha256 == source.sha256
            assert source.metadata.published.by(AS_OF)
            assert source.text != text
    assert any(outcome.verdict.evidence for outcome in report.outcomes)


async def test_boilerplate_is_set_aside_and_shown(verified: tuple[Report, dict[str, Source]]):
    report, _ = verified
    set_aside = {discarded.text for discarded in report.discarded if discarded.reason == "boilerplate"}
    assert any("Press" in text or "patron" in text.lower() for text in set_aside)
