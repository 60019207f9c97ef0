"""Scores parts of photos for queries that name something unwanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from photosort.search.clauses import combined, split, words_each
from photosort.search.cutoff import background_of_strangers, evidence
from photosort.search.parts import shown, shown_unwanted
from photosort.usecases.models.vector_indexes import load_region_index
from photosort.usecases.search.query_vectors import clause_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.domain.encoders import Parts
    from photosort.store.vectors.vector_index import RegionIndex
    from photosort.usecases.models.embedding_spaces import EmbeddingSpace, Scored
    from photosort.usecases.models.vector_indexes import CentredIndex
    from photosort.usecases.session.session import Session

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """The photos of a space whose parts are kept.

    Attributes:
        rows: int array, shape (n,), their rows in the space's index.
        places: int array, shape (n,), their rows in the index of parts.
    """

    parts: Parts
    index: RegionIndex
    rows: NDArray[np.intp]
    places: NDArray[np.intp]


class _HeldRegions:
    """The regions of photos by encoder, with the index they belong to; entries are replaced as a whole."""

    def __init__(self) -> None:
        self.by_encoder: dict[int, tuple[CentredIndex, _Kept]] = {}


class RegionScorer:
    """Scores photos by the whole picture and by its parts, for one query; each text is compared once.

    A photo whose parts nobody has seen yet is scored by the whole, as in every other query.
    """

    def __init__(self, session: Session, wanted: Sequence[str]) -> None:
        """Takes the descriptions that the query wants photos to fit, besides what is unwanted."""
        self._session = session
        self._wanted = wanted
        self._vectors: dict[tuple[int, str], Floats] = {}
        self._found: dict[tuple[int, str], Floats] = {}

    def scored(self, space: EmbeddingSpace, text: str, *, unwanted: bool) -> Scored:
        """As `SearchSpace.scored`, for a description."""
        words, read = words_each(split(text)), self._read(space, text)
        kept = self._kept(space)
        whole = space.scored(read, words=words, unwanted=unwanted, beside_parts=kept is not None)
        if kept is None:
            return whole
        parts, found = self._evidence(space, kept, text), whole.probabilities.copy()
        if unwanted:
            wanted = [self._evidence(space, kept, one) for one in self._wanted]
            found[kept.rows] = shown_unwanted(parts, wanted, space.logistic)
        else:
            parts = parts + space.offset(read, words)
            found[kept.rows] = shown(found[kept.rows], parts, space.logistic)
        return replace(whole, probabilities=found)

    def _read(self, space: EmbeddingSpace, text: str) -> Floats:
        key = (space.encoder_id, text)
        if key not in self._vectors:
            self._vectors[key] = clause_vectors(space.reader, split(text))
        return self._vectors[key]

    def _evidence(self, space: EmbeddingSpace, kept: _Kept, text: str) -> Floats:
        """What the parts of the photos with kept parts say of a text: float32 array, shape (parts, n)."""
        key = (space.encoder_id, text)
        if key not in self._found:
            clauses = self._read(space, text)
            products = [kept.index.products(clause)[:, kept.places] for clause in clauses]
            scores = combined(np.stack(products) / np.float32(kept.parts.scale))
            mean = np.asarray(clauses.mean(axis=0), np.float32)
            base = background_of_strangers(np.empty(0, np.float32), mean, kept.parts.covariance)
            self._found[key] = evidence(scores, base, space.logistic)
        return self._found[key]

    def _kept(self, space: EmbeddingSpace) -> _Kept | None:
        """The kept parts of a space's photos, or None where its encoder has none."""
        parts = space.reader.references.parts
        if parts is None:
            return None
        by_encoder = self._session.holder(_HeldRegions).by_encoder
        held = by_encoder.get(space.encoder_id)
        # A space is opened again whenever a vector or a part of one changes.
        if held is None or held[0] is not space.opened:
            index = load_region_index(self._session, space.encoder_id, parts)
            there = np.isin(index.photo_ids, space.opened.index.photo_ids)
            rows = space.opened.index.rows_of(index.photo_ids[there])
            held = (space.opened, _Kept(parts, index, rows, np.flatnonzero(there)))
            by_encoder[space.encoder_id] = held
        return held[1]
