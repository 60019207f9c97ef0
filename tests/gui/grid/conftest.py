"""A book and a maker of thumbnails that answer from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage

from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement, Section
from photosort.gui.grid.layout import CellShape
from photosort.gui.grid.model import Marks, PhotoListModel
from photosort.gui.grid.view import PhotoGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme


def divided(strong: NDArray[np.int64], weak: NDArray[np.int64]) -> Arrangement:
    """Good matches, then an open divider, then weaker ones."""
    sections = (
        Section(0),
        Section(strong.size, "weaker", is_divider=True),
        Section(strong.size + 1),
    )
    return Arrangement(np.concatenate((strong, [DIVIDER_ID], weak)), sections)


class Book:
    """Photos in three shapes; what a test sets wins."""

    def __init__(self) -> None:
        self.known: dict[int, Marks] = {}
        self.asked = 0

    def marks(self, photo_id: int) -> Marks:
        self.asked += 1
        return self.known.get(photo_id, Marks(aspect=self._aspect(photo_id)))

    def describe(self, photo_id: int) -> str:
        return f"IMG_{photo_id:04}, 15 May 2022 18:42"

    def aspects(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.array([self._aspect(i) for i in ids.tolist()], np.float32)

    @staticmethod
    def _aspect(photo_id: int) -> float:
        return (1.5, 0.75, 1.0)[photo_id % 3]


class Provider(QObject):
    """Collects requests; a test answers them."""

    ready = Signal(int, int, QImage)

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[tuple[int, int]] = []
        self.cancelled: list[int] = []

    def request(self, photo_id: int, edge_px: int) -> None:
        self.requests.append((photo_id, edge_px))

    def cancel(self, photo_id: int) -> None:
        self.cancelled.append(photo_id)

    def answer(self, photo_id: int, edge_px: int, colour: str = "#804020") -> None:
        image = QImage(edge_px, edge_px, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        self.ready.emit(photo_id, edge_px, image)


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def provider(qapp: object) -> Provider:
    return Provider()


@pytest.fixture
def make_grid(qtbot: QtBot, themed: Theme, book: Book) -> Callable[..., PhotoGrid]:
    """Makes a shown grid of 800 x 600, with squares: their places are easily told."""

    def make(**options: object) -> PhotoGrid:
        grid = PhotoGrid(PhotoListModel(book), **options)  # type: ignore[arg-type]
        grid.set_shape_of_cells(CellShape.SQUARE)
        qtbot.addWidget(grid)
        grid.resize(800, 600)
        with qtbot.waitExposed(grid):
            grid.show()
        grid.activateWindow()
        grid.setFocus()
        return grid

    return make
