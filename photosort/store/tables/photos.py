"""Photos: one at a time with all that is known, or all of them as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from photosort.domain.dates import LENGTHS, Precision, wall_clock_ms
from photosort.domain.photos import File, FileState, Flag, Kind, Metadata, Photo, Source
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.db.bulk_rows import in_blocks, marks
from photosort.store.db.codec import clean_text, dump_metadata, load_metadata, now, path_bytes
from photosort.store.tables import files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store

NO_DATE = np.iinfo(np.int64).min
NO_RATING = -128
KINDS = tuple(Kind)
STATES = tuple(FileState)
FLAGS: tuple[Flag | None, ...] = (None, *Flag)
PRECISIONS = tuple(Precision)

# Fields of the effective metadata that have a column of their own; the rest lies together in `more`.
_COLUMNS = (
    "taken_at", "offset_min", "taken_source", "latitude", "longitude", "altitude_m",
    "camera_make", "camera_model", "lens", "exposure_s", "f_number", "iso", "focal_mm",
    "width", "height", "rating", "rating_source", "label", "title", "caption",
)  # fmt: skip
_TEXTS = frozenset({"camera_make", "camera_model", "lens", "label", "title", "caption"})
_BARE = Metadata()
_NOTHING_MORE = {name: getattr(_BARE, name) for name in _COLUMNS}


@dataclass(frozen=True, slots=True)
class UserValues:
    """What the user set by hand and no file may change. None = not set."""

    kind: Kind | None = None
    taken_at: str | None = None
    offset_min: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    rating: int | None = None
    label: str | None = None
    title: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class PhotoTable:
    """The photos as columns, all of one length, by ascending id.

    Attributes:
        ids: int64.
        taken_sort: int64, milliseconds of the wall clock since 1970 to the earliest moment that the date may mean;
            NO_DATE = unknown.
        precision: uint8, place in PRECISIONS, how exactly the date is known.
        kind: uint8, place in KINDS.
        rating: int8, -1 to 5; NO_RATING = none.
        flag: uint8, place in FLAGS.
        has_gps: bool.
        root: int32, root id of the file that is shown.
        folder: int32, folder id of the file that is shown (`files.folders` names them).
        state: uint8, place in STATES, of the file that is shown.
        content: int64, content id of the file that is shown; 0 = none yet.
        size_bytes: int64, of the file that is shown.
    """

    ids: NDArray[np.int64]
    taken_sort: NDArray[np.int64]
    precision: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    rating: NDArray[np.int8]
    flag: NDArray[np.uint8]
    has_gps: NDArray[np.bool_]
    root: NDArray[np.int32]
    folder: NDArray[np.int32]
    state: NDArray[np.uint8]
    content: NDArray[np.int64]
    size_bytes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


class UserChange(TypedDict, total=False):
    """What the user set (or took back, with None) on one photo."""

    kind: Kind | None
    taken_at: str | None
    offset_min: int | None
    latitude: float | None
    longitude: float | None
    rating: int | None
    label: str | None
    title: str | None
    caption: str | None
    flag: Flag | None


@dataclass(frozen=True, slots=True)
class Effective:
    """What a photo shows after all sources were weighed."""

    metadata: Metadata
    kind: Kind = Kind.PHOTO
    kind_source: str = "file"


def insert(store: Store, photos: Sequence[Effective]) -> list[int]:
    """Adds photos that have no file yet and returns their ids in input order.

    Their files follow with `files.insert`, then `choose_main`.
    """
    columns = ("kind", "kind_source", *_COLUMNS, "taken_sort", "more", "added_at")
    sql = f"INSERT INTO photos ({', '.join(columns)}) VALUES ({marks(columns)})"
    added_at = now()
    ids = []
    with store.atomic():
        for photo in photos:
            values = list(_effective_values(photo).values())
            ids.append(int(store.connection.execute(sql, [*values, added_at]).lastrowid or 0))
    return ids


def set_effective(store: Store, rows: Mapping[int, Effective]) -> None:
    """Replaces what photos show. Not for what the user sets: that is `set_user`."""
    columns = ("kind", "kind_source", *_COLUMNS, "taken_sort", "more")
    assignments = ", ".join(f"{name} = ?" for name in columns)
    store.executemany(
        f"UPDATE photos SET {assignments} WHERE id = ?",
        ([*_effective_values(one).values(), photo_id] for photo_id, one in rows.items()),
    )


def set_user(
    store: Store,
    user: Mapping[int, UserChange],
    effective: Mapping[int, Effective],
    *,
    action: Sentence,
    actor: str,
) -> ChangeSet:
    """Writes what the user decided about photos, as one entry of the history.

    Args:
        store: a writable store.
        user: what was set, by photo id; every photo names the same fields.
        effective: what these photos show from now on; photos whose flag alone changes may be left out.
        action: words for the history ("Rate 3 photos").
        actor: "window" or "command".
    """
    with history.recording(store, action, actor) as changes:
        ids = list(user)
        fields = set().union(*(change.keys() for change in user.values()))
        values: dict[str, history.Value | Sequence[history.Value]] = {
            name if name == "flag" else f"user_{name}": [
                _clean(dict(user[photo_id])[name]) for photo_id in ids
            ]
            for name in sorted(fields)
        }
        changes.update("photos", ids, values)
        shown = {photo_id: _effective_values(one) for photo_id, one in effective.items()}
        if shown:
            names = next(iter(shown.values())).keys()
            changes.update(
                "photos",
                list(shown),
                {name: [one[name] for one in shown.values()] for name in names},
            )
    return changes.result


def user_values(store: Store, photo_ids: Iterable[int]) -> dict[int, UserValues]:
    """What the user set by hand, by photo id."""
    found: dict[int, UserValues] = {}
    columns = ", ".join(f"user_{name}" for name in UserValues.__dataclass_fields__)
    for block in in_blocks(list(photo_ids)):
        for row in store.rows(
            f"SELECT id, {columns} FROM photos WHERE id IN ({marks(block)})", block
        ):
            kind = None if row[1] is None else Kind(row[1])
            found[row[0]] = UserValues(kind, *row[2:])
    return found


def set_main(store: Store, main: Mapping[int, int]) -> None:
    """Says which file is shown for a photo: photo id to file id."""
    store.executemany(
        "UPDATE photos SET main_file_id = ? WHERE id = ?",
        ((file_id, photo_id) for photo_id, file_id in main.items()),
    )


def choose_main(store: Store, photo_ids: Iterable[int]) -> None:
    """Shows the best file of each photo.

    First one that can be opened now, then one whose folder is in the library, then the edited picture,
    the original, the RAW; of equals the one that was met first. A photo without files shows none.
    """
    store.executemany(
        """
        UPDATE photos SET main_file_id = (
            SELECT files.id FROM files
            JOIN folders ON folders.id = files.folder_id
            JOIN roots ON roots.id = folders.root_id
            WHERE files.photo_id = photos.id
            ORDER BY roots.removed_at IS NOT NULL,
                CASE files.role WHEN 'motion' THEN 1 ELSE 0 END,
                CASE files.state WHEN 'present' THEN 0 WHEN 'offline' THEN 1
                    WHEN 'unreadable' THEN 2 ELSE 3 END,
                CASE files.role WHEN 'edited' THEN 0 WHEN 'original' THEN 1 ELSE 2 END,
                files.id
            LIMIT 1
        ) WHERE id = ?
        """,
        ((photo_id,) for photo_id in photo_ids),
    )


def duplicate(store: Store, photo_id: int) -> int:
    """Makes a photo with the same decisions (tags, rating, flag, albums) and no file; returns its id.

    For a copy whose bytes changed: it is a picture of its own from then on.
    """
    with store.atomic():
        names = ", ".join(
            row[1]
            for row in store.rows("PRAGMA table_info(photos)")
            if row[1] not in {"id", "main_file_id"}
        )
        copy = store.execute(
            f"INSERT INTO photos ({names}) SELECT {names} FROM photos WHERE id = ?", [photo_id]
        ).lastrowid
        store.execute(
            "INSERT INTO photo_tags SELECT ?, tag_id, state, origin, at FROM photo_tags"
            " WHERE photo_id = ?",
            [copy, photo_id],
        )
        store.execute(
            "INSERT INTO album_photos SELECT album_id, ?, added_by, pinned, excluded, position"
            " FROM album_photos WHERE photo_id = ?",
            [copy, photo_id],
        )
    return int(copy or 0)


def pinned(store: Store, photo_ids: Iterable[int]) -> set[int]:
    """Those photos whose files the user joined or split by hand."""
    return {
        row[0]
        for block in in_blocks(list(photo_ids))
        for row in store.rows(
            f"SELECT id FROM photos WHERE grouping_pinned AND id IN ({marks(block)})", block
        )
    }


def below(store: Store, root_id: int, folder: str) -> list[int]:
    """The photos that have a file in a folder or below it ("" = the whole root), by id."""
    path = path_bytes(folder)
    return [
        row[0]
        for row in store.rows(
            "SELECT DISTINCT files.photo_id FROM files"
            " JOIN folders ON folders.id = files.folder_id"
            " WHERE folders.root_id = ? AND files.photo_id IS NOT NULL"
            " AND (? = x'' OR folders.relative = ? OR substr(folders.relative, 1, ?) = ?)"
            " ORDER BY files.photo_id",
            [root_id, path, path, len(path) + 1, path + b"/"],
        )
    ]


def take_flags(store: Store, flags: Mapping[int, Flag]) -> None:
    """Flags that files bring, by photo id; those that a person gave stay."""
    store.executemany(
        "UPDATE photos SET flag = ? WHERE id = ? AND flag IS NULL",
        ((flag.value, photo_id) for photo_id, flag in flags.items()),
    )


def forget_unread(store: Store, photo_ids: Iterable[int]) -> list[int]:
    """Removes photos that turned out to be none, and returns their ids.

    That is: every file is unreadable and always was, and nobody decided anything about the photo. The files
    stay, as problems.
    """
    gone = []
    with store.atomic():
        for photo_id in photo_ids:
            if store.value(_IS_NO_PHOTO, [photo_id]):
                store.execute("UPDATE files SET photo_id = NULL WHERE photo_id = ?", [photo_id])
                store.db.table("photo_tags").delete_where("photo_id = ?", [photo_id])
                store.db.table("photos").delete(photo_id)
                gone.append(photo_id)
    return gone


def forget(store: Store, photo_id: int) -> None:
    """Removes a photo that has no file and of which nobody decided anything."""
    with store.atomic():
        store.execute("DELETE FROM photo_tags WHERE photo_id = ?", [photo_id])
        store.execute("DELETE FROM photos WHERE id = ?", [photo_id])


def is_undecided(store: Store, photo_id: int) -> bool:
    """Whether nobody decided anything about a photo."""
    return bool(store.value(f"SELECT {_IS_UNDECIDED} FROM photos WHERE id = ?", [photo_id]))


_IS_UNDECIDED = """
    NOT EXISTS (
        SELECT 1 FROM photo_tags WHERE photo_id = photos.id AND state != 'imported'
    ) AND NOT EXISTS (
        SELECT 1 FROM album_photos WHERE photo_id = photos.id
    ) AND NOT EXISTS (
        SELECT 1 FROM stacked_photos WHERE photo_id = photos.id
    ) AND coalesce(flag, user_kind, user_taken_at, user_offset_min, user_latitude, user_longitude,
        user_rating, user_label, user_title, user_caption) IS NULL
"""
_IS_NO_PHOTO = f"""
    SELECT NOT EXISTS (
        SELECT 1 FROM files LEFT JOIN contents ON contents.id = files.content_id
        WHERE files.photo_id = photos.id
            AND (files.state != 'unreadable' OR contents.decoded_at IS NOT NULL)
    ) AND {_IS_UNDECIDED} FROM photos WHERE id = ?
"""


def get(store: Store, photo_ids: Iterable[int]) -> list[Photo]:
    """Photos with their files, in input order; ids that are not there are left out."""
    ids = list(photo_ids)
    found: dict[int, Photo] = {}
    with store.snapshot():
        of_photo = files.of_photos(store, ids)
        columns = ", ".join(_COLUMNS)
        for block in in_blocks(ids):
            for row in store.rows(
                f"SELECT id, kind, flag, more, {columns} FROM photos WHERE id IN ({marks(block)})",
                block,
            ):
                found[row[0]] = _photo(row, of_photo.get(row[0], ()))
    return [found[photo_id] for photo_id in ids if photo_id in found]


def ids_of_files(store: Store, file_ids: Iterable[int]) -> dict[int, int]:
    """File id to photo id, for files that belong to a photo."""
    return {
        row[0]: row[1]
        for block in in_blocks(list(file_ids))
        for row in store.rows(
            f"SELECT id, photo_id FROM files WHERE photo_id IS NOT NULL AND id IN ({marks(block)})",
            block,
        )
    }


def count(store: Store) -> int:
    """How many photos the library shows."""
    return int(
        store.value(
            """
            SELECT count(*) FROM photos JOIN files ON files.id = photos.main_file_id
            JOIN folders ON folders.id = files.folder_id
            JOIN roots ON roots.id = folders.root_id AND roots.removed_at IS NULL
            WHERE NOT (files.state = 'missing' AND files.reason = ?)
            """,
            [files.TRASHED],
        )
    )


def listing(store: Store, photo_ids: Iterable[int] | None = None) -> PhotoTable:
    """All photos as columns, or those of `photo_ids`; those of removed folders or in the wastebasket are left out.

    SQLite gathers each column into one text and NumPy reads it: a Python tuple for each of 100,000
    photos takes four times as long.
    """
    with store.snapshot():
        roots_of_folders = _roots_of_folders(store)
        if photo_ids is None:
            blocks = [store.rows(_LISTING, [files.TRASHED])[0]]
        else:
            blocks = [
                store.rows(
                    f"{_LISTING} AND photos.id IN ({marks(block)})", [files.TRASHED, *block]
                )[0]
                for block in in_blocks(sorted(set(photo_ids)))
            ]
    columns = [
        np.concatenate([_numbers(block[place]) for block in blocks]) if blocks else _numbers("[]")
        for place in range(6)
    ]
    folder = columns[3]
    root = roots_of_folders[folder]
    keep = root > 0
    if not keep.all():
        columns, root = [column[keep] for column in columns], root[keep]
    ids, taken_sort, codes, folder, content, size_bytes = columns
    order = np.argsort(ids, kind="stable")  # SQL promises no order inside an aggregate
    ids, taken_sort, codes = ids[order], taken_sort[order], codes[order]
    return PhotoTable(
        ids=ids,
        taken_sort=taken_sort,
        kind=(codes & 7).astype(np.uint8),
        precision=(codes >> 16).astype(np.uint8),
        rating=((codes >> 8 & 255) + NO_RATING).astype(np.int8),
        flag=(codes >> 3 & 3).astype(np.uint8),
        has_gps=(codes >> 7 & 1).astype(np.bool_),
        root=root[order],
        folder=folder[order].astype(np.int32),
        state=(codes >> 5 & 3).astype(np.uint8),
        content=content[order],
        size_bytes=size_bytes[order],
    )


def _codes(column: str, values: Sequence[object]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN {code}" for code, value in enumerate(values))
    return f"CASE {column} {cases} ELSE 0 END"


_LENGTHS_TO_CODES = " ".join(
    f"WHEN {length} THEN {PRECISIONS.index(one)}" for length, one in LENGTHS.items()
)
_PRECISION = f"CASE length(photos.taken_at) {_LENGTHS_TO_CODES} ELSE 0 END"
_LISTING = f"""
    SELECT json_group_array(photos.id),
        json_group_array(coalesce(photos.taken_sort, {NO_DATE})),
        json_group_array({_codes("photos.kind", KINDS)} + 8 * {_codes("photos.flag", FLAGS)}
            + 32 * {_codes("files.state", STATES)}
            + 128 * (photos.latitude IS NOT NULL AND photos.longitude IS NOT NULL)
            + 256 * (coalesce(photos.rating, {NO_RATING}) - ({NO_RATING}))
            + 65536 * {_PRECISION}),
        json_group_array(files.folder_id),
        json_group_array(coalesce(files.content_id, 0)),
        json_group_array(files.size_bytes)
    FROM photos CROSS JOIN files ON files.id = photos.main_file_id
    WHERE NOT (files.state = 'missing' AND files.reason = ?)
"""


def _numbers(array: str) -> NDArray[np.int64]:
    return np.fromstring(array[1:-1], dtype=np.int64, sep=",")


def _roots_of_folders(store: Store) -> NDArray[np.int32]:
    """Root id by folder id; 0 for a folder whose root was removed."""
    rows = store.rows(
        "SELECT folders.id, roots.id FROM folders"
        " JOIN roots ON roots.id = folders.root_id AND roots.removed_at IS NULL"
    )
    of_folders = np.zeros((store.value("SELECT max(id) FROM folders") or 0) + 1, dtype=np.int32)
    for folder_id, root_id in rows:
        of_folders[folder_id] = root_id
    return of_folders


def _effective_values(photo: Effective) -> dict[str, Any]:
    """Values of the effective columns, in the order of `insert` and `set_effective`."""
    metadata = photo.metadata
    values: dict[str, Any] = {"kind": photo.kind, "kind_source": photo.kind_source}
    for name in _COLUMNS:
        value = getattr(metadata, name)
        values[name] = clean_text(value) if name in _TEXTS else value
    values["taken_sort"] = wall_clock_ms(metadata.taken_at)
    values["more"] = dump_metadata(replace(metadata, **_NOTHING_MORE))
    return values


def _clean(value: object) -> Any:
    return clean_text(value) if isinstance(value, str) else value


def _photo(row: tuple[Any, ...], its_files: tuple[File, ...]) -> Photo:
    values = dict(zip(_COLUMNS, row[4:], strict=True))
    for name in ("taken_source", "rating_source"):
        if values[name] is not None:
            values[name] = Source(values[name])
    return Photo(
        id=row[0],
        kind=Kind(row[1]),
        effective=replace(load_metadata(row[3]), **values),
        flag=None if row[2] is None else Flag(row[2]),
        files=its_files,
    )


def decided(store: Store) -> set[int]:
    """The photos that a person cared for: rated, flagged, tagged, described, or put into an album."""
    return {
        row[0]
        for row in store.rows(
            "SELECT id FROM photos WHERE flag IS NOT NULL OR user_rating IS NOT NULL"
            " OR user_caption IS NOT NULL OR user_title IS NOT NULL"
            " UNION SELECT photo_id FROM photo_tags WHERE state = 'confirmed'"
            " UNION SELECT photo_id FROM album_photos WHERE added_by = 'user'"
        )
    }
