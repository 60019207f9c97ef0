"""Explains why a photo answers a query: what fits, what does not, and where in the photo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.encoders import SeesParts
from photosort.domain.query import Description, Filter, Like, Query
from photosort.errors import InputProblem
from photosort.media.formats import media_of
from photosort.search.centring import centred
from photosort.search.clauses import combined, split
from photosort.search.cutoff import STRONG
from photosort.search.filtering import passing
from photosort.search.heat import Where, heat, where
from photosort.search.lexical import meaningful
from photosort.search.query_language import unparse
from photosort.sentences import Sentence
from photosort.store.tables import fulltext
from photosort.usecases.photos.photo_paths import shown_file
from photosort.usecases.search.filter_columns import columns_of, update_fulltext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.media.formats import Media
    from photosort.store.tables.fulltext import Column
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.search.similarity import Asked, TextScores
    from photosort.usecases.session.session import Session

# Parts of a picture are seen at twice the encoder's edge: 17 x 17 of them with the starter instead of 9 x 9.
_FINER = 2
_OCCLUSIONS = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a query, and whether a photo fits it.

    Attributes:
        text: the part as it stands in the query language, without a minus.
        unwanted: photos must not fit it.
        probability: that the photo shows it; None for what is true or false, and where nothing is known.
        fits: whether the photo is as the query wants it there.
        found_in: words of the part that name, tags, caption, folder or metadata hold, with where they stand.
    """

    text: str
    unwanted: bool
    probability: float | None
    fits: bool
    found_in: tuple[tuple[str, tuple[Column, ...]], ...] = ()

    @property
    def weight(self) -> float:
        """How much it speaks for the photo: above 0 where it fits, below where not."""
        shown = (
            float(self.fits is not self.unwanted) if self.probability is None else self.probability
        )
        share = 1 - shown if self.unwanted else shown
        return share if self.fits else share - 1


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """Where in a photo a description matched.

    Attributes:
        heat: float32 array, shape (rows, columns), 0 to 1, over the whole photo, upright.
        where: the hottest place in words.
    """

    heat: NDArray[np.float32]
    where: Where


def explained(session: Session, asked: Asked, photo_ids: Sequence[int]) -> list[list[Reason]]:
    """For each of some photos why a search found it; see `reasons`."""
    if not photo_ids:
        return []
    return reasons(
        session,
        asked.query,
        asked.catalog,
        photo_ids,
        suggested=asked.suggested,
        scores=asked.scores,
    )


def reasons(
    session: Session,
    query: Query,
    catalog: Catalog,
    photo_ids: Sequence[int],
    *,
    by_sight: bool = True,
    suggested: Suggested | None = None,
    scores: TextScores | None = None,
) -> list[list[Reason]]:
    """For each of some photos the parts of a query, in the query's order, and whether it fits them.

    Args:
        session: the open library.
        query: what was asked for; a long description gives a reason for each of its clauses.
        catalog: the photos the query looks at.
        photo_ids: some of them.
        by_sight: as for `querying.answer`.
        suggested: as for `querying.answer`.
        scores: what the answer compared already; None = nothing.
    """
    update_fulltext(session)
    parts: list[list[Reason]] = []
    for leaf, unwanted in query.leaves():
        if isinstance(leaf, Description):
            clauses = split(leaf.text)
            seen = None
            if by_sight:
                # Brings the vector index along, which filters do not need.
                from photosort.usecases.search import similarity

                scores = scores or similarity.TextScores(session)
                seen = scores.of_clauses(clauses, photo_ids)
            parts += _described(session, clauses, photo_ids, seen, unwanted=unwanted)
        elif isinstance(leaf, Filter):
            mask = passing(Query(leaf), columns_of(session, catalog, suggested))
            rows = [catalog.row(photo_id) for photo_id in photo_ids]
            text = unparse(Query(leaf))
            holds = [row >= 0 and bool(mask[row]) for row in rows]
            parts.append([Reason(text, unwanted, None, one is not unwanted) for one in holds])
        elif by_sight:
            parts.append(_alike(session, leaf, photo_ids, unwanted=unwanted))
    return [list(of_photo) for of_photo in zip(*parts, strict=True)] or [[] for _ in photo_ids]


def _described(
    session: Session,
    clauses: Sequence[str],
    photo_ids: Sequence[int],
    seen: NDArray[np.float32] | None,
    *,
    unwanted: bool,
) -> list[list[Reason]]:
    """A list for each clause, with a reason for each photo."""
    if seen is None:
        seen = np.full((len(clauses), len(photo_ids)), np.nan, np.float32)
    store = session.reader()
    parts = []
    for clause, row in zip(clauses, seen, strict=True):
        sought = meaningful(clause)
        part = []
        for photo_id, found in zip(photo_ids, row.tolist(), strict=True):
            held = fulltext.places_of(store, photo_id, sought)
            all_held = bool(held) and len(held) == len(sought.split())
            shows = found >= STRONG or all_held
            probability = None if np.isnan(found) else found
            part.append(
                Reason(clause, unwanted, probability, shows is not unwanted, tuple(held.items()))
            )
        parts.append(part)
    return parts


def _alike(
    session: Session, leaf: Like, photo_ids: Sequence[int], *, unwanted: bool
) -> list[Reason]:
    from photosort.usecases.search.similarity import alike

    found = alike(session, (leaf.target,))
    probabilities = dict(zip(found.ids.tolist(), found.probabilities.tolist(), strict=True))
    text = unparse(Query(leaf))
    of_photos = [probabilities.get(photo_id) for photo_id in photo_ids]
    return [
        Reason(text, unwanted, one, ((one or 0.0) >= STRONG) is not unwanted) for one in of_photos
    ]


def heat_map(session: Session, text: str, photo_id: int, catalog: Catalog) -> HeatMap:
    """Where in a photo a description matches best; a few tenths of a second, for an opened photo.

    The encoder's own view of the parts where it has one, else what is lost when a part is covered.

    Raises:
        InputProblem: the photo's file is not there or cannot be read.
        ModelUnavailable: the encoder cannot be loaded.
    """
    from photosort.usecases.models.vector_indexes import open_index
    from photosort.usecases.search.query_vectors import clause_vectors

    path = catalog.path(photo_id)
    media = None if path is None else media_of(path.name)
    if path is None or media is None or media == "video":
        raise InputProblem(Sentence("There is no picture to look at."))
    encoder = session.encoders.current
    centre = open_index(session, "semantic").centre.vector
    vectors = clause_vectors(encoder, split(text))
    beside = shown_file(session, photo_id).orientation
    scores = _parts(encoder, path, media, beside, centre, vectors)
    hot = heat(scores)
    return HeatMap(hot, where(hot))


def _parts(
    encoder: Encoder,
    path: Path,
    media: Media,
    beside: int | None,
    centre: NDArray[np.float32],
    vectors: NDArray[np.float32],
) -> NDArray[np.float32]:
    """How well each part of a picture fits: float32 array, shape (rows, columns)."""
    # Only `search --why` and the window's "Why it matches" need it.
    from photosort.media.decode import decode

    sees_parts = isinstance(encoder, SeesParts)
    edge = encoder.info.input.edge_px * (_FINER if sees_parts else 1)
    # Squashed, so that the map covers the whole photo.
    spec = replace(encoder.info.input, edge_px=edge, resize_px=edge, fit="squash")
    pixels = decode(
        path, spec, media=media, thumbnails=False, read_metadata=False, beside=beside
    ).pixels
    if isinstance(encoder, SeesParts):
        parts = centred(encoder.encode_parts(pixels[None])[0], centre)
        fits = np.moveaxis(parts @ vectors.T, -1, 0)
        return combined(fits.reshape(len(vectors), -1)).reshape(fits.shape[1:])
    return occluded(encoder, pixels, centre, vectors)


def occluded(
    encoder: Encoder,
    pixels: NDArray[np.uint8],
    centre: NDArray[np.float32],
    vectors: NDArray[np.float32],
) -> NDArray[np.float32]:
    """What the whole picture's score loses when a part is covered with grey, on a grid of 8 x 8."""
    edges = np.linspace(0, len(pixels), _OCCLUSIONS + 1).round().astype(int)
    grey = pixels.mean(axis=(0, 1)).astype(np.uint8)
    # The cover is three parts wide: a thing is rarely smaller, and half of it is enough to know it by.
    covered = [pixels]
    for row in range(_OCCLUSIONS):
        for column in range(_OCCLUSIONS):
            one = pixels.copy()
            top, bottom = edges[max(0, row - 1)], edges[min(_OCCLUSIONS, row + 2)]
            left, right = edges[max(0, column - 1)], edges[min(_OCCLUSIONS, column + 2)]
            one[top:bottom, left:right] = grey
            covered.append(one)
    seen = centred(encoder.encode_images(np.stack(covered))["semantic"], centre)
    fits = combined(np.ascontiguousarray((seen @ vectors.T).T))
    return np.asarray(fits[0] - fits[1:], np.float32).reshape(_OCCLUSIONS, _OCCLUSIONS)
