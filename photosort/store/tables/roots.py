"""The folders that the user added."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosort.domain.photos import Root
from photosort.errors import InputProblem
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.db.codec import now, path_bytes, path_text

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store

_COLUMNS = "id, path, volume, marker, online"


def add(store: Store, path: str, *, volume: str, marker: str, actor: str) -> tuple[Root, ChangeSet]:
    """Adds a folder; one that was removed comes back with all decisions about its photos.

    A folder that is there already only has its volume and marker brought up to date.

    Args:
        store: a writable store.
        path: absolute path, undecodable bytes as surrogate escapes.
        volume: identity of the file system, or "".
        marker: device and inode of the folder.
        actor: "window" or "command".
    """
    stored = path_bytes(path)
    with store.atomic():
        root_id = store.value("SELECT id FROM roots WHERE path = ?", [stored])
        if root_id is None:
            # Met first, added second: taking it back hides the folder and keeps what was found in it.
            met = {"path": stored, "added_at": now(), "removed_at": now()}
            root_id = store.db.table("roots").insert(met).last_rowid
        root_id = int(root_id or 0)
        store.db.table("roots").update(root_id, {"volume": volume, "marker": marker, "online": 1})
        with history.recording(
            store, Sentence("Added the folder {folder}", folder=_shown(path)), actor
        ) as changes:
            changes.update("roots", [root_id], {"removed_at": None})
        return by_id(store, root_id), changes.result


def absorb(store: Store, root_id: int) -> None:
    """Gives a folder what lies in folders that were added below it before, and takes those out."""
    above = Path(by_id(store, root_id).path)
    with store.atomic():
        for inner in list_all(store):
            if inner.id == root_id or not Path(inner.path).is_relative_to(above):
                continue
            below = path_bytes(Path(inner.path).relative_to(above).as_posix())
            store.execute(
                "UPDATE files SET sidecar = CAST(? || sidecar AS BLOB) WHERE sidecar IS NOT NULL"
                " AND folder_id IN (SELECT id FROM folders WHERE root_id = ?)",
                [below + b"/", inner.id],
            )
            for folder in list(store.db.table("folders").rows_where("root_id = ?", [inner.id])):
                moved = below + b"/" + folder["relative"] if folder["relative"] else below
                _move_folder(store, folder["id"], root_id, moved)
            store.db.table("roots").update(inner.id, {"removed_at": now()})


def _move_folder(store: Store, folder_id: int, root_id: int, relative: bytes) -> None:
    there = store.value(
        "SELECT id FROM folders WHERE root_id = ? AND relative = ?", [root_id, relative]
    )
    if there is None:
        store.db.table("folders").update(folder_id, {"root_id": root_id, "relative": relative})
        return
    # The outer folder was added and removed before: its own rows of the same files are older.
    store.execute(
        "UPDATE OR IGNORE files SET folder_id = ? WHERE folder_id = ?", [there, folder_id]
    )


def list_all(store: Store) -> list[Root]:
    """The folders of the library, oldest first; removed ones are left out."""
    sql = f"SELECT {_COLUMNS} FROM roots WHERE removed_at IS NULL ORDER BY id"
    return [_root(row) for row in store.rows(sql)]


def photo_counts(store: Store) -> dict[int, int]:
    """Root id to how many photos have a file below it."""
    sql = (
        "SELECT folders.root_id, count(DISTINCT files.photo_id) FROM files"
        " JOIN folders ON folders.id = files.folder_id GROUP BY folders.root_id"
    )
    return {row[0]: row[1] for row in store.rows(sql)}


def by_id(store: Store, root_id: int) -> Root:
    """One folder, removed or not.

    Raises:
        InputProblem: there is none with this id.
    """
    found = store.rows(f"SELECT {_COLUMNS} FROM roots WHERE id = ?", [root_id])
    if not found:
        raise InputProblem(Sentence("This folder is not in the library."), f"root {root_id}")
    return _root(found[0])


def remove(store: Store, root_id: int, *, actor: str) -> ChangeSet:
    """Takes a folder out of the library. Its files and all decisions are kept until it comes back.

    A photo that has another file in a folder that stays is shown by that file from now on.
    """
    root = by_id(store, root_id)
    with history.recording(
        store, Sentence("Removed the folder {folder}", folder=_shown(root.path)), actor
    ) as changes:
        changes.update("roots", [root_id], {"removed_at": now()})
        others = store.rows(
            """
            SELECT photos.id, min(other.id) FROM photos
            JOIN files ON files.id = photos.main_file_id
            JOIN folders ON folders.id = files.folder_id AND folders.root_id = ?
            JOIN files AS other ON other.photo_id = photos.id
            JOIN folders AS other_folder ON other_folder.id = other.folder_id
            JOIN roots ON roots.id = other_folder.root_id AND roots.removed_at IS NULL
            GROUP BY photos.id
            """,
            [root_id],
        )
        if others:
            changes.update(
                "photos", [row[0] for row in others], {"main_file_id": [row[1] for row in others]}
            )
    return changes.result


def set_online(store: Store, online: Mapping[int, bool]) -> list[int]:
    """Notes which folders' volumes are there and returns the ids of those that changed.

    Present files of a folder that went away become offline, offline ones of a folder that came back
    present; what is missing or unreadable stays so.
    """
    changed = []
    with store.atomic():
        for root_id, is_online in online.items():
            touched = store.execute(
                "UPDATE roots SET online = ? WHERE id = ? AND online != ?",
                [is_online, root_id, is_online],
            ).rowcount
            if not touched:
                continue
            changed.append(root_id)
            store.execute(
                "UPDATE files SET state = ? WHERE state = ? "
                "AND folder_id IN (SELECT id FROM folders WHERE root_id = ?)",
                [*(("present", "offline") if is_online else ("offline", "present")), root_id],
            )
    return changed


def _root(row: tuple[Any, ...]) -> Root:
    return Root(row[0], path_text(row[1]), row[2], row[3], bool(row[4]))


def _shown(path: str) -> str:
    return path_bytes(path).decode("utf-8", "replace")
