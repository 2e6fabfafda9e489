"""Runs kept on disk, so that a killed one goes on where it was."""

from __future__ import annotations

import dataclasses
import enum
import inspect
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver


@asynccontextmanager
async def open_checkpoints(
    path: Path, value_modules: Iterable[ModuleType]
) -> AsyncIterator[AsyncSqliteSaver]:
    """A checkpointer in a SQLite file that may hold the values defined in ``value_modules``, and no
    others: a checkpoint is data, and must not be able to name code to run."""
    import aiosqlite
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    async with aiosqlite.connect(path) as connection:
        checkpoints = AsyncSqliteSaver(connection, serde=_serializer(value_modules))
        await checkpoints.setup()
        yield checkpoints


def _serializer(value_modules: Iterable[ModuleType]) -> Any:
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
    from langgraph.types import Send

    class ValueSerializer(JsonPlusSerializer):
        """msgpack knows one kind of sequence; our values hold tuples, so they get tuples back."""

        def loads_typed(self, data: tuple[str, bytes]) -> Any:
            return thaw(super().loads_typed(data))

    def thaw(value: Any, inside: bool = False) -> Any:
        if isinstance(value, list):
            items = [thaw(item, inside) for item in value]
            return tuple(items) if inside else items
        if isinstance(value, dict):
            return {key: thaw(item, inside) for key, item in value.items()}
        if isinstance(value, Send):
            return Send(value.node, thaw(value.arg))
        if dataclasses.is_dataclass(value) and not isinstance(value, type) and type(value) in known:
            fields = {
                field.name: thaw(getattr(value, field.name), True) for field in dataclasses.fields(value)
            }
            return dataclasses.replace(value, **fields)
        return value

    known = {kind for module in value_modules for kind in _values(module)}
    return ValueSerializer(allowed_msgpack_modules=[(kind.__module__, kind.__name__) for kind in known])


def _values(module: ModuleType) -> list[type]:
    kinds = inspect.getmembers(module, inspect.isclass)
    return [kind for _, kind in kinds if dataclasses.is_dataclass(kind) or issubclass(kind, enum.Enum)]
