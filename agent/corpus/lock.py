"""One writer or many readers on a corpus' folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from agent.errors import CorpusError, CorpusLocked

_PAUSE_S = 0.05


@dataclass(slots=True)
class FolderLock:
    """Held from ``acquire`` to ``release``; the system frees it when the process dies."""

    _file: IO[str]

    @classmethod
    def acquire(cls, folder: Path, *, exclusive: bool, patience_s: float = 2.0) -> FolderLock:
        """Waits at most ``patience_s``. Raises CorpusLocked when others still hold it then."""
        import portalocker

        flags = portalocker.LockFlags.EXCLUSIVE if exclusive else portalocker.LockFlags.SHARED
        file = _open(folder)
        give_up = time.monotonic() + patience_s
        while True:
            try:
                portalocker.lock(file, flags | portalocker.LockFlags.NON_BLOCKING)
                return cls(file)
            except portalocker.LockException as error:
                if time.monotonic() >= give_up:
                    file.close()
                    raise CorpusLocked(_message(folder, exclusive)) from error
                time.sleep(_PAUSE_S)

    def release(self) -> None:
        """Harmless when repeated."""
        self._file.close()


def _open(folder: Path) -> IO[str]:
    try:
        return open(folder / "lock", "a", encoding="utf-8")
    except OSError as error:
        raise CorpusError(
            f"cannot lock the corpus in {folder}: {error.strerror}; check its permissions"
        ) from error


def _message(folder: Path, exclusive: bool) -> str:
    if exclusive:
        return f"another process is using the corpus in {folder}; wait for it to end, then try again"
    return f"another process is writing the corpus in {folder}; wait for it to end, then try again"
