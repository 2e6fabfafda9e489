"""JSON lines and CSV: a text a row, found by column names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping

from agent.corpus.load.fields import check_fields, column_for, metadata_from
from agent.corpus.load.loaded import MAX_BYTES, Loaded, finished
from agent.errors import Unreadable

_DELIMITERS = ",;\t|"


def read_jsonl(name: str, text: str, fields: Mapping[str, str]) -> Iterator[Loaded | Unreadable]:
    """One result a line that is not blank; ``name:3`` is the third line."""
    check_fields(fields)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _attempt(f"{name}:{number}", line, fields)


def read_csv(name: str, text: str, fields: Mapping[str, str]) -> Iterator[Loaded | Unreadable]:
    """One result a record; ``name:3`` is the third record, the header being the first."""
    check_fields(fields)
    csv.field_size_limit(MAX_BYTES)
    header_line = text.lstrip("\ufeff\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header_line.count)
    records = csv.reader(io.StringIO(text.lstrip("\ufeff\n"), newline=""), delimiter=delimiter, strict=True)
    number = 0
    columns: list[str] = []
    try:
        for number, record in enumerate(records, start=1):
            if number == 1:
                columns = record
                _require_text_column(name, columns, fields)
            elif any(cell.strip() for cell in record):
                yield _record(f"{name}:{number}", columns, record, fields)
    except csv.Error as error:
        yield Unreadable(f"{name}:{number + 1}", f"{error}; nothing was read from this row on")
    except Unreadable as error:
        yield error


def _attempt(name: str, line: str, fields: Mapping[str, str]) -> Loaded | Unreadable:
    try:
        value = json.loads(line)
    except RecursionError:
        return Unreadable(name, "is nested too deeply")
    except ValueError as error:
        return Unreadable(name, f"is not JSON: {str(error).splitlines()[0]}")
    if not isinstance(value, dict):
        return Unreadable(name, f"expected an object, found {type(value).__name__}")
    return _row(name, value, fields)


def _record(
    name: str, columns: list[str], record: list[str], fields: Mapping[str, str]
) -> Loaded | Unreadable:
    if len(record) != len(columns):
        return Unreadable(name, f"has {len(record)} cells where the header has {len(columns)}")
    return _row(name, dict(zip(columns, record, strict=True)), fields)


def _row(name: str, values: Mapping[str, object], fields: Mapping[str, str]) -> Loaded | Unreadable:
    try:
        for target in fields:
            if fields[target] not in values:
                raise Unreadable(name, f"no field {fields[target]!r}")
        key = column_for("text", values, fields)
        if key is None:
            raise Unreadable(name, f"no text among {_listed(values)}; say --field text=NAME")
        text = values[key]
        if not isinstance(text, str):
            raise Unreadable(name, f"{key}: expected a text, found {type(text).__name__}")
        return finished(name, text, metadata_from(name, values, fields))
    except Unreadable as error:
        return error


def _require_text_column(name: str, columns: list[str], fields: Mapping[str, str]) -> None:
    values = dict.fromkeys(columns)
    missing = [column for column in fields.values() if column not in values]
    if missing:
        raise Unreadable(name, f"no column {missing[0]!r} among {_listed(values)}")
    if column_for("text", values, fields) is None:
        raise Unreadable(name, f"no text column among {_listed(values)}; say --field text=NAME")


def _listed(values: Mapping[str, object]) -> str:
    names = [" ".join(name.split())[:40] for name in values]
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
