"""Labels against gold labels: how often right, for each label, and what is taken for what.

Balanced accuracy, precision, recall and F1 are scikit-learn's. A sample that failed has the prediction
None: figures named ``…_with_failures`` count it as wrong, the others leave it out. Figures with
``acceptable`` in their name also accept the labels that annotators hold defensible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.metrics.interval import around, mean, multinomial
from evals.metrics.value import Measured, Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAILED = "failed"
ABSTENTION = "not_enough_evidence"


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[i][j]`` samples of the gold label ``rows[i]`` were given ``columns[j]``.

    The last column is ``failed`` where samples failed. ``rows`` are gold labels that occur, sorted.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def to_json(self) -> dict[str, object]:
        return {"rows": list(self.rows), "columns": list(self.columns), "counts": [*map(list, self.counts)]}


def classification(
    gold: Sequence[str | None],
    predicted: Sequence[str | None],
    also: Sequence[Collection[str]] = (),
    seed: int = 0,
) -> dict[str, Measured]:
    """Every figure of labels, by name. Samples without a gold label take no part.

    ``also`` are the other acceptable labels of each sample; where given, ``acceptable`` figures are added.
    """
    judged = _judged(gold, predicted, also)
    found = _both("", judged, seed)
    if also:
        found |= _both("acceptable_", [_lenient(each) for each in judged], seed)
    for label in sorted({each.gold for each in judged}):
        found |= _of_label(label, _answered(judged), seed)
    found["abstention"] = mean([float(each.predicted == ABSTENTION) for each in _answered(judged)], seed)
    return {name: _worded(value, judged) for name, value in found.items()}


def correct(gold: str, predicted: str | None, also: Collection[str] = ()) -> bool:
    """Whether a prediction counts as right; a failure never does."""
    return predicted is not None and (predicted == gold or predicted in also)


def confusion(gold: Sequence[str | None], predicted: Sequence[str | None]) -> Confusion | Refused:
    """What was taken for what (scikit-learn's matrix, gold labels in the rows)."""
    judged = _judged(gold, predicted, ())
    if not judged:
        return Refused("no sample has a gold label")
    from sklearn.metrics import confusion_matrix

    rows, columns = _labels(judged)
    every = [*rows, *(column for column in columns if column not in rows)]
    matrix = confusion_matrix(
        [each.gold for each in judged], [each.predicted or FAILED for each in judged], labels=every
    )
    counts = tuple(
        tuple(int(matrix[every.index(row)][every.index(column)]) for column in columns) for row in rows
    )
    return Confusion(tuple(rows), tuple(columns), counts)


@dataclass(frozen=True, slots=True)
class _Judged:
    gold: str
    predicted: str | None
    also: frozenset[str] = frozenset()


def _judged(
    gold: Sequence[str | None], predicted: Sequence[str | None], also: Sequence[Collection[str]]
) -> list[_Judged]:
    others = also or [()] * len(gold)
    return [
        _Judged(str(right), None if given is None else str(given), frozenset(map(str, more)))
        for right, given, more in zip(gold, predicted, others, strict=True)
        if right is not None
    ]


def _lenient(judged: _Judged) -> _Judged:
    """With the prediction as gold label where it is acceptable: the most favourable defensible truth."""
    if judged.predicted is None or judged.predicted not in judged.also:
        return judged
    return _Judged(judged.predicted, judged.predicted)


def _answered(judged: Sequence[_Judged]) -> list[_Judged]:
    return [each for each in judged if each.predicted is not None]


def _both(prefix: str, judged: Sequence[_Judged], seed: int) -> dict[str, Measured]:
    without = _overall(_answered(judged), seed)
    counted = _overall(judged, seed)
    return {f"{prefix}{name}": value for name, value in without.items()} | {
        f"{prefix}{name}_with_failures": value for name, value in counted.items()
    }


def _overall(judged: Sequence[_Judged], seed: int) -> dict[str, Measured]:
    right = [float(each.gold == each.predicted) for each in judged]
    found = {"accuracy": mean(right, seed), "balanced_accuracy": _ONE_LABEL, "macro_f1": _ONE_LABEL}
    rows, columns = _labels(judged)
    if len(rows) < 2:
        return found
    from sklearn.metrics import f1_score, recall_score

    truth, given = [each.gold for each in judged], [each.predicted or FAILED for each in judged]
    options: dict[str, Any] = {"labels": rows, "average": "macro", "zero_division": 0.0}
    drawn = multinomial(_table(judged, rows, columns), seed)
    n = len(judged)
    return found | {
        "balanced_accuracy": around(float(recall_score(truth, given, **options)), n, macro_recall(drawn)),
        "macro_f1": around(float(f1_score(truth, given, **options)), n, macro_f1(drawn)),
    }


_ONE_LABEL: Measured = Refused("the gold labels are all the same")


def _of_label(label: str, judged: Sequence[_Judged], seed: int) -> dict[str, Measured]:
    """One label against the rest, without failures; n is what the figure divides by, for F1 all samples.

    Precision of a label that was never given has no value, and its F1 is 0.
    """
    names = [f"{figure}/{label}" for figure in ("precision", "recall", "f1")]
    given = [each for each in judged if each.predicted == label]
    owed = [each for each in judged if each.gold == label]
    if not owed:
        return dict.fromkeys(names, Refused(f"every sample of the label {label} failed"))
    from sklearn.metrics import f1_score

    found: dict[str, Measured] = {
        names[0]: mean([float(each.gold == label) for each in given], seed)
        if given
        else Refused(f"{label} was never given"),
        names[1]: mean([float(each.predicted == label) for each in owed], seed),
    }
    truth, said = [each.gold == label for each in judged], [each.predicted == label for each in judged]
    rows, columns = _labels(judged)
    drawn = _f1(multinomial(_table(judged, rows, columns), seed))[:, rows.index(label)]
    value = float(f1_score(truth, said, zero_division=0.0))
    return found | {names[2]: around(value, len(judged), drawn)}


def _labels(judged: Sequence[_Judged]) -> tuple[list[str], list[str]]:
    """Gold labels that occur; and the columns: these, other labels given, and failures, in this order."""
    rows = sorted({each.gold for each in judged})
    others = sorted({each.predicted for each in judged if each.predicted is not None} - set(rows))
    failed = [FAILED] if any(each.predicted is None for each in judged) else []
    return rows, [*rows, *others, *failed]


def _table(judged: Sequence[_Judged], rows: Sequence[str], columns: Sequence[str]) -> NDArray[Any]:
    import numpy as np

    cells = Counter((each.gold, each.predicted or FAILED) for each in judged)
    return np.array([[cells[row, column] for column in columns] for row in rows], dtype=np.int64)


def macro_recall(tables: NDArray[Any]) -> NDArray[Any]:
    """Mean recall over the gold labels that occur, of each of many tables (tables, rows, columns), the
    columns beginning with the rows' labels."""
    return _mean_of_present(_ratio(_diagonal(tables), tables.sum(axis=2)), tables)


def macro_f1(tables: NDArray[Any]) -> NDArray[Any]:
    """Mean F1 over the gold labels that occur, as ``macro_recall``."""
    return _mean_of_present(_f1(tables), tables)


def _f1(tables: NDArray[Any]) -> NDArray[Any]:
    """F1 by table and row; NaN for a label that is neither gold nor given."""
    rows = tables.shape[1]
    return _ratio(2 * _diagonal(tables), tables.sum(axis=2) + tables.sum(axis=1)[:, :rows])


def _diagonal(tables: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    return np.diagonal(tables, axis1=1, axis2=2)


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def _mean_of_present(values: NDArray[Any], tables: NDArray[Any]) -> NDArray[Any]:
    present = tables.sum(axis=2) > 0
    total = (values * present).sum(axis=1, where=present)
    mean_value: NDArray[Any] = total / present.sum(axis=1)
    return mean_value


def _worded(value: Measured, judged: Sequence[_Judged]) -> Measured:
    """A refusal in words that fit: what is missing altogether comes before what one figure misses."""
    if not isinstance(value, Refused):
        return value
    if not judged:
        return Refused("no sample has a gold label")
    return value if _answered(judged) else Refused("every sample failed")
