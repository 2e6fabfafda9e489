"""One built MiniLM for all tests of this folder, in a cache of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def embed_cache(tmp_path_factory: pytest.TempPathFactory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def _own_cache(embed_cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(embed_cache))
