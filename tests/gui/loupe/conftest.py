"""A book from memory, and makers of pictures whose answers the test gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage

from photosort.gui.grid.model import Marks
from photosort.gui.loupe.loupe import Loupe
from photosort.gui.loupe.pictures import Picture, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme

PHOTO_SIZE = (6000, 4000)


class Book:
    def __init__(self) -> None:
        self.known: dict[int, Marks] = {}

    def marks(self, photo_id: int) -> Marks:
        return self.known.get(photo_id, Marks())

    def describe(self, photo_id: int) -> str:
        return f"IMG_{photo_id:04}, 15 May 2022 18:42, Lisbon; beach, yes"

    def aspects(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.full(ids.shape, 1.5, np.float32)


class Thumbnails(QObject):
    ready = Signal(int, int, QImage)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def request(self, photo_id: int, edge_px: int) -> None:
        self.asked.append(photo_id)
        self.ready.emit(photo_id, edge_px, painted(edge_px, edge_px * 2 // 3))

    def cancel(self, photo_id: int) -> None:
        pass


class Pictures(QObject):
    """Collects wishes; answers when the test says so, or at once."""

    ready = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Wanted] = []
        self.cancelled: list[Wanted] = []
        self.size = PHOTO_SIZE
        self.finest = 1.0
        self.problems: dict[int, str] = {}
        self.at_once = True

    def request(self, wanted: Wanted) -> None:
        self.asked.append(wanted)
        if self.at_once:
            self.answer(wanted)

    def cancel(self, wanted: Wanted) -> None:
        self.cancelled.append(wanted)

    def answer(self, wanted: Wanted) -> None:
        self.ready.emit(wanted, self.picture(wanted))

    def picture(self, wanted: Wanted) -> Picture:
        if wanted.stored:
            image = painted(512, 340, "#606060")
            return Picture(image, (512, 340), (0.0, 0.0, 512.0, 340.0))
        if wanted.photo_id in self.problems:
            return Picture(problem=self.problems[wanted.photo_id])
        region = wanted.region or (0.0, 0.0, float(self.size[0]), float(self.size[1]))
        width, height = region[2] - region[0], region[3] - region[1]
        part = min(1.0, self.finest, wanted.max_px / max(width, height))
        image = painted(round(width * part), round(height * part))
        return Picture(image, self.size, region, self.finest)

    def of(self, photo_id: int) -> list[Wanted]:
        return [w for w in self.asked if w.photo_id == photo_id and not w.stored]


def painted(width: int, height: int, colour: str = "#3060c0") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def pictures(qapp: object) -> Pictures:
    return Pictures()


@pytest.fixture
def thumbnails(qapp: object) -> Thumbnails:
    return Thumbnails()


@pytest.fixture
def make_loupe(
    qtbot: QtBot, themed: Theme, book: Book, pictures: Pictures, thumbnails: Thumbnails
) -> Callable[..., Loupe]:
    """Makes a shown loupe of 1200 x 800 with photos 1 to 132."""

    def make(photo_id: int = 12, *, count: int = 132) -> Loupe:
        loupe = Loupe(book, pictures, thumbnails)
        qtbot.addWidget(loupe)
        loupe.resize(1200, 800)
        # Shortcuts belong to the active window.
        with qtbot.waitActive(loupe):
            loupe.show()
            loupe.activateWindow()
        loupe.open(np.arange(1, count + 1), photo_id)
        if pictures.at_once:
            can = loupe._can_decode(photo_id) and photo_id not in pictures.problems
            qtbot.waitUntil(lambda: not can or loupe.view.framing is not None)
        return loupe

    return make
