"""A user's own claims, one a line, against a corpus of their own:

{"claim": "…", "label": "corroborated", "as_of": "2025-02-02", "evidence": [{"source": "…", "quote": "…"}]}

Only ``claim`` is needed; ``id``, ``kind``, ``speaker`` and ``also_acceptable`` are read too. A source goes by
its id or by its name in the corpus. Claims without a label are judged and not scored.
"""

from __future__ import annotations

from pathlib import Path

from agent.errors import BadInput
from evals.samples import EvalSet, GoldEvidence, Sample, SetInfo
from evals.sets.reading import Row, digest, json_lines, unique


def load(path: Path) -> EvalSet:
    """Raises Unreadable naming the bad line, and BadInput for a file without claims."""
    rows = tuple(json_lines(path))
    if not rows:
        raise BadInput(f'{path.name}: no claims; write one a line: {{"claim": "…", "label": "corroborated"}}')
    samples = tuple(_sample(row, number) for number, row in enumerate(rows, start=1))
    unique(((s.id, row.where) for s, row in zip(samples, rows, strict=True)), "claim")
    info = SetInfo(path.stem, "your own", "your own file")
    return EvalSet(info, samples, (), digest([path]))


def _sample(row: Row, number: int) -> Sample:
    return Sample(
        id=row.text("id") if "id" in row.data else f"{number}",
        claim=row.text("claim"),
        label=row.label(),
        as_of=row.day("as_of"),
        speaker=row.optional("speaker"),
        kind=row.kind(),
        also_acceptable=row.labels("also_acceptable"),
        evidence=tuple(
            GoldEvidence(each.text("source"), each.optional("quote"), each.stance())
            for each in row.rows("evidence")
        ),
    )
