"""Suggested changes to albums, as cards with yes and no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from photosort.gui.base import album_names, theme
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.flow import Flow

if TYPE_CHECKING:
    from photosort.domain.albums import AlbumSuggestion

_MOST_CARDS = 3


class SuggestionCards(QWidget):
    """The first few suggestions, and how many more there are.

    Signals:
        answered: a suggestion (id) was said yes to (bool).
        photos_asked: the photos of a suggestion (`AlbumSuggestion`) are wanted.
    """

    answered = Signal(int, bool)
    photos_asked = Signal(object)

    def __init__(self, name_of: Callable[[int], str], parent: QWidget | None = None) -> None:
        """Shows nothing yet.

        Args:
            name_of: what an album (id) is called.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._name_of = name_of
        self._cards = Flow(gap=theme.Gap.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._cards)

    def set_waiting(self, waiting: Sequence[AlbumSuggestion]) -> None:
        """Shows other suggestions; none hide the whole."""
        self._cards.clear()
        for row in waiting[:_MOST_CARDS]:
            self._cards.add(self._card(row))
        if len(waiting) > _MOST_CARDS:
            more = self.tr("%Ln more", "", len(waiting) - _MOST_CARDS)
            self._cards.add(label(more, role="second"))
        self.setVisible(bool(waiting))

    def said(self, row: AlbumSuggestion) -> str:
        """A suggestion as a sentence."""
        count = len(row.joins)
        if row.album is not None:
            said = self.tr("%Ln photo(s) would make the album \u201c{name}\u201d", "", count)
            return said.format(name=album_names.album_name(row.album.title, row.album.name))
        said = self.tr("%Ln photo(s) would join \u201c{name}\u201d", "", count)
        return said.format(name=self._name_of(row.album_id or 0))

    def _card(self, row: AlbumSuggestion) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        inner = QHBoxLayout(card)
        inner.setContentsMargins(theme.Gap.M, theme.Gap.XS, theme.Gap.S, theme.Gap.XS)
        inner.setSpacing(theme.Gap.S)
        inner.addWidget(label(self.said(row)))
        show = button(self.tr("Show"), partial(self.photos_asked.emit, row), kind="link")
        inner.addWidget(show)
        for text, yes in ((self.tr("Yes"), True), (self.tr("No"), False)):
            inner.addWidget(button(text, partial(self.answered.emit, row.id, yes), kind="quiet"))
        return card
