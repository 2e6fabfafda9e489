"""Files and folders: everything in them is read, or named with the reason why not, or named as hidden."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from agent.corpus.load.dispatch import kind_of, read_bytes, refuse_size
from agent.corpus.load.fields import check_fields
from agent.corpus.load.loaded import MAX_BYTES, Hidden, Loaded
from agent.errors import Unreadable


def load_path(path: Path, fields: Mapping[str, str] | None = None) -> tuple[Loaded, ...]:
    """All texts in one file, in its order. Raises Unreadable for the first that cannot be read (a file,
    or a row of one), SettingsError for a field that does not exist."""
    found = tuple(_read_file(path, fields or {}, MAX_BYTES))
    for item in found:
        if isinstance(item, Unreadable):
            raise item
    return tuple(item for item in found if isinstance(item, Loaded))


def read_all(
    paths: Iterable[Path], fields: Mapping[str, str] | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Loaded | Unreadable | Hidden]:
    """All texts in files and folders, folders in sorted order. What cannot be read (a file, a row, a
    folder) is yielded as Unreadable and what is hidden as Hidden, never skipped. Raises SettingsError
    as ``load_path``."""
    check_fields(fields or {})
    for found in walk(paths):
        if isinstance(found, Path):
            yield from _read_file(found, fields or {}, max_bytes)
        else:
            yield found


def walk(paths: Iterable[Path]) -> Iterator[Path | Unreadable | Hidden]:
    """The files to read. In folders, what is of an unsupported type or a link to a folder is yielded as
    Unreadable, and what systems and tools hide there as Hidden; what is named directly is always tried."""
    for path in paths:
        if path.is_dir():
            yield from _walk_folder(path)
        else:
            yield path


def _walk_folder(folder: Path) -> Iterator[Path | Unreadable | Hidden]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(str(folder), _reason(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            yield Hidden(str(entry))
        elif entry.is_symlink() and entry.is_dir():
            yield Unreadable(
                str(entry), "is a link to a folder, which is not followed; name the folder itself"
            )
        elif entry.is_dir():
            yield from _walk_folder(entry)
        else:
            yield _supported(entry)


def _supported(path: Path) -> Path | Unreadable:
    try:
        kind_of(str(path))
    except Unreadable as error:
        return error
    return path


def _read_file(path: Path, fields: Mapping[str, str], max_bytes: int) -> Iterator[Loaded | Unreadable]:
    name = _name(path)
    try:
        check_fields(fields)
        kind_of(name)
        data = _bytes(name, path, max_bytes)
    except Unreadable as error:
        yield error
        return
    yield from read_bytes(data, name, fields, max_bytes)


def _name(path: Path) -> str:
    """The path as text that can be stored: bytes of a file name that are no UTF-8 are written out."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _bytes(name: str, path: Path, max_bytes: int) -> bytes:
    try:
        info = os.stat(path)
        if stat.S_ISDIR(info.st_mode):
            raise Unreadable(name, "is a folder, not a file")
        if not stat.S_ISREG(info.st_mode):
            raise Unreadable(name, "is not a regular file; pipe it in and name it -")
        refuse_size(name, info.st_size, max_bytes)
        with path.open("rb") as file:
            return file.read(max_bytes + 1)  # it may have grown since
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise Unreadable(name, _reason(error)) from error


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "no such file"
        case PermissionError():
            return "permission denied"
        case OSError(strerror=str(words)):
            return words.lower()
        case _:
            return str(error)
