"""Options of the commands that run something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from agent.surfaces.cli.options import embedder_option, timeout_option
from evals.options import ENGINES, SAMPLES_AT_ONCE

Command = TypeVar("Command", bound=Callable[..., Any])
_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


def _default_data() -> Path:
    """``../shared/data`` beside the folder one works in, else beside the checkout."""
    beside = Path("..") / "shared" / "data"
    return beside if beside.is_dir() else Path(__file__).resolve().parents[2] / "shared" / "data"


data_option = click.option(
    "--data",
    type=_FOLDER,
    envvar="CORROBORATE_EVAL_DATA",
    default=_default_data,
    metavar="DIR",
    help="Folder with a folder for each set. Default: $CORROBORATE_EVAL_DATA, else ../shared/data.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")

_OPTIONS = (
    click.option("--set", "set_name", default="", metavar="NAME", help="The set; `sets` lists them."),
    data_option,
    click.option("--split", default="", metavar="NAME", help="Another split of the set: train, dev, …"),
    click.option(
        "--corpus", type=_FOLDER, metavar="DIR", help="Search this corpus, not the set's own documents."
    ),
    embedder_option,
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="rules",
        help="Who judges; majority and retrieval-only are baselines to compare with. Default: rules.",
    ),
    click.option(
        "--model", default="", metavar="NAME", help="The llm engine's. Default: $CORROBORATE_MODEL."
    ),
    click.option("--base-url", default="", metavar="URL", help="Its server. Default: $OPENAI_BASE_URL."),
    click.option(
        "--evidence",
        type=click.Choice(["retrieved", "gold", "none"]),
        help="What the judge is shown; none is the claim-only control. Default: retrieved, or what the set "
        "asks for.",
    ),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="N samples, drawn by label."),
    click.option(
        "--seed", type=int, default=0, metavar="S", help="Of that draw and of the task. Default: 0."
    ),
    click.option(
        "--out",
        type=_FOLDER,
        metavar="DIR",
        help="Keep the results here. Where they hold the same run, cut short, it goes on.",
    ),
    click.option("--retry-failed", is_flag=True, help="In that case, try again what failed."),
    json_option,
    click.option(
        "--replies", type=_FILE, metavar="FILE", help="Keep a model's replies in this file (JSONL)."
    ),
    click.option("--replay", is_flag=True, help="Ask no model: use the replies recorded in that file."),
    click.option(
        "--concurrency",
        type=click.IntRange(1, 256),
        default=SAMPLES_AT_ONCE,
        metavar="N",
        help=f"Samples under way at once. Default: {SAMPLES_AT_ONCE}.",
    ),
    timeout_option,
    click.option(
        "--max-calls", "--max-requests", type=click.IntRange(1), metavar="N", help="Stop after N requests."
    ),
    click.option("--max-tokens", type=click.IntRange(1), metavar="N", help="Stop after N tokens."),
    click.option(
        "--max-usd",
        type=click.FloatRange(0, min_open=True),
        metavar="USD",
        help="Stop after this much money.",
    ),
    click.option("--prices", type=_FILE, envvar="CORROBORATE_PRICES", metavar="FILE", help="Models' prices."),
    click.option(
        "--limit-passages",
        type=click.IntRange(1, 50),
        default=10,
        metavar="N",
        help="Passages to judge each claim by. Default: 10.",
    ),
    click.option("--require-origins", type=click.IntRange(1), default=1, metavar="N", help="As in verify."),
    click.option("--no-second-look", "second_look", flag_value=False, default=True, help="As in verify."),
    click.option(
        "--threshold",
        type=click.FloatRange(-1, 1),
        default=0.6,
        metavar="X",
        help="Similarity at which retrieval-only says corroborated. Default: 0.6.",
    ),
    click.option(
        "--cache",
        type=_FOLDER,
        metavar="DIR",
        help="Where sets' corpora are kept. Default: the user's cache.",
    ),
)


def run_options(command: Command) -> Command:
    """All of them, in this order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
