"""Files of claims for a batch: JSON lines, CSV, or plain lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from agent.batch.plan import Inputs, Work
from agent.corpus.load import walk
from agent.corpus.rows import text_digest
from agent.domain import Claim, Document, Span
from agent.errors import Unreadable
from agent.surfaces.claim_list import parse_claims
from agent.surfaces.reading import read_document

_TABLES = (".csv", ".tsv")
_DELIMITERS = ",;\t|"


def claim_files(paths: Sequence[Path]) -> Inputs:
    """Each file as one piece of work; folders are looked through for them."""

    def read() -> Iterator[Work | Unreadable]:
        for found in walk(paths):
            if isinstance(found, Path):
                yield _attempt(found)
            elif isinstance(found, Unreadable):
                yield found

    return read


def _attempt(path: Path) -> Work | Unreadable:
    try:
        document = read_document(str(path), plain=True)
        if PurePath(path).suffix.lower() in _TABLES:
            return claims_of_table(document)
        return Work(document, parse_claims(document.text, document.name))
    except Unreadable as error:
        return error


def claims_of_table(document: Document) -> Work:
    """The claims of a CSV with a header: column ``claim`` or ``text``, and those that a JSON line may have.
    The document's text becomes the claims, one a line, which their spans cut. Raises Unreadable."""
    rows = _rows(document)
    # The empty first line is the header's: claims and complaints are numbered like the table's rows.
    lines = "\n".join(["", *(json.dumps(row, ensure_ascii=False) for row in rows)])
    claims = parse_claims(lines, document.name)
    text = "\n".join(claim.text for claim in claims) + "\n"
    return Work(replace(document, text=text, sha256=text_digest(text)), tuple(_placed(claims)))


def _rows(document: Document) -> list[dict[str, str]]:
    text = document.text.lstrip("\ufeff\n")
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable(document.name, f"is no CSV ({error})") from error
    columns = [name.strip().lower() for name in records[0]]
    if not {"claim", "text"} & set(columns):
        raise Unreadable(document.name, 'has no column "claim" or "text"; the first row names the columns')
    return [
        {name: " ".join(cell.split()) for name, cell in zip(columns, record, strict=False)}
        for record in records[1:]
        if any(cell.strip() for cell in record)
    ]


def _placed(claims: Sequence[Claim]) -> Iterator[Claim]:
    start = 0
    for claim in claims:
        yield replace(claim, spans=(Span(start, start + len(claim.text)),))
        start += len(claim.text) + 1
