"""What is known of photos that are compared as possible copies: metadata, thumbnails, pages, loaded in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.dates import Precision, precision_of, start_of
from photosort.domain.photos import Kind, Source
from photosort.errors import InputProblem
from photosort.likeness.alignment import EDGE_PX, Agreement, compare
from photosort.likeness.page_text import READING_PX, have_same_text, is_paper, tone
from photosort.media.geometry import fitted_size
from photosort.media.grey import grey_levels, grey_page
from photosort.store.tables import photos
from photosort.usecases.photos import photo_paths, thumbnails

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.photos import Photo
    from photosort.usecases.session.session import Session

Pair = tuple[int, int]

# How many pairs are compared between two loads; what they need stays in memory.
PAIRS_AT_ONCE = 2_000
# Between two shots of a burst.
BURST_GAP_S = 3.0
# What tells two receipts of one shop or two screens of one program apart is smaller than a thumbnail shows.
_OF_TEXT = frozenset({Kind.DOCUMENT, Kind.SCREENSHOT})
# A date from the name may be the date of a download, and that of the file always may.
_OF_THE_CAMERA = frozenset({Source.USER, Source.SIDECAR, Source.EXIF, Source.XMP, Source.DIGITIZED})


class PhotoPairs:
    """What is known of photos that are being compared, loaded a block at a time.

    Attributes:
        photos: by id.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.photos: dict[int, Photo] = {}
        self._grey: dict[int, NDArray[np.uint8]] = {}

    def load(self, photo_ids: Sequence[int], *, with_pictures: bool = True) -> None:
        """Makes these photos known, in place of those before."""
        ids = sorted(set(photo_ids))
        self.photos = {one.id: one for one in self._session.read(lambda s: photos.get(s, ids))}
        self._grey = self.pictures(ids, EDGE_PX) if with_pictures else {}

    def pictures(self, ids: Sequence[int], edge_px: int) -> dict[int, NDArray[np.uint8]]:
        """Stored thumbnails of photos as grey levels, shape (height, width), with this longest edge."""
        found = {}
        for photo_id, picture in thumbnails.stored(self._session, ids, edge_px).items():
            grey = grey_levels(picture.jpeg, edge_px) if picture.jpeg is not None else None
            if grey is not None and min(grey.shape) >= 8:
                found[photo_id] = grey
        return found

    def compare(self, one: int, other: int) -> Agreement:
        """Lays two photos over each other; nothing agrees with a photo that has no thumbnail."""
        if one not in self._grey or other not in self._grey:
            return Agreement(0.0)
        return compare(self._grey[one], self._grey[other])

    def moment(self, photo_id: int) -> datetime | None:
        """When the camera took it, in wall-clock time, or None where only a name or a file says so."""
        metadata = self.photos[photo_id].effective
        taken_at = metadata.taken_at
        if taken_at is None or metadata.taken_source not in _OF_THE_CAMERA:
            return None
        return start_of(taken_at) if precision_of(taken_at) is Precision.SECOND else None

    def are_two_moments(self, one: int, other: int) -> bool:
        """Whether the camera says that they were taken at different times, so that they are no copies."""
        first, second = self.moment(one), self.moment(other)
        return (
            first is not None
            and second is not None
            and abs((first - second).total_seconds()) >= 1.0
        )

    def are_of_one_moment(self, one: int, other: int) -> bool:
        """Whether one camera took both within seconds."""
        first, second = self.moment(one), self.moment(other)
        return (
            first is not None
            and second is not None
            and abs((first - second).total_seconds()) <= BURST_GAP_S
            and self.camera(one) == self.camera(other) != ""
        )

    def are_of_text(self, one: int, other: int) -> bool:
        """Whether what they say is written in them: by kind, or because one is mostly paper."""
        return any(
            self.photos[photo_id].kind in _OF_TEXT
            or (photo_id in self._grey and is_paper(self._grey[photo_id]))
            for photo_id in (one, other)
        )

    def are_of_one_tone(self, one: int, other: int) -> bool:
        """Whether both may be pages or screens, dark ones included, as far as thumbnails show."""
        return all(
            photo_id in self._grey and tone(self._grey[photo_id]) is not None
            for photo_id in (one, other)
        )

    def have_same_text(self, one: int, other: int) -> bool:
        """Whether all that is written in one stands in the other; True too where a file cannot be read now."""
        sizes = [
            (metadata.width or 0, metadata.height or 0)
            for metadata in (self.photos[photo_id].effective for photo_id in (one, other))
        ]
        size = fitted_size(min(sizes, key=max), READING_PX) if min(map(min, sizes)) else (0, 0)
        pages = [self._page(photo_id, size) for photo_id in (one, other)]
        first, second = pages
        return first is None or second is None or have_same_text(first, second)

    def _page(self, photo_id: int, size: tuple[int, int]) -> NDArray[np.uint8] | None:
        try:
            file = photo_paths.shown_file(self._session, photo_id)
            return grey_page(file.path, size, beside=file.orientation) if max(size) else None
        except InputProblem:
            return None

    def are_two_shots(self, one: int, other: int) -> bool:
        """Whether both look as if a camera wrote them: same camera, same size, dated."""
        first, second = self.photos[one].effective, self.photos[other].effective
        return (
            self.moment(one) is not None
            and self.moment(other) is not None
            and self.camera(one) == self.camera(other) != ""
            and (first.width, first.height) == (second.width, second.height)
        )

    def camera(self, photo_id: int) -> str:
        """The camera's model, "" where unknown."""
        return self.photos[photo_id].effective.camera_model or ""
