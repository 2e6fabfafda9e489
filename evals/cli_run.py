"""Running a task from the command line: options to a run, a run to a table or one JSON object."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agent.errors import BadInput
from agent.surfaces.cli import failing, output
from evals.cli_options import run_options
from evals.tasks import TASKS

if TYPE_CHECKING:
    from agent.settings import ModelSettings
    from evals.options import RunOptions
    from evals.run import Finished
    from evals.samples import EvalSet


def task_command(name: str) -> click.Command:
    """The command of one task, over a set."""

    @click.command(name, short_help=_first_line(name))
    @run_options
    @click.pass_context
    def command(ctx: click.Context, /, set_name: str, data: Path, split: str, **asked: Any) -> None:
        _run(ctx, name, _set(name, set_name, data, split), split=split, **asked)

    command.help = _first_line(name)
    return command


def own_command() -> click.Command:
    """The command for a user's own claims."""

    @click.command("eval")
    @click.argument("file", required=False, type=click.Path(dir_okay=False, exists=True, path_type=Path))
    @click.option("--task", "name", type=click.Choice(TASKS), default="verdict", help="Default: verdict.")
    @run_options
    @click.pass_context
    def command(
        ctx: click.Context,
        /,
        file: Path | None,
        name: str,
        set_name: str,
        data: Path,
        split: str,
        **asked: Any,
    ) -> None:
        """Evaluate FILE, your own claims with their labels, one JSON object a line, or a --set."""
        if (file is None) == (not set_name):
            raise click.UsageError("give a file of claims, or a set with --set")
        if file is not None:
            _run(ctx, name, _own(file, asked["corpus"]), split="", own=True, **asked)
        else:
            _run(ctx, name, _set(name, set_name, data, split), split=split, **asked)

    return command


def _first_line(name: str) -> str:
    words = {
        "verdict": "Are the labels right, and do they rest on the right evidence?",
        "retrieval": "Does search find the documents that decide, beside BM25 and vectors alone?",
        "extraction": "Does it find the claims of a text, worded to stand alone?",
        "citations": "Are the cited sentences those that decide?",
        "numbers": "Does a changed figure change the verdict?",
        "injection": "Can a planted text turn a verdict?",
        "copies": "Are copies of one story told from independent reports?",
        "stability": "Does the label stay when the claim is worded otherwise, or asked again?",
        "cost": "What does a claim take, in calls, tokens, money and seconds?",
    }
    return words[name]


def _set(task_name: str, name: str, data: Path, split: str) -> EvalSet:
    from evals.sets import joined, load_set
    from evals.tasks import task

    if not name:
        raise click.UsageError("name a set with --set; `sets` lists them")
    eval_set, also = load_set(name, data, split), getattr(task(task_name), "also_reads", name)
    return eval_set if also == name else joined(eval_set, load_set(also, data))


def _own(file: Path, corpus: Path | None) -> EvalSet:
    from evals.sets import user

    if corpus is None:
        raise click.UsageError("name the corpus to judge your claims by with --corpus")
    return user.load(file)


def _run(
    ctx: click.Context, name: str, eval_set: EvalSet, *, as_json: bool, own: bool = False, **asked: Any
) -> None:
    import asyncio

    from evals.report.missed import missed

    options = _options(name, eval_set, **asked)
    try:
        finished = asyncio.run(_shown(options, eval_set))
    except KeyboardInterrupt:
        kept = f"what resolved is in {options.out}, and the same command goes on" if options.out else ""
        raise failing.Interrupted(f"interrupted; {kept or 'nothing is kept without --out'}") from None
    output.write(_json(finished) if as_json else table(finished) + (missed(finished.results) if own else ""))
    if own and not options.out:
        output.note(
            "note: nothing is kept without --out DIR; `eval report DIR` then shows each claim's quotes"
        )
    if finished.stopped:
        output.note(f"stopped: {finished.stopped}")
    ctx.exit(failing.NOT_ALL_ASSESSED if finished.stopped else failing.OK)


async def _shown(options: RunOptions, eval_set: EvalSet) -> Finished:
    from agent.surfaces.cli.progress import steps
    from evals.run import run

    with steps() as show:
        return await run(
            options,
            eval_set,
            on_documents=lambda done, total: show("ingest", done, total),
            on_sample=lambda done, total: show(options.task, done, total),
        )


def _options(name: str, eval_set: EvalSet, *, split: str, **asked: Any) -> RunOptions:
    from agent.settings import Limits, SearchSettings, VerifySettings
    from agent.surfaces.embedder_choice import choose_embedder
    from evals.corpora import default_cache
    from evals.options import RunOptions
    from evals.tasks.values import EvidenceMode, TaskSettings

    usual: EvidenceMode = "gold" if eval_set.info.gold_by_default else "retrieved"
    settings = TaskSettings(
        engine=asked["engine"],
        evidence=usual if asked["evidence"] is None else asked["evidence"],
        threshold=asked["threshold"],
        verify=VerifySettings(require_origins=asked["require_origins"], second_look=asked["second_look"]),
        search=SearchSettings(limit=asked["limit_passages"]),
    )
    if asked["replay"] and asked["replies"] is None:
        raise BadInput("--replay needs the recorded replies: name their file with --replies")
    return RunOptions(
        task=name,
        split=split,
        settings=settings,
        model=_model(asked) if asked["engine"] == "llm" else None,
        embedder=choose_embedder(asked["embedder"], os.environ),
        cache=asked["cache"] or default_cache(),
        limits=Limits(asked["max_calls"], asked["max_tokens"], asked["max_usd"]),
        **{
            key: asked[key]
            for key in (
                "limit",
                "seed",
                "corpus",
                "out",
                "retry_failed",
                "concurrency",
                "replies",
                "replay",
                "prices",
            )
        },
    )


def _model(asked: dict[str, Any]) -> ModelSettings:
    """The model to ask. In replay nothing is sent, so that neither key nor server is needed."""
    from agent.settings import ModelSettings
    from agent.surfaces.engine_choice import choose_engine

    name = asked["model"] or os.environ.get("CORROBORATE_MODEL", "")
    if asked["replay"]:
        if not name:
            raise BadInput("--replay needs the name of the model that was recorded: give it with --model")
        return ModelSettings(model=name, api_key="replay")
    choice = choose_engine(
        "llm",
        model=asked["model"],
        base_url=asked["base_url"],
        max_in_flight=asked["concurrency"],
        environment=os.environ,
        timeout_s=asked["timeout_s"],
    )
    output.note(choice.said)
    assert choice.model is not None
    return choice.model


def _json(finished: Finished) -> str:
    from evals.journal import dumps

    return dumps(finished.summary())


def table(finished: Finished) -> str:
    """The metrics for a terminal: value, 95 % interval, n."""
    from evals.metrics.value import Metric

    record = finished.record
    engine = record["engine"]["name"]
    head = f"{record['task']} on {record['set']['name']}" + ("" if engine == "none" else f", engine {engine}")
    lines = [f"{head}: {len(finished.results)} of {finished.samples} samples, {finished.failed} failed", ""]
    widest = max((len(name) for name in finished.metrics), default=0)
    for name, measured in finished.metrics.items():
        if isinstance(measured, Metric):
            shown = f"{measured.value:8.3f}  [{measured.low:.3f}, {measured.high:.3f}]  n={measured.n}"
        else:
            shown = f"{'—':>8}  {measured.reason}"
        lines.append(f"{name:<{widest}}  {shown}")
    return "\n".join(lines) + "\n"
