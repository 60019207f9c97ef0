"""The whole library as arrays, for the grid, the timeline, the folder tree and the filters."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from photosort.domain.dates import Precision
from photosort.domain.photos import FileState, Flag, Kind
from photosort.domain.texts import natural_key
from photosort.store.tables import files, filters, photos, roots
from photosort.store.tables.photos import FLAGS, KINDS, NO_DATE, PRECISIONS, STATES, PhotoTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.photos import Root
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session

Unit = Literal["day", "month", "year"]

# More days than photos to fill their lines make a column of headings.
_PHOTOS_A_DAY = 6
_DAY_MS = 24 * 60 * 60 * 1000
_RECENT_DAYS = 30
_DAY, _MONTH, _YEAR = (
    PRECISIONS.index(one) for one in (Precision.DAY, Precision.MONTH, Precision.YEAR)
)
_COLUMNS = tuple(PhotoTable.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All photos of the library at one moment; never changed, only replaced.

    Attributes:
        table: a column for each fact, by ascending id.
        aspects: float32, width / height of each photo; 0 where unknown.
        names: file name of each photo; an array of objects, since a list of 100,000 that is made again stops the
            window meanwhile.
        folders: folder id to root id and relative path.
        roots: root id to the folder that the user added.
    """

    table: PhotoTable
    aspects: NDArray[np.float32]
    names: NDArray[np.object_]
    folders: Mapping[int, tuple[int, str]]
    roots: Mapping[int, Root]

    def __len__(self) -> int:
        return len(self.table)

    @property
    def ids(self) -> NDArray[np.int64]:
        """Ids of all photos, ascending."""
        return self.table.ids

    def row(self, photo_id: int) -> int:
        """Where a photo stands in the columns, or -1."""
        # Asked for every photo that is painted, where `np.searchsorted` would give the interpreter's lock away.
        place = bisect_left(self.table.ids, photo_id)
        return place if place < len(self) and self.table.ids[place] == photo_id else -1

    def rows(self, photo_ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """Where photos stand in the columns, in their order; those that are gone are left out."""
        if not len(self):
            return np.empty(0, np.intp)
        places = np.minimum(np.searchsorted(self.table.ids, photo_ids), len(self) - 1)
        return np.asarray(places[self.table.ids[places] == photo_ids], np.intp)

    def kind(self, row: int) -> Kind:
        """The kind of picture in a row."""
        return KINDS[int(self.table.kind[row])]

    def state(self, row: int) -> FileState:
        """Whether the file that is shown in a row can be used now."""
        return STATES[int(self.table.state[row])]

    def flag(self, row: int) -> Flag | None:
        """What the user chose for the photo in a row."""
        return FLAGS[int(self.table.flag[row])]

    def count_rated(self, *, at_least: int) -> int:
        """How many photos have so many stars or more."""
        return int(np.count_nonzero(self.table.rating >= at_least))

    def count_located(self) -> int:
        """How many photos say where they were taken."""
        return int(np.count_nonzero(self.table.has_gps))

    def count_flagged(self, flag: Flag) -> int:
        """How many photos are marked so."""
        return int(np.count_nonzero(self.table.flag == FLAGS.index(flag)))

    def taken_ms(self, row: int) -> int | None:
        """When the photo in a row was taken: its wall clock's milliseconds since 1970, or None if unknown."""
        taken = int(self.table.taken_sort[row])
        return None if taken == NO_DATE else taken

    def precision(self, row: int) -> Precision:
        """How exactly the date of the photo in a row is known."""
        return PRECISIONS[int(self.table.precision[row])]

    def path(self, photo_id: int) -> Path | None:
        """Where the file that is shown lies, or None for a photo that is not there."""
        row = self.row(photo_id)
        return (
            None
            if row < 0
            else Path(self.folder_path(int(self.table.folder[row])), self.names[row])
        )

    def folder_path(self, folder_id: int) -> str:
        """Absolute path of a folder, "" for one that is not known."""
        root_id, relative = self.folders.get(folder_id, (0, ""))
        root = self.roots.get(root_id)
        return "" if root is None else os.fspath(Path(root.path, relative))


def load(session: Session) -> Catalog:
    """The library as it is now."""
    return session.read(lambda store: _load(store, None))


def badge_sets(session: Session) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Photos with a confirmed, rejected or imported tag, and those with several files of the same bytes; sorted ids."""
    return session.read(lambda store: (filters.decided(store), filters.copied(store)))


def reload(session: Session, catalog: Catalog, photo_ids: Iterable[int]) -> Catalog:
    """The catalog with these photos as they are now: new ones added, lost ones gone."""
    changed = np.array(sorted(set(photo_ids)), dtype=np.int64)
    fresh = session.read(lambda store: _load(store, changed.tolist()))
    stays = ~np.isin(catalog.ids, changed)
    ids = np.concatenate([catalog.ids[stays], fresh.ids])
    order = np.argsort(ids, kind="stable")
    columns = {
        name: np.concatenate([getattr(catalog.table, name)[stays], getattr(fresh.table, name)])[
            order
        ]
        for name in _COLUMNS
    }
    aspects = np.concatenate([catalog.aspects[stays], fresh.aspects])[order]
    names = np.concatenate([catalog.names[stays], fresh.names])[order]
    return replace(fresh, table=PhotoTable(**columns), aspects=aspects, names=names)


def _load(store: Store, photo_ids: list[int] | None) -> Catalog:
    with store.snapshot():
        table = photos.listing(store, photo_ids)
        faces = filters.faces(store, photo_ids)
        folders = files.folders(store)
        known = {root.id: root for root in roots.list_all(store)}
    # Photos of removed folders have a face but no row.
    rows = np.searchsorted(faces.ids, table.ids)
    return Catalog(table, faces.aspects[rows], faces.names[rows], folders, known)


class DateSection(NamedTuple):
    """Neighbouring photos of one day or month.

    Attributes:
        first: place of its first photo.
        year: 0 when the photos have no date.
        month: 0 where only the year is known.
        day: 0 for a whole month.
    """

    first: int
    year: int = 0
    month: int = 0
    day: int = 0


def date_sections(
    catalog: Catalog, ordered: NDArray[np.int64], unit: Unit = "day"
) -> list[DateSection]:
    """Photos that are in order of date, parted by day, or by month where a day has only few of them.

    Those of which only the month or the year is known have sections of their own.

    Args:
        catalog: the photos.
        ordered: int64 array of ids, shape (n,).
        unit: the shortest time that a section stands for.
    """
    if not len(ordered):
        return [DateSection(0)]
    rows = catalog.rows(ordered)
    taken, precision = catalog.table.taken_sort[rows], catalog.table.precision[rows]
    undated = taken == NO_DATE
    days = np.where(undated, 0, taken).astype("datetime64[ms]").astype("datetime64[D]")
    # They are in order: equal days stand together.
    dated_days = 1 + np.count_nonzero(np.diff(days[~undated])) if not undated.all() else 0
    is_daily = dated_days and np.count_nonzero(~undated) >= _PHOTOS_A_DAY * dated_days
    has_month = (precision != _YEAR) & (unit != "year")
    has_day = has_month & (precision != _MONTH) & bool(is_daily and unit == "day")
    coarse = np.where(has_month, days.astype("datetime64[M]"), days.astype("datetime64[Y]"))
    parts = np.where(has_day, days, coarse).astype("datetime64[D]")
    keys = 4 * parts.astype(np.int64) + 2 * has_month + has_day
    keys = np.where(undated, np.iinfo(np.int64).max, keys)
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(keys)) + 1))
    months = days[firsts].astype("datetime64[M]")
    numbers = months.astype(np.int64)
    columns = (
        firsts,
        undated[firsts],
        1970 + numbers // 12,
        np.where(has_month[firsts], numbers % 12 + 1, 0),
        np.where(has_day[firsts], (days[firsts] - months).astype(np.int64) + 1, 0),
    )
    return [
        DateSection(first) if without_date else DateSection(first, year, month, day)
        for first, without_date, year, month, day in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def last_moments(table: PhotoTable) -> NDArray[np.int64]:
    """The last millisecond that each photo's date may mean; NO_DATE where it has none. Shape (photos,)."""
    last = table.taken_sort.copy()
    for code, unit in ((_DAY, "D"), (_MONTH, "M"), (_YEAR, "Y")):
        rows = np.flatnonzero(table.precision == code)
        spans = last[rows].astype("datetime64[ms]").astype(f"datetime64[{unit}]")
        last[rows] = (spans + 1).astype("datetime64[ms]").astype(np.int64) - 1
    return last


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the timeline or of the folder tree.

    Attributes:
        name: a folder's name or path, or a number of year, month or day.
        count: photos in it and below it.
        value: what the query language calls it ("2023-07", a folder's path).
    """

    name: str
    count: int
    value: str
    children: tuple[Branch, ...] = ()
    is_offline: bool = False


class YearOfPhotos(NamedTuple):
    """The photos of a year.

    Attributes:
        name: its number.
        days: datetime64[D], the days with photos ascending, shape (days,).
        counts: int64, how many on each, shape (days,).
        inexact: how many photos have no more exact date than the year or a month of it: value to count.
    """

    name: str
    days: NDArray[np.datetime64]
    counts: NDArray[np.int64]
    inexact: dict[str, int]


def years(catalog: Catalog) -> Iterator[YearOfPhotos]:
    """The years that have photos, newest first."""
    taken, precision = catalog.table.taken_sort, catalog.table.precision
    is_exact = (precision != _YEAR) & (precision != _MONTH)
    # Sorted as numbers: NumPy sorts moments ten times as slowly.
    held, counts = np.unique(taken[(taken != NO_DATE) & is_exact] // _DAY_MS, return_counts=True)
    days = held.astype("datetime64[D]")
    inexact: dict[str, dict[str, int]] = {}
    for row in np.flatnonzero(~is_exact).tolist():
        unit = "Y" if precision[row] == _YEAR else "M"
        value = str(taken[row].astype("datetime64[ms]").astype(f"datetime64[{unit}]"))
        of_year = inexact.setdefault(value[:4], {})
        of_year[value] = of_year.get(value, 0) + 1
    of_days = days.astype("datetime64[Y]").astype(np.int64) + 1970
    held_years = {*np.unique(of_days).tolist(), *map(int, inexact)}
    for year in sorted(held_years, reverse=True):
        begin, end = np.searchsorted(of_days, (year, year + 1)).tolist()
        name = f"{year:04d}"
        yield YearOfPhotos(name, days[begin:end], counts[begin:end], inexact.get(name, {}))


def timeline(year: YearOfPhotos) -> Branch:
    """A year with its months and days, the latest first."""
    months: dict[str, list[Branch]] = {value[5:]: [] for value in year.inexact if len(value) > 4}
    days = year.days[::-1].astype(str).tolist()
    for day, count in zip(days, year.counts[::-1].tolist(), strict=True):
        _, month, of_month = day.rsplit("-", 2)
        months.setdefault(month, []).append(Branch(of_month, count, day))
    below = [
        _summed(month, f"{year.name}-{month}", months[month], year.inexact)
        for month in sorted(months, reverse=True)
    ]
    return _summed(year.name, year.name, below, year.inexact)


def _summed(
    name: str, value: str, children: Sequence[Branch], inexact: Mapping[str, int]
) -> Branch:
    count = inexact.get(value, 0) + sum(child.count for child in children)
    return Branch(name, count, value, tuple(children))


@dataclass(slots=True)
class _Folder:
    own: int = 0
    below: dict[str, _Folder] = field(default_factory=dict)


def folder_tree(catalog: Catalog) -> tuple[Branch, ...]:
    """The folders that the user added, with those below them that hold photos."""
    ids, counts = np.unique(catalog.table.folder, return_counts=True)
    tops: dict[int, _Folder] = {root_id: _Folder() for root_id in catalog.roots}
    for folder_id, count in zip(ids.tolist(), counts.tolist(), strict=True):
        root_id, relative = catalog.folders[folder_id]
        if root_id not in tops:
            continue
        node = tops[root_id]
        for part in filter(None, relative.split("/")):
            node = node.below.setdefault(part, _Folder())
        node.own += count
    return tuple(
        replace(
            _branch(Path(root.path).name or root.path, root.path, tops[root.id]),
            is_offline=not root.online,
        )
        for root in catalog.roots.values()
    )


def _branch(name: str, path: str, folder: _Folder) -> Branch:
    children = tuple(
        _branch(part, f"{path}/{part}", inner)
        for part, inner in sorted(folder.below.items(), key=lambda one: natural_key(one[0]))
    )
    return Branch(name, folder.own + sum(child.count for child in children), path, children)


def recently_added(store: Store, catalog: Catalog) -> NDArray[np.bool_]:
    """The photos that came into the library in the last days."""
    since = datetime.now(UTC) - timedelta(days=_RECENT_DAYS)
    return np.isin(
        catalog.ids, filters.added_since(store, since.isoformat(timespec="milliseconds"))
    )


def on_this_day(catalog: Catalog, today: date) -> dict[str, int]:
    """The same day of earlier years, where it has photos: "2021-11-30" to how many, the latest first."""
    exact = (catalog.table.precision != _YEAR) & (catalog.table.precision != _MONTH)
    taken = catalog.table.taken_sort
    days = taken[exact & (taken != NO_DATE)].astype("datetime64[ms]").astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    of_year = 1970 + months.astype(np.int64) // 12
    is_today = (
        (months.astype(np.int64) % 12 + 1 == today.month)
        & ((days - months).astype(np.int64) + 1 == today.day)
        & (of_year < today.year)
    )
    found, counts = np.unique(days[is_today], return_counts=True)
    pairs = zip(found.astype(str).tolist(), counts.tolist(), strict=True)
    return dict(reversed(list(pairs)))


def state_mask(catalog: Catalog, state: FileState) -> NDArray[np.bool_]:
    """The photos whose shown file is in a state."""
    return np.equal(catalog.table.state, STATES.index(state))
