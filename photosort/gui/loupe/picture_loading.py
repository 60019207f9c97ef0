"""Loads the pictures of the loupe off the window's thread and hands them over."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from photosort.errors import PhotosortError
from photosort.gui.base import formatting
from photosort.gui.base.jpeg_images import jpeg_image
from photosort.gui.base.runner import Runner
from photosort.gui.loupe.pictures import Picture, Wanted
from photosort.media.screen_decoding import decode_for_screen
from photosort.usecases.photos.photo_paths import ShownFile


class PictureLoader(QObject):
    """Decodes photos for the loupe and for comparing.

    Signals:
        ready: (Wanted, Picture).
    """

    ready = Signal(object, object)

    def __init__(
        self,
        runner: Runner,
        lane: Executor,
        *,
        file_of: Callable[[int], ShownFile],
        thumbnail_of: Callable[[int], bytes | None],
        parent: QObject | None = None,
    ) -> None:
        """Prepares to decode.

        Args:
            runner: brings the pictures to the window's thread.
            lane: where they are decoded.
            file_of: the file of a photo; called in the lane, may raise `PhotosortError`.
            thumbnail_of: the largest stored thumbnail of a photo as JPEG, or None; called in the lane.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._runner = runner
        self._lane = lane
        self._file_of = file_of
        self._thumbnail_of = thumbnail_of

    def request(self, wanted: Wanted) -> None:
        """Begins to make a picture."""
        file_of, thumbnail_of = self._file_of, self._thumbnail_of

        def work(_job: object) -> Picture:
            if wanted.stored:
                return stored_picture(thumbnail_of(wanted.photo_id))
            return picture_of(file_of, wanted)

        def then(picture: Picture) -> None:
            self.ready.emit(wanted, picture)

        self._runner.latest((id(self), wanted), self._lane, work, then, owner=self)

    def cancel(self, wanted: Wanted) -> None:
        """Takes a wish back, if it has not begun."""
        self._runner.drop((id(self), wanted))


def picture_of(file_of: Callable[[int], ShownFile], wanted: Wanted) -> Picture:
    """A photo decoded; a file that cannot be shown is an answer, not an error."""
    try:
        file = file_of(wanted.photo_id)
        shown = decode_for_screen(
            file.path, wanted.max_px, region=wanted.region, beside=file.orientation
        )
    except PhotosortError as error:
        return Picture(problem=formatting.translate(error.user_message))
    height, width, _ = shown.pixels.shape
    lent = QImage(shown.pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # The painter's own format, converted here: on the window's thread 24 megapixels would stall it for 40 ms.
    image = lent.convertToFormat(QImage.Format.Format_RGB32)
    return Picture(image, shown.size, shown.region, shown.finest)


def stored_picture(jpeg: bytes | None) -> Picture:
    """A stored thumbnail; no image where there is none."""
    image = jpeg_image(jpeg)
    if image.isNull():
        return Picture()
    size = (image.width(), image.height())
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return Picture(image, size, (0.0, 0.0, float(size[0]), float(size[1])))
