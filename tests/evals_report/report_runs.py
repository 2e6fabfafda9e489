"""Runs made up for tests of reports: own words, no engine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.domain import Label, Usage
from evals.journal import write_json
from evals.metrics.calibration import calibration
from evals.metrics.classification import classification
from evals.tasks.values import SampleResult

PLACES = ("Aldmoor", "Benning", "Carrow", "Dunhaven", "Eskdale")
HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> <!--"
)


def result(number: int = 1, **changes: Any) -> SampleResult:
    """A sample about a made-up bridge, corroborated and rightly so unless told otherwise."""
    place = PLACES[number % len(PLACES)]
    payload = {
        "claim": f"The bridge at {place} reopened on {number % 27 + 1} March.",
        "also_acceptable": [],
        "rule": "agreed",
        "confidence": None,
        "ratings": None,
        "evidence": [
            {
                "id": "e1",
                "doc_id": f"note-{number}",
                "span": [0, 40],
                "quote": f"Lorries crossed the {place} bridge again.",
                "stance": "supports",
                "whole": True,
                "origin": "the county engineer",
                "outlet": "Valley Courier",
                "published": "2024-03-05",
                "remarks": ["claim: March; source: 5 March: agrees"],
            }
        ],
        "justification": [{"text": "The courier says so.", "evidence": ["e1"]}],
        "would_settle": "",
        **changes.pop("payload", {}),
    }
    given = {"gold": Label.CORROBORATED, "prediction": Label.CORROBORATED, **changes}
    return SampleResult(id=f"s{number}", task="verdict", payload=payload, **given)


def many(count: int, seed: int = 1) -> list[SampleResult]:
    """Results as a fair model might have them: some wrong, a few failed, confidence that means something."""
    draw = random.Random(seed)
    return [_drawn(number, draw) for number in range(1, count + 1)]


def _drawn(number: int, draw: random.Random) -> SampleResult:
    gold = draw.choices(list(Label), (4, 3, 1, 2))[0]
    usage = Usage({"judge": 1}, 2400 + draw.randrange(600), 300 + draw.randrange(90), 0.0011)
    if draw.random() < 0.03:
        reason = draw.choice(("the reply breaks its schema: no ratings in it", "no answer after 5 attempts"))
        return result(number, gold=gold, prediction=None, failed=reason, usage=usage)
    sure = draw.betavariate(5, 2)
    given = gold if draw.random() < sure * 0.95 else draw.choice(list(Label))
    ratings = {label.value: 5 if label is given else draw.randint(1, 4) for label in Label}
    right = float(gold is given)
    return result(
        number,
        gold=gold,
        prediction=given,
        usage=usage,
        seconds=round(draw.uniform(1, 9), 3),
        scores={"correct": right, "acceptable": right, "joint": right * (draw.random() < 0.8)},
        payload={
            "confidence": round(sure, 3),
            "ratings": ratings,
            "rule": draw.choice(("agreed", "denied", "silent", "split")),
            "also_acceptable": ["conflicting"] if number % 9 == 0 else [],
        },
    )


def record(**changes: Any) -> dict[str, Any]:
    return {
        "task": "verdict",
        "set": {"name": "bridges", "sha256": "ab" * 32, "split": "", "licence": "Apache-2.0"},
        "samples": {"count": 3, "limit": None, "seed": 0},
        "engine": {"name": "rules", "model": "", "prompts": []},
        "settings": {"evidence": "retrieved", "threshold": 0.6, "verify": {"second_look": True}},
        "corpus": {"embedder": "words@1", "passages": 12, "sha256": "cd" * 32, "sources": 9, "undated": 1},
        "code": {"commit": "0123456789abcdef", "dirty": False, "sha256": "ef" * 32},
        "versions": {"corroborate": "0.1.0", "python": "3.11.7"},
        **changes,
    }


def write_run(folder: Path, results: Sequence[SampleResult], **changes: Any) -> Path:
    """A finished run's folder, with the metrics that follow from its results."""
    folder.mkdir(parents=True, exist_ok=True)
    made = record(**{"samples": {"count": len(results), "limit": None, "seed": 0}} | changes)
    write_json(folder / "run.json", made)
    (folder / "samples.jsonl").write_text("".join(each.line() for each in results), encoding="utf-8")
    write_json(folder / "summary.json", summary(results, made))
    return folder


def summary(results: Sequence[SampleResult], made: dict[str, Any]) -> dict[str, Any]:
    labels = [(each.gold, each.prediction) for each in results]
    judged = [each for each in results if each.prediction is not None]
    measured = classification([gold for gold, _ in labels], [given for _, given in labels])
    measured |= calibration(
        [each.payload["confidence"] for each in judged], [each.gold is each.prediction for each in judged]
    )
    usage = sum((each.usage for each in results), Usage())
    return {
        "task": made["task"],
        "set": made["set"]["name"],
        "engine": made["engine"]["name"],
        "model": made["engine"]["model"],
        "samples": len(results),
        "resolved": len(results),
        "failed": sum(bool(each.failed) for each in results),
        "stopped": None,
        "metrics": {name: value.to_json() for name, value in measured.items()},
        "usage": {
            "calls": dict(usage.calls),
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "cost": usage.cost,
        },
        "run": made,
    }
