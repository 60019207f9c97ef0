"""Shows the guide inside the program, with its pictures, so that no other program is needed to read it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QPalette, QShortcut, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from photosort.gui.base import desktop_open, guide, theme
from photosort.gui.widgets.basics import tool_button

_SIZE = QSize(820, 680)
_MARGIN = 24


class GuideReader(QDialog):
    """The guide in a window of its own, beside which one can go on working.

    Attributes:
        pages: what is shown.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.resize(_SIZE)
        self.pages = _Pages()
        self.pages.setAccessibleName(self.tr("Guide"))
        back = tool_button("chevron-left", self.tr("Back"), self.pages.backward)
        forward = tool_button("chevron-right", self.tr("Forward"), self.pages.forward)
        contents = tool_button("home", self.tr("Contents"), self._show_contents)
        for one, available in (
            (back, self.pages.backwardAvailable),
            (forward, self.pages.forwardAvailable),
        ):
            one.setEnabled(False)
            available.connect(one.setEnabled)
        row = QHBoxLayout()
        row.setContentsMargins(theme.Gap.S, theme.Gap.S, theme.Gap.S, theme.Gap.S)
        for one in (back, forward, contents):
            row.addWidget(one)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.pages, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self).activated.connect(
            self.pages.backward
        )

    def show_page(self, path: Path) -> None:
        """Shows a page and comes to the front."""
        self.pages.setSource(QUrl.fromLocalFile(str(path)))
        self.show()
        self.raise_()
        self.activateWindow()
        self.pages.setFocus()

    def _show_contents(self) -> None:
        path = guide.place_of(guide.FIRST_PAGE)
        if path is not None:
            self.pages.setSource(QUrl.fromLocalFile(str(path)))


class _Pages(QTextBrowser):
    """Pictures are never wider than the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenExternalLinks(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Link, theme.colour("accent"))
        self.setPalette(palette)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures as wide as there is room, everything else as Qt reads it."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        url = self.source().resolved(QUrl(name))
        picture = QImage(url.toLocalFile())
        # The bar at the side may come once the page is longer than the window.
        bar = (
            0
            if self.verticalScrollBar().isVisible()
            else self.verticalScrollBar().sizeHint().width()
        )
        room = self.viewport().width() - 2 * _MARGIN - bar
        if picture.width() > room > 0:
            return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return picture


def show_guide(window: QWidget, shown: Sequence[QWidget | None]) -> bool:
    """Opens the guide at the page about where the user is; False where there is no guide.

    Args:
        window: the reader belongs to it.
        shown: what the user may mean, the likeliest first: what has the keyboard, what fills the window.
    """
    path = guide.page_about(shown)
    if path is None:
        return False
    # A package has web pages, which a browser shows best.
    if path.suffix == ".html" and desktop_open.open_file(path):
        return True
    reader = window.findChild(GuideReader) or GuideReader(window)
    reader.show_page(path)
    return True
