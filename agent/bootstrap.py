"""The composition root: the one module that knows which adapter fits which port.

Scripts use ``open_verifier`` (or ``verify_blocking``); surfaces and evaluations put the same parts
together from ``open_corpus``, ``make_engine`` and ``Verifier``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from agent.domain import Document, Report
from agent.errors import SettingsError
from agent.ports import ChatModel, Embedder, Engine, OnSpent, Prompt, ReplyStore, VectorIndex
from agent.settings import Limits, ModelSettings, SearchSettings, SplitSettings, VerifySettings

if TYPE_CHECKING:
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from agent.adapters.prices import Price
    from agent.corpus.corpus import Corpus
    from agent.verifier import Verifier

EngineName = Literal["llm", "rules"]
EmbedderName = Literal["auto", "minilm", "minilm-int8", "openai", "hashing"]
ReplyMode = Literal["use", "refresh", "replay"]

REPLIES = "replies.sqlite"
RUNS = "runs.sqlite"


@dataclass(frozen=True, slots=True)
class EmbedderChoice:
    """``auto`` takes what the corpus was made with; for a new one, the best that is installed."""

    name: EmbedderName = "auto"
    model: str = ""
    base_url: str = ""
    api_key: str = ""


def make_embedder(choice: EmbedderChoice, made_with: str = "") -> Embedder:
    """The embedder chosen. ``made_with`` is the name an existing corpus recorded, or empty."""
    from agent.adapters.embeddings import make_embedder as make

    name, model = choice.name, choice.model
    if name == "auto" and made_with:
        kind, _, rest = made_with.partition(":")
        name, model = _embedder_name(made_with), model or (rest if kind == "openai" else "")
    return make(name, model=model, base_url=choice.base_url, api_key=choice.api_key)


def _embedder_name(made_with: str) -> EmbedderName:
    known: tuple[EmbedderName, ...] = ("minilm-int8", "minilm", "openai", "hashing")  # the longer first
    for name in known:
        if made_with.startswith(name):
            return name
    return "auto"  # an embedder of somebody else's: opening the corpus names both and refuses


@asynccontextmanager
async def open_corpus(
    folder: Path,
    embedder: EmbedderChoice | None = None,
    *,
    create: bool = False,
    write: bool = False,
    split: SplitSettings | None = None,
    search: SearchSettings | None = None,
) -> AsyncIterator[Corpus]:
    """Open the corpus in ``folder``; see ``Corpus.open`` for what it raises."""
    from agent.corpus.corpus import Corpus

    choice = embedder or EmbedderChoice()
    corpus = await Corpus.open(
        folder,
        make_embedder(choice, _made_with(folder)),
        vector_index,
        create=create,
        write=write,
        split=split,
        search=search,
    )
    async with corpus:
        yield corpus


def _made_with(folder: Path) -> str:
    from agent.corpus.holdings import STORE
    from agent.corpus.store import Store

    if not (folder / STORE).is_file():
        return ""
    store = Store.open(folder / STORE)
    try:
        return store.identity.embedder
    finally:
        store.close()


def vector_index(folder: Path, embedder: str, dimension: int) -> VectorIndex:
    """Opens the vector index of a corpus; what ``agent.corpus.checkup`` needs to look into one."""
    from agent.adapters.chroma import ChromaIndex

    return ChromaIndex.open(folder, embedder, dimension)


def make_model(
    settings: ModelSettings,
    *,
    store: ReplyStore | None = None,
    mode: ReplyMode = "use",
    limits: Limits | None = None,
    prices: Path | None = None,
) -> ChatModel:
    """A model behind one retry policy, within limits, that is asked nothing twice where a store is given.

    Its connections stay open as long as the process; ``open_model`` closes them. Raises SettingsError
    for a money limit on a model without a known price.
    """
    from agent.adapters.openai_chat import OpenAIChat
    from agent.adapters.prices import price_of

    price = price_of(settings.model, prices)
    return _wrapped(OpenAIChat(settings, price), settings, price, store, mode, limits)


@asynccontextmanager
async def open_model(
    settings: ModelSettings,
    *,
    store: ReplyStore | None = None,
    mode: ReplyMode = "use",
    limits: Limits | None = None,
    prices: Path | None = None,
    on_spent: OnSpent | None = None,
) -> AsyncIterator[ChatModel]:
    """``make_model``, with its connections closed at the end."""
    from agent.adapters.openai_chat import OpenAIChat
    from agent.adapters.prices import price_of

    price = await asyncio.to_thread(price_of, settings.model, prices)
    chat = OpenAIChat(settings, price)
    try:
        yield _wrapped(chat, settings, price, store, mode, limits, on_spent)
    finally:
        await chat.aclose()


def _wrapped(
    model: ChatModel,
    settings: ModelSettings,
    price: Price | None,
    store: ReplyStore | None,
    mode: ReplyMode,
    limits: Limits | None,
    on_spent: OnSpent | None = None,
) -> ChatModel:
    """Limits within, the store around them: a stored reply need not even wait."""
    from agent.adapters.budget import BudgetedModel
    from agent.adapters.cached_model import CachedModel
    from agent.adapters.metered_model import MeteredModel

    if limits is not None:
        model = BudgetedModel(model, limits, price)
    if on_spent is not None:
        model = MeteredModel(model, on_spent)
    return model if store is None else CachedModel(model, store, mode, settings)


def cost_of(model: str, prices: Path | None = None) -> Callable[[int, int], float] | None:
    """US dollars of so many tokens sent and received; None where the model's price is not known."""
    from agent.adapters.prices import price_of

    price = price_of(model, prices)
    return price.of if price else None


def make_engine(
    name: EngineName, model: ChatModel | None = None, prompts: Mapping[str, str] | None = None
) -> Engine:
    """``rules`` needs nothing; ``llm`` a model, and reads the latest prompts or the versions named in
    ``prompts`` (step to version)."""
    match name:
        case "rules":
            from agent.engines.rules import RulesEngine

            return RulesEngine()
        case "llm":
            from agent.adapters.prompt_files import LATEST, load_prompt
            from agent.engines.llm import LlmEngine

            if model is None:
                raise SettingsError(
                    "the llm engine needs a model: name one with --model or CORROBORATE_MODEL"
                )
            version = dict(prompts or {})
            return LlmEngine(
                model,
                load_prompt("extract", version.get("extract", LATEST)),
                load_prompt("judge", version.get("judge", LATEST)),
            )
        case _:
            assert_never(name)


def make_prompt(name: str, version: str = "latest") -> Prompt:
    """A released prompt by its step's name. Raises PromptError."""
    from agent.adapters.prompt_files import load_prompt

    return load_prompt(name, version)


def open_reply_file(path: Path, *, read_only: bool = False) -> ReplyStore:
    """Replies as lines of text, to be kept under version control. Raises Unreadable."""
    from agent.adapters.reply_store import JsonlReplyStore

    return JsonlReplyStore(path, read_only)


@asynccontextmanager
async def open_reply_store(path: Path) -> AsyncIterator[ReplyStore]:
    """A durable store of replies, closed at the end."""
    from agent.adapters.reply_store import SqliteReplyStore

    store = await asyncio.to_thread(SqliteReplyStore, path)
    try:
        yield store
    finally:
        await asyncio.to_thread(store.close)


@asynccontextmanager
async def open_runs(path: Path) -> AsyncIterator[AsyncSqliteSaver]:
    """Where runs are kept while they are under way."""
    import agent.domain
    import agent.ports
    import agent.steps.values
    from agent.adapters.checkpoints import open_checkpoints

    async with open_checkpoints(path, (agent.domain, agent.ports, agent.steps.values)) as checkpoints:
        yield checkpoints


@asynccontextmanager
async def open_verifier(
    folder: Path,
    engine: EngineName = "rules",
    *,
    model: ModelSettings | None = None,
    embedder: EmbedderChoice | None = None,
    verify: VerifySettings | None = None,
    search: SearchSettings | None = None,
    limits: Limits | None = None,
    prices: Path | None = None,
    fresh: bool = False,
    recorded: Path | None = None,
    record: bool = False,
    keep_runs: bool = True,
    on_spent: OnSpent | None = None,
) -> AsyncIterator[Verifier]:
    """Everything put together over the corpus in ``folder``, whose folder also keeps replies and runs.

    ``fresh`` asks the model again where its reply is on record. ``recorded`` names a file of recorded
    replies to answer from instead of asking anybody: a request that is not in it ends as ReplyMissing,
    or with ``record`` is asked and added to it. ``on_spent`` is told of every request that is really made.
    """
    from agent.steps import Tools
    from agent.verifier import Verifier

    async with AsyncExitStack() as stack:
        corpus = await stack.enter_async_context(open_corpus(folder, embedder, search=search))
        chat, settings_used = None, {}
        if model is not None and engine == "llm":
            store, mode = await _replies(stack, folder, recorded, record, fresh)
            chat = await stack.enter_async_context(
                open_model(model, store=store, mode=mode, limits=limits, prices=prices, on_spent=on_spent)
            )
            settings_used = _recorded(model)
        tools = Tools(
            engine=make_engine(engine, chat),
            library=corpus,
            verify=verify or VerifySettings(),
            search=search or SearchSettings(),
            record=settings_used,
        )
        runs = await stack.enter_async_context(open_runs(folder / RUNS)) if keep_runs else None
        yield Verifier(tools, runs)


async def _replies(
    stack: AsyncExitStack, folder: Path, recorded: Path | None, record: bool, fresh: bool
) -> tuple[ReplyStore, ReplyMode]:
    if recorded is not None:
        store = await asyncio.to_thread(open_reply_file, recorded, read_only=not record)
        return store, "use" if record else "replay"
    kept = await stack.enter_async_context(open_reply_store(folder / REPLIES))
    return kept, "refresh" if fresh else "use"


def _recorded(model: ModelSettings) -> dict[str, str | int | float | bool]:
    """The settings that change what a model answers; where it runs and how patiently we wait do not."""
    given = {"temperature": model.temperature, "seed": model.seed}
    return {name: value for name, value in given.items() if value is not None}


def verify_blocking(
    folder: Path,
    document: Document,
    engine: EngineName = "rules",
    *,
    as_of: date | None = None,
    model: ModelSettings | None = None,
    embedder: EmbedderChoice | None = None,
) -> Report:
    """``open_verifier`` and ``verify`` in one call, for scripts that are not async."""

    async def run() -> Report:
        async with open_verifier(folder, engine, model=model, embedder=embedder, keep_runs=False) as verifier:
            return await verifier.verify(document, as_of=as_of)

    return asyncio.run(run())
