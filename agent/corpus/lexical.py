"""The lexical index: BM25 over passages' texts and their sources' titles, in tantivy.

Derived from the store and rebuildable from it. k1 and b are tantivy's own (1.2 and 0.75).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.corpus.wellformed import clean
from agent.errors import CorpusDamaged

if TYPE_CHECKING:
    import tantivy

_HEAP_BYTES = 64_000_000
_LONGEST_TOKEN = 60  # bytes
_MOST_TERMS = 256  # of one query: a claim has a few dozen
_TITLE_WEIGHT = 0.5  # a title says what the source is about, not what the passage says
_SCORE_DIGITS = 4  # sums of float32 differ in the last digits with how segments were merged


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is indexed of a passage. ``language`` is an ISO 639 code or empty."""

    passage_id: str
    source_id: str
    text: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class LexicalHit:
    passage_id: str
    score: float


class LexicalIndex:
    """Blocking; one writer at a time (see agent/corpus/lock.py), readers from any thread.

    English texts and texts of unknown language are stemmed as English; others are only lower-cased
    and stripped of accents. A query is looked up both ways.
    """

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._analyzers = {"english": _analyzer(stem=True), "other": _analyzer(stem=False)}
        for name, analyzer in self._analyzers.items():
            index.register_tokenizer(name, analyzer)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Opens the index in ``folder``, or makes an empty one. Raises CorpusDamaged."""
        import tantivy

        with _translated():
            folder.mkdir(parents=True, exist_ok=True)
            return cls(tantivy.Index(_schema(), path=str(folder)))

    def apply(self, add: Iterable[LexicalEntry], remove: Iterable[str]) -> None:
        """Puts entries in, replacing those of the same passage, and takes passages out; durable on return."""
        import tantivy

        with _translated():
            writer = self._index.writer(_HEAP_BYTES, 1)
            for passage_id in remove:
                writer.delete_documents_by_term("id", passage_id)
            for entry in add:
                writer.delete_documents_by_term("id", entry.passage_id)
                writer.add_document(tantivy.Document(**_fields(entry)))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()

    def query(self, text: str, depth: int, sources: Collection[str] | None = None) -> list[LexicalHit]:
        """The passages that share most with ``text``, best first, at most ``depth``.

        Any string is a query: it is taken as words, never as query syntax. ``sources`` narrows the
        search to those sources.
        """
        import tantivy

        clauses = [(tantivy.Occur.Should, clause) for clause in self._clauses(text)]
        if not clauses or depth < 1 or (sources is not None and not sources):
            return []
        query = tantivy.Query.boolean_query(clauses)
        with _translated():
            if sources is not None:
                query = self._within(query, sources)
            searcher = self._index.searcher()
            found = searcher.search(query, limit=depth, count=False).hits
            hits = [LexicalHit(searcher.doc(at)["id"][0], round(score, _SCORE_DIGITS)) for score, at in found]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))

    def count(self) -> int:
        with _translated():
            return int(self._index.searcher().num_docs)

    def ids(self) -> set[str]:
        import tantivy

        with _translated():
            searcher = self._index.searcher()
            total = max(1, searcher.num_docs)
            found = searcher.search(tantivy.Query.all_query(), limit=total, count=False).hits
            return {searcher.doc(at)["id"][0] for _, at in found}

    def _clauses(self, text: str) -> Iterator[tantivy.Query]:
        import tantivy

        schema = self._index.schema
        for name, analyzer in self._analyzers.items():
            for term in _terms(analyzer, text):
                yield tantivy.Query.term_query(schema, f"text_{name}", term, "freq")
                title = tantivy.Query.term_query(schema, f"title_{name}", term, "freq")
                yield tantivy.Query.boost_query(title, _TITLE_WEIGHT)

    def _within(self, query: tantivy.Query, sources: Collection[str]) -> tantivy.Query:
        import tantivy

        allowed = tantivy.Query.term_set_query(self._index.schema, "source", sorted(sources))
        silent = tantivy.Query.const_score_query(allowed, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, silent)])


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    for name in ("english", "other"):
        for part in ("text", "title"):
            builder.add_text_field(f"{part}_{name}", tokenizer_name=name, index_option="freq")
    return builder.build()


def _analyzer(*, stem: bool) -> tantivy.TextAnalyzer:
    import tantivy

    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_LONGEST_TOKEN))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
    return (builder.filter(tantivy.Filter.stemmer("English")) if stem else builder).build()


def _fields(entry: LexicalEntry) -> dict[str, Any]:
    kind = "english" if entry.language.lower()[:2] in ("", "en") else "other"
    return {
        "id": entry.passage_id,
        "source": entry.source_id,
        f"text_{kind}": clean(entry.text),
        f"title_{kind}": clean(entry.title),
    }


def _terms(analyzer: tantivy.TextAnalyzer, text: str) -> Sequence[str]:
    return list(dict.fromkeys(analyzer.analyze(clean(text))))[:_MOST_TERMS]


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise CorpusDamaged(
            f"the lexical index failed ({' '.join(str(error).split())}); "
            "`corroborate corpus check --repair` rebuilds it"
        ) from error
