"""The files of the library: where they lie, what state they are in, which photo they belong to."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from photosort.domain.photos import File, FileState, Flag, Metadata, Role
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.db.bulk_rows import delete_rows, in_blocks, marks, update_rows
from photosort.store.db.codec import (
    dump_metadata,
    join,
    load_metadata,
    path_bytes,
    path_text,
    split,
)

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store

# Why files are missing that the user moved to the wastebasket; photos that are shown by one are in no list.
TRASHED = Sentence("Moved to the wastebasket")

_ENCODING, _ERRORS = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
_FILE = """
    files.id, folders.root_id, folders.relative, files.name, files.size_bytes, files.mtime_ns,
    files.role, files.state, files.reason, files.content_id, files.photo_id,
    files.sidecar, files.sidecar_mtime_ns, files.changed_ns, files.replaced,
    coalesce(files.user_orientation, json_extract(files.sidecar_metadata, '$.orientation')),
    json_extract(files.sidecar_metadata, '$.flag'), files.user_orientation
"""
_FROM = "FROM files JOIN folders ON folders.id = files.folder_id"


class Known(NamedTuple):
    """What the scan compares a file on disk with.

    `state` and `sidecar` are plain strings: at 100,000 files the enumeration alone would cost 0.1 s.
    """

    relative: str
    file_id: int
    size_bytes: int
    mtime_ns: int
    state: str
    sidecar: str | None
    sidecar_mtime_ns: int | None
    changed_ns: int | None


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that the library has not met before.

    Attributes:
        relative: path below the root, "/" between the parts, undecodable bytes as surrogate escapes.
        sidecar_metadata: what the sidecar says, or None where there is none.
        name_date: the date in the name, ISO 8601 with the offset where one is known, or None.
        user_orientation: see `File`.
    """

    root_id: int
    relative: str
    size_bytes: int
    mtime_ns: int
    role: Role = Role.ORIGINAL
    state: FileState = FileState.PRESENT
    reason: str = ""
    content_id: int | None = None
    photo_id: int | None = None
    sidecar: str | None = None
    sidecar_mtime_ns: int | None = None
    sidecar_metadata: Metadata | None = None
    name_date: str | None = None
    changed_ns: int | None = None
    user_orientation: int | None = None


class FileChange(TypedDict, total=False):
    """Columns of one file that changed. `relative` moves it, within its root unless `root_id` is given.

    Attributes:
        replaced: its own id where another picture took its path, else 0: no two others share a path.
    """

    root_id: int
    relative: str
    size_bytes: int
    mtime_ns: int
    role: Role
    state: FileState
    reason: str
    content_id: int | None
    photo_id: int | None
    sidecar: str | None
    sidecar_mtime_ns: int | None
    sidecar_metadata: Metadata | None
    name_date: str | None
    changed_ns: int | None
    replaced: int


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What one file of a photo contributes to its effective metadata.

    Attributes:
        from_file: what the bytes say.
        from_sidecar: what the sidecar says, or None.
        name_date: the date in the name, ISO 8601 with the offset where one is known, or None.
        root_name: name of the folder that was added to the library.
    """

    file: File
    from_file: Metadata
    from_sidecar: Metadata | None
    name_date: str | None
    root_name: str = ""


def insert(store: Store, files: Sequence[NewFile]) -> list[int]:
    """Adds files and returns their ids in input order."""
    sql = (
        "INSERT INTO files (folder_id, name, size_bytes, mtime_ns, role, state, reason, content_id,"
        " photo_id, sidecar, sidecar_mtime_ns, sidecar_metadata, name_date, changed_ns, user_orientation)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    ids = []
    with store.atomic():
        folders = _Folders(store)
        for one in files:
            folder, name = split(one.relative)
            cursor = store.connection.execute(
                sql,
                [
                    folders.id(one.root_id, folder),
                    path_bytes(name),
                    one.size_bytes,
                    one.mtime_ns,
                    one.role,
                    one.state,
                    one.reason,
                    one.content_id,
                    one.photo_id,
                    _stored_path(one.sidecar),
                    one.sidecar_mtime_ns,
                    _stored_metadata(one.sidecar_metadata),
                    one.name_date,
                    one.changed_ns,
                    one.user_orientation,
                ],
            )
            ids.append(int(cursor.lastrowid or 0))
    return ids


def update(store: Store, changes: Mapping[int, FileChange]) -> None:
    """Changes files, by id."""
    rows: dict[int, dict[str, Any]] = {}
    with store.atomic():
        folders = _Folders(store)
        for file_id, change in changes.items():
            values: dict[str, Any] = dict(change)
            if "relative" in change:
                folder, name = split(values.pop("relative"))
                root_id = values.pop("root_id", None)
                if root_id is None:
                    root_id = store.value(f"SELECT root_id {_FROM} WHERE files.id = ?", [file_id])
                values["folder_id"] = folders.id(root_id, folder)
                values["name"] = path_bytes(name)
            if "sidecar" in values:
                values["sidecar"] = _stored_path(values["sidecar"])
            if "sidecar_metadata" in values:
                values["sidecar_metadata"] = _stored_metadata(values["sidecar_metadata"])
            rows[file_id] = values
        update_rows(store, "files", rows)


def mark(store: Store, file_ids: Iterable[int], state: FileState, reason: str = "") -> None:
    """Sets the state of files."""
    store.executemany(
        "UPDATE files SET state = ?, reason = ? WHERE id = ?",
        ((state, reason, file_id) for file_id in file_ids),
    )


def mark_trashed(
    store: Store, file_ids: Sequence[int], *, action: Sentence, actor: str
) -> ChangeSet:
    """Writes that files are in the wastebasket, as one entry of the history.

    Args:
        store: a writable store.
        file_ids: the files of whole photos.
        action: words for the history.
        actor: "window" or "command".
    """
    with history.recording(store, action, actor) as changes:
        changes.update(
            "files", file_ids, {"state": FileState.MISSING.value, "reason": str(TRASHED)}
        )
    return changes.result


def record_import(
    store: Store, file_ids: Sequence[int], *, action: Sentence, actor: str
) -> ChangeSet:
    """Writes that files were imported, as one entry of the history: taken back, they are in the wastebasket.

    Args:
        store: a writable store.
        file_ids: files that are there.
        action: words for the history.
        actor: "window" or "command".
    """
    with history.recording(store, action, actor) as changes:
        # What the entry leads back to.
        mark(store, file_ids, FileState.MISSING, TRASHED)
        changes.update("files", file_ids, {"state": FileState.PRESENT.value, "reason": ""})
    if changes.result.history_id is not None:
        # Nothing was decided that keyword files could follow.
        history.followed(store, changes.result.history_id)
    return changes.result


def record_orientations(changes: history.Recorder, orientations: Mapping[int, int | None]) -> None:
    """Writes how the user wants files shown, by id, as part of a change; None = as they say themselves."""
    changes.update("files", list(orientations), {"user_orientation": list(orientations.values())})


def mtime_to_retry(mtime_ns: int) -> int:
    """What a file's time is stored as, for the next run to take the file for changed and read it again.

    A nanosecond before its own: as a date it is the same, and no file that did not change has it.
    """
    return mtime_ns - 1


def retry(store: Store, file_ids: Iterable[int]) -> None:
    """Has the next run read files again whose size and time are as they were."""
    times = [(mtime_to_retry(one.mtime_ns), one.id) for one in get(store, file_ids).values()]
    store.executemany("UPDATE files SET mtime_ns = ? WHERE id = ?", times)


def note_problem(store: Store, root_id: int, relative: str, reason: str) -> None:
    """Notes something at a path that cannot be used: a file, or a folder that cannot be looked into."""
    with store.atomic():
        known = by_path(store, root_id, relative)
        if known is not None and not known.is_replaced:
            mark(store, [known.id], FileState.UNREADABLE, reason)
        else:
            state = FileState.UNREADABLE
            insert(store, [NewFile(root_id, relative, 0, 0, state=state, reason=reason)])


def take_place(store: Store, file_id: int, other_id: int) -> None:
    """Lets a file that is missing lie where another one was found, which is forgotten.

    The sidecars there are unread for it: what it wrote into them itself, only the next index run can tell apart.
    """
    names = (
        "folder_id, name, size_bytes, mtime_ns, state, reason, content_id, sidecar, sidecar_metadata,"
        " name_date, changed_ns"
    )
    with store.atomic():
        (values,) = store.rows(f"SELECT {names} FROM files WHERE id = ?", [other_id])
        store.execute("UPDATE photos SET main_file_id = NULL WHERE main_file_id = ?", [other_id])
        store.execute("DELETE FROM files WHERE id = ?", [other_id])
        store.execute(
            f"UPDATE files SET ({names}) = ({marks(values)}), sidecar_mtime_ns = NULL, replaced = 0"
            " WHERE id = ?",
            [*values, file_id],
        )


def remove(store: Store, file_ids: Collection[int]) -> None:
    """Forgets files that are no photo's (unreadable from the first day and gone since)."""
    delete_rows(store, "files", file_ids)


def known(store: Store, root_id: int) -> Iterator[Known]:
    """The files of a root by where they lie, in the order of the folders' and then the names' bytes.

    Those whose path another picture took are left out.
    """
    folder, folder_id = "", None
    for row in store.stream(
        """
        SELECT folders.id, folders.relative, files.name, files.id, files.size_bytes, files.mtime_ns,
            files.state, files.sidecar, files.sidecar_mtime_ns, files.changed_ns
        FROM folders CROSS JOIN files ON files.folder_id = folders.id
        WHERE folders.root_id = ? AND files.replaced = 0
        ORDER BY folders.relative, files.name
        """,
        [root_id],
    ):
        if row[0] != folder_id:
            folder_id = row[0]
            folder = path_text(row[1])
            prefix = folder + "/" if folder else ""
        sidecar = None if row[7] is None else path_text(row[7])
        # os.fsdecode without its call, which is a third of the time of 100,000 rows.
        name = row[2].decode(_ENCODING, _ERRORS)
        yield Known(prefix + name, row[3], row[4], row[5], row[6], sidecar, row[8], row[9])


def get(store: Store, file_ids: Iterable[int]) -> dict[int, File]:
    """Files by id."""
    found: dict[int, File] = {}
    for block in in_blocks(list(file_ids)):
        for row in store.rows(f"SELECT {_FILE} {_FROM} WHERE files.id IN ({marks(block)})", block):
            found[row[0]] = _file(row)
    return found


def by_path(store: Store, root_id: int, relative: str) -> File | None:
    """The file at a path, else the last one that another picture replaced there, or None."""
    folder, name = split(relative)
    found = store.rows(
        f"SELECT {_FILE} {_FROM}"
        " WHERE folders.root_id = ? AND folders.relative = ? AND files.name = ?"
        " ORDER BY files.replaced = 0 DESC, files.id DESC LIMIT 1",
        [root_id, path_bytes(folder), path_bytes(name)],
    )
    return _file(found[0]) if found else None


def newest_id(store: Store) -> int:
    """The highest id of a file; 0 without any."""
    return int(store.value("SELECT coalesce(max(id), 0) FROM files"))


def in_folder(store: Store, root_id: int, folder: str, *, after: int = 0) -> list[File]:
    """The files that lie directly in one folder ("" = the root itself), by name.

    Args:
        store: any store.
        root_id: the root.
        folder: path below it.
        after: only those with a higher id.
    """
    # From the side where fewer rows are: those of the folder, or those that are new.
    start = "files CROSS JOIN folders" if after else "folders CROSS JOIN files"
    return [
        _file(row)
        for row in store.rows(
            f"SELECT {_FILE} FROM {start} WHERE folders.id = files.folder_id AND files.id > ?"
            " AND folders.root_id = ? AND folders.relative = ?"
            " AND files.replaced = 0 ORDER BY files.name",
            [after, root_id, path_bytes(folder)],
        )
    ]


def with_content(store: Store, content_ids: Iterable[int]) -> list[File]:
    """The files that hold one of these contents."""
    return [
        _file(row)
        for block in in_blocks(list(content_ids))
        for row in store.rows(
            f"SELECT {_FILE} {_FROM} WHERE files.content_id IN ({marks(block)})", block
        )
    ]


def copies(store: Store) -> list[tuple[File, ...]]:
    """Present files that hold the same bytes, proven by their full hash; the one that is shown first."""
    groups: dict[int, list[File]] = {}
    for row in store.rows(
        f"""
        SELECT {_FILE}, files.content_id {_FROM}
        JOIN roots ON roots.id = folders.root_id AND roots.removed_at IS NULL
        JOIN photos ON photos.id = files.photo_id
        WHERE files.state = 'present' AND files.content_id IN (
            SELECT files.content_id FROM files JOIN contents ON contents.id = files.content_id
            WHERE files.state = 'present' AND contents.sha256 IS NOT NULL
            GROUP BY files.content_id HAVING count(*) > 1
        )
        ORDER BY files.content_id, files.id != photos.main_file_id, files.id
        """
    ):
        groups.setdefault(row[-1], []).append(_file(row[:-1]))
    return [tuple(held) for held in groups.values() if len(held) > 1]


def of_photos(store: Store, photo_ids: Iterable[int]) -> dict[int, tuple[File, ...]]:
    """The files of each photo, the one that is shown first."""
    found: dict[int, list[File]] = {}
    for block in in_blocks(list(photo_ids)):
        for row in store.rows(
            f"SELECT {_FILE} {_FROM} JOIN photos ON photos.id = files.photo_id"
            f" WHERE files.photo_id IN ({marks(block)})"
            " ORDER BY files.id != photos.main_file_id, files.id",
            block,
        ):
            found.setdefault(row[10], []).append(_file(row))
    return {photo_id: tuple(files) for photo_id, files in found.items()}


def metadata_of_files(store: Store, photo_ids: Iterable[int]) -> dict[int, list[FileMetadata]]:
    """All that the files of photos say, the file that is shown first."""
    found: dict[int, list[FileMetadata]] = {}
    for block in in_blocks(list(photo_ids)):
        for row in store.rows(
            f"SELECT {_FILE}, files.name_date, files.sidecar_metadata, contents.metadata, roots.path {_FROM}"
            " JOIN roots ON roots.id = folders.root_id"
            " JOIN photos ON photos.id = files.photo_id"
            " LEFT JOIN contents ON contents.id = files.content_id"
            f" WHERE files.photo_id IN ({marks(block)})"
            " ORDER BY files.id != photos.main_file_id, files.id",
            block,
        ):
            name_date, sidecar, own, root = row[18:]
            found.setdefault(row[10], []).append(
                FileMetadata(
                    _file(row),
                    load_metadata(own or "{}"),
                    None if sidecar is None else load_metadata(sidecar),
                    name_date,
                    PurePath(path_text(root)).name,
                )
            )
    return found


def problems(store: Store) -> list[File]:
    """The files that could not be used, and those that photos lack since another picture took their path.

    By folder and name; those of removed folders are left out.
    """
    return [
        _file(row)
        for row in store.rows(
            f"SELECT {_FILE} {_FROM} JOIN roots ON roots.id = folders.root_id"
            " WHERE (files.state = 'unreadable' OR (files.replaced <> 0"
            " AND EXISTS (SELECT 1 FROM photos WHERE photos.main_file_id = files.id)))"
            " AND roots.removed_at IS NULL"
            " ORDER BY folders.root_id, folders.relative, files.name"
        )
    ]


def count_by_state(store: Store) -> dict[FileState, int]:
    """How many files are in each state; those of removed folders are left out."""
    rows = store.rows(
        f"SELECT files.state, count(*) {_FROM} JOIN roots ON roots.id = folders.root_id"
        " WHERE roots.removed_at IS NULL GROUP BY files.state"
    )
    return dict.fromkeys(FileState, 0) | {FileState(name): count for name, count in rows}


def folders(store: Store) -> dict[int, tuple[int, str]]:
    """Folder id to (root id, relative path) of every folder that ever held a file."""
    return {
        row[0]: (row[1], path_text(row[2]))
        for row in store.rows("SELECT id, root_id, relative FROM folders")
    }


class _Folders:
    """Ids of folders, made as they are met; lives as long as one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids: dict[tuple[int, str], int] = {}

    def id(self, root_id: int, folder: str) -> int:
        known = self._ids.get((root_id, folder))
        if known is None:
            key = [root_id, path_bytes(folder)]
            sql = "SELECT id FROM folders WHERE root_id = ? AND relative = ?"
            known = self._store.value(sql, key)
            if known is None:
                known = self._store.execute(
                    "INSERT INTO folders (root_id, relative) VALUES (?, ?)", key
                ).lastrowid
            self._ids[root_id, folder] = known = int(known or 0)
        return known


def _file(row: tuple[Any, ...]) -> File:
    return File(
        id=row[0],
        root_id=row[1],
        relative=join(path_text(row[2]), path_text(row[3])),
        size_bytes=row[4],
        mtime_ns=row[5],
        role=Role(row[6]),
        state=FileState(row[7]),
        reason=row[8],
        content_id=row[9],
        photo_id=row[10],
        sidecar=None if row[11] is None else path_text(row[11]),
        sidecar_mtime_ns=row[12],
        changed_ns=row[13],
        is_replaced=row[14] != 0,
        orientation=row[15],
        sidecar_flag=None if row[16] is None else Flag(row[16]),
        user_orientation=row[17],
    )


def _stored_path(path: str | None) -> bytes | None:
    return None if path is None else path_bytes(path)


def _stored_metadata(metadata: Metadata | None) -> str | None:
    return None if metadata is None else dump_metadata(metadata)
