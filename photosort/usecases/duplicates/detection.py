"""Finds copies (same bytes), near-duplicates (same picture) and bursts (one moment shot several times).

The three are never mixed, and what is merely similar is none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from photosort.domain.photos import FileState
from photosort.domain.tags import Reason
from photosort.likeness.alignment import Agreement
from photosort.likeness.pairs import joined
from photosort.progress import Job
from photosort.sentences import Sentence
from photosort.store.tables import files, not_duplicates
from photosort.usecases.duplicates.bursts import find_burst_pairs
from photosort.usecases.duplicates.near_copies import find_near_copies, is_sure_copy
from photosort.usecases.duplicates.photo_pairs import Pair, PhotoPairs
from photosort.usecases.duplicates.ranking import rank_burst, rank_near_copies
from photosort.usecases.models.vector_indexes import refresh_graph
from photosort.usecases.photos import photo_paths

if TYPE_CHECKING:
    from photosort.domain.photos import Photo
    from photosort.store.vectors.vector_index import VectorIndex
    from photosort.usecases.session.session import Session

Lane = Literal["exact", "near", "burst"]


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


def find_duplicates(session: Session, *, job: Job) -> list[DuplicateGroup]:
    """All groups of duplicates: exact copies, then copies of one picture, then bursts.

    Photos that a person told apart do not join a group with each other; what is like both may join them still.

    Raises:
        JobCancelled: cancelled.
    """
    where = photo_paths.root_paths(session)
    found = _exact(session, where)
    index = refresh_graph(session).index
    shots = PhotoPairs(session)
    told_apart = session.read(not_duplicates.pairs)
    near, moments = find_near_copies(index, shots, told_apart, job)
    found += [_near_group(where, rows, near, index, shots) for rows in _groups(near, index)]
    bursts = find_burst_pairs(session, index, shots, told_apart, skip=set(near)) | moments
    found += [_burst_group(where, rows, index, shots) for rows in _groups(bursts, index)]
    return found


def _exact(session: Session, where: dict[int, str]) -> list[DuplicateGroup]:
    """Files that hold the same bytes, by their full hash."""
    groups = []
    for copies in session.read(files.copies):
        paths = tuple(photo_paths.absolute_path(where, file) for file in copies)
        ids = tuple(file.photo_id for file in copies if file.photo_id is not None)
        why = (Reason(Sentence("{count:,} identical files", count=len(paths)), 1.0),)
        groups.append(DuplicateGroup("exact", paths[0], why, paths, ids))
    return groups


def _groups(pairs: Iterable[Pair], index: VectorIndex) -> list[list[int]]:
    rows = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
    return [group.tolist() for group in joined(rows, len(index))]


def _near_group(
    where: dict[int, str],
    rows: list[int],
    near: dict[Pair, Agreement],
    index: VectorIndex,
    shots: PhotoPairs,
) -> DuplicateGroup:
    ids = index.photo_ids[rows].tolist()
    shots.load(ids)
    inside = set(rows)
    agreements = [one for pair, one in near.items() if inside.issuperset(pair)]
    least = min(one.share for one in agreements)
    why = [Reason(Sentence("the same picture where they overlap"), round(least, 3))]
    if any(one.mirrored for one in agreements):
        why.append(Reason(Sentence("mirrored"), 0.0))
    ranked, best_by = rank_near_copies(ids, shots)
    # Two pages with text are for a person to compare, however alike they are.
    of_text = any(shots.are_of_text(one, one) for one in ids)
    is_sure = not of_text and all(map(is_sure_copy, agreements))
    return _group(
        where, "near", [shots.photos[one] for one in ranked], why + best_by, is_sure=is_sure
    )


def _burst_group(
    where: dict[int, str], rows: list[int], index: VectorIndex, shots: PhotoPairs
) -> DuplicateGroup:
    ids = index.photo_ids[rows].tolist()
    shots.load(ids, with_pictures=False)
    moments = sorted(moment for one in ids if (moment := shots.moment(one)) is not None)
    seconds = (moments[-1] - moments[0]).total_seconds() if moments else 0.0
    why = [
        Reason(Sentence("alike and taken within {seconds:.0f} s", seconds=max(seconds, 1.0)), 1.0)
    ]
    ranked, best_by = rank_burst(ids, shots)
    return _group(where, "burst", [shots.photos[one] for one in ranked], why + best_by)


def _group(
    where: dict[int, str],
    lane: Lane,
    ranked: Sequence[Photo],
    why: Sequence[Reason],
    *,
    is_sure: bool = False,
) -> DuplicateGroup:
    """A group of photos by their shown files, the best one first; missing ones come last."""
    order = sorted(
        ranked, key=lambda photo: all(file.state is not FileState.PRESENT for file in photo.files)
    )
    paths = tuple(photo_paths.absolute_path(where, photo.files[0]) for photo in order)
    ids = tuple(photo.id for photo in order)
    return DuplicateGroup(lane, paths[0], tuple(why), paths, ids, is_sure)
