"""Thumbnails of the library for the grid: read and decoded in the lanes, a few photos at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from photosort.gui.base.jpeg_images import jpeg_image
from photosort.gui.base.runner import Runner
from photosort.usecases.photos import thumbnails
from photosort.usecases.photos.thumbnails import Picture

if TYPE_CHECKING:
    from photosort.usecases.session.session import Session

# One job for a few photos: short enough that a search does not wait behind it.
_AT_ONCE = 8
_JOBS = 2
_MOST_REMEMBERED = 20_000


class LibraryThumbnails(QObject):
    """Serves the newest wishes first come; what was cancelled before its turn is never read.

    Signals:
        ready: as `ThumbnailProvider` asks.
        outdated: the pictures that were served of these photos (a set of ids) are no longer the best.
    """

    ready = Signal(int, int, QImage)
    outdated = Signal(object)

    def __init__(self, runner: Runner, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._wanted: OrderedDict[int, int] = OrderedDict()
        self._missing: OrderedDict[int, int] = OrderedDict()
        self._reading = 0
        self._making = 0
        self._served: OrderedDict[int, bytes | None] = OrderedDict()

    def request(self, photo_id: int, edge_px: int) -> None:
        """Asks for a thumbnail."""
        self._wanted[photo_id] = edge_px
        self._wanted.move_to_end(photo_id)
        self._go_on()

    def cancel(self, photo_id: int) -> None:
        """The thumbnail is no longer needed."""
        self._wanted.pop(photo_id, None)
        self._missing.pop(photo_id, None)

    def check(self, photo_ids: Iterable[int]) -> None:
        """Looks whether photos that changed have better pictures than those that were served."""
        served = {p: self._served[p] for p in photo_ids if p in self._served}
        if not served:
            return
        session = self._session

        def work(_job: object) -> set[int]:
            keys = thumbnails.keys_of(session, list(served))
            return {p for p, key in keys.items() if key is not None and key != served[p]}

        def then(changed: set[int]) -> None:
            if changed:
                self.outdated.emit(changed)

        self._runner.run(session.lanes.reads, work, then, owner=self)

    def _go_on(self) -> None:
        session = self._session
        while self._wanted and self._reading < _JOBS:
            edge = next(iter(self._wanted.values()))
            some = [p for p, e in islice(self._wanted.items(), 4 * _AT_ONCE) if e == edge][
                :_AT_ONCE
            ]
            for photo_id in some:
                del self._wanted[photo_id]
            self._reading += 1
            self._runner.run(
                session.lanes.reads,
                partial(_read, session, some, edge),
                partial(self._on_read, edge),
                owner=self,
                finished=self._on_reading_done,
            )
        while self._missing and self._making < _JOBS:
            photo_id, edge = self._missing.popitem(last=False)
            self._making += 1
            self._runner.run(
                session.lanes.decode,
                partial(_made, session, photo_id, edge),
                partial(self._on_made, photo_id, edge),
                owner=self,
                finished=self._on_making_done,
            )

    def _on_made(self, photo_id: int, edge: int, made: tuple[QImage, bytes | None]) -> None:
        self._serve(photo_id, edge, *made)

    def _on_read(self, edge: int, found: Sequence[tuple[int, QImage, bytes | None]]) -> None:
        for photo_id, image, key in found:
            if image.isNull():
                self._missing[photo_id] = edge
            else:
                self._serve(photo_id, edge, image, key)

    def _serve(self, photo_id: int, edge: int, image: QImage, key: bytes | None) -> None:
        self._served[photo_id] = key
        self._served.move_to_end(photo_id)
        if len(self._served) > _MOST_REMEMBERED:
            self._served.popitem(last=False)
        self.ready.emit(photo_id, edge, image)

    def _on_reading_done(self) -> None:
        self._reading -= 1
        self._go_on()

    def _on_making_done(self) -> None:
        self._making -= 1
        self._go_on()


def _read(
    session: Session, photo_ids: Sequence[int], edge: int, _job: object
) -> list[tuple[int, QImage, bytes | None]]:
    found = thumbnails.stored(session, photo_ids, edge)
    nothing = Picture(None, None)
    return [
        (photo_id, _image(picture, edge), picture.key)
        for photo_id, picture in ((p, found.get(p, nothing)) for p in photo_ids)
    ]


def _made(session: Session, photo_id: int, edge: int, _job: object) -> tuple[QImage, bytes | None]:
    picture = thumbnails.make(session, photo_id, edge)
    return _image(picture, edge), picture.key


def _image(picture: Picture, edge: int) -> QImage:
    """The picture no larger than it is shown, in the painter's own format."""
    image = jpeg_image(picture.jpeg)
    if image.isNull():
        return QImage()
    if max(image.width(), image.height()) > edge:
        image = image.scaled(
            QSize(edge, edge),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image.convertToFormat(QImage.Format.Format_RGB32)
