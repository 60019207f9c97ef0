"""Finds pairs of photos that belong to one burst: one moment that one camera shot several times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import Kind
from photosort.store.tables import photos
from photosort.usecases.duplicates.photo_pairs import BURST_GAP_S, PAIRS_AT_ONCE

if TYPE_CHECKING:
    from photosort.store.vectors.vector_index import VectorIndex
    from photosort.usecases.duplicates.photo_pairs import Pair, PhotoPairs
    from photosort.usecases.session.session import Session

# Shots of one moment look alike, but people move.
BURST_COSINE = 0.6


def find_burst_pairs(
    session: Session,
    index: VectorIndex,
    shots: PhotoPairs,
    told_apart: set[Pair],
    *,
    skip: set[Pair],
) -> set[Pair]:
    """Pairs of photos that follow each other within seconds, by one camera, and look alike."""
    table = session.read(photos.listing)
    row_of = {photo_id: row for row, photo_id in enumerate(index.photo_ids.tolist())}
    order = np.argsort(table.taken_sort, kind="stable")
    order = order[
        (table.kind[order] == photos.KINDS.index(Kind.PHOTO))
        & (table.taken_sort[order] != photos.NO_DATE)
    ]
    gaps_ms = np.diff(table.taken_sort[order])
    close = np.flatnonzero(gaps_ms <= BURST_GAP_S * 1_000)
    found = set()
    for start in range(0, len(close), PAIRS_AT_ONCE):
        block = [
            (int(table.ids[order[at]]), int(table.ids[order[at + 1]]))
            for at in close[start : start + PAIRS_AT_ONCE].tolist()
        ]
        block = [(a, b) for a, b in block if a in row_of and b in row_of]
        shots.load([photo_id for pair in block for photo_id in pair], with_pictures=False)
        for one, other in block:
            pair = (min(row_of[one], row_of[other]), max(row_of[one], row_of[other]))
            if pair in skip or (min(one, other), max(one, other)) in told_apart:
                continue
            if not shots.are_of_one_moment(one, other):
                continue
            rows = index.rows(np.array(pair, dtype=np.intp))
            if float(rows[0] @ rows[1]) >= BURST_COSINE:
                found.add(pair)
    return found
