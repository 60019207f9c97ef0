"""Stacks: bursts that the last search found, and what the user stacked, as one tile each.

What the user decides of a photo wins over every search. A file and its RAW are one photo already, so they need no stack.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import Flag
from photosort.errors import InputProblem
from photosort.sentences import Sentence, counted_photos
from photosort.store.tables import stacks
from photosort.store.tables.stacks import ALONE, Stacked
from photosort.usecases.duplicates import duplicate_review
from photosort.usecases.photos import photo_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

_FEWEST = 2
_PICKED, _DISCARDED = 6, -2


@dataclass(frozen=True, slots=True)
class Stacks:
    """The stacks of a library.

    Attributes:
        members: the photos of each, the one on top first.
        of: photo id to the place of its stack in `members`.
    """

    members: tuple[tuple[int, ...], ...] = ()
    of: dict[int, int] = field(default_factory=dict)

    def with_photo(self, photo_id: int) -> tuple[int, ...]:
        """All photos of a photo's stack, the one on top first; the photo alone where it has none."""
        return self.members[self.of[photo_id]] if photo_id in self.of else (photo_id,)


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """Photos as they are shown where stacks are.

    Attributes:
        ids: int64 array, photos in their order: of a closed stack the one on top, of an open one all, side by side.
        leaders: int64 array of the same shape: the photo in whose place each one stands, itself where it is alone.
        stacks: each photo of `ids` that belongs to a stack to those of its stack, the one on top first.
    """

    ids: NDArray[np.int64]
    leaders: NDArray[np.int64]
    stacks: dict[int, tuple[int, ...]]


def load_stacks(session: Session, catalog: Catalog) -> Stacks:
    """The stacks of the photos of a catalog; on top is the one that the user chose, else the best."""
    decided = session.read(stacks.list_all)
    groups: dict[int, list[int]] = {}
    for photo, one in decided.items():
        if one.stack != ALONE:
            groups.setdefault(one.stack, []).append(photo)
    ranked = [*groups.values(), *_bursts(session, decided)]
    chosen = {photo for photo, one in decided.items() if one.on_top}
    members = []
    for group in ranked:
        rows = catalog.rows(np.array(group, np.int64))
        if len(rows) < _FEWEST:
            continue
        worth = _worth(catalog, rows)
        ids = catalog.ids[rows].tolist()
        # Python's sorting keeps equal ones in the order in which the search, or the user, had them.
        order = sorted(range(len(ids)), key=lambda at: (ids[at] not in chosen, -worth[at]))
        members.append(tuple(ids[at] for at in order))
    return Stacks(
        tuple(members), {photo: at for at, group in enumerate(members) for photo in group}
    )


def _bursts(session: Session, decided: Collection[int]) -> Iterable[list[int]]:
    """The bursts of the last search without the photos that the user decided about, the best first."""
    taken: set[int] = set()
    for group in duplicate_review.found_bursts(session):
        free = [photo for photo in group if photo not in decided and photo not in taken]
        taken.update(free)
        yield free


def _worth(catalog: Catalog, rows: NDArray[np.intp]) -> list[int]:
    table = catalog.table
    worth = np.maximum(table.rating[rows].astype(np.int64), 0)
    flags = [catalog.flag(int(row)) for row in rows]
    return [
        _PICKED if flag is Flag.PICK else _DISCARDED if flag is Flag.DISCARD else int(stars)
        for flag, stars in zip(flags, worth, strict=True)
    ]


def tiles(ids: NDArray[np.int64], found: Stacks, opened: Collection[int] = ()) -> Tiles:
    """Photos with their stacks closed or open.

    Args:
        ids: int64 array, photos in their order, each once.
        found: the stacks; photos that are not among `ids` are left out of them.
        opened: photos whose stacks are open.
    """
    numbers = np.array([found.of.get(photo, -1) for photo in ids.tolist()], np.int64)
    inside = np.flatnonzero(numbers >= 0)
    places = dict(zip(ids[inside].tolist(), inside.tolist(), strict=True))
    keep = np.ones(len(ids), np.bool_)
    leaders = ids.copy()
    key = np.arange(len(ids), dtype=np.float64)
    shown: dict[int, tuple[int, ...]] = {}
    for number in np.unique(numbers[inside]).tolist():
        group = tuple(photo for photo in found.members[number] if photo in places)
        if len(group) < _FEWEST:
            continue
        top = places[group[0]]
        is_open = any(photo in opened for photo in group)
        for rank, photo in enumerate(group):
            at = places[photo]
            leaders[at] = group[0]
            key[at] = top + rank / len(group)
            keep[at] = is_open or not rank
            if keep[at]:
                shown[photo] = group
    order = np.flatnonzero(keep)
    order = order[np.argsort(key[order], kind="stable")]
    return Tiles(ids[order], leaders[order], shown)


def join(session: Session, photo_ids: Sequence[int]) -> ChangeSet:
    """Stacks photos, with all that their stacks hold, as one entry of the history; the best is on top.

    Raises:
        InputProblem: fewer than two photos.
    """
    found = load_stacks(session, photo_table.load(session))
    ids = list(dict.fromkeys(one for photo in photo_ids for one in found.with_photo(photo)))
    if len(ids) < _FEWEST:
        raise InputProblem(Sentence("A stack needs two photos or more."))
    # Never that of another stack, also if undo and redo bring back old ones.
    stack = time.time_ns()
    decided = {one: Stacked(stack, place) for place, one in enumerate(ids)}
    return _put(session, decided, Sentence("Stacked {photos}", photos=counted_photos(len(ids))))


def split(session: Session, photo_ids: Sequence[int]) -> ChangeSet:
    """Takes photos out of their stacks, as one entry of the history; no search stacks them again."""
    decided = dict.fromkeys(photo_ids, Stacked(ALONE))
    of = counted_photos(len(decided))
    return _put(session, decided, Sentence("Took {photos} out of stacks", photos=of))


def put_on_top(session: Session, photo_id: int) -> ChangeSet:
    """Makes a photo the one that is seen of its stack, whatever a search ranks best.

    Raises:
        InputProblem: it belongs to no stack.
    """
    found = load_stacks(session, photo_table.load(session))
    ids = found.with_photo(photo_id)
    if len(ids) < _FEWEST:
        raise InputProblem(Sentence("This photo belongs to no stack."))
    stack = time.time_ns()
    decided = {one: Stacked(stack, place, one == photo_id) for place, one in enumerate(ids)}
    return _put(session, decided, Sentence("Put a photo on top of its stack"))


def _put(session: Session, decided: dict[int, Stacked], action: Sentence) -> ChangeSet:
    return session.write(
        lambda store: stacks.put(store, decided, action=action, actor=session.actor)
    )
