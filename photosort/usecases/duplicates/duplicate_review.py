"""The review of duplicates: results of the last search, open groups, and the user's decisions.

Nothing is ever deleted here: of photos that are one picture, or of one moment, the others are marked as discarded,
and files of the same bytes, which are one photo already, are only shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from photosort import log
from photosort.domain.photos import FileState, Flag
from photosort.safe_files import write_whole
from photosort.sentences import Sentence, put_together
from photosort.store.db.failures import file_failures
from photosort.store.tables import files, not_duplicates, photos
from photosort.usecases.duplicates import inheritance
from photosort.usecases.photos import photo_paths
from photosort.usecases.photos.metadata_set import Belongings, MetadataSet, belongings
from photosort.usecases.photos.place_naming import name_places

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Photo
    from photosort.progress import Job
    from photosort.usecases.duplicates.detection import DuplicateGroup, Lane
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

_FILE = "duplicates.json"
_VERSION = 1
_log = log.topic("library")


@dataclass(frozen=True, slots=True)
class Copy:
    """One of several.

    Attributes:
        photo_id: its photo; files of the same bytes share one.
        path: where its file lies.
        width: of the picture, 0 where unknown.
        height: of the picture, 0 where unknown.
        has: what was said of its photo.
    """

    photo_id: int
    path: str
    size_bytes: int
    width: int = 0
    height: int = 0
    has: Belongings = field(default=Belongings())


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group that nobody has decided on yet.

    Attributes:
        lane: "exact" for files of the same bytes, "near" for one picture, "burst" for one moment.
        why: what makes them a group, then what makes the first one best.
        copies: the best one first; those that were discarded are left out.
        is_sure: they lie exactly on top of each other and agree all over.
    """

    lane: Lane
    why: tuple[str, ...]
    copies: tuple[Copy, ...]
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class DuplicateReview:
    """What there is to decide.

    Attributes:
        groups: those that are open; one picture first, then moments, then files of the same bytes.
        looked_at: how many photos the library had at the last search; None before the first.
    """

    groups: tuple[OpenGroup, ...]
    looked_at: int | None


def search_library(session: Session, job: Job) -> None:
    """Searches the whole library for duplicates and stores the groups, in place of the last search's.

    Raises:
        JobCancelled: cancelled; the groups of the last search stay.
    """
    # Brings SciPy along.
    from photosort.usecases.duplicates.detection import find_duplicates

    found = [group for group in find_duplicates(session, job=job) if group.lane != "exact"]
    data = {
        "version": _VERSION,
        "photos": session.read(photos.count),
        "groups": [
            {
                "lane": group.lane,
                "photos": list(group.photo_ids),
                "sure": group.is_sure,
                "why": [one.text.parts() for one in group.why if isinstance(one.text, Sentence)],
            }
            for group in found
        ],
    }
    path = _path(session)
    path.parent.mkdir(parents=True, exist_ok=True)
    with file_failures(path):
        write_whole(path, json.dumps(data).encode(), mode=0o600)


def load_duplicate_review(session: Session) -> DuplicateReview:
    """The open groups of the last search, and the files that have the same bytes now."""
    held = _read(session)
    ids = {photo_id for group in held["groups"] for photo_id in group["photos"]}
    known = {one.id: one for one in session.read(lambda store: photos.get(store, ids))}
    had = session.read(lambda store: belongings(store, known))
    where = photo_paths.root_paths(session)
    told_apart = session.read(not_duplicates.pairs)
    found = []
    for group in held["groups"]:
        here = [known[one] for one in group["photos"] if one in known and _is_here(known[one])]
        if _is_open([one.id for one in here], told_apart):
            # What the best one is best by is not true of the next one.
            said = group["why"] if here[0].id == group["photos"][0] else group["why"][:1]
            why = tuple(put_together(parts) for parts in said)
            copies = tuple(_copy(one, where, had[one.id]) for one in here)
            found.append(OpenGroup(group["lane"], why, copies, group["sure"]))
    # Python's sorting keeps the order within each.
    found.sort(key=lambda group: group.lane != "near")
    return DuplicateReview((*found, *_same_bytes(session, where)), held["photos"])


def open_count(session: Session, catalog: Catalog) -> int:
    """How many groups of near copies and bursts are open; quick enough to call after every change."""
    held = _read(session)
    if not held["groups"]:
        return 0
    told_apart = session.read(not_duplicates.pairs)
    table = catalog.table
    discarded, missing = photos.FLAGS.index(Flag.DISCARD), photos.STATES.index(FileState.MISSING)
    count = 0
    for group in held["groups"]:
        rows = catalog.rows(np.array(group["photos"], np.int64))
        rows = rows[(table.flag[rows] != discarded) & (table.state[rows] != missing)]
        count += _is_open(table.ids[rows].tolist(), told_apart)
    return count


def found_bursts(session: Session) -> list[list[int]]:
    """The photos of each burst that the last search found, the best first, whatever was decided since."""
    return [group["photos"] for group in _read(session)["groups"] if group["lane"] == "burst"]


def keep(session: Session, photo_ids: Sequence[int], kept: Iterable[int]) -> ChangeSet:
    """Keeps some photos of a group and marks the others as discarded, which can be undone.

    The first one that stays takes over what the others had.

    Args:
        session: the open library.
        photo_ids: the whole group, the best one first.
        kept: those of them that stay, at least one.
    """
    staying = set(kept)
    keeper = next(one for one in photo_ids if one in staying)
    return discard(session, [(keeper, [one for one in photo_ids if one not in staying])])


def keep_best(session: Session, groups: Sequence[OpenGroup]) -> ChangeSet:
    """Keeps the best of each sure group, as one entry of the history; other groups are left alone."""
    return discard(
        session,
        [
            (group.copies[0].photo_id, [copy.photo_id for copy in group.copies[1:]])
            for group in groups
            if group.is_sure
        ],
    )


def discard(session: Session, groups: Sequence[tuple[int, Sequence[int]]]) -> ChangeSet:
    """Marks photos as discarded, as one entry of the history.

    Args:
        session: the open library.
        groups: the photo that stays and takes over what the others had, and those that go.
    """
    made = session.write(lambda store: inheritance.discard(store, groups, actor=session.actor))
    name_places(session)
    return made


@dataclass(frozen=True, slots=True)
class Surplus:
    """What is discarded of a group when the best one is kept.

    Attributes:
        keeper: the photo that stays.
        others: those that go, none where nothing does.
        taken: what the one that stays takes over.
    """

    keeper: int
    others: tuple[int, ...]
    taken: MetadataSet


def surplus(session: Session, groups: Sequence[DuplicateGroup]) -> list[Surplus]:
    """The photos that are discarded when the best one of each group is kept, group by group.

    What was discarded before, or is gone, is left out, and so is the best one of another group. Files of the same
    bytes are one photo, so nothing can be discarded there.
    """
    ids = {one for group in groups for one in group.photo_ids}
    known = {one.id: one for one in session.read(lambda store: photos.get(store, sorted(ids)))}
    here = [
        [one for one in group.photo_ids if one in known and _is_here(known[one])]
        for group in groups
    ]
    kept = {members[0] for members in here if members}
    had = session.read(lambda store: belongings(store, known))
    found = []
    for group, members in zip(groups, here, strict=True):
        others = tuple(one for one in members if one not in kept)
        keeper = members[0] if members else group.photo_ids[0]
        taken = MetadataSet()
        if others:
            taken = inheritance.inherited(had[keeper], [had[one] for one in others])
        found.append(Surplus(keeper, others, taken))
    return found


def mark_not_duplicates(session: Session, photo_ids: Iterable[int]) -> ChangeSet:
    """Stores that photos are not duplicates of each other; later searches respect it."""
    ids = list(photo_ids)
    return session.write(lambda store: not_duplicates.put(store, ids, actor=session.actor))


def _is_here(photo: Photo) -> bool:
    away = not photo.files or photo.files[0].state is FileState.MISSING
    return photo.flag is not Flag.DISCARD and not away


def _is_open(photo_ids: Sequence[int], told_apart: set[tuple[int, int]]) -> bool:
    pairs = combinations(sorted(photo_ids), 2)
    return any(pair not in told_apart for pair in pairs)


def _copy(photo: Photo, where: dict[int, str], has: Belongings) -> Copy:
    file, said = photo.files[0], photo.effective
    return Copy(
        photo.id,
        photo_paths.absolute_path(where, file),
        file.size_bytes,
        said.width or 0,
        said.height or 0,
        has,
    )


def _same_bytes(session: Session, where: dict[int, str]) -> list[OpenGroup]:
    groups = []
    for held in session.read(files.copies):
        copies = tuple(
            Copy(file.photo_id or 0, photo_paths.absolute_path(where, file), file.size_bytes)
            for file in held
        )
        why = Sentence("{count:,} identical files", count=len(copies))
        groups.append(OpenGroup("exact", (why,), copies))
    return groups


def _path(session: Session) -> Path:
    return session.paths.derived / _FILE


class _HeldResult:
    """The result that was read last, and when its file was written (ns)."""

    def __init__(self) -> None:
        self.of_file: tuple[int, dict[str, Any]] | None = None


def _read(session: Session) -> dict[str, Any]:
    """The result of the last search; empty before the first, or where the file is damaged."""
    nothing: dict[str, Any] = {"photos": None, "groups": []}
    path = _path(session)
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return nothing
    last = session.holder(_HeldResult)
    if last.of_file is not None and last.of_file[0] == stamp:
        return dict(last.of_file[1])
    try:
        held = json.loads(path.read_text("utf-8"))
        if held["version"] != _VERSION:
            return nothing
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("what was found of duplicates was damaged: %s", error)
        return nothing
    last.of_file = (stamp, held)
    return dict(held)
