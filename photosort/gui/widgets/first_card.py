"""The card after the first index run: searches to try, and what a better picture model would add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import announce, button, hairline, label, tool_button


class FirstCard(QFrame):
    """Shown once, above the photos, until it is closed.

    Signals:
        search_asked: a search is to be tried (str).
        model_asked: a better picture model is wanted.
        closed: the card is not needed any more.
    """

    search_asked = Signal(str)
    model_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "banner")
        self.setAccessibleName(self.tr("First steps"))
        self._title = label(strong=True)
        close = tool_button("cross", self.tr("Close"), self.close_card, edge_px=16, dense=True)
        top = QHBoxLayout()
        top.setSpacing(theme.Gap.S)
        top.addWidget(self._title, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._searches = QHBoxLayout()
        self._searches.setSpacing(theme.Gap.S)
        self._more = QWidget()
        model = QHBoxLayout(self._more)
        model.setContentsMargins(0, 0, 0, 0)
        model.setSpacing(theme.Gap.S)
        better = self.tr(
            "A larger picture model finds more and tells finer things apart. It reads your photos again, which"
            " takes longer; your yes and no answers are kept."
        )
        model.addWidget(label(better, role="second", wraps=True), 1)
        model.addWidget(button(self.tr("Get it"), self._on_model))
        model.addWidget(button(self.tr("Later"), self.close_card, kind="quiet"))
        self._line = hairline()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.M, theme.Gap.M)
        column.setSpacing(theme.Gap.S)
        column.addLayout(top)
        column.addLayout(self._searches)
        column.addWidget(self._line)
        column.addWidget(self._more)
        self.hide()

    def show_steps(
        self, photos: int, searches: Sequence[tuple[str, int]], *, has_models: bool
    ) -> None:
        """Shows what can be done now.

        Args:
            photos: how many were read.
            searches: descriptions, and how many photos match each well.
            has_models: there are larger picture models to choose from.
        """
        said = self.tr("%Ln photo(s) can be searched now.", "", photos)
        if searches:
            said += " " + self.tr("Try one of these:")
        self._title.setText(said)
        while (item := self._searches.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for query, count in searches:
            text = f"{query}  \u00b7  {formatting.photos(count)}"
            made = button(
                text.replace("&", "&&"), partial(self.search_asked.emit, query), icon="search"
            )
            made.setAccessibleName(f"{query}, {formatting.photos(count)}")
            self._searches.addWidget(made)
        self._searches.addStretch(1)
        self._line.setVisible(has_models)
        self._more.setVisible(has_models)
        self.show()
        announce(self, said)

    def close_card(self) -> None:
        """Takes the card away."""
        self.hide()
        self.closed.emit()

    def _on_model(self) -> None:
        self.model_asked.emit()
        self.close_card()
