"""AVeriTeC as published: a JSON list of claims, each with questions and annotated answers.

Schlichtkrull et al., AVeriTeC, NeurIPS 2023. An answer is a document: its question, the answer and, for a
yes or no, its explanation. The corpus is the answers of all the release's files beside the one evaluated.
Most documents carry no date, so that ``as_of`` is left unset; the claim's date is ``meta["date"]``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from agent.domain import Metadata
from evals.samples import EvalSet, GoldEvidence, Sample, SetDocument, SetInfo
from evals.sets.reading import Row, digest, json_array

_FILES = ("dev.json", "train.json")


def load(folder: Path, file: Path, info: SetInfo) -> EvalSet:
    corpus = sorted({file, *(folder / name for name in _FILES if (folder / name).is_file())})
    documents = {d.doc_id: d for path in corpus for row in json_array(path) for d, _ in _answers(row)}
    rows = json_array(file)
    samples = tuple(_sample(row, f"averitec-{file.stem}-{place:04}") for place, row in enumerate(rows))
    return EvalSet(info, samples, tuple(documents.values()), digest(corpus))


def _sample(row: Row, name: str) -> Sample:
    return Sample(
        id=name,
        claim=row.text("claim"),
        label=row.label(),
        speaker=row.optional("speaker"),
        evidence=tuple(evidence for _, evidence in _answers(row)),
        meta={
            "date": row.optional("claim_date"),
            "justification": row.optional("justification"),
            "questions": [question.optional("question") for question in row.rows("questions")],
        },
    )


def _answers(row: Row) -> Iterator[tuple[SetDocument, GoldEvidence]]:
    for question in row.rows("questions"):
        for answer in question.rows("answers"):
            words = _words(answer)
            if words and answer.optional("answer_type") != "Unanswerable":
                document = _document(question.optional("question"), words, answer.optional("source_url"))
                yield document, GoldEvidence(document.doc_id, words)


def _words(answer: Row) -> str:
    parts = (answer.optional("answer"), answer.optional("boolean_explanation"))
    return "\n".join(part.strip() for part in parts if part.strip())


def _document(question: str, words: str, url: str) -> SetDocument:
    text = f"{question.strip()}\n{words}"
    site = url.split("//")[-1].split("/")[0].removeprefix("www.")
    name = hashlib.sha256(f"{text}\n{url}".encode()).hexdigest()[:12]
    return SetDocument(f"av-{name}", text, Metadata(title=site, outlet=site, url=url))
