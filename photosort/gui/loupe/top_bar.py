"""The bar above the photo: back, title, marks, view options."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from photosort.domain.photos import Flag
from photosort.gui.base import formatting, theme
from photosort.gui.loupe.dark_buttons import dark_button
from photosort.gui.loupe.marks_bar import MarksBar

HEIGHT = 44
_NARROW = 720


class TopBar(QWidget):
    """What can be done with the photo that is looked at.

    Signals:
        back_asked, fit_asked, actual_asked, closer_asked, farther_asked, slideshow_asked, part_asked: a button.
        information_toggled, full_screen_toggled, heat_toggled, histogram_toggled: a button is down (bool) or up.

    Attributes:
        marks: stars and flags.
    """

    back_asked = Signal()
    fit_asked = Signal()
    actual_asked = Signal()
    closer_asked = Signal()
    farther_asked = Signal()
    slideshow_asked = Signal()
    information_toggled = Signal(bool)
    full_screen_toggled = Signal(bool)
    heat_toggled = Signal(bool)
    histogram_toggled = Signal(bool)
    part_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.marks = MarksBar()
        self._title = Elided()
        self._position = QLabel()
        theme.set_text(self._position, theme.Text.BODY, role="second")
        self._percent = QLabel()
        theme.set_text(self._percent, theme.Text.SMALL, role="second")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(44)
        self._percent.setAccessibleName(self.tr("Zoom"))
        back = dark_button("chevron-left", self.tr("Back to the photos"), hint="Esc")
        farther = dark_button("zoom-out", self.tr("Zoom out"), hint="-")
        closer = dark_button("zoom-in", self.tr("Zoom in"), hint="+")
        fit = dark_button("fit", self.tr("Show the whole photo"), hint="Z")
        actual = dark_button("actual-size", self.tr("Actual size"), hint="Ctrl+1")
        show = dark_button("slideshow", self.tr("Slideshow"), hint="F5")
        self._information = dark_button("info", self.tr("Information"), hint="I", checkable=True)
        self._heat = dark_button("heat", self.tr("Show where it matched"), hint="H", checkable=True)
        self._histogram = dark_button(
            "histogram", self.tr("Histogram and clipping"), hint="J", checkable=True
        )
        part = dark_button("similar", self.tr("Search by a part of the photo"), hint="B")
        self._full = dark_button("full-screen", self.tr("Full screen"), hint="F", checkable=True)
        back.clicked.connect(self.back_asked)
        farther.clicked.connect(self.farther_asked)
        closer.clicked.connect(self.closer_asked)
        fit.clicked.connect(self.fit_asked)
        actual.clicked.connect(self.actual_asked)
        show.clicked.connect(self.slideshow_asked)
        self._information.clicked.connect(self.information_toggled)
        self._heat.clicked.connect(self.heat_toggled)
        self._histogram.clicked.connect(self.histogram_toggled)
        part.clicked.connect(self.part_asked)
        self._full.clicked.connect(self.full_screen_toggled)
        self._zoom_group = (farther, self._percent, closer, fit, actual)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.Gap.S, 0, theme.Gap.S, 0)
        line.setSpacing(theme.Gap.XS)
        line.addWidget(back)
        line.addWidget(self._title, 1)
        line.addWidget(self._position)
        line.addSpacing(theme.Gap.S)
        line.addWidget(self.marks)
        line.addSpacing(theme.Gap.M)
        for widget in self._zoom_group:
            line.addWidget(widget)
        line.addSpacing(theme.Gap.M)
        for widget in (part, self._heat, self._histogram, self._information, show, self._full):
            line.addWidget(widget)

    def set_photo(self, title: str, position: str, rating: int, flag: Flag | None) -> None:
        """Shows which photo it is."""
        self._title.set_text(title)
        self._position.setText(position)
        self.marks.set_marks(rating, flag)

    def set_percent(self, scale: float | None) -> None:
        """Shows the zoom; None shows nothing."""
        self._percent.setText("" if scale is None else formatting.percent(scale))

    def set_information(self, *, shown: bool) -> None:
        """Shows whether information is shown."""
        self._information.setChecked(shown)

    def set_heat(self, *, shown: bool) -> None:
        """Shows whether the heat map is shown."""
        self._heat.setChecked(shown)

    def set_histogram(self, *, shown: bool) -> None:
        """Shows whether the histogram is shown."""
        self._histogram.setChecked(shown)

    def set_full_screen(self, *, on: bool) -> None:
        """Shows whether the whole screen is used."""
        self._full.setChecked(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves out in a narrow window what keys and wheel do as well."""
        super().resizeEvent(event)
        for widget in self._zoom_group:
            widget.setVisible(event.size().width() >= _NARROW)


class Elided(QLabel):
    """A line that ends in an ellipsis where there is no room; the tool tip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        theme.set_text(self, theme.Text.BODY)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_text(self, text: str) -> None:
        """Shows a text of one line, however long it is."""
        self._whole = " ".join(text[:500].split())
        self.setToolTip(self._whole)
        self.setAccessibleName(self._whole)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        """It may shrink to nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the text into the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, mode, self.width()))
