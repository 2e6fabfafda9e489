"""What a task is, what it works with, and what it says of one sample."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from agent.domain import NO_USAGE, Label, Usage
from agent.errors import CorpusMissing, SettingsError
from agent.ports import ChatModel, Embedder, Engine, Library
from agent.settings import SearchSettings, VerifySettings
from evals.metrics.value import Measured
from evals.samples import EvalSet, Sample

EvidenceMode = Literal["retrieved", "gold", "none"]
"""What the judge is shown: what search finds, what annotators marked, or nothing (the control)."""


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What became of one sample: a line of ``samples.jsonl``.

    ``prediction`` is None where the task gives no label, or where the sample failed. ``failed`` is why
    there is no result, or empty: a failure is never a label. ``payload`` is the task's own detail, plain
    JSON values only. ``scores`` are this sample's parts in the task's averaged metrics, each in [0, 1]
    (``{"correct": 1.0}``): what paired comparison resamples; a score that does not apply is left out.
    ``seconds`` is wall-clock time and takes no part in compared metrics.
    """

    id: str
    task: str
    gold: Label | None = None
    prediction: Label | None = None
    failed: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict, hash=False)
    scores: Mapping[str, float] = field(default_factory=dict, hash=False)
    usage: Usage = NO_USAGE
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "task": self.task,
            "gold": self.gold,
            "prediction": self.prediction,
            "failed": self.failed or None,
            "payload": dict(self.payload),
            "scores": dict(self.scores),
            "usage": {
                "calls": dict(self.usage.calls),
                "prompt_tokens": self.usage.prompt_tokens,
                "completion_tokens": self.usage.completion_tokens,
                "cost": self.usage.cost,
            },
            "seconds": self.seconds,
        }

    def line(self) -> str:
        """One line of JSON with its end."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SampleResult:
        """What ``to_json`` made. Raises KeyError, TypeError or ValueError for anything else."""
        usage = data["usage"]
        return cls(
            id=data["id"],
            task=data["task"],
            gold=None if data["gold"] is None else Label(data["gold"]),
            prediction=None if data["prediction"] is None else Label(data["prediction"]),
            failed=data["failed"] or "",
            payload=dict(data["payload"]),
            scores=dict(data["scores"]),
            usage=Usage(
                dict(usage["calls"]), usage["prompt_tokens"], usage["completion_tokens"], usage["cost"]
            ),
            seconds=data["seconds"],
        )


@dataclass(frozen=True, slots=True)
class TaskSettings:
    """What can be varied between two runs of a task. All of it is in the run's record.

    ``threshold`` is the similarity from which the retrieval-only baseline calls a claim corroborated.
    """

    engine: str = "rules"
    evidence: EvidenceMode = "retrieved"
    threshold: float = 0.6
    verify: VerifySettings = field(default_factory=VerifySettings)
    search: SearchSettings = field(default_factory=SearchSettings)


@dataclass(frozen=True, slots=True)
class TaskTools:
    """What a task works with. Parts a run has no use for are None; ``need`` says so where one is missed.

    ``library`` is the set's documents as a corpus, which is an ``agent.corpus.corpus.Corpus`` with the
    embedder ``embedder``. ``doc_ids`` maps the corpus' source ids to the set's document ids: several where
    documents have the same text. ``model`` is the chat model behind the llm engine, for steps of a task's
    own; ``engine`` is None for the baselines that do without one.
    """

    eval_set: EvalSet
    settings: TaskSettings = field(default_factory=TaskSettings)
    seed: int = 0
    engine: Engine | None = None
    model: ChatModel | None = None
    library: Library | None = None
    embedder: Embedder | None = None
    doc_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def documents_of(self, source_id: str) -> tuple[str, ...]:
        """The set's documents that this source of the corpus is: its own id where the set knows none."""
        return self.doc_ids.get(source_id, (source_id,))

    def document_of(self, source_id: str, wanted: Collection[str] = ()) -> str:
        """One document for a source: one of those ``wanted`` where it is among them, else the first."""
        named = self.documents_of(source_id)
        return next((name for name in named if name in wanted), named[0])

    def need_engine(self) -> Engine:
        """Raises SettingsError."""
        if self.engine is None:
            raise SettingsError(f"the engine {self.settings.engine} cannot do this task; use rules or llm")
        return self.engine

    def need_model(self) -> ChatModel:
        """Raises SettingsError."""
        if self.model is None:
            raise SettingsError("this needs a language model: use --engine llm --model NAME")
        return self.model

    def need_library(self) -> Library:
        """Raises CorpusMissing."""
        if self.library is None:
            raise CorpusMissing(f"the set {self.eval_set.info.name} has no documents to search")
        return self.library


class Task(Protocol):
    """One thing that is measured. Tasks hold no state: ``run`` may be called for many samples at once."""

    @property
    def name(self) -> str: ...

    @property
    def needs_engine(self) -> bool:
        """Whether a run opens an engine for it (``TaskTools.engine``)."""
        ...

    @property
    def needs_corpus(self) -> bool:
        """Whether a run opens the set's documents as a corpus (``TaskTools.library``)."""
        ...

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        """The samples to run, in a fixed order; limited ones are drawn by label (``evals.tasks.choose``).

        Tasks without claims or labels make their own, with what they need in ``Sample.meta``. Ids are
        unique. Raises BadInput for a set that this task cannot use.
        """
        ...

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        """Raises BudgetSpent, and otherwise nothing that concerns this sample alone: that is ``failed``.

        ``seconds`` is filled in by the runner.
        """
        ...

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        """Every metric of the task, from results in the order of the samples."""
        ...
