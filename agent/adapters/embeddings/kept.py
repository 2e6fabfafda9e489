"""Files that are built once and kept in the user's cache."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from agent.errors import EmbedderUnavailable


def kept(name: str) -> Path | None:
    """The file ``name``, where an earlier run left it; builds nothing."""
    for find in (_cache_folder, _temporary_folder):
        with contextlib.suppress(OSError):
            path = find() / name
            if path.is_file():
                return path
    return None


def keep(name: str, build: Callable[[], bytes]) -> Path:
    """The file ``name``, built unless an earlier run left it.

    It goes to ``$XDG_CACHE_HOME/corroborate`` (or ``~/.cache/corroborate``), else to a private folder
    among the temporary files. It appears under its name only when whole, so that several processes
    may build it at once: the last one wins, with the same bytes. Raises EmbedderUnavailable when
    neither folder can be written.
    """
    content = b""
    problems = []
    for find in (_cache_folder, _temporary_folder):
        try:
            path = find() / name
            if not path.is_file():
                content = content or build()
                _write_whole(path, content)
        except OSError as e:
            problems.append(str(e))
        else:
            return path
    raise EmbedderUnavailable(
        f"no folder to keep {name} in ({'; '.join(problems)}); set XDG_CACHE_HOME to one with 100 MB to spare"
    )


def _cache_folder() -> Path:
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:  # the XDG specification has relative paths ignored
        folder = (stated if stated.is_absolute() else Path.home() / ".cache") / "corroborate"
    except RuntimeError as e:
        raise OSError("no home folder is known") from e
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _temporary_folder() -> Path:
    """A folder of a known name where anybody may write: nobody else may have put a model there."""
    user = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / (f"corroborate-{user}" if user is not None else "corroborate")
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if user is not None and (
        not stat.S_ISDIR(status.st_mode) or status.st_uid != user or status.st_mode & 0o022
    ):
        raise PermissionError(f"{folder} is open to others")
    return folder


def _write_whole(path: Path, content: bytes) -> None:
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
