"""sqlite-utils over the connection that writes a library."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sqlite_utils import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from photosort.store.db.database import Store


class Writer(Database):
    """The tables of an open library, for everything that writes but no hot loop.

    Its transactions are the store's: they take the write lock at once, an inner one joins the outer, and
    failures of the surroundings become sentences. sqlite-utils' own would be savepoints inside the outer
    one, and `insert_all` would save each batch of 100 rows by itself.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store.connection, execute_plugins=False, recursive_triggers=False)
        self._store = store

    @contextlib.contextmanager
    def atomic(self) -> Iterator[Database]:
        """The store's `atomic`."""
        with self._store.atomic():
            yield self
