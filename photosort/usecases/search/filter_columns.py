"""Filters of a query: which photos of the library have a tag, lie in a folder, were taken with a camera."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import FileState
from photosort.domain.query import Field, Sort, SortKey
from photosort.domain.tags import TagState
from photosort.domain.texts import folded
from photosort.media.formats import media_of
from photosort.search.filtering import UNDATED, Columns
from photosort.store.tables import filters, fulltext
from photosort.store.tables.photos import NO_DATE, NO_RATING
from photosort.usecases.photos import photo_table
from photosort.usecases.search.located_photos import located_ids
from photosort.usecases.search.unknown_names import tag_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.query import Area, Near
    from photosort.store.db.database import Store
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

    Mask = NDArray[np.bool_]

# The photos of which a machine suggests one of these tags (by key).
Suggested = Callable[[set[str]], "NDArray[np.int64]"]

_TYPES = {"jpg": "jpeg", "jpe": "jpeg", "tif": "tiff", "heif": "heic"}
# Tags that the user or a file gave.
SAID = (TagState.CONFIRMED.value, TagState.IMPORTED.value)


def columns_of(session: Session, catalog: Catalog, suggested: Suggested | None = None) -> Columns:
    """What filters ask about the photos of a catalog."""
    table = catalog.table

    def named(field: Field, value: str) -> Mask:
        return _named(session.reader(), catalog, suggested, field, value)

    def located(where: Near | Area) -> Mask:
        return np.isin(catalog.ids, located_ids(session.reader(), where))

    return Columns(
        taken_ms=np.where(table.taken_sort == NO_DATE, UNDATED, table.taken_sort),
        taken_last_ms=photo_table.last_moments(table),
        rating=np.where(table.rating == NO_RATING, 0, table.rating).astype(np.int8),
        kinds=table.kind.astype(np.int8),
        flags=table.flag.astype(np.int8),
        size_bytes=table.size_bytes,
        has_gps=table.has_gps,
        named=named,
        located=located,
    )


def _named(
    store: Store, catalog: Catalog, suggested: Suggested | None, field: Field, value: str
) -> Mask:
    if field is Field.FOLDER:
        return _in_folder(catalog, value)
    if field is Field.TYPE:
        return _of_type(catalog, value)
    if field is Field.IS and value in {FileState.OFFLINE, FileState.MISSING}:
        return photo_table.state_mask(catalog, FileState(value))
    if field is Field.IS and value == "recent":
        return photo_table.recently_added(store, catalog)
    if field is Field.IS:
        decided = filters.with_any_tag(store, (TagState.CONFIRMED, TagState.REJECTED))
        return ~np.isin(catalog.ids, decided)
    return np.isin(catalog.ids, named_ids(store, suggested, field, value))


def named_ids(
    store: Store, suggested: Suggested | None, field: Field, value: str
) -> NDArray[np.int64]:
    """Photos that a filter by name leaves: int64 array of ids."""
    if field is Field.TAG:
        tag = tag_named(store, value)
        if tag is None:
            return np.empty(0, np.int64)
        said = filters.with_tag(store, tag, SAID)
        if suggested is None:
            return said
        rejected = filters.with_tag(store, tag, (TagState.REJECTED.value,))
        likely = suggested(filters.tags_at_or_below(store, tag))
        return np.union1d(said, np.setdiff1d(likely, rejected))
    if field is Field.ALBUM:
        return filters.in_album(store, value)
    if field in {Field.CAMERA, Field.LENS}:
        return filters.with_text(store, field, value)
    if field is Field.STATE:
        if value == TagState.SUGGESTED:
            return np.empty(0, np.int64) if suggested is None else suggested(set())
        return filters.with_any_tag(store, (value,))
    if field is Field.HAS:
        return _having(store, value)
    # A place is told by the names of its coordinates, by folders, captions and keywords: all are words.
    return fulltext.photos_with(store, value)


def _having(store: Store, what: str) -> NDArray[np.int64]:
    if what == "tag":
        return filters.with_any_tag(store, SAID)
    if what == "caption":
        return filters.with_caption(store)
    if what == "motion":
        return np.union1d(
            filters.with_role(store, "motion"), filters.with_more(store, "has_motion")
        )
    return filters.with_more(store, "is_hdr" if what == "hdr" else what)


def _in_folder(catalog: Catalog, value: str) -> Mask:
    """Photos in the folder and below it: an absolute path, or the name of any folder on the way."""
    wanted = folded(value.rstrip("/"))
    is_path = Path(value).is_absolute()
    inside = []
    for folder_id, (root_id, relative) in catalog.folders.items():
        root = catalog.roots.get(root_id)
        if root is None:
            continue
        path = folded(f"{root.path}/{relative}".rstrip("/"))
        if is_path:
            held = path == wanted or path.startswith(f"{wanted}/")
        else:
            below = folded(f"/{root.path.rsplit('/', 1)[-1]}/{relative}/")
            held = f"/{wanted}/" in below
        if held:
            inside.append(folder_id)
    return np.isin(catalog.table.folder, np.array(inside, np.int32))


def _of_type(catalog: Catalog, value: str) -> Mask:
    def matches(name: str) -> bool:
        extension = name.rpartition(".")[2].casefold()
        return _TYPES.get(extension, extension) == value or (
            value in {"raw", "video"} and media_of(name) == value
        )

    return np.fromiter(map(matches, catalog.names), np.bool_, len(catalog))


def ordered(catalog: Catalog, rows: NDArray[np.intp], sort: Sort) -> NDArray[np.intp]:
    """Places in `rows` in an order; equal ones newest first."""
    table = catalog.table
    taken = table.taken_sort[rows]
    newest = np.where(taken == NO_DATE, np.iinfo(np.int64).max, -taken)
    key: NDArray[np.int64]
    if sort.key is SortKey.NAME:
        names = [catalog.names[row].casefold() for row in rows.tolist()]
        places = np.empty(len(names), np.int64)
        places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        key = places
    elif sort.key is SortKey.RATING:
        rating = table.rating[rows].astype(np.int64)
        key = -np.where(rating == NO_RATING, 0, rating)
    elif sort.key is SortKey.SIZE:
        key = -table.size_bytes[rows]
    else:
        key = (
            np.where(taken == NO_DATE, np.iinfo(np.int64).max, taken) if sort.backwards else newest
        )
        return np.lexsort((-table.ids[rows], key))
    return np.lexsort((-table.ids[rows], newest, -key if sort.backwards else key))


def update_fulltext(session: Session) -> None:
    """Makes names, tags and captions that changed lately searchable."""
    if session.read(fulltext.pending):
        while session.write(fulltext.update_pending):
            pass
