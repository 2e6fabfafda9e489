"""The demonstration corpus in ``seeds/kursk``: every check-worthy claim is a sample for each as-of date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from agent.corpus.load import load_bytes
from agent.domain import ClaimKind
from agent.errors import BadInput
from evals.samples import EvalSet, GoldEvidence, Sample, SetDocument, SetInfo
from evals.sets.reading import Row, digest, json_lines

FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "kursk"


def load(info: SetInfo, folder: Path = FOLDER) -> EvalSet:
    """Raises BadInput where the folder is not there: an installed package does not carry it."""
    claims, notes = folder / "claims.jsonl", sorted((folder / "sources").glob("*.md"))
    if not claims.is_file() or not notes:
        raise BadInput(f"the set kursk is not in {folder}; it is obtained from {info.obtain}")
    rows = tuple(json_lines(claims))
    return EvalSet(
        info=info,
        samples=tuple(sample for row in rows for sample in _samples(row)),
        documents=tuple(_document(path) for path in notes),
        sha256=digest([claims, *notes]),
        records={"extraction": tuple(row.data for row in rows)},
    )


def _samples(row: Row) -> Iterator[Sample]:
    if not row.data.get("checkworthy"):
        return
    acceptable, evidence = row.data.get("also_acceptable") or {}, row.data.get("evidence") or {}
    for day, label in (row.data.get("labels") or {}).items():
        yield Sample(
            id=f"{row.text('id')}@{day}",
            claim=row.text("claim"),
            label=row.label_of(str(label)),
            as_of=date.fromisoformat(day),
            kind=ClaimKind(row.text("kind")),
            also_acceptable=tuple(row.label_of(str(name)) for name in acceptable.get(day) or ()),
            evidence=tuple(_evidence(Row(row.where, each)) for each in evidence.get(day) or ()),
        )


def _evidence(row: Row) -> GoldEvidence:
    return GoldEvidence(row.text("source"), stance=row.stance())


def _document(path: Path) -> SetDocument:
    (loaded,) = load_bytes(path.read_bytes(), path.name)
    return SetDocument(path.stem, loaded.text, loaded.metadata)
