"""Rows in bulk, within SQLite's limits on one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.store.db.database import Store

T = TypeVar("T")
_BLOCK = 900  # some builds of SQLite still take no more than 999 parameters


def in_blocks(values: Sequence[T], size: int = _BLOCK) -> Iterator[Sequence[T]]:
    """The values in pieces that fit one statement's parameters."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def marks(values: Sequence[object]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))


def numbers(array: str) -> NDArray[np.int64]:
    """The integers of a `json_group_array`: 100,000 rows of a cursor take three times as long."""
    return np.fromstring(array[1:-1], dtype=np.int64, sep=",")


def delete_rows(store: Store, table: str, ids: Iterable[int]) -> None:
    """Deletes rows by id."""
    with store.atomic():
        for block in in_blocks(list(ids)):
            store.db.table(table).delete_where(f"id IN ({marks(block)})", block)


def update_rows(store: Store, table: str, rows: Mapping[int, Mapping[str, Any]]) -> None:
    """Sets columns of rows by id; rows with the same columns share one statement."""
    groups: dict[tuple[str, ...], list[list[Any]]] = {}
    for row_id, values in rows.items():
        if values:
            columns = tuple(sorted(values))
            groups.setdefault(columns, []).append([*(values[name] for name in columns), row_id])
    with store.atomic():
        for columns, parameters in groups.items():
            assignments = ", ".join(f"{name} = ?" for name in columns)
            store.executemany(f"UPDATE {table} SET {assignments} WHERE id = ?", parameters)
