"""The vector index of the encoder in use, centred and up to date."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakSet

import numpy as np

from photosort.search.centring import Centre, photo_centre
from photosort.store.vectors import vectors
from photosort.store.vectors.vector_index import RegionIndex, VectorIndex, open_parts, open_vectors
from photosort.usecases.models import encoders

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder, Parts, References, Space
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session

# The centre moves with the library, but a new one rewrites the index and everything calibrated with it,
# so it waits until the library has grown by this share.
_GROWTH = 0.25


class _OpenIndexes:
    """The indexes of one library that somebody holds."""

    def __init__(self) -> None:
        self._held: WeakSet[VectorIndex | RegionIndex] = WeakSet()
        self._lock = threading.Lock()

    def add(self, index: VectorIndex | RegionIndex) -> None:
        with self._lock:
            self._held.add(index)

    def all(self) -> list[VectorIndex | RegionIndex]:
        with self._lock:
            return list(self._held)


@dataclass(frozen=True, slots=True)
class CentredIndex:
    """An open index and what its rows were centred with."""

    index: VectorIndex
    centre: Centre


def open_index(
    session: Session, space: Space, encoder: Encoder | None = None, *, graph: bool = False
) -> CentredIndex:
    """The index of a space of an encoder, made or brought up to date where that is needed.

    Args:
        session: the open library.
        space: as its tasks call it.
        encoder: None = the one in use.
        graph: the neighbours of very many photos will be asked for.
    """
    encoder = encoder or session.encoders.current
    space = _stored(space, encoder)
    encoder_id = encoders.encoder_id(session, encoder)
    return open_index_of(session, encoder_id, space, encoder.references, graph=graph)


def open_index_of(
    session: Session,
    encoder_id: int,
    space: Space,
    references: References,
    *,
    graph: bool = False,
) -> CentredIndex:
    """The index of a stored space of any encoder.

    Args:
        session: the open library.
        encoder_id: row of the encoder.
        space: one of its stored spaces.
        references: its means; zero where the encoder is gone.
        graph: as for `open_index`.
    """
    centre = _centre(session, encoder_id, space, references.photos[space])
    rows = open_vectors(
        session.reader(),
        session.paths.derived,
        encoder_id=encoder_id,
        space=space,
        base=references.photos[space],
        graph=graph,
    )
    index = VectorIndex(rows, centre.vector)
    session.holder(_OpenIndexes).add(index)
    return CentredIndex(index, centre)


def load_region_index(session: Session, encoder_id: int, parts: Parts) -> RegionIndex:
    """The index of the parts of pictures, made or brought up to date where that is needed."""
    view = vectors.parts_view(parts.codes, parts.fit)
    rows = open_parts(session.reader(), session.paths.derived, encoder_id=encoder_id, view=view)
    index = RegionIndex(rows, parts.count)
    session.holder(_OpenIndexes).add(index)
    return index


def release_pages(session: Session) -> None:
    """Releases the memory that open indexes are mapped into, while nobody searches."""
    for index in session.holder(_OpenIndexes).all():
        index.release_pages()


def refresh(session: Session) -> None:
    """Brings all indexes of the encoder in use up to date, so that the next search need not."""
    encoder = session.encoders.current
    for space in encoder.info.stored_spaces:
        open_index(session, space)
    refresh_graph(session)
    if encoder.references.parts is not None:
        encoder_id = encoders.encoder_id(session, encoder)
        load_region_index(session, encoder_id, encoder.references.parts)


def refresh_graph(session: Session) -> CentredIndex:
    """The index that photos are compared with each other by, with its graph of neighbours."""
    return open_index(session, "visual", graph=True)


def grow_graph(session: Session) -> None:
    """Adds what was stored lately to the graph of neighbours, while an index run goes on.

    Without a new centre, which would wait for all vectors.
    """
    encoder = session.encoders.current
    space = _stored("visual", encoder)
    open_vectors(
        session.reader(),
        session.paths.derived,
        encoder_id=encoders.encoder_id(session, encoder),
        space=space,
        base=encoder.references.photos[space],
        graph=True,
    )


def _stored(space: Space, encoder: Encoder) -> Space:
    """The space in which an encoder's vectors serve for another one, too."""
    return space if space in encoder.info.stored_spaces else "semantic"


def _centre(
    session: Session, encoder_id: int, space: Space, reference: NDArray[np.float32]
) -> Centre:
    """The centre in use; a new one when the library has outgrown it."""
    count = session.read(lambda store: vectors.count(store, encoder_id, space))
    kept = session.read(lambda store: vectors.centre(store, encoder_id, space))
    if (
        kept is not None
        and count <= kept.count * (1 + _GROWTH)
        and count >= kept.count * (1 - _GROWTH)
    ):
        return Centre(kept.vector, kept.version)
    mean = session.read(lambda store: _mean(store, encoder_id, space, len(reference)))
    centre = photo_centre(mean, count, reference)
    session.write(
        lambda store: vectors.set_centre(
            store, encoder_id, space, centre.vector, version=centre.version, count=count
        )
    )
    return centre


def _mean(store: Store, encoder_id: int, space: Space, dim: int) -> NDArray[np.float32]:
    total = np.zeros(dim, dtype=np.float64)
    count = 0
    for _, rows in vectors.stream(store, encoder_id, space):
        total += rows.astype(np.float32).sum(axis=0, dtype=np.float64)
        count += len(rows)
    return (total / max(count, 1)).astype(np.float32)
