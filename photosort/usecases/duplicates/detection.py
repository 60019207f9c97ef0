"""Finds copies (same bytes), near-duplicates (same picture) and bursts (one moment shot several times).

The three are never mixed, and what is merely similar is none of them. Nothing is called exact without the full
hash, and nothing the same picture before its pixels were laid over the other's (photosort/likeness/alignment.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import numpy as np

from photosort.domain.dates import Precision, precision_of, start_of
from photosort.domain.photos import FileState, Flag, Kind, Source
from photosort.domain.tags import Reason
from photosort.errors import InputProblem
from photosort.likeness.alignment import EDGE_PX, Agreement, compare
from photosort.likeness.pairs import Joining, joined, near_pairs
from photosort.likeness.quality import exposure, sharpness
from photosort.likeness.reading import READING_PX, is_paper, say_the_same, tone
from photosort.media.geometry import fitted_size
from photosort.media.grey import grey_levels, grey_page
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import files, not_duplicates, photos
from photosort.usecases.models.vector_indexes import open_index
from photosort.usecases.photos import photo_paths, thumbnails

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.photos import Photo
    from photosort.store.vectors.vector_index import VectorIndex
    from photosort.usecases.session.session import Session

Lane = Literal["exact", "near", "burst"]

# Visual cosines from which on two photos are laid over each other; every measured edit of a picture is above
# it at the chosen recall, and all the rest of the work is in proportion to it (docs/decisions/0011-duplicates.md).
NEAR_COSINE = 0.5
# Of the textured patches of the overlap.
NEAR_AGREEMENT = 0.7
# Shots of one moment look alike, but people move.
BURST_COSINE = 0.6
BURST_GAP_S = 3.0
# Two shots of a camera differ by the hand that held it; copies of one lie exactly on top of each other.
_EXACTLY_ON_TOP = 0.004
# Two receipts of one shop, two screens of one program agree in 0.7 to 0.98 of their patches: what tells them apart
# is smaller than a thumbnail shows. Of these only what lies exactly on top, and agrees all over, is one picture.
_OF_TEXT = frozenset({Kind.DOCUMENT, Kind.SCREENSHOT})
_ALL_OVER = 0.99
# Of groups that are sure enough to be dealt with all at once; drawings of one template reach 0.86.
_SURE = 0.94
_PARTNERS = 8
_PAIRS_AT_ONCE = 2_000
# A date from the name may be the date of a download, and that of the file always may.
_OF_THE_CAMERA = frozenset({Source.USER, Source.SIDECAR, Source.EXIF, Source.XMP, Source.DIGITIZED})
_SHARP_EDGE_PX = 512


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Photos, or copies of one photo, of which one may be enough.

    Attributes:
        best: path of the one to keep.
        why: what makes them a group, then what makes the best one best.
        paths: all of them, the best one first.
        photo_ids: the photo of each path.
        is_sure: all lie exactly on top of each other and agree, as copies of another size or compression do.
    """

    lane: Lane
    best: str
    why: tuple[Reason, ...]
    paths: tuple[str, ...]
    photo_ids: tuple[int, ...]
    is_sure: bool = False


def find(session: Session, *, job: Job) -> list[DuplicateGroup]:
    """All groups of duplicates: exact copies, then copies of one picture, then bursts.

    Photos that a person told apart do not join a group with each other; what is like both may join them still.

    Raises:
        JobCancelled: cancelled.
    """
    found = _exact(session)
    index = open_index(session, "visual").index
    shots = _PhotoPairs(session)
    told_apart = session.read(not_duplicates.pairs)
    near, moments = _verified(index, shots, told_apart, job)
    found += [_near_group(rows, near, index, shots) for rows in _groups(near, index)]
    bursts = _consecutive(session, index, shots, told_apart, skip=set(near)) | moments
    found += [_burst_group(rows, index, shots) for rows in _groups(bursts, index)]
    return found


def _exact(session: Session) -> list[DuplicateGroup]:
    """Files that hold the same bytes, by their full hash."""
    where = photo_paths.root_paths(session)
    groups = []
    for copies in session.read(files.copies):
        paths = tuple(photo_paths.absolute_path(where, file) for file in copies)
        ids = tuple(file.photo_id for file in copies if file.photo_id is not None)
        why = (Reason(Sentence("{count:,} files with the same bytes", count=len(paths)), 1.0),)
        groups.append(DuplicateGroup("exact", paths[0], why, paths, ids))
    return groups


Pair = tuple[int, int]


def _verified(
    index: VectorIndex, shots: _PhotoPairs, told_apart: set[Pair], job: Job
) -> tuple[dict[Pair, Agreement], set[Pair]]:
    """Pairs of rows that are one picture, and pairs that lie over each other but are two shots of a moment."""

    def check(done: float) -> None:
        job.check()
        job.progress = Progress(Sentence("Comparing photos"), round(done * len(index)), len(index))

    pairs = near_pairs(index.matrix, least=NEAR_COSINE, most=_PARTNERS, check=check)
    same: dict[Pair, Agreement] = {}
    moments: set[Pair] = set()
    joining = Joining()
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        block = pairs[start : start + _PAIRS_AT_ONCE]
        shots.load(index.photo_ids[np.unique(block)].tolist())
        for done, (first, second) in enumerate(block.tolist()):
            job.check()
            job.progress = Progress(
                Sentence("Laying pictures over each other"), start + done, len(pairs)
            )
            one, other = sorted(int(index.photo_ids[row]) for row in (first, second))
            if (one, other) in told_apart:
                continue
            if joining.are_joined(first, second) or shots.are_two_moments(one, other):
                continue
            agreement = shots.compare(one, other)
            if agreement.share < NEAR_AGREEMENT:
                continue
            of_text = shots.are_of_text(one, other)
            if of_text and not _is_exact(agreement, _ALL_OVER):
                continue
            if (of_text or shots.are_of_one_tone(one, other)) and not shots.say_the_same(
                one, other
            ):
                continue
            if shots.are_two_shots(one, other) and agreement.moved > _EXACTLY_ON_TOP:
                moments.add((first, second))
            else:
                same[first, second] = agreement
                joining.join(first, second)
    return same, moments


def _consecutive(
    session: Session,
    index: VectorIndex,
    shots: _PhotoPairs,
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
    for start in range(0, len(close), _PAIRS_AT_ONCE):
        block = [
            (int(table.ids[order[at]]), int(table.ids[order[at + 1]]))
            for at in close[start : start + _PAIRS_AT_ONCE].tolist()
        ]
        block = [(a, b) for a, b in block if a in row_of and b in row_of]
        shots.load([photo_id for pair in block for photo_id in pair], pictures=False)
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


def _groups(pairs: Iterable[Pair], index: VectorIndex) -> list[list[int]]:
    rows = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
    return [group.tolist() for group in joined(rows, len(index))]


def _near_group(
    rows: list[int], near: dict[Pair, Agreement], index: VectorIndex, shots: _PhotoPairs
) -> DuplicateGroup:
    """The largest is the best; among equals the one that a camera wrote, then the one of most bytes."""
    ids = index.photo_ids[rows].tolist()
    shots.load(ids)
    of_text = any(shots.are_of_text(one, one) for one in ids)
    inside = set(rows)
    agreements = [one for pair, one in near.items() if inside.issuperset(pair)]
    least = min(one.share for one in agreements)
    why = [Reason(Sentence("the same picture where they overlap"), round(least, 3))]
    if any(one.mirrored for one in agreements):
        why.append(Reason(Sentence("mirrored"), 0.0))
    ranked = sorted(ids, key=shots.worth, reverse=True)
    best, second = (shots.worth(photo_id) for photo_id in ranked[:2])
    if best[0] > second[0]:
        metadata = shots.photos[ranked[0]].effective
        said = Sentence(
            "the best has the most pixels, {width} x {height}",
            width=metadata.width,
            height=metadata.height,
        )
        why.append(Reason(said, 1 - second[0] / best[0]))
    elif best[1] > second[1]:
        why.append(Reason(Sentence("the best is as the camera wrote it"), 0.5))
    elif best[2] > second[2]:
        why.append(Reason(Sentence("the best has the most bytes"), 1 - second[2] / best[2]))
    group = shots.group("near", ranked, why)
    # What two pages say is for a person to compare, however alike they are.
    is_sure = not of_text and all(_is_exact(one, _SURE) for one in agreements)
    return replace(group, is_sure=is_sure)


def _is_exact(agreement: Agreement, share: float) -> bool:
    on_top = agreement.moved <= _EXACTLY_ON_TOP and not agreement.mirrored
    return on_top and agreement.share >= share


def _burst_group(rows: list[int], index: VectorIndex, shots: _PhotoPairs) -> DuplicateGroup:
    """What the user picked or starred is best; then the sharpest that is exposed about as well as any."""
    ids = index.photo_ids[rows].tolist()
    shots.load(ids, pictures=False)
    moments = sorted(moment for one in ids if (moment := shots.moment(one)) is not None)
    seconds = (moments[-1] - moments[0]).total_seconds() if moments else 0.0
    why = [
        Reason(Sentence("alike and taken within {seconds:.0f} s", seconds=max(seconds, 1.0)), 1.0)
    ]
    chosen = {one: shots.choice(one) for one in ids}
    quality = shots.quality(ids)
    ranked = sorted(ids, key=lambda one: (chosen[one], quality[one]), reverse=True)
    best, second = ranked[:2]
    if chosen[best] > chosen[second]:
        why.append(Reason(Sentence("the best is the one you chose"), 1.0))
    elif quality[best] > quality[second]:
        ahead = 1 - quality[second] / quality[best]
        why.append(
            Reason(Sentence("the best is the sharpest of the well exposed"), round(ahead, 3))
        )
    return shots.group("burst", ranked, why)


class _PhotoPairs:
    """What is known of photos that are being compared, loaded a block at a time.

    Attributes:
        photos: by id.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._where = photo_paths.root_paths(session)
        self.photos: dict[int, Photo] = {}
        self._grey: dict[int, NDArray[np.uint8]] = {}

    def load(self, photo_ids: Sequence[int], *, pictures: bool = True) -> None:
        """Makes these photos known, in place of those before."""
        ids = sorted(set(photo_ids))
        self.photos = {one.id: one for one in self._session.read(lambda s: photos.get(s, ids))}
        self._grey = self._pictures(ids, EDGE_PX) if pictures else {}

    def _pictures(self, ids: Sequence[int], edge_px: int) -> dict[int, NDArray[np.uint8]]:
        found = {}
        for photo_id, picture in thumbnails.stored(self._session, ids, edge_px).items():
            grey = grey_levels(picture.jpeg, edge_px) if picture.jpeg is not None else None
            if grey is not None and min(grey.shape) >= 8:
                found[photo_id] = grey
        return found

    def compare(self, one: int, other: int) -> Agreement:
        """Lays two photos over each other; nothing agrees with a photo that has no thumbnail."""
        if one not in self._grey or other not in self._grey:
            return Agreement(0.0)
        return compare(self._grey[one], self._grey[other])

    def moment(self, photo_id: int) -> datetime | None:
        """When the camera took it, in wall-clock time, or None where only a name or a file says so."""
        metadata = self.photos[photo_id].effective
        taken_at = metadata.taken_at
        if taken_at is None or metadata.taken_source not in _OF_THE_CAMERA:
            return None
        return start_of(taken_at) if precision_of(taken_at) is Precision.SECOND else None

    def are_two_moments(self, one: int, other: int) -> bool:
        """Whether the camera says that they were taken at different times, so that they are no copies."""
        first, second = self.moment(one), self.moment(other)
        return (
            first is not None
            and second is not None
            and abs((first - second).total_seconds()) >= 1.0
        )

    def are_of_one_moment(self, one: int, other: int) -> bool:
        """Whether one camera took both within seconds."""
        first, second = self.moment(one), self.moment(other)
        return (
            first is not None
            and second is not None
            and abs((first - second).total_seconds()) <= BURST_GAP_S
            and self._camera(one) == self._camera(other) != ""
        )

    def are_of_text(self, one: int, other: int) -> bool:
        """Whether what they say is written in them: by kind, or because one is mostly paper."""
        return any(
            self.photos[photo_id].kind in _OF_TEXT
            or (photo_id in self._grey and is_paper(self._grey[photo_id]))
            for photo_id in (one, other)
        )

    def are_of_one_tone(self, one: int, other: int) -> bool:
        """Whether both may be pages or screens, dark ones included, as far as thumbnails show."""
        return all(
            photo_id in self._grey and tone(self._grey[photo_id]) is not None
            for photo_id in (one, other)
        )

    def say_the_same(self, one: int, other: int) -> bool:
        """Whether all that is written in one stands in the other; True too where a file cannot be read now."""
        sizes = [
            (metadata.width or 0, metadata.height or 0)
            for metadata in (self.photos[photo_id].effective for photo_id in (one, other))
        ]
        size = fitted_size(min(sizes, key=max), READING_PX) if min(map(min, sizes)) else (0, 0)
        pages = [self._page(photo_id, size) for photo_id in (one, other)]
        first, second = pages
        return first is None or second is None or say_the_same(first, second)

    def _page(self, photo_id: int, size: tuple[int, int]) -> NDArray[np.uint8] | None:
        try:
            file = photo_paths.shown_file(self._session, photo_id)
            return grey_page(file.path, size, beside=file.orientation) if max(size) else None
        except InputProblem:
            return None

    def are_two_shots(self, one: int, other: int) -> bool:
        """Whether both look as if a camera wrote them: same camera, same size, dated."""
        first, second = self.photos[one].effective, self.photos[other].effective
        return (
            self.moment(one) is not None
            and self.moment(other) is not None
            and self._camera(one) == self._camera(other) != ""
            and (first.width, first.height) == (second.width, second.height)
        )

    def _camera(self, photo_id: int) -> str:
        return self.photos[photo_id].effective.camera_model or ""

    def worth(self, photo_id: int) -> tuple[int, bool, int]:
        """Pixels, whether a camera's name is in it, bytes."""
        photo = self.photos[photo_id]
        metadata = photo.effective
        return (
            (metadata.width or 0) * (metadata.height or 0),
            metadata.camera_model is not None,
            photo.files[0].size_bytes if photo.files else 0,
        )

    def choice(self, photo_id: int) -> int:
        """How much the user likes it: picked above stars above nothing above discarded."""
        photo = self.photos[photo_id]
        if photo.flag is Flag.PICK:
            return 6
        return -2 if photo.flag is Flag.DISCARD else (photo.effective.rating or 0)

    def quality(self, ids: Sequence[int]) -> dict[int, float]:
        """Sharpness, lowered by what is pure black or white."""
        pictures = self._pictures(ids, _SHARP_EDGE_PX)
        return {
            one: sharpness(pictures[one]) * exposure(pictures[one]) ** 2 if one in pictures else 0.0
            for one in ids
        }

    def group(self, lane: Lane, ranked: Sequence[int], why: Sequence[Reason]) -> DuplicateGroup:
        """A group of photos by their shown files, the best one first."""
        present = [
            one
            for one in ranked
            if any(file.state is FileState.PRESENT for file in self.photos[one].files)
        ]
        order = [*present, *(one for one in ranked if one not in present)]
        paths = tuple(
            photo_paths.absolute_path(self._where, self.photos[one].files[0]) for one in order
        )
        return DuplicateGroup(lane, paths[0], tuple(why), paths, tuple(order))
