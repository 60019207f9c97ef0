"""Choices that belong to a library, such as the encoder in use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from photosort.store.db.database import Store


def get(store: Store, key: str, default: Any = None) -> Any:
    """The value of a setting, or `default`."""
    found = store.value("SELECT value FROM settings WHERE key = ?", [key])
    return default if found is None else json.loads(found)


def put(store: Store, key: str, value: Any) -> None:
    """Sets a setting to anything that JSON can hold."""
    # Part of each search: importing sqlite-utils would take 70 ms of it.
    store.execute(
        "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [key, json.dumps(value)]
    )
