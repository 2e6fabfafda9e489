"""The rules engine on a whole news article, where the shared folder holds one with its gold claims."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from agent.corpus.document import document_sentences
from agent.domain import Document, Metadata, PartialDate
from agent.engines.rules import RulesEngine
from agent.ports import Extraction

SHARED = Path(__file__).parents[3] / "shared"
ARTICLE = SHARED / "seeds" / "000_360767dd2f55252e.txt"
GOLD = SHARED / "kursk" / "claims.json"
pytestmark = pytest.mark.skipif(
    not (ARTICLE.exists() and GOLD.exists()),
    reason="needs ../shared with the seed article and its gold claims",
)


@pytest.fixture
async def extraction() -> Extraction:
    text = ARTICLE.read_text(encoding="utf-8")
    metadata = Metadata(outlet="Euromaidan Press", published=PartialDate(2025, 2, 3))
    document = Document(ARTICLE.name, text, "", metadata)
    return await RulesEngine().extract(document, document_sentences(document))


@pytest.fixture
def gold() -> dict[str, list[dict[str, object]]]:
    loaded: dict[str, list[dict[str, object]]] = json.loads(GOLD.read_text(encoding="utf-8"))
    return loaded


def claimed_text(extraction: Extraction) -> list[str]:
    text = ARTICLE.read_text(encoding="utf-8")
    return [span.cut(text) for claim in extraction.claims for span in claim.spans]


def test_no_claim_comes_from_boilerplate(extraction: Extraction, gold: dict[str, list[str]]) -> None:
    claimed = claimed_text(extraction)
    assert not [marker for marker in gold["boilerplate_markers"] if any(marker in text for text in claimed)]


def test_what_is_not_checkworthy_is_no_claim(
    extraction: Extraction, gold: dict[str, list[dict[str, str]]]
) -> None:
    """A sentence may hold a fact beside what is refused: then the fact alone is the claim."""
    refused = [claim["source_sentence"] for claim in gold["claims"] if not claim["checkworthy"]]
    claimed = [re.sub(r" \[[^]]*\]", "", claim.text) for claim in extraction.claims]
    assert not [sentence for sentence in refused if any(sentence in text for text in claimed)]


def test_most_checkworthy_sentences_give_a_claim(
    extraction: Extraction, gold: dict[str, list[dict[str, str]]]
) -> None:
    wanted = {claim["source_sentence"] for claim in gold["claims"] if claim["checkworthy"]}
    claimed = claimed_text(extraction)
    found = {
        sentence for sentence in wanted if any(sentence[:60] in text or text in sentence for text in claimed)
    }
    assert len(found) >= 0.8 * len(wanted)
