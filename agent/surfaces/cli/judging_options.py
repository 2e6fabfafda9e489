"""Who judges, by what, within which limits: the options of every command that verifies something."""

from __future__ import annotations

from pathlib import Path

import click

from agent.surfaces.cli import options

_OPTIONS = (
    options.embedder_option,
    click.option(
        "--as-of", type=options.day, metavar="DATE", help="Use nothing published after this day: 2025-02-02."
    ),
    click.option(
        "--engine",
        type=click.Choice(["auto", "llm", "rules"]),
        default="auto",
        help="Who reads: a language model, rules without one, or auto: a model where one is configured.",
    ),
    click.option(
        "--model", default="", metavar="NAME", help="The model to ask. Default: $CORROBORATE_MODEL."
    ),
    click.option(
        "--base-url",
        default="",
        metavar="URL",
        help="An OpenAI-compatible server, hosted or your own. Default: $OPENAI_BASE_URL. The key is read "
        "from $OPENAI_API_KEY.",
    ),
    click.option(
        "--replies",
        "recorded",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Answer from a file of recorded replies; no server is asked.",
    ),
    click.option("--record", is_flag=True, help="Ask for what is not in that file, and add the reply to it."),
    click.option(
        "--require-origins",
        type=click.IntRange(1),
        default=1,
        metavar="N",
        help="Independent origins that a corroboration needs. Default: 1.",
    ),
    click.option(
        "--limit-passages",
        type=click.IntRange(1, 50),
        default=10,
        metavar="N",
        help="Passages to judge each claim by. Default: 10.",
    ),
    click.option(
        "--no-second-look",
        "second_look",
        flag_value=False,
        default=True,
        help="Never search and judge twice.",
    ),
    click.option(
        "--concurrency",
        type=click.IntRange(1, 256),
        default=8,
        metavar="N",
        help="Requests to the model under way at once. Default: 8.",
    ),
    options.timeout_option,
    click.option(
        "--max-calls", type=click.IntRange(1), metavar="N", help="Stop asking the model after N requests."
    ),
    click.option(
        "--max-tokens", type=click.IntRange(1), metavar="N", help="Stop asking the model after N tokens."
    ),
    click.option(
        "--max-usd",
        type=click.FloatRange(0, min_open=True),
        metavar="USD",
        help="Stop after this much money.",
    ),
    click.option(
        "--prices",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        envvar="CORROBORATE_PRICES",
        metavar="FILE",
        help="Prices of models, in TOML, where yours is not among the known ones. Default: "
        "$CORROBORATE_PRICES.",
    ),
)


def judging_options(command: options.Command) -> options.Command:
    """Adds them all, in this order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
