from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from photosort.domain.encoders import EncoderInfo
from photosort.domain.places import PlaceName
from photosort.errors import EnvironmentProblem
from photosort.store.db import database
from photosort.store.db.database import Store
from photosort.store.tables import place_names, settings
from photosort.store.vectors import text_vectors, vectors

# More than two of the batches that sqlite-utils saves one by one where nothing holds them together.
ROWS = 250


def _rows() -> Iterator[dict[str, Any]]:
    for number in range(ROWS):
        yield {"key": f"row {number}", "value": "1"}
    raise KeyError("in the middle")


def test_a_failure_in_a_batch_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError), store.db.atomic() as db:
        db.table("settings").insert_all(_rows())
    assert store.rows("SELECT * FROM settings") == []


def test_a_failure_among_texts_leaves_none(store: Store, encoder: EncoderInfo) -> None:
    encoder_id = vectors.encoder_id(store, encoder)
    texts: dict[str, Any] = {f"text {n}": np.ones(8, np.float32) for n in range(ROWS)}
    with pytest.raises(AttributeError):
        text_vectors.put(store, encoder_id=encoder_id, vectors=texts | {"the last": None})
    assert store.value("SELECT count(*) FROM text_vectors") == 0
    text_vectors.put(store, encoder_id=encoder_id, vectors=texts)
    assert store.value("SELECT count(*) FROM text_vectors") == ROWS


def test_a_failure_among_names_of_places_leaves_none(store: Store) -> None:
    store.executemany(
        "INSERT INTO photos (id, added_at) VALUES (?, '')", ([n] for n in range(ROWS))
    )
    found: dict[int, Any] = {n: (1.0, 2.0, PlaceName("A", "B", "C")) for n in range(ROWS)}
    with pytest.raises(TypeError):
        place_names.put(store, found | {ROWS: None})
    assert store.value("SELECT count(*) FROM photo_places") == 0


def test_what_is_inside_a_transaction_goes_with_it(store: Store) -> None:
    store.connection.execute("BEGIN")
    settings.put(store, "one", 1)
    store.connection.execute("ROLLBACK")
    assert settings.get(store, "one") is None


def test_a_locked_library_is_one_sentence(
    library: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.05)
    with (
        Store.open(library) as other,
        store.atomic(),
        pytest.raises(EnvironmentProblem, match="Another program is using"),
    ):
        other.db.table("settings").insert({"key": "one", "value": "1"})


def test_opening_a_library_does_without_the_import(library: Path) -> None:
    Store.open(library).close()
    code = (
        "import sys; from pathlib import Path; from photosort.store.db.database import Store\n"
        "for read_only in (True, False): Store.open(Path(sys.argv[1]), read_only=read_only).close()\n"
        "print('sqlite_utils' in sys.modules)"
    )
    given = [sys.executable, "-c", code, str(library)]
    assert subprocess.run(given, capture_output=True, text=True, check=True).stdout == "False\n"
