"""Search by description, and photos like a photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from photosort.errors import InputProblem, ModelUnavailable
from photosort.library import roots
from photosort.library.places import shown_paths
from photosort.library.spaces import Scored, SearchSpace, merged, open_spaces, sample
from photosort.media.decode import decode
from photosort.media.formats import media_of
from photosort.search.centring import centred
from photosort.search.cutoff import ESTIMATED, STRONG, SURE_OF_WORDS, background, probability
from photosort.store import files, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.library.session import Session
    from photosort.library.spaces import Reader

Match = Literal["strong", "weak"]

# Short texts mean more in a sentence; averaged, the two beat either (docs/encoders.md).
QUERY_TEMPLATES = ("{}", "a photo of {}")
_MOST_BY_WORDS = 5_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One photo found.

    Attributes:
        score: probability that a person would call it a match; None for pure filters.
    """

    photo_id: int
    path: str
    score: float | None
    match: Match


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """One photo like another; `score` is the cosine."""

    photo_id: int
    path: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found.

    Attributes:
        hits: best first, no more than the limit.
        strong: good matches in all.
        weak: weaker matches that could be shown besides.
        searchable: photos that have vectors.
        total: photos in the library.
    """

    hits: tuple[Hit, ...]
    strong: int
    weak: int
    searchable: int
    total: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Photos with their probabilities, best first.

    Attributes:
        ids: int64 array, shape (n,).
        probabilities: float32 array, shape (n,), falling.
        strong: how many of them are good matches.
        searchable: photos of the whole library that have vectors.
    """

    ids: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    strong: int
    searchable: int


def rank(session: Session, query: str, allowed: Sequence[int] | None = None) -> Ranking:
    """Ranks the photos by how probably they show what a description says.

    Args:
        session: the open library.
        query: the description.
        allowed: ids of the photos to rank; None = all. The cut-off comes from the whole library.
    """
    found = seen(session, query)
    ids, probabilities = found.ids, found.probabilities
    searchable = len(ids)
    if allowed is not None:
        keep = np.isin(ids, np.asarray(allowed, dtype=np.int64))
        ids, probabilities = ids[keep], probabilities[keep]
    probabilities = _with_words(session, query, ids, probabilities)
    order = np.argsort(-probabilities, kind="stable")
    strong = int(np.count_nonzero(probabilities >= STRONG))
    return Ranking(ids[order], probabilities[order], strong, searchable)


def seen(session: Session, query: str) -> Scored:
    """All photos that have vectors, with the probability that they show what a description says.

    While the encoder changes, each photo is scored in the newest space that it has.
    """
    return merged(
        [space.scored(text_vector(space.reader, query)) for space in open_spaces(session)]
    )


def _with_words(
    session: Session, query: str, ids: NDArray[np.int64], probabilities: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Raises the photos whose name, tags, caption or metadata hold every word of the query.

    The two kinds of evidence are taken as independent: 1 - (1 - p)(1 - w).
    """
    if session.read(words.pending):
        while session.write(words.catch_up):
            pass
    found = [photo_id for photo_id, _ in words.search(session.reader(), query, _MOST_BY_WORDS)]
    if not found:
        return probabilities
    held = np.isin(ids, np.array(found, dtype=np.int64))
    return np.where(held, 1 - (1 - probabilities) * (1 - SURE_OF_WORDS), probabilities).astype(
        np.float32
    )


def rank_alike(session: Session, path: str) -> Ranking:
    """Ranks the photos by how probably a person would call them like one, that one left out.

    Args:
        session: the open library.
        path: a photo in or outside the library.

    Raises:
        InputProblem: the file cannot be read as a picture.
    """
    own, seen_alike = _alike(session, path)
    keep = seen_alike.ids != (-1 if own is None else own)
    ids, found = seen_alike.ids[keep], seen_alike.probabilities[keep]
    order = np.argsort(-found, kind="stable")
    strong = int(np.count_nonzero(found >= STRONG))
    return Ranking(ids[order], found[order], strong, len(keep))


def _alike(session: Session, path: str) -> tuple[int | None, Scored]:
    """A photo's id, if it is in the library, and how much all are like it.

    Raises:
        InputProblem: the file cannot be read as a picture.
    """
    example = _Example(session, path)
    parts = []
    for space in open_spaces(session, "visual"):
        vector = example.vector(space)
        if vector is None:
            continue
        cosines = space.opened.index.scores(vector)
        found = probability(cosines, background(sample(cosines), vector, None), ESTIMATED)
        parts.append(Scored(space.opened.index.photo_ids, cosines, found))
    if not parts:
        raise ModelUnavailable("The picture model that saw the photos is gone; use another one.")
    return example.photo_id, merged(parts)


def text_vector(encoder: Reader, query: str) -> NDArray[np.float32]:
    """A description as a centred unit vector, float32, shape (dim,).

    Kept in memory only: what the user typed is nobody else's business.
    """
    rows = encoder.encode_texts([template.format(query) for template in QUERY_TEMPLATES])
    mean = np.asarray(rows.mean(axis=0), dtype=np.float32)
    return centred(mean, encoder.references.texts)


def similar(session: Session, path: str, *, limit: int) -> list[SimilarHit]:
    """The photos most like one, by what the encoder's visual space sees.

    Args:
        session: the open library.
        path: a photo in or outside the library; one in it is left out of the result.
        limit: most photos returned.

    Raises:
        InputProblem: the file cannot be read as a picture.
    """
    own, found = _alike(session, path)
    # Cosines of two encoders mean different things; how probable a likeness is does not.
    order = np.lexsort((-found.cosines, -found.probabilities))[: limit + 1]
    paths = shown_paths(session, found.ids[order].tolist())
    return [
        SimilarHit(photo_id, paths[photo_id], cosine)
        for photo_id, cosine in zip(
            found.ids[order].tolist(), found.cosines[order].tolist(), strict=True
        )
        if photo_id != own and photo_id in paths
    ][:limit]


class _Example:
    """A photo in or outside the library, as each space sees it."""

    def __init__(self, session: Session, path: str) -> None:
        self._path = path
        self.photo_id: int | None = None
        place = roots.locate(session, path)
        if place is not None:
            root, relative = place
            file = files.by_path(session.reader(), root.id, relative)
            self.photo_id = None if file is None else file.photo_id

    def vector(self, space: SearchSpace) -> NDArray[np.float32] | None:
        """The stored vector, else a fresh one; None where nothing can see into the space any more.

        Raises:
            InputProblem: the file cannot be read as a picture.
        """
        if self.photo_id is not None:
            stored = space.opened.index.vector(self.photo_id)
            if stored is not None:
                return stored
        if space.encoder is None:
            return None
        media = media_of(self._path)
        if media is None:
            raise InputProblem(f"{self._path} is not a picture.")
        spec = space.encoder.info.input
        pixels = decode(Path(self._path), spec, media=media, thumbnails=False).pixels
        seen = space.encoder.encode_images(pixels[None])
        raw = seen["visual"] if "visual" in seen else seen["semantic"]
        return centred(raw[0], space.opened.centre.vector)
