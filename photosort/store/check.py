"""Verifies the library and its derived files; repairs what can be made again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.errors import EnvironmentProblem
from photosort.store.db.bulk_rows import delete_rows
from photosort.store.tables import fulltext, photos
from photosort.store.thumbnail_cache import ThumbnailCache
from photosort.store.vectors import index_file, vectors
from photosort.store.vectors.stored_rows import BLOCK_ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.paths import LibraryPaths
    from photosort.store.db.database import Store

# Rounding to float16 moves the length of a unit vector by less than this.
_LENGTH_TOLERANCE = 0.01
_VECTOR_TOLERANCE = 0.001


@dataclass(frozen=True, slots=True)
class Finding:
    """What one part of a check found.

    Attributes:
        part: "library", "photos", "vectors", "index", "words", "thumbnails", "keyword files", "originals".
        ok: nothing is wrong with it any more.
        detail: one sentence.
    """

    part: str
    ok: bool
    detail: str


def library(store: Store, places: LibraryPaths, *, repair: bool) -> list[Finding]:
    """Looks at everything that the store keeps.

    With `repair`, bad vectors and derived files are removed, so that the next index run and the next
    opening make them again; nothing that a person decided is touched.
    """
    return [
        _library(store),
        _photos(store, repair=repair),
        _vectors(store, repair=repair),
        _index(store, places.derived, repair=repair),
        _words(store, repair=repair),
        _thumbnails(places.thumbnails, repair=repair),
    ]


def _library(store: Store) -> Finding:
    try:
        wrong = [row[0] for row in store.rows("PRAGMA quick_check(3)") if row[0] != "ok"]
    except EnvironmentProblem as problem:
        wrong = [problem.detail]
    if wrong:
        return Finding(
            "library",
            False,
            f"{store.path} is damaged ({wrong[0]}); --repair puts it aside and brings back what can be. Your photos are not touched.",
        )
    broken = store.rows("PRAGMA foreign_key_check")
    if broken:
        table, _, target, _ = broken[0]
        return Finding(
            "library", False, f"{len(broken):,} rows point nowhere, first from {table} to {target}."
        )
    count = store.value("SELECT count(*) FROM photos")
    return Finding("library", True, f"{count:,} photos; the file is whole.")


def _photos(store: Store, *, repair: bool) -> Finding:
    astray = [
        row[0]
        for row in store.rows(
            "SELECT photos.id FROM photos LEFT JOIN files ON files.id = photos.main_file_id"
            " WHERE files.photo_id IS NOT photos.id"
            " AND EXISTS (SELECT 1 FROM files WHERE files.photo_id = photos.id)"
        )
    ]
    if astray and repair:
        photos.choose_main(store, astray)
    return _finding("photos", len(astray), "photos show no file of theirs", "mended", repair=repair)


def _vectors(store: Store, *, repair: bool) -> Finding:
    dims = {
        encoder_id: json.loads(dims)
        for encoder_id, dims in store.rows("SELECT id, dims FROM encoders")
    }
    bad = [
        vector_id
        for vector_id, encoder_id, space, view, data in store.stream(
            "SELECT id, encoder_id, space, view, data FROM vectors"
        )
        if not _is_whole(data, dims[encoder_id].get(space, -1), vectors.codes_of(view))
    ]
    if repair:
        delete_rows(store, "vectors", bad)
    return _finding(
        "vectors",
        len(bad),
        "vectors are damaged",
        "removed; index again to make them again",
        repair=repair,
    )


def _is_whole(data: bytes, dim: int, codes: int | None) -> bool:
    """Whether a row is a unit vector, or the codes of parts."""
    if codes is not None:
        return len(vectors.unpacked(data)) == codes
    if len(data) != 2 * dim:
        return False
    length = float(np.linalg.norm(np.frombuffer(data, dtype="<f2").astype(np.float32)))
    return abs(length - 1) < _LENGTH_TOLERANCE


def _index(store: Store, folder: Path, *, repair: bool) -> Finding:
    bad = [path for path in sorted(folder.glob("*.index")) if not _agrees(store, path)]
    if repair:
        for path in bad:
            path.unlink(missing_ok=True)
    return _finding(
        "index",
        len(bad),
        "index files disagree with the library",
        "removed; they are made again when needed",
        repair=repair,
    )


def _agrees(store: Store, path: Path) -> bool:
    """Whether a file says what the library says; one that waits to be brought up to date does."""
    source = index_file.source_of(path.parent / f"{path.name.partition('.')[0]}.json")
    file = None if source is None else index_file.read(path.parent, source)
    if source is None or file is None or file.path != path:
        return False
    if store.value("SELECT id FROM encoders WHERE version = ?", [source.encoder]) is None:
        return False
    if file.stamp != vectors.stamp(store):
        return True
    for start in range(0, len(file.vector_ids), BLOCK_ROWS):
        ids = file.vector_ids[start : start + BLOCK_ROWS]
        if source.view == vectors.WHOLE:
            held = vectors.load(store, ids, source.dim).astype(np.float32)
            expected = held - file.base
        else:
            expected = held = vectors.load_codes(store, ids, source.dim).astype(np.float32)
        rows = file.matrix[start : start + BLOCK_ROWS].astype(np.float32)
        # Those that the library has no more are zero.
        if np.abs(expected - rows)[held.any(axis=1)].max(initial=0) > _VECTOR_TOLERANCE:
            return False
    return True


def _words(store: Store, *, repair: bool) -> Finding:
    is_whole = fulltext.is_intact(store)
    if repair and not is_whole:
        fulltext.rebuild(store)
    return _finding(
        "words", int(not is_whole), "full-text index is damaged", "begun again", repair=repair
    )


def _thumbnails(path: Path, *, repair: bool) -> Finding:
    thumbnails = ThumbnailCache.open(path)
    try:
        wrong = thumbnails.check()
        if wrong != "ok" and repair:
            thumbnails.rebuild()
    finally:
        thumbnails.close()
    return _finding(
        "thumbnails",
        int(wrong != "ok"),
        "thumbnail database is damaged",
        "begun again; index again to fill it",
        repair=repair,
    )


def _finding(part: str, count: int, what: str, mended: str, *, repair: bool) -> Finding:
    if not count:
        return Finding(part, True, "Nothing is wrong.")
    if repair:
        return Finding(part, True, f"{count:,} {what}: {mended}.")
    return Finding(part, False, f"{count:,} {what}; --repair mends that.")
