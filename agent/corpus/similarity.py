"""Exact cosines between wordings and passages, rounded so that every machine ranks alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agent.ports import Vectors

DIGITS = 3
"""Processors differ in the seventh decimal: the fewer digits, the rarer a rank that hangs on one."""


@dataclass(frozen=True, slots=True)
class Similarities:
    """``values[row[wording], column[passage_id]]``; columns are in the order of the ids."""

    row: dict[str, int]
    column: dict[str, int]
    values: NDArray[np.float64]

    def of(self, wording: str, passage_id: str) -> float:
        return float(self.values[self.row[wording], self.column[passage_id]])

    def nearest(self, wording: str, passage_ids: Sequence[str], limit: int) -> list[str]:
        """The most similar of some passages, ties by id."""
        import numpy as np

        ids = sorted(passage_ids)
        values = self.values[self.row[wording], [self.column[i] for i in ids]]
        return [ids[place] for place in np.argsort(-values, kind="stable")[:limit]]


def similarities(
    wordings: Sequence[str], queries: Vectors, passage_ids: Sequence[str], passages: Vectors
) -> Similarities:
    """Of vectors of length 1, in float64 and rounded to DIGITS decimals."""
    import numpy as np

    cosines = np.asarray(queries.astype(np.float64) @ passages.astype(np.float64).T, dtype=np.float64)
    rounded: NDArray[np.float64] = np.round(np.clip(cosines, -1.0, 1.0), DIGITS).astype(np.float64)
    return Similarities(
        row={wording: place for place, wording in enumerate(wordings)},
        column={passage_id: place for place, passage_id in enumerate(passage_ids)},
        values=rounded,
    )
