"""Which language a text is in, where it does not say so itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_ENOUGH_LETTERS = 20
_SURE_ENOUGH = 0.5
_SAMPLE_CHARS = 5000


def language_of(text: str) -> str:
    """ISO 639 code of the text's language by py3langid (Lui & Baldwin, ACL 2012); empty when the text
    is too short, or too unlike any one language, to tell."""
    sample = text[:_SAMPLE_CHARS]
    if sum(map(str.isalpha, sample)) < _ENOUGH_LETTERS:
        return ""
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE_ENOUGH else ""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
