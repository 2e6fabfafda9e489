"""A set's documents as a corpus, made once and kept: embedding five thousand abstracts takes minutes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import agent
from agent.bootstrap import EmbedderChoice, make_embedder, open_corpus
from agent.corpus.load import Loaded
from agent.settings import SearchSettings, SplitSettings
from evals.samples import EvalSet, SetDocument

if TYPE_CHECKING:
    from agent.corpus.corpus import Corpus
    from agent.corpus.ingest import Progress
    from agent.ports import Embedder

_DONE = "evals.json"
OnProgress = Callable[[int, int], None]
"""Called with the documents taken in so far and their number."""


@dataclass(frozen=True, slots=True)
class SetCorpus:
    """An open corpus and what its sources are called: ``doc_ids`` as in ``TaskTools``."""

    corpus: Corpus
    embedder: Embedder
    doc_ids: dict[str, tuple[str, ...]]


def default_cache() -> Path:
    """Where corpora are kept between runs: the user's cache folder (XDG Base Directory)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "corroborate" / "evals"


@asynccontextmanager
async def open_set(
    eval_set: EvalSet,
    cache: Path,
    choice: EmbedderChoice | None = None,
    search: SearchSettings | None = None,
    on_progress: OnProgress = lambda done, total: None,
) -> AsyncIterator[SetCorpus]:
    """The set's documents, taken in first where the cache does not have them with this embedder.

    What a killed run took in is kept, and the next one goes on. Raises CorpusLocked while another
    process is at it.
    """
    embedder = make_embedder(choice or EmbedderChoice())
    folder = cache / _folder_name(eval_set, embedder.name)
    if not (folder / _DONE).is_file():
        await _take_in(eval_set.documents, folder, choice, on_progress)
    async with open_corpus(folder, choice, search=search) as corpus:
        yield SetCorpus(corpus, embedder, {source.id: source.names for source in await corpus.sources()})


@asynccontextmanager
async def open_own(
    folder: Path, choice: EmbedderChoice | None = None, search: SearchSettings | None = None
) -> AsyncIterator[SetCorpus]:
    """A user's own corpus, whose sources go by their ids and their names alike."""
    async with open_corpus(folder, choice, search=search) as corpus:
        state = await corpus.state()
        sources = {source.id: (source.id, *source.names) for source in await corpus.sources()}
        yield SetCorpus(corpus, make_embedder(choice or EmbedderChoice(), state.embedder), sources)


async def _take_in(
    documents: Sequence[SetDocument], folder: Path, choice: EmbedderChoice | None, on_progress: OnProgress
) -> None:
    def tell(progress: Progress) -> None:
        on_progress(progress.items, len(documents))

    items = (Loaded(each.doc_id, each.text, each.metadata) for each in documents)
    async with open_corpus(folder, choice, create=True, write=True) as corpus:
        result = await corpus.ingest(items, tell)
    done = folder / _DONE
    draft = done.with_suffix(".draft")
    draft.write_text(json.dumps({"documents": len(documents), "blank": result.blank}), encoding="utf-8")
    draft.replace(done)


def _folder_name(eval_set: EvalSet, embedder: str) -> str:
    """Named after what the corpus is made of, so that splits over the same documents share it."""
    readable = "".join(c if c.isalnum() or c in "-." else "-" for c in f"{eval_set.info.name}-{embedder}")
    made_of = [documents_digest(eval_set.documents), embedder, asdict(SplitSettings()), agent.__version__]
    exact = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()
    return f"{readable[:60]}-{exact[:12]}"


def documents_digest(documents: Sequence[SetDocument]) -> str:
    """Hex SHA-256 over documents in their order."""
    total = hashlib.sha256()
    for document in documents:
        total.update(json.dumps(asdict(document), default=str, ensure_ascii=False).encode() + b"\n")
    return total.hexdigest()
