"""All facts about one photo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from photosort.store.tables import albums, photos
from photosort.usecases.photos.photo_paths import absolute_path, root_paths
from photosort.usecases.photos.place_naming import place_of
from photosort.usecases.tags.tagging import tags_of

if TYPE_CHECKING:
    from photosort.domain.photos import Photo
    from photosort.domain.places import PlaceName
    from photosort.domain.tags import TagOnPhoto
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class FileDetails:
    """One file of a photo, with its absolute path."""

    path: str
    role: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """All that is known of one photo.

    Attributes:
        path: the file that is shown.
        place: town, region and country, from the coordinates.
        albums: names of the albums it is in.
    """

    path: str
    photo: Photo
    files: tuple[FileDetails, ...]
    tags: tuple[TagOnPhoto, ...]
    albums: tuple[str, ...]
    place: PlaceName | None = None

    @property
    def file_date(self) -> str | None:
        """When the oldest of its files was written, ISO 8601 on this machine's clock.

        It is often that of a copy, so it is no date of the picture.
        """
        oldest_ns = min(file.mtime_ns for file in self.photo.files)
        try:
            moment = datetime.fromtimestamp(oldest_ns / 1e9).astimezone()
        except (OverflowError, OSError, ValueError):
            return None
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def details_of(session: Session, photo_id: int) -> PhotoDetails:
    """All that is known of a photo."""
    (photo,) = session.read(lambda store: photos.get(store, [photo_id]))
    where = root_paths(session)
    held = tuple(
        FileDetails(absolute_path(where, file), file.role.value, file.state.value, file.reason)
        for file in photo.files
    )
    return PhotoDetails(
        path=held[0].path,
        photo=photo,
        files=held,
        tags=tuple(tags_of(session, [photo_id])[photo_id]),
        albums=tuple(session.read(lambda store: albums.names_of(store, photo_id))),
        place=place_of(session, photo_id),
    )
