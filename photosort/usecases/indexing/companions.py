"""Finds companions of new files: RAW and JPEG, photo and clip, original and edited copy are one photo."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from photosort.domain.dates import Precision, precision_of
from photosort.domain.photos import File, Metadata
from photosort.media.formats import extension_of, media_of
from photosort.media.siblings import SiblingFacts, names_of
from photosort.store.tables import contents, files, photos

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.usecases.indexing.arrival import Arrival


class FolderNames:
    """The known files of a folder by the names that companions of theirs may have, kept over the batches of a run.

    To look through all files of a folder again for each batch of it takes hours where there are 200,000.
    """

    def __init__(self) -> None:
        self._folder: tuple[int, str] | None = None
        self._newest = 0
        self._ids: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._touched: set[int] = set()

    def touch(self, file_ids: Iterable[int]) -> None:
        """Known files that moved, or whose sidecars changed, since they were last looked for."""
        self._touched.update(file_ids)

    def find(
        self, store: Store, root_id: int, folder: str, names: Iterable[tuple[str, str]]
    ) -> list[File]:
        """The known files of a folder that may be companions of a file with one of these names, by name.

        Args:
            store: the writing connection.
            root_id: the root that the folder lies below.
            folder: path below the root.
            names: as `names_of` gives them.
        """
        if self._folder != (root_id, folder):
            self._folder = (root_id, folder)
            self._ids.clear()
            self._touched.clear()
            newest, fresh = files.newest_id(store), files.in_folder(store, root_id, folder)
        else:
            newest = files.newest_id(store)
            fresh = files.in_folder(store, root_id, folder, after=self._newest)
            fresh += files.get(store, self._touched).values()
        self._newest, self._touched = newest, set()
        for file in fresh:
            for name in names_of(_facts_of_file(file, Metadata())):
                self._ids[name].add(file.id)
        ids = set[int]().union(*(self._ids.get(name, ()) for name in names))
        here = [
            file
            for file in files.get(store, ids).values()
            if (file.root_id, file.relative.rpartition("/")[0]) == self._folder
            and not file.is_replaced
        ]
        return sorted(here, key=lambda file: os.fsencode(file.relative))


def known_companions(
    store: Store,
    root_id: int,
    fresh: Iterable[Arrival],
    replaced_photos: Container[int],
    known: FolderNames,
) -> dict[SiblingFacts, File]:
    """Known files that could be companions of new ones in their folder.

    Args:
        store: the writing connection.
        root_id: the root that the folder lies below.
        fresh: the new files, all of one folder.
        replaced_photos: photos whose path another picture took: their files are no companions.
        known: finds them.
    """
    arrivals = list(fresh)
    names = frozenset[tuple[str, str]]().union(
        *(names_of(facts_of_arrival(arrival)) for arrival in arrivals)
    )
    near = [
        file
        for file in known.find(store, root_id, arrivals[0].folder, names)
        # What lay at the path of one of these is another picture, and so are its companions.
        if file.photo_id is not None
        and file.photo_id not in replaced_photos
        and names_of(_facts_of_file(file, Metadata())) & names
    ]
    if not near:
        return {}
    own = contents.get(store, [f.content_id for f in near if f.content_id is not None])
    pinned = photos.pinned(store, [f.photo_id for f in near if f.photo_id is not None])
    return {
        _facts_of_file(
            file, own[file.content_id].metadata if file.content_id in own else Metadata()
        ): file
        for file in near
        if file.photo_id not in pinned
    }


def facts_of_arrival(arrival: Arrival) -> SiblingFacts:
    """What decides whether a new file belongs to others."""
    beside = [one.relative for one in arrival.found.sidecars]
    return _facts(arrival.found.relative, arrival.metadata, beside)


def _facts_of_file(file: File, metadata: Metadata) -> SiblingFacts:
    return _facts(file.relative, metadata, [] if file.sidecar is None else [file.sidecar])


def _facts(relative: str, metadata: Metadata, sidecars: Sequence[str]) -> SiblingFacts:
    taken_at = metadata.taken_at
    return SiblingFacts(
        relative=relative,
        media=media_of(relative) or "image",
        # A year or a day is true of many files.
        taken_at=taken_at if taken_at and precision_of(taken_at) is Precision.SECOND else None,
        content_identifier=metadata.content_identifier,
        offset_min=metadata.offset_min,
        takeout=next((name for name in sidecars if extension_of(name) == ".json"), None),
    )
