"""The held-back photos of `captioned_more` as a library that the product has indexed, and what their captions say."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.data import captioned, held_back
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


class HeldBack(NamedTuple):
    """The library.

    Attributes:
        ids: int64 array, shape (photos,).
        captions: of each photo, in lower case.
    """

    session: Session
    ids: NDArray[np.int64]
    captions: list[list[str]]


@contextmanager
def indexed(data: Path) -> Iterator[HeldBack]:
    """Copies the photos into a library of their own and indexes it; both are gone afterwards."""
    every = captioned(data / "captioned_more")
    photos = every.of(held_back(every))
    captions: list[list[str]] = [[] for _ in photos.paths]
    for photo, caption in zip(photos.photo, photos.captions, strict=True):
        captions[photo].append(caption.lower())
    with tempfile.TemporaryDirectory(prefix="photosort-held-back-") as work:
        home = Path(work)
        folder = home / "photos"
        folder.mkdir()
        for path in photos.paths:
            shutil.copy2(path, folder)
        session = Session(LibraryPaths(library=home / "l.db", home=home), actor="command")
        try:
            index(session, [str(folder)], job=Job())
            ids = [photo_at(session, str(folder / path.name)) for path in photos.paths]
            yield HeldBack(session, np.array(ids, np.int64), captions)
        finally:
            session.close()
