"""extract: the document's sentences to claims; boilerplate is set aside here, whichever engine reads."""

from __future__ import annotations

from dataclasses import replace

from agent.corpus.document import document_sentences
from agent.domain import Document
from agent.engines.boilerplate import set_aside
from agent.ports import Extraction
from agent.steps.values import Progress, Tools, Watcher


async def extract(document: Document, tools: Tools, watch: Watcher) -> Extraction:
    sentences = document_sentences(document)
    watch(Progress("extract", 0, len(sentences)))
    extraction = await tools.engine.extract(document, sentences)
    watch(Progress("extract", len(sentences), len(sentences)))
    discarded = (*set_aside(sentences), *extraction.discarded)
    return replace(extraction, discarded=tuple(sorted(discarded, key=lambda item: item.span)))
