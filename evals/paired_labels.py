"""Figures of all labels together, compared between two runs over the same samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agent.errors import BadInput
from evals.metrics.classification import FAILED, macro_f1, macro_recall
from evals.metrics.interval import Difference, difference, multinomial
from evals.tasks.values import SampleResult

LABEL_FIGURES = {"macro_f1": macro_f1, "balanced_accuracy": macro_recall}


def paired_labels(
    name: str, pairs: Sequence[tuple[SampleResult, SampleResult]], seed: int
) -> tuple[float, float, Difference]:
    """Both runs' figure, failures counted, and the difference with its paired bootstrap.

    Drawing samples in pairs is drawing from the cells (gold, first's label, second's label). Raises
    BadInput where the gold labels are all the same.
    """
    import numpy as np

    figure = LABEL_FIGURES[name]
    cells = Counter(
        (str(one.gold), one.prediction or FAILED, other.prediction or FAILED)
        for one, other in pairs
        if one.gold is not None
    )
    rows = sorted({gold for gold, _, _ in cells})
    if len(rows) < 2:
        raise BadInput(f"{name} needs two gold labels at least among the common samples")
    columns = [*rows, *sorted({given for cell in cells for given in cell[1:]} - set(rows))]
    table = np.array([[[cells[g, x, y] for y in columns] for x in columns] for g in rows], dtype=np.int64)
    drawn = multinomial(table, seed)
    change = figure(drawn.sum(axis=2)) - figure(drawn.sum(axis=3))
    first, second = (float(figure(table.sum(axis=axis)[None])[0]) for axis in (2, 1))
    return first, second, difference(second - first, cells.total(), change)
