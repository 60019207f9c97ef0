"""One photo of a comparison."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from photosort.gui.base import theme
from photosort.gui.grid.model import PhotoBook
from photosort.gui.loupe import picture_choice
from photosort.gui.loupe.dark_buttons import dark_button
from photosort.gui.loupe.marks_bar import MarksBar
from photosort.gui.loupe.photo_view import PhotoView
from photosort.gui.loupe.picture_choice import can_decode
from photosort.gui.loupe.pictures import PictureCache, Wanted
from photosort.gui.loupe.top_bar import Elided

_RING = 2


class ComparePane(QWidget):
    """A photo with its name and marks; the current pane, on which the keys act, has a ring.

    Signals:
        activated: the user clicked into it.
        removed: the user wants it out of the comparison.

    Attributes:
        photo_id: the photo.
        view: the surface on which it is painted.
        marks: stars and flags.
    """

    activated = Signal()
    removed = Signal()

    def __init__(self, photo_id: int, book: PhotoBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo_id = photo_id
        self._book = book
        self._is_current = False
        self.view = PhotoView()
        self.view.pressed.connect(self.activated)
        self.marks = MarksBar()
        self._title = Elided()
        remove = dark_button("cross", self.tr("Remove from comparison"))
        remove.clicked.connect(self.removed)
        line = QHBoxLayout()
        line.setContentsMargins(theme.Gap.S, 0, 0, 0)
        line.addWidget(self._title, 1)
        line.addWidget(self.marks)
        line.addWidget(remove)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_RING, _RING, _RING, _RING)
        whole.setSpacing(theme.Gap.XS)
        whole.addWidget(self.view, 1)
        whole.addLayout(line)

    def set_current(self, *, current: bool) -> None:
        """Whether the keys act on it."""
        self._is_current = current
        self.update()

    def show_words(self, place: int, count: int) -> None:
        """Shows and says what the book knows of the photo."""
        marks = self._book.marks(self.photo_id)
        described = self._book.describe(self.photo_id)
        title, _, _ = described.partition(";")
        self._title.set_text(title)
        self.marks.set_marks(marks.rating, marks.flag)
        position = self.tr("{place} of {count}").format(place=place, count=count)
        self.view.setAccessibleName(f"{described}; {position}")

    def wanted(self, cache: PictureCache) -> list[Wanted]:
        """The pictures that it needs now, the most important first."""
        photo, framing = self.photo_id, self.view.framing
        needed = [picture_choice.thumbnail(photo)]
        if can_decode(self._book.marks(photo)):
            needed.append(picture_choice.fitted(photo, self.view.view_size()))
            if framing is not None:
                finest = picture_choice.layers(cache, photo, framing).finest
                closer = picture_choice.detail_for_zoom(photo, framing, finest)
                needed += [] if closer is None else [closer]
        return needed

    def show_pictures(self, cache: PictureCache) -> None:
        """Paints what the cache holds by now."""
        layers = picture_choice.layers(cache, self.photo_id, self.view.framing)
        self.view.show_layers(layers)
        text, icon = picture_choice.message(self._book.marks(self.photo_id), layers)
        self.view.show_message(text, icon=icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring of the current pane."""
        if self._is_current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.DARK.accent), _RING))
            inner = self.rect().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, theme.CORNER_PHOTO, theme.CORNER_PHOTO)
            painter.end()
