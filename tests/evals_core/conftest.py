from __future__ import annotations

from pathlib import Path

import pytest
from harbour_set import CLAIMS, DOCUMENTS, write_lines


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the set ``harbour``."""
    write_lines(tmp_path / "data" / "harbour" / "corpus.jsonl", DOCUMENTS)
    write_lines(tmp_path / "data" / "harbour" / "claims.jsonl", CLAIMS)
    return tmp_path / "data"
