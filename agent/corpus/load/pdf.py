"""PDF by pypdf, an optional extra."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from agent.corpus.load.loaded import Loaded, finished
from agent.domain import Metadata
from agent.errors import Unreadable

_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What pypdf lets through, besides its own errors, when a file's inside is not what it says."""
_UNFINISHED = re.compile(r"[^\W\d_]-?\s*\Z|,\s*\Z")
_FILE_LIKE = re.compile(r"\.\w{2,5}$|^(?:Microsoft \w+ - |untitled$)", re.IGNORECASE)


def load_pdf(name: str, data: bytes) -> Loaded:
    """Raises Unreadable: without pypdf, for a broken, encrypted or scanned file."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise Unreadable(name, "PDF needs an extra: pip install 'corroborate[pdf]'") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # we report in our own words
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not _opens_without_password(reader)
        pages = [] if locked else [page.extract_text() for page in reader.pages]
        info = None if locked else reader.metadata
        metadata = Metadata(title=_title(info), author=str(getattr(info, "author", None) or "").strip())
    except (PyPdfError, *_BROKEN) as error:
        raise Unreadable(name, "is a broken PDF; open it in a viewer and save it again") from error
    if locked:
        raise Unreadable(name, "is an encrypted PDF; save a copy without its password")
    text = _joined(pages)
    if not text.strip():
        raise Unreadable(name, "holds no text (a scan?); run it through text recognition first")
    return finished(name, text, metadata)


def _opens_without_password(reader: Any) -> bool:
    """Many a PDF is encrypted with an empty password, which every viewer tries. One that needs a
    cipher we lack counts as locked."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _title(info: Any) -> str:
    title = str(getattr(info, "title", None) or "").strip()
    return "" if _FILE_LIKE.search(title) else title


def _joined(pages: list[str]) -> str:
    """One text of all pages: a sentence that runs over a page's end goes on in the next line."""
    text = ""
    for page in (page.strip("\n") for page in pages):
        if page.strip():
            runs_on = _UNFINISHED.search(text[-3:]) is not None and page.lstrip()[:1].islower()
            text += ("\n" if runs_on else "\n\n" if text else "") + page
    return text
