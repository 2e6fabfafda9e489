"""What models cost, read from a table; a model that is not in it has no known price."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

from agent.errors import SettingsError

SHIPPED = Path(__file__).with_name("prices.toml")
_PER = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    prompt: float
    completion: float

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """US dollars for so many tokens."""
        return (self.prompt * prompt_tokens + self.completion * completion_tokens) / _PER


def price_of(model: str, table: Path | None = None) -> Price | None:
    """This model's price, from the user's table, else from the shipped one; None where it is in neither.

    A table is TOML: ``[models."name"]`` with ``prompt`` and ``completion`` (see ``prices.toml``).
    Raises SettingsError where a table cannot be read.
    """
    for path in (table, SHIPPED):
        if path is not None and (entry := _models(path).get(model)) is not None:
            return _price(entry, model, path)
    return None


def _models(path: Path) -> dict[str, object]:
    try:
        models = tomllib.loads(path.read_text(encoding="utf-8")).get("models", {})
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"prices {path.name}: {error}; correct the file named in CORROBORATE_PRICES"
        ) from error
    if not isinstance(models, dict):
        raise SettingsError(f'prices {path.name}: "models" must be a table, as in [models."name"]')
    return models


def _price(entry: object, model: str, path: Path) -> Price:
    match entry:
        case {"prompt": int() | float() as prompt, "completion": int() | float() as completion} if _is_amount(
            prompt
        ) and _is_amount(completion):
            return Price(float(prompt), float(completion))
        case _:
            raise SettingsError(
                f"prices {path.name}: {model} needs prompt and completion, in dollars per million tokens"
            )


def _is_amount(value: float) -> bool:
    return not isinstance(value, bool) and math.isfinite(value) and value >= 0
