"""Reads what automatic albums are made from: photos with their dates, places and vectors, as arrays."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from photosort.albums.events import believable
from photosort.domain.dates import Precision
from photosort.store.tables import place_names
from photosort.store.tables.photos import KINDS, NO_DATE, PRECISIONS
from photosort.usecases.albums.picture_kinds import SHOWN_KINDS
from photosort.usecases.models.vector_indexes import open_index
from photosort.usecases.photos import photo_table
from photosort.usecases.photos.place_naming import name_places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.places import PlaceName
    from photosort.store.vectors.vector_index import VectorIndex
    from photosort.usecases.session.session import Session

_OF_A_DAY = tuple(PRECISIONS.index(one) for one in (Precision.SECOND, Precision.DAY))


@dataclass(frozen=True)
class AlbumInput:
    """The photos that albums are made of; all arrays are in the order of `ids`.

    Attributes:
        ids: int64, photos of the kinds in `SHOWN_KINDS`.
        taken_ms: int64, the wall clock's milliseconds since 1970.
        is_dated: bool, the date can be believed.
        where: float64, shape (n, 2), latitude and longitude, NaN where unknown.
        seen: int64, rows of the photos that have vectors.
        index: what they are compared with each other by.
        rows: int64, shape (seen,), their rows in it.
        visual: float32, shape (seen, dim), centred, unit length.
        semantic: float32, shape (seen, dim), centred, unit length.
        places: names of places by photo id.
        folders: the name of each photo's folder.
    """

    ids: NDArray[np.int64]
    taken_ms: NDArray[np.int64]
    is_dated: NDArray[np.bool_]
    where: NDArray[np.float64]
    seen: NDArray[np.int64]
    index: VectorIndex
    rows: NDArray[np.intp]
    visual: NDArray[np.float32]
    semantic: NDArray[np.float32]
    places: dict[int, PlaceName]
    folders: list[str]

    @cached_property
    def row_of_seen(self) -> NDArray[np.int64]:
        """The index of each row in `seen`, -1 for photos without vectors."""
        positions = np.full(len(self.ids), -1)
        positions[self.seen] = np.arange(len(self.seen))
        return positions


def load_album_input(session: Session, *, graph: bool = False) -> AlbumInput:
    """Reads the photos with their dates, places and vectors; with a graph where all are compared with each other."""
    name_places(session)
    catalog = photo_table.load(session)
    codes = [KINDS.index(kind) for kind in SHOWN_KINDS]
    table = catalog.table
    keep = np.flatnonzero(np.isin(table.kind, codes))
    ids = table.ids[keep]
    taken = table.taken_sort[keep]
    known = session.read(place_names.coordinates)
    nowhere = (np.nan, np.nan)
    where = np.array([known.get(photo, nowhere) for photo in ids.tolist()]).reshape(-1, 2)
    visual = open_index(session, "visual", graph=graph).index
    semantic = open_index(session, "semantic").index
    has_vectors = np.isin(ids, visual.photo_ids) & np.isin(ids, semantic.photo_ids)
    seen = np.flatnonzero(has_vectors)
    rows = visual.rows_of(ids[seen])
    return AlbumInput(
        ids=ids,
        taken_ms=np.where(taken == NO_DATE, np.iinfo(np.int64).min, taken),
        # All photos of which only the year is known would make one event.
        is_dated=believable(taken, int(time.time() * 1000))
        & np.isin(table.precision[keep], _OF_A_DAY),
        where=where,
        seen=seen,
        index=visual,
        rows=rows,
        visual=visual.rows(rows),
        semantic=semantic.rows(semantic.rows_of(ids[seen])),
        places=session.read(lambda store: place_names.of_photos(store, ids.tolist())),
        folders=[
            catalog.folders.get(folder, (0, ""))[1].rpartition("/")[2]
            for folder in table.folder[keep].tolist()
        ],
    )
