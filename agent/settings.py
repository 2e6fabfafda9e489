"""Settings as small values. Reading them from options and environment is the surfaces' business."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """How sources are cut: passages of whole sentences, up to ``target_chars`` where sentences allow."""

    target_chars: int = 600
    overlap_sentences: int = 1


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """``limit`` passages a claim go to the judge; ``depth`` candidates are fused from each index.

    ``rrf_k`` is the constant of reciprocal rank fusion (Cormack et al., SIGIR 2009).
    """

    limit: int = 10
    depth: int = 100
    rrf_k: int = 60


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which server and model to ask. ``base_url`` empty means the SDK's default.

    ``max_in_flight`` bounds requests under way at once, ``timeout_s`` one request, ``patience_s`` a
    request with all its retries.
    """

    model: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    max_in_flight: int = 8
    timeout_s: float = 120.0
    patience_s: float = 300.0
    temperature: float | None = 0.0
    seed: int | None = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may spend; None is no limit."""

    max_requests: int | None = None
    max_tokens: int | None = None
    max_usd: float | None = None


@dataclass(frozen=True, slots=True)
class VerifySettings:
    """``require_origins``: independent voices a corroboration needs. ``second_look``: search and judge
    once more where that can change the outcome, for at most ``second_look_share`` of the claims."""

    require_origins: int = 1
    second_look: bool = True
    second_look_share: float = 0.25
