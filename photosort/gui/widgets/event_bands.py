"""The events of one year as bands along its months."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from photosort.gui.base import theme

_BAND_HEIGHT = 10
_NARROWEST = 8
_LONGEST_NAME = 180
_MONTHS = 12
# Time runs to the right whatever the language reads.
_CORNER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Band:
    """One event.

    Attributes:
        album: its id.
        name: what it is called.
        first: its first day.
        last: its last day.
    """

    album: int
    name: str
    first: datetime.date
    last: datetime.date


class EventBands(QWidget):
    """A line of months, and below it the bands, in as many rows as it takes so that no name covers another.

    Signals:
        opened: an event (id of its album) was chosen.
        menu_asked: a context menu for an event (id) at a point (QPoint, global).
    """

    opened = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, year: int, bands: Sequence[Band], parent: QWidget | None = None) -> None:
        """Lays the events out.

        Args:
            year: the year of the line.
            bands: events that begin in it, in the order of time; the keyboard goes through them in this order.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._year = year
        self._buttons = [_BandButton(band, self) for band in bands]
        self._rows = 1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """The line of months and the rows."""
        return QSize(12 * _BAND_HEIGHT, self._top() + self._rows * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the bands again."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The months, and a hair line where each begins."""
        del event
        painter = QPainter(self)
        painter.setFont(theme.font(theme.Text.SMALL))
        for month in range(1, _MONTHS + 1):
            x = self._x(datetime.date(self._year, month, 1))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(x, 0, x, self.height())
            painter.setPen(theme.colour("text_second"))
            name = QLocale().standaloneMonthName(month, QLocale.FormatType.ShortFormat)
            box = QRect(x + theme.Gap.XS, 0, self._month_width() - theme.Gap.XS, self._top())
            painter.drawText(box, _CORNER, name)

    def _place(self) -> None:
        """Each band in the first row in which nothing is in its way."""
        ends: list[int] = []
        for button in self._buttons:
            left = self._x(button.band.first)
            right = self._x(min(button.band.last, datetime.date(self._year, 12, 31))) + self._day()
            band = max(right - left, _NARROWEST)
            width = max(band, button.name_width())
            begun, left = left, max(0, min(left, self.width() - width))
            row = next((i for i, end in enumerate(ends) if end <= left), len(ends))
            ends[row : row + 1] = [left + width + theme.Gap.S]
            top = self._top() + row * self._row_height()
            button.band_left, button.band_width = min(begun - left, width - band), band
            button.setGeometry(left, top, width, self._row_height() - theme.Gap.XS)
        rows = max(len(ends), 1)
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()

    def _x(self, day: datetime.date) -> int:
        # A day's share of a year of 366, so that the months of all years stand below each other.
        leap = day.replace(year=2000).timetuple().tm_yday - 1
        return round(leap / 366 * self.width())

    def _day(self) -> int:
        return round(self.width() / 366)

    def _month_width(self) -> int:
        return self.width() // _MONTHS

    def _top(self) -> int:
        return theme.text_px(theme.Text.SMALL) + theme.Gap.S + theme.Gap.XS

    def _row_height(self) -> int:
        return _BAND_HEIGHT + theme.text_px(theme.Text.SMALL) + 2 * theme.Gap.S


class _BandButton(QAbstractButton):
    """One band with its name below.

    Attributes:
        band: what it shows.
        band_left: where its time begins, from the left edge of the widget.
        band_width: how long it took.
    """

    def __init__(self, band: Band, parent: EventBands) -> None:
        super().__init__(parent)
        self.band = band
        self.band_left, self.band_width = 0, _NARROWEST
        self.setText(band.name)
        self.setAccessibleName(band.name)
        self.setToolTip(band.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._bands = parent
        self.clicked.connect(lambda: parent.opened.emit(band.album))

    def name_width(self) -> int:
        """How wide the name is shown."""
        self.setFont(theme.font(theme.Text.SMALL))
        return min(self.fontMetrics().horizontalAdvance(self.text()) + 2, _LONGEST_NAME)

    def sizeHint(self) -> QSize:
        """As wide as its name."""
        return QSize(self.name_width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The band, its name, a ring where the keyboard is."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_marked = self.underMouse() or self.hasFocus()
        painter.setBrush(theme.colour("accent", alpha=1.0 if is_marked else 0.75))
        band = QRectF(self.band_left, 1, self.band_width, _BAND_HEIGHT - 2)
        painter.drawRoundedRect(band, theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(theme.Text.SMALL))
        metrics = painter.fontMetrics()
        box = QRect(0, _BAND_HEIGHT + 1, self.width(), self.height() - _BAND_HEIGHT - 1)
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(box, _CORNER, shown)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, theme.CORNER_PHOTO, theme.CORNER_PHOTO)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the album's menu."""
        self._bands.menu_asked.emit(self.band.album, event.globalPos())
