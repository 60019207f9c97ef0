from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photosort.domain.encoders import EncoderInfo
from photosort.paths import LibraryPaths
from photosort.store import check
from photosort.store.db.database import Store
from photosort.store.tables import fulltext, photos
from photosort.store.thumbnail_cache import ThumbnailCache
from photosort.store.vectors import index_file, vectors
from photosort.store.vectors.index_file import Source
from photosort.store.vectors.vector_index import RegionIndex, VectorIndex, open_parts, open_vectors

PARTS = ["library", "photos", "vectors", "index", "words", "thumbnails"]


@pytest.fixture
def places(library: Path, tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(library=library, home=tmp_path / "home")


@pytest.fixture
def filled(
    store: Store, places: LibraryPaths, encoder: EncoderInfo, add_photo: Callable[..., int]
) -> list[int]:
    """Three photos with vectors, an index, words and a thumbnail."""
    ids = [add_photo(f"{name}.jpg") for name in "abc"]
    encoder_id = vectors.encoder_id(store, encoder)
    row = np.zeros(8, dtype=np.float32)
    row[0] = 1
    held = [photo.files[0].content_id or 0 for photo in photos.get(store, ids)]
    vectors.put(store, encoder_id, [(one, {"semantic": row, "visual": row[:4]}) for one in held])
    fulltext.update_pending(store)
    centre = np.full(8, 0.1, dtype=np.float32)
    vectors.set_centre(store, encoder_id, "semantic", centre, version="c", count=3)
    open_index(store, places)
    thumbnails = ThumbnailCache.open(places.thumbnails)
    thumbnails.put([(bytes([n]), 256, os.urandom(20_000)) for n in range(20)])
    thumbnails.close()
    return ids


def open_index(store: Store, places: LibraryPaths) -> VectorIndex:
    kept = vectors.centre(store, 1, "semantic")
    assert kept is not None
    rows = open_vectors(
        store,
        places.derived,
        encoder_id=1,
        space="semantic",
        base=np.zeros(8, dtype=np.float32),
    )
    return VectorIndex(rows, kept.vector)


def bad(store: Store, places: LibraryPaths) -> list[str]:
    """The parts that are not well; after a repair all must be."""
    before = check.library(store, places, repair=False)
    assert [one.part for one in before] == PARTS
    repaired = check.library(store, places, repair=True)
    assert all(one.ok for one in repaired), repaired
    after = check.library(store, places, repair=False)
    assert all(one.ok for one in after), after
    return [one.part for one in before if not one.ok]


def test_a_sound_library(store: Store, places: LibraryPaths, filled: list[int]) -> None:
    assert bad(store, places) == []
    assert len(open_index(store, places)) == len(filled)


def test_an_empty_library(store: Store, places: LibraryPaths) -> None:
    assert bad(store, places) == []


def test_a_photo_that_shows_anothers_file(
    store: Store, places: LibraryPaths, filled: list[int]
) -> None:
    a, b, _ = (photo.files[0].id for photo in photos.get(store, filled))
    photos.set_main(store, {filled[0]: b})
    assert bad(store, places) == ["photos"]
    assert photos.get(store, filled)[0].files[0].id == a


@pytest.mark.parametrize("data", [b"", b"\0\0" * 8, b"\0\x7c" * 8, b"\0\x3c" * 8])
def test_vectors_that_are_none(
    store: Store, places: LibraryPaths, filled: list[int], data: bytes
) -> None:
    store.execute("UPDATE vectors SET data = ? WHERE id = 1", [data])
    assert bad(store, places) == ["vectors"]
    assert [one.photo_id for one in vectors.pending(store, 1)] == filled[:1]


def test_an_index_that_disagrees(
    store: Store, places: LibraryPaths, filled: list[int], encoder: EncoderInfo
) -> None:
    source = Source(encoder.version, "semantic", vectors.WHOLE, 8)
    file = index_file.read(places.derived, source)
    assert file is not None
    other = index_file.write(places.derived, source, file.vector_ids, [file.matrix + 1], file.base)
    index_file.publish(places.derived, source, replace(other, shown=file.shown, stamp=file.stamp))
    assert bad(store, places) == ["index"]
    index = open_index(store, places)
    assert index.photo_ids.tolist() == filled


def test_an_index_of_nobody(store: Store, places: LibraryPaths, filled: list[int]) -> None:
    (places.derived / "semantic-0000.1.index").write_bytes(b"old")
    assert bad(store, places) == ["index"]
    assert len(list(places.derived.glob("*.index"))) == 1


def test_an_index_that_waits_to_be_brought_up_to_date_is_well(
    store: Store, places: LibraryPaths, filled: list[int]
) -> None:
    store.execute("DELETE FROM vectors WHERE id <= 2")
    assert bad(store, places) == []


def test_a_damaged_full_text_index(store: Store, places: LibraryPaths, filled: list[int]) -> None:
    store.execute("DELETE FROM words_data WHERE id > 10")
    assert bad(store, places) == ["words"]
    fulltext.update_pending(store)
    assert [photo_id for photo_id, _ in fulltext.search(store, "a", 5)] == filled[:1]


@pytest.mark.expects_warnings
def test_a_damaged_thumbnail_database(
    store: Store, places: LibraryPaths, filled: list[int]
) -> None:
    data = bytearray(places.thumbnails.read_bytes())
    data[8192:] = os.urandom(len(data) - 8192)
    places.thumbnails.write_bytes(data)
    findings = {one.part: one for one in check.library(store, places, repair=True)}
    assert findings["thumbnails"].ok
    assert bad(store, places) == []


def test_rows_that_point_nowhere_are_said(
    store: Store, places: LibraryPaths, filled: list[int]
) -> None:
    store.execute("PRAGMA foreign_keys = OFF")
    store.execute("UPDATE files SET content_id = 999 WHERE id = 1")
    finding = check.library(store, places, repair=True)[0]
    assert not finding.ok
    assert "files" in finding.detail


def test_a_damaged_library_is_said(store: Store, places: LibraryPaths, filled: list[int]) -> None:
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = store.value("SELECT rootpage FROM sqlite_master WHERE name = 'vectors'")
    store.close()
    data = bytearray(places.library.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = os.urandom(4096)
    places.library.write_bytes(data)
    with Store.open(places.library) as again:
        finding = check._library(again)
    assert not finding.ok
    assert "damaged" in finding.detail


def test_an_index_of_parts_that_disagrees(
    store: Store, places: LibraryPaths, filled: list[int]
) -> None:
    view = vectors.parts_view(6, "fit")
    held = [photo.files[0].content_id or 0 for photo in photos.get(store, filled)]
    vectors.put_parts(store, 1, view, [(one, np.full(6, one, np.int8)) for one in held])

    def load_region_index() -> RegionIndex:
        rows = open_parts(store, places.derived, encoder_id=1, view=view)
        return RegionIndex(rows, 2)

    open_index(store, places)
    load_region_index()
    assert bad(store, places) == []
    (path,) = places.derived.glob("parts-*.index")
    data = bytearray(path.read_bytes())
    data[-1] = 99
    path.write_bytes(data)
    assert bad(store, places) == ["index"]
    assert len(load_region_index()) == 3
