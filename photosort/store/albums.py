"""Albums: named sets of photos, made by the user or by the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from photosort.store.database import Store


def names_of(store: Store, photo_id: int) -> list[str]:
    """The names of the albums that hold a photo."""
    rows = store.rows(
        "SELECT albums.name FROM albums JOIN album_photos ON album_photos.album_id = albums.id"
        " WHERE album_photos.photo_id = ? AND NOT album_photos.excluded AND NOT albums.hidden"
        " ORDER BY albums.name",
        [photo_id],
    )
    return [row[0] for row in rows]
