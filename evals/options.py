"""What a run is asked for, as values; reading it from a command line is ``evals.cli``'s business."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from agent.bootstrap import EmbedderChoice
from agent.settings import Limits, ModelSettings
from evals.tasks.values import TaskSettings

ENGINES = ("rules", "llm", "majority", "retrieval-only", "oracle")
"""``oracle`` reads gold evidence as support of anything, and is for the task ``numbers`` alone."""
SAMPLES_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class RunOptions:
    """``corpus`` is a user's own, else the set's documents are made one in ``cache``.

    ``model`` is None unless the engine is ``llm``. ``replies`` is a file of recorded replies, read and
    added to; with ``replay`` only read, and a miss ends the run. ``out`` None keeps nothing.
    """

    task: str
    split: str = ""
    limit: int | None = None
    seed: int = 0
    settings: TaskSettings = field(default_factory=TaskSettings)
    model: ModelSettings | None = None
    corpus: Path | None = None
    embedder: EmbedderChoice = field(default_factory=EmbedderChoice)
    cache: Path = Path()
    out: Path | None = None
    retry_failed: bool = False
    concurrency: int = SAMPLES_AT_ONCE
    replies: Path | None = None
    replay: bool = False
    limits: Limits = field(default_factory=Limits)
    prices: Path | None = None
