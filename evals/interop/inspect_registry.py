"""What Inspect finds by itself (entry point group ``inspect_ai``): ``inspect eval corroborate/verdict``.

Nothing else imports this module: its decorator needs Inspect.
"""

# Inspect is an extra: where it is not installed, its decorators and types are unknown.
# mypy: disable-error-code="import-not-found, untyped-decorator"

from __future__ import annotations

from pathlib import Path

from inspect_ai import Task, task

from agent.settings import ModelSettings
from evals.interop.inspect_task import verdict_task
from evals.options import SAMPLES_AT_ONCE, RunOptions


@task
def verdict(
    set_name: str = "kursk",
    data: str = "../shared/data",
    split: str = "",
    engine: str = "rules",
    model_name: str = "",
    evidence: str = "",
    limit: int | None = None,
    seed: int = 0,
) -> Task:
    """``-T set_name=… -T engine=llm -T model_name=…``; key and server as for ``corroborate verify``."""
    from evals.corpora import default_cache
    from evals.opening import open_tools
    from evals.sets import load_set
    from evals.tasks import TaskSettings
    from evals.tasks import task as find

    eval_set = load_set(set_name, Path(data), split)
    usual = "gold" if eval_set.info.gold_by_default else "retrieved"
    asked = RunOptions(
        task="verdict",
        split=split,
        seed=seed,
        settings=TaskSettings(engine=engine, evidence=evidence or usual),  # type: ignore[arg-type]
        model=_model(model_name) if engine == "llm" else None,
        cache=default_cache(),
    )
    return verdict_task(
        eval_set,
        lambda: open_tools(asked, find("verdict"), eval_set, lambda done, total: None),
        limit=limit,
        seed=seed,
    )


def _model(name: str) -> ModelSettings | None:
    import os

    from agent.surfaces.engine_choice import choose_engine

    return choose_engine(
        "llm", model=name, base_url="", max_in_flight=SAMPLES_AT_ONCE, environment=os.environ
    ).model
