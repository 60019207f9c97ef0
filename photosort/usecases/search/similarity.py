"""Search by description, and photos like a photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from photosort.domain.encoders import SeesBoxes
from photosort.errors import InputProblem, ModelUnavailable
from photosort.media.errors import NOT_A_PICTURE, Unreadable
from photosort.media.formats import media_of
from photosort.search.centring import centred
from photosort.search.clauses import split, words_each
from photosort.search.contrasts import edited, others
from photosort.search.cutoff import ESTIMATED, background, probability, trace
from photosort.sentences import Sentence
from photosort.store.tables import files
from photosort.usecases.models.embedding_spaces import (
    EmbeddingSpace,
    Scored,
    load_spaces,
    merged,
    sample,
)
from photosort.usecases.photos import roots
from photosort.usecases.photos.photo_paths import display_paths
from photosort.usecases.search.like_target import parse_like_target
from photosort.usecases.search.query_vectors import clause_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder, Space
    from photosort.domain.pictures import Box, InputSpec
    from photosort.domain.query import Query
    from photosort.search.cutoff import Verdict
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.search.groups import FoundBy
    from photosort.usecases.search.query_translation import Note
    from photosort.usecases.search.region_scorer import RegionScorer
    from photosort.usecases.session.session import Session

Match = Literal["strong", "weak"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One photo found.

    Attributes:
        score: probability that a person would call it a match; None for pure filters.
        found_by: what found a good match; None for others, and where the query does not want one description.
    """

    photo_id: int
    path: str
    score: float | None
    match: Match
    found_by: FoundBy | None


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """One photo like another; `score` is the cosine."""

    photo_id: int
    path: str
    score: float


class TextScores:
    """How well all photos fit the descriptions of one query, each encoded and compared once.

    For an answer and what explains it; not kept any longer, since the library may change.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vectors: dict[tuple[int, tuple[str, ...]], NDArray[np.float32]] = {}
        self._found: dict[tuple[tuple[str, ...], int | None, bool], Scored] = {}

    def described(
        self, text: str, *, unwanted: bool = False, close_look: RegionScorer | None = None
    ) -> Scored:
        """How probably each photo shows what a description says.

        While the encoder changes, each photo is scored in the newest space that it has.

        Args:
            text: the description; a long one is compared clause by clause.
            unwanted: the photos that show it are to go; a trace of it is enough then.
            close_look: sees the parts of pictures too, where the query names something unwanted.
        """
        spaces, clauses = load_spaces(self._session), tuple(split(text))
        if close_look is None:
            found = self._compared(clauses, None, unwanted=unwanted)
        else:
            found = merged([close_look.scored(one, text, unwanted=unwanted) for one in spaces])
        if unwanted:
            return replace(found, probabilities=trace(found.probabilities, spaces[0].logistic))
        return found

    def of_clauses(self, clauses: Sequence[str], photo_ids: Sequence[int]) -> NDArray[np.float32]:
        """How probably some photos show what each clause of a description says.

        Returns:
            float32 array, shape (clauses, photos); NaN for photos without a vector.
        """
        result = np.full((len(clauses), len(photo_ids)), np.nan, np.float32)
        for number in range(len(clauses)):
            one = number if len(clauses) > 1 else None
            found = self._compared(tuple(clauses), one, unwanted=False)
            place = {photo_id: row for row, photo_id in enumerate(found.ids.tolist())}
            for at, photo_id in enumerate(photo_ids):
                if photo_id in place:
                    result[number, at] = found.probabilities[place[photo_id]]
        return result

    def _compared(self, clauses: tuple[str, ...], number: int | None, *, unwanted: bool) -> Scored:
        """The photos with what all clauses together score on them, or one of them."""
        key = (clauses, number, unwanted)
        if key not in self._found:
            those = slice(None) if number is None else slice(number, number + 1)
            words = words_each(clauses[those])
            self._found[key] = merged(
                [
                    space.scored(self._read(space, clauses)[those], words=words, unwanted=unwanted)
                    for space in load_spaces(self._session)
                ]
            )
        return self._found[key]

    def _read(self, space: EmbeddingSpace, clauses: tuple[str, ...]) -> NDArray[np.float32]:
        key = (space.encoder_id, clauses)
        if key not in self._vectors:
            self._vectors[key] = clause_vectors(space.reader, clauses)
        return self._vectors[key]


@dataclass(frozen=True, slots=True)
class Asked:
    """The query, catalog and scores of one search, reused to explain its answer."""

    query: Query
    catalog: Catalog
    suggested: Suggested
    scores: TextScores


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found.

    Attributes:
        hits: best first, no more than the limit.
        verdict: how sure the answer is.
        strong: good matches in all.
        possible: possible matches in all.
        searchable: photos that have vectors.
        total: photos in the library.
        asked: what it was found with.
        notes: how descriptions were understood.
    """

    hits: tuple[Hit, ...]
    verdict: Verdict
    strong: int
    possible: int
    searchable: int
    total: int
    asked: Asked
    notes: tuple[Note, ...] = ()


def alike(session: Session, paths: Sequence[str]) -> Scored:
    """How probably a person would call each photo like some others, which are one example together.

    Args:
        session: the open library.
        paths: photos in or outside the library, or parts of them (see `part_of`); those in it are left out.

    Raises:
        InputProblem: a file cannot be read as a picture.
        ModelUnavailable: nothing can see the photos as they were seen.
    """
    examples = [_Example(session, path) for path in paths]
    return _without(examples, _alike(session, examples))


def edited_alike(
    session: Session, paths: Sequence[str], text: str, words_share: float
) -> Scored | None:
    """How probably each photo is like an example with what the words change ("this photo, but red").

    Args:
        session: the open library.
        paths: as for `alike`.
        text: a description.
        words_share: 0 the example alone, 1 the words alone.

    Returns:
        None where texts and likeness live in spaces of their own, where the encoder is changing, or the words
        exclude no others: then the two are to be weighed against each other.

    Raises:
        InputProblem: a file cannot be read as a picture.
    """
    changed = others(text)
    if not changed or "visual" in session.encoders.current.info.stored_spaces:
        return None
    spaces = load_spaces(session, "visual")
    examples = [_Example(session, path) for path in paths]
    photo = _together(spaces[0], examples) if len(spaces) == 1 else None
    if photo is None:
        return None
    wanted, *rest = clause_vectors(spaces[0].reader, [text, *changed])
    vector = edited(photo, wanted, np.stack(rest), words_share)
    return _without(examples, _scored(spaces[0], vector))


def _alike(session: Session, examples: Sequence[_Example]) -> Scored:
    """How much all photos are like an example.

    Raises:
        InputProblem: a file cannot be read as a picture.
        ModelUnavailable: nothing can see the photos as they were seen.
    """
    parts = []
    for space in load_spaces(session, "visual"):
        vector = _together(space, examples)
        if vector is not None:
            parts.append(_scored(space, vector))
    if not parts:
        raise ModelUnavailable(
            Sentence("The picture model that saw the photos is gone; use another one.")
        )
    return merged(parts)


def _scored(space: EmbeddingSpace, vector: NDArray[np.float32]) -> Scored:
    cosines = space.opened.index.scores(vector)
    found = probability(cosines, background(sample(cosines), vector, None), ESTIMATED)
    return Scored(space.opened.index.photo_ids, cosines, found)


def _together(space: EmbeddingSpace, examples: Sequence[_Example]) -> NDArray[np.float32] | None:
    """The vector of several photos as one example; None where a space cannot see one of them."""
    vectors = [example.vector(space) for example in examples]
    seen = [vector for vector in vectors if vector is not None]
    if len(seen) < len(vectors):
        return None
    mean = np.mean(seen, axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32)


def _without(examples: Sequence[_Example], found: Scored) -> Scored:
    """What was found, without the examples themselves."""
    own = [example.photo_id for example in examples if example.photo_id is not None]
    keep = ~np.isin(found.ids, np.array(own, np.int64))
    return Scored(found.ids[keep], found.cosines[keep], found.probabilities[keep])


def similar(session: Session, path: str, *, limit: int) -> list[SimilarHit]:
    """The photos most like one, by what the encoder's visual space sees.

    Args:
        session: the open library.
        path: a photo in or outside the library; one in it is left out of the result.
        limit: most photos returned.

    Raises:
        InputProblem: the file cannot be read as a picture.
    """
    example = _Example(session, path)
    found = _alike(session, [example])
    # Cosines of two encoders mean different things; how probable a likeness is does not.
    order = np.lexsort((-found.cosines, -found.probabilities))[: limit + 1]
    paths = display_paths(session, found.ids[order].tolist())
    return [
        SimilarHit(photo_id, paths[photo_id], cosine)
        for photo_id, cosine in zip(
            found.ids[order].tolist(), found.cosines[order].tolist(), strict=True
        )
        if photo_id != example.photo_id and photo_id in paths
    ][:limit]


class _Example:
    """A photo in or outside the library, or a part of one, as each space sees it."""

    def __init__(self, session: Session, target: str) -> None:
        path, self._box = parse_like_target(target)
        self._path = path
        self.photo_id: int | None = None
        self._beside: int | None = None
        place = roots.locate(session, path)
        if place is not None:
            root, relative = place
            file = files.by_path(session.reader(), root.id, relative)
            if file is not None:
                self.photo_id, self._beside = file.photo_id, file.orientation

    def vector(self, space: EmbeddingSpace) -> NDArray[np.float32] | None:
        """The stored vector, else a fresh one; None where nothing can see into the space any more.

        Raises:
            InputProblem: the file cannot be read as a picture.
        """
        if self.photo_id is not None and self._box is None:
            stored = space.opened.index.vector(self.photo_id)
            if stored is not None:
                return stored
        if space.encoder is None:
            return None
        try:
            seen = self._seen(space.encoder)
        except InputProblem as problem:
            # Which of the files, since a query may name several.
            said = Sentence(
                "{path} cannot be searched by: {reason}",
                path=self._path,
                reason=problem.user_message,
            )
            raise InputProblem(said, problem.detail) from problem
        raw = seen["visual"] if "visual" in seen else seen["semantic"]
        return centred(raw[0], space.opened.centre.vector)

    def _seen(self, encoder: Encoder) -> dict[Space, NDArray[np.float32]]:
        spec, box = encoder.info.input, self._box
        if box is not None and min(box.width, box.height) <= 0:
            raise InputProblem(Sentence("The part of the photo to search by is empty."))
        if box is None or not isinstance(encoder, SeesBoxes):
            return encoder.encode_images(self._pixels(spec, box)[None])
        whole = replace(spec, resize_px=spec.edge_px, fit="squash")
        return encoder.encode_box(self._pixels(whole, None)[None], box)

    def _pixels(self, spec: InputSpec, box: Box | None) -> NDArray[np.uint8]:
        # Searches by words need no decoder.
        from photosort.media.decode import decode
        from photosort.media.parts import decode_part

        path, media = Path(self._path), media_of(self._path)
        if media is None:
            raise Unreadable(NOT_A_PICTURE)
        if box is not None:
            return decode_part(path, spec, media, box, beside=self._beside)
        return decode(
            path, spec, media=media, thumbnails=False, read_metadata=False, beside=self._beside
        ).pixels
