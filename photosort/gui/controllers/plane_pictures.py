"""Brings stored thumbnails to a map of photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from photosort.gui.base.jpeg_images import jpeg_image
from photosort.gui.base.runner import Runner

if TYPE_CHECKING:
    from photosort.gui.widgets.plane_view import PlaneView
    from photosort.usecases.session.session import Session

_EDGE_PX = 160


class PlanePictures(QObject):
    """Reads what a map asks for in the reading lane."""

    def __init__(self, view: PlaneView, runner: Runner, session: Session) -> None:
        super().__init__(view)
        self._view = view
        self._runner = runner
        self._session = session
        view.thumbnails_wanted.connect(self._read)

    def _read(self, photo_ids: list[int]) -> None:
        session = self._session

        def work(_job: object) -> dict[int, QImage]:
            from photosort.usecases.photos.thumbnails import stored

            held = stored(session, photo_ids, _EDGE_PX)
            return {i: jpeg_image(one.jpeg) for i, one in held.items() if one.jpeg is not None}

        def show(pictures: dict[int, QImage]) -> None:
            for photo, picture in pictures.items():
                if not picture.isNull():
                    self._view.set_picture(photo, picture)

        self._runner.run(session.lanes.reads, work, show, owner=self)
