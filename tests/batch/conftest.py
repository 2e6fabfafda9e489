"""One corpus for all tests of a module; what a test asks and pays for stays in its own copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from batch.small_town import make_corpus


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_corpus(tmp_path_factory.mktemp("town"))


@pytest.fixture
def corpus(town: Path, tmp_path: Path) -> Path:
    return shutil.copytree(town, tmp_path / "corpus")


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "CORROBORATE_MODEL", "CORROBORATE_CORPUS"):
        monkeypatch.delenv(name, raising=False)
