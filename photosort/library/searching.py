"""Search by description, and photos like a photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from photosort.domain.encoders import Logistic
from photosort.errors import InputProblem
from photosort.library import roots
from photosort.library.indexes import CentredIndex, open_index
from photosort.library.places import shown_paths
from photosort.media.decode import decode
from photosort.media.formats import media_of
from photosort.search.centring import centred
from photosort.search.cutoff import STRONG, SURE_OF_WORDS, background, probability
from photosort.store import files, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.library.session import Session

Match = Literal["strong", "weak"]

# Short texts mean more in a sentence; averaged, the two beat either (docs/encoders.md).
QUERY_TEMPLATES = ("{}", "a photo of {}")
_SAMPLE = 20_000
_MOST_BY_WORDS = 5_000

# For an encoder that nobody has measured: a match stands out by about three spreads.
ESTIMATED = Logistic(standing_out=2.0, cosine=0.0, bias=-6.5, estimated=True)


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
    encoder = session.encoder
    opened = open_index(session, "semantic")
    vector = text_vector(encoder, query)
    scores = opened.index.scores(vector)
    logistic = encoder.references.search or ESTIMATED
    base = background(_sample(scores), vector, encoder.references.covariance)
    probabilities = probability(scores, base, logistic)
    ids = opened.index.photo_ids
    searchable = len(ids)
    if allowed is not None:
        keep = np.isin(ids, np.asarray(allowed, dtype=np.int64))
        ids, probabilities = ids[keep], probabilities[keep]
    probabilities = _with_words(session, query, ids, probabilities)
    order = np.argsort(-probabilities, kind="stable")
    strong = int(np.count_nonzero(probabilities >= STRONG))
    return Ranking(ids[order], probabilities[order], strong, searchable)


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
    opened = open_index(session, "visual")
    own, vector = _visual_vector(session, path, opened)
    ids = opened.index.photo_ids
    scores = opened.index.scores(vector)
    found = probability(scores, background(_sample(scores), vector, None), ESTIMATED)
    keep = ids != (-1 if own is None else own)
    ids, found = ids[keep], found[keep]
    order = np.argsort(-found, kind="stable")
    strong = int(np.count_nonzero(found >= STRONG))
    return Ranking(ids[order], found[order], strong, len(keep))


def text_vector(encoder: Encoder, query: str) -> NDArray[np.float32]:
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
    opened = open_index(session, "visual")
    own, vector = _visual_vector(session, path, opened)
    ids, cosines = opened.index.search(vector, limit + 1)
    paths = shown_paths(session, ids.tolist())
    return [
        SimilarHit(photo_id, paths[photo_id], float(cosine))
        for photo_id, cosine in zip(ids.tolist(), cosines, strict=True)
        if photo_id != own and photo_id in paths
    ][:limit]


def _visual_vector(
    session: Session, path: str, opened: CentredIndex
) -> tuple[int | None, NDArray[np.float32]]:
    """A photo's id, if it is in the library, and its vector: the stored one, else a fresh one."""
    place = roots.locate(session, path)
    if place is not None:
        root, relative = place
        file = files.by_path(session.reader(), root.id, relative)
        if file is not None and file.photo_id is not None:
            stored = opened.index.vector(file.photo_id)
            if stored is not None:
                return file.photo_id, stored
    encoder = session.encoder
    media = media_of(path)
    if media is None:
        raise InputProblem(f"{path} is not a picture.")
    pixels = decode(Path(path), encoder.info.input, media=media, thumbnails=False).pixels
    spaces = encoder.encode_images(pixels[None])
    raw = spaces["visual"] if "visual" in spaces else spaces["semantic"]
    return None, centred(raw[0], opened.centre.vector)


def _sample(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """At most `_SAMPLE` scores at equal distances: percentiles of more are no better, only slower."""
    return scores[:: max(1, len(scores) // _SAMPLE)]
