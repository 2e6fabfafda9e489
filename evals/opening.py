"""Putting together what a run works with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from agent.bootstrap import make_engine, make_model, open_reply_file, open_reply_store
from agent.errors import BadInput, SettingsError
from agent.ports import ChatModel, ReplyStore
from evals.corpora import OnProgress, open_own, open_set
from evals.options import ENGINES, RunOptions
from evals.samples import EvalSet
from evals.tasks.values import Task, TaskTools
from evals.watched import WatchedModel

REPLIES = "replies.sqlite"


@asynccontextmanager
async def open_tools(
    options: RunOptions, task: Task, eval_set: EvalSet, on_progress: OnProgress
) -> AsyncIterator[TaskTools]:
    """Corpus, model and engine as the options ask; closed at the end. Raises CorroborateError."""
    if options.settings.engine not in ENGINES:
        raise SettingsError(f"there is no engine {options.settings.engine!r}; use {', '.join(ENGINES)}")
    tools = TaskTools(eval_set=eval_set, settings=options.settings, seed=options.seed)
    async with AsyncExitStack() as stack:
        if task.needs_engine:
            tools = await _with_engine(options, tools, stack)
        if task.needs_corpus and _searches(options, task):
            tools = await _with_corpus(options, tools, stack, on_progress)
        yield tools


def _searches(options: RunOptions, task: Task) -> bool:
    """Whether this run looks anything up: a judge with given evidence and the majority label do not."""
    settings = options.settings
    return not task.needs_engine or (settings.evidence == "retrieved" and settings.engine != "majority")


async def _with_engine(options: RunOptions, tools: TaskTools, stack: AsyncExitStack) -> TaskTools:
    match options.settings.engine:
        case "rules":
            return replace(tools, engine=make_engine("rules"))
        case "llm":
            model = WatchedModel(await _model(options, stack))
            return replace(tools, model=model, engine=make_engine("llm", model))
        case _:
            return tools


async def _model(options: RunOptions, stack: AsyncExitStack) -> ChatModel:
    if options.model is None:
        raise SettingsError("the llm engine needs a model: name one with --model or CORROBORATE_MODEL")
    store: ReplyStore
    if options.replies is not None:
        store = open_reply_file(options.replies, read_only=options.replay)
    elif options.replay:
        raise SettingsError("--replay needs the recorded replies: name their file with --replies")
    else:
        options.cache.mkdir(parents=True, exist_ok=True)
        store = await stack.enter_async_context(open_reply_store(options.cache / REPLIES))
    mode = "replay" if options.replay else "use"
    return make_model(
        options.model,
        store=store,
        mode=mode,  # type: ignore[arg-type]
        limits=options.limits,
        prices=options.prices,
    )


async def _with_corpus(
    options: RunOptions, tools: TaskTools, stack: AsyncExitStack, on_progress: OnProgress
) -> TaskTools:
    search = options.settings.search
    if options.corpus is not None:
        opened = await stack.enter_async_context(open_own(options.corpus, options.embedder, search))
    elif not tools.eval_set.documents:
        raise BadInput(f"the set {tools.eval_set.info.name} has no documents; name a corpus with --corpus")
    else:
        opening = open_set(tools.eval_set, options.cache, options.embedder, search, on_progress)
        opened = await stack.enter_async_context(opening)
    return replace(tools, library=opened.corpus, embedder=opened.embedder, doc_ids=opened.doc_ids)
