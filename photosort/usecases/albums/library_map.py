"""The likeness map: a position on the plane for each photo, stored beside the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort import log
from photosort.albums.layout import NEIGHBOURS, NEIGHBOURS_OF_NEW, beside_neighbours, laid_out
from photosort.progress import Job, Progress
from photosort.safe_files import replacing
from photosort.sentences import Sentence
from photosort.store.db.failures import file_failures
from photosort.store.tables import albums
from photosort.usecases.albums.user_albums import photos_of
from photosort.usecases.models.neighbours import nearest_photos
from photosort.usecases.models.vector_indexes import refresh_graph

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.usecases.session.session import Session

# New photos are put beside similar ones; after this many the whole map is laid out again.
_GROWTH = 0.2
_FEWEST_IN_REGION = 3

_log = log.topic("albums")


@dataclass(frozen=True, slots=True)
class LibraryMapData:
    """Photos on the plane.

    Attributes:
        ids: int64, shape (n,).
        positions: float32, shape (n, 2), between 0 and 1.
        regions: name, id, middle (x, y) and number of photos of each theme at the top.
    """

    ids: NDArray[np.int64]
    positions: NDArray[np.float32]
    regions: tuple[tuple[str, int, float, float, int], ...]


def load_map(session: Session, job: Job) -> LibraryMapData:
    """The map of all photos that have vectors; made when it is first asked for, which takes a while.

    Raises:
        JobCancelled: when the job was cancelled.
    """
    index = refresh_graph(session).index
    path = session.paths.derived / f"map-{session.encoders.current.info.version[:16]}.npz"
    ids = index.photo_ids
    old_ids, old_positions = _read(path)
    kept = np.isin(old_ids, ids)
    old_ids, old_positions = old_ids[kept], old_positions[kept]
    fresh = np.setdiff1d(ids, old_ids)
    if len(fresh) > _GROWTH * len(old_ids):
        everything = np.arange(len(ids))
        around, _ = nearest_photos(index, everything, NEIGHBOURS, done=_told(job, 0))
        old_ids, old_positions = ids, laid_out(index.rows(everything), around, _told(job, 1))
        _write(path, old_ids, old_positions)
    elif len(fresh):
        known, new = index.rows_of(old_ids), index.rows_of(fresh)
        around, _ = nearest_photos(index, known, NEIGHBOURS_OF_NEW, asked=new)
        old_positions = np.concatenate([old_positions, beside_neighbours(around, old_positions)])
        old_ids = np.concatenate([old_ids, fresh])
        _write(path, old_ids, old_positions)
    return LibraryMapData(old_ids, old_positions, _regions(session, old_ids, old_positions))


def _regions(
    session: Session, ids: NDArray[np.int64], positions: NDArray[np.float32]
) -> tuple[tuple[str, int, float, float, int], ...]:
    found = []
    for album in session.read(albums.list_all):
        if album.kind != "theme" or album.parent_id is not None:
            continue
        at = np.flatnonzero(np.isin(ids, np.array(photos_of(session, album.id), np.int64)))
        if len(at) >= _FEWEST_IN_REGION:
            x, y = np.median(positions[at], axis=0).tolist()
            found.append((album.name, album.id, x, y, len(at)))
    return tuple(sorted(found, key=lambda one: -one[4]))


def _read(path: Path) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    nothing = np.zeros(0, np.int64), np.zeros((0, 2), np.float32)
    if not path.is_file():
        return nothing
    try:
        with np.load(path, allow_pickle=False) as stored:
            return stored["ids"], stored["positions"]
    except (OSError, ValueError, KeyError) as error:
        _log.warning("the map was damaged and is made again: %s", error)
        return nothing


def _write(path: Path, ids: NDArray[np.int64], positions: NDArray[np.float32]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with file_failures(path), replacing(path, mode=0o600) as file:
        np.savez(file, allow_pickle=False, ids=ids, positions=positions)


def _told(job: Job, half: int) -> Callable[[int, int], None]:
    """Tells the job how far the first or the second half of the work is."""

    def tell(done: int, of: int) -> None:
        job.check()
        job.progress = Progress(Sentence("Drawing the map"), (half * of + done) // 2, of)

    return tell
