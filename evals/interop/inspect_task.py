"""The task verdict as a task of Inspect (https://inspect.aisi.org.uk), whose viewer shows its log.

Solver: this project's verifier, so that Inspect's own model is not asked. Scorer: the gold label, exactly.
A sample that could not be judged raises, which Inspect logs as the sample's error and leaves unscored: its
accuracy is the one without failures. Needs the extra ``inspect``.
"""

# Inspect is an extra: where it is not installed, its decorators and types are unknown.
# mypy: disable-error-code="import-not-found, untyped-decorator"

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from agent.errors import BadInput, CorroborateError, SettingsError
from evals.samples import EvalSet, Sample
from evals.tasks.choose import choose
from evals.tasks.values import SampleResult, TaskTools

if TYPE_CHECKING:
    import inspect_ai
    from inspect_ai.dataset import Sample as InspectSample

OpenTools = Callable[[], AbstractAsyncContextManager[TaskTools]]
MODEL = "none"
"""Inspect's name for no model at all: asking it is an error."""


def verdict_task(
    eval_set: EvalSet, open_tools: OpenTools, *, limit: int | None = None, seed: int = 0
) -> inspect_ai.Task:
    """The set's claims with a gold label, ``limit`` of them drawn by label, as an Inspect task.

    ``open_tools`` opens corpus and engine; it is called when the first sample begins. Raises SettingsError
    where Inspect is not installed, BadInput for a set without gold labels.
    """
    inspect = require_inspect()
    chosen = choose([each for each in eval_set.samples if each.label is not None], seed, limit)
    if not chosen:
        raise BadInput(f"no claim of the set {eval_set.info.name} has a gold label")
    task: inspect_ai.Task = inspect.Task(
        name=f"corroborate_{eval_set.info.name}",
        dataset=[_sample(each) for each in chosen],
        solver=_solver({each.id: each for each in chosen}, Shared(open_tools)),
        scorer=_scorer(),
        model=MODEL,
        fail_on_error=False,
        metadata={"set": eval_set.info.name, "set_sha256": eval_set.sha256},
    )
    return task


def require_inspect() -> Any:
    """Raises SettingsError, which says what to install."""
    try:
        import inspect_ai
    except ImportError as error:
        raise SettingsError("this needs Inspect: pip install 'corroborate[inspect]'") from error
    return inspect_ai


class Shared:
    """Tools opened once for all who use them at the same time, and closed when the last has done."""

    def __init__(self, open_tools: OpenTools) -> None:
        self._open = open_tools
        self._lock = asyncio.Lock()
        self._users = 0
        self._stack = AsyncExitStack()
        self._tools: TaskTools | None = None

    @asynccontextmanager
    async def use(self) -> AsyncIterator[TaskTools]:
        async with self._lock:
            if self._tools is None:
                self._tools = await self._stack.enter_async_context(self._open())
            tools = self._tools
            self._users += 1
        try:
            yield tools
        finally:
            async with self._lock:
                self._users -= 1
                if not self._users:
                    self._tools = None
                    await self._stack.aclose()


def _sample(sample: Sample) -> InspectSample:
    from inspect_ai.dataset import Sample as InspectSample

    return InspectSample(
        id=sample.id,
        input=sample.claim,
        target=str(sample.label),
        metadata={
            "as_of": None if sample.as_of is None else sample.as_of.isoformat(),
            "speaker": sample.speaker,
            "also_acceptable": [label.value for label in sample.also_acceptable],
        },
    )


def _solver(samples: dict[str, Sample], shared: Shared) -> Any:
    from inspect_ai.model import ModelOutput
    from inspect_ai.solver import Generate, Solver, TaskState, solver

    from evals.tasks.assess import assess

    @solver(name="corroborate")
    def verify() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            async with shared.use() as tools:
                result = await assess(samples[str(state.sample_id)], tools, "verdict")
            if result.prediction is None:
                raise CorroborateError(f"not judged: {result.failed}")
            state.output = ModelOutput.from_content("corroborate", proof(result))
            state.messages.append(state.output.message)
            state.metadata["result"] = result.to_json()
            return state

        return solve

    return verify()


def _scorer() -> Any:
    from inspect_ai.scorer import CORRECT, INCORRECT, Score, Scorer, Target, accuracy, scorer, stderr
    from inspect_ai.solver import TaskState

    @scorer(metrics=[accuracy(), stderr()], name="gold_label")
    def gold_label() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:
            given = state.metadata["result"]["prediction"]
            value = CORRECT if given == target.text else INCORRECT
            return Score(value=value, answer=given, explanation=state.output.completion)

        return score

    return gold_label()


def proof(result: SampleResult) -> str:
    """A verdict and what it rests on, as Markdown for a log's reader."""
    payload = result.payload
    lines = [f"**{result.prediction}** {payload.get('rule') or ''}".rstrip()]
    lines += [each["text"] for each in payload.get("justification") or ()]
    for cited in payload.get("evidence") or ():
        lines.append(f"> {cited['quote']}\n>\n> {cited.get('stance') or 'cited'}, {cited['doc_id']}")
    return "\n\n".join(lines)
