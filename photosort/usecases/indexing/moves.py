"""Recognises files that moved or were copied: by their bytes, or by their pixels once those are known."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.photos import File, FileState
from photosort.media.identify import quick_key
from photosort.store.tables import contents, files, photos
from photosort.store.tables.contents import Content
from photosort.usecases.photos import metadata_merge

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.usecases.indexing.arrival import Arrival


@dataclass(frozen=True, slots=True)
class SameContent:
    """A content in the library that has an arrival's quick key.

    Attributes:
        holders: its files.
        gone: the holders whose path is empty or holds other bytes now, so that the arrival is one of them moved.
    """

    content: Content
    holders: tuple[File, ...]
    gone: tuple[File, ...]


def find_same_content(
    store: Store, keys: Iterable[bytes], root_paths: dict[int, str]
) -> dict[bytes, list[SameContent]]:
    """The contents that share a quick key with arrivals, and whether their files are still at their paths."""
    found = contents.find(store, quick_keys=[key for key in keys if key])
    holders: dict[int, list[File]] = defaultdict(list)
    for file in files.with_content(store, [content.id for content in found]):
        if file.content_id is not None:
            holders[file.content_id].append(file)
    by_key: dict[bytes, list[SameContent]] = defaultdict(list)
    for content in found:
        held = tuple(holders[content.id])
        gone = tuple(file for file in held if _is_gone(file, content, root_paths))
        by_key[content.quick_key].append(SameContent(content, held, gone))
    return dict(by_key)


def unproven(known: dict[bytes, list[SameContent]], root_paths: dict[int, str]) -> dict[int, Path]:
    """Contents that have no full hash yet, and a file on disk to make it from."""
    found: dict[int, Path] = {}
    for same in (one for group in known.values() for one in group):
        there = [
            file
            for file in same.holders
            if file not in same.gone and file.state is FileState.PRESENT
        ]
        if same.content.sha256 is None and there:
            found[same.content.id] = metadata_merge.absolute_path(
                root_paths[there[0].root_id], there[0].relative
            )
    return found


def _is_gone(file: File, content: Content, root_paths: dict[int, str]) -> bool:
    """Whether a file's bytes are gone from its path."""
    if file.state is FileState.OFFLINE or file.root_id not in root_paths:
        return False
    if file.is_replaced:
        return True
    path = Path(metadata_merge.absolute_path(root_paths[file.root_id], file.relative))
    try:
        status = path.stat()
        if (file.size_bytes, file.mtime_ns) == (status.st_size, status.st_mtime_ns) and (
            file.changed_ns in {None, status.st_ctime_ns}
        ):
            return False
        return quick_key(path, status.st_size) != content.quick_key
    except (FileNotFoundError, NotADirectoryError):
        return not os.path.lexists(path)
    except OSError:
        return False


def may_be_same(content: Content, arrival: Arrival) -> bool:
    """Whether an arrival holds the bytes of a content, as far as both were read."""
    return content.quick_key == arrival.quick_key and (
        None in {content.sha256, arrival.sha256} or content.sha256 == arrival.sha256
    )


def find_moved(store: Store, content_ids: Iterable[int]) -> dict[int, int]:
    """Finds the missing photos that show the pixels of new ones: files renamed and changed at once.

    A new photo with one file and no decisions gives its file to the missing one and is removed.

    Args:
        store: the writing connection, in a transaction.
        content_ids: contents whose pixels have just been read.

    Returns:
        New photo id to the id of the photo that it is.
    """
    own = contents.get(store, content_ids)
    same: dict[bytes, list[int]] = defaultdict(list)
    for one in contents.find(
        store, pixel_hashes={c.pixel_hash for c in own.values() if c.pixel_hash}
    ):
        if one.pixel_hash is not None:
            same[one.pixel_hash].append(one.id)
    found: dict[int, int] = {}
    for content_id, content in own.items():
        alike = same[content.pixel_hash or b""]
        if len(alike) < 2:
            continue
        held = files.with_content(store, alike)
        new = [file for file in held if file.content_id == content_id]
        missing = [file for file in held if file.state is FileState.MISSING and file not in new]
        if len(new) != 1 or not missing:
            continue
        photo_id, lost = new[0].photo_id, missing[0]
        if photo_id is None or lost.photo_id in {None, photo_id}:
            continue
        is_alone = len(files.of_photos(store, [photo_id])[photo_id]) == 1
        if is_alone and photos.is_undecided(store, photo_id):
            files.take_place(store, lost.id, new[0].id)
            photos.forget(store, photo_id)
            found[photo_id] = lost.photo_id or 0
    photos.choose_main(store, found.values())
    metadata_merge.refresh(store, found.values())
    return found
