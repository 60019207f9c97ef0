"""The covers of albums, under years with their bands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from photosort.albums.event_names import days_of
from photosort.gui.base import album_names, formatting, theme
from photosort.gui.base.jpeg_images import jpeg_image
from photosort.gui.widgets.album_tile import AlbumTile
from photosort.gui.widgets.basics import label
from photosort.gui.widgets.event_bands import Band, EventBands
from photosort.gui.widgets.flow import Flow

if TYPE_CHECKING:
    from photosort.gui.pages.page_switching import PageParts
    from photosort.usecases.albums.album_list import AlbumCard

_COVER_PX = 400


def name_of(card: AlbumCard) -> str:
    """What an album is called, in the language of the window."""
    return album_names.album_name(card.title, card.name)


class AlbumCovers(QScrollArea):
    """Tiles that stay while nothing of them changes.

    Signals:
        opened: an album (id: int) is to be seen.
        others_asked: the photos that are in no automatic album are to be seen.
        menu_asked: what can be done with an album (id: int, at a QPoint).
        merged: an album (id: int) was dropped on another one (id: int).
        choice_changed: other albums are selected; `chosen` has them.
    """

    opened = Signal(int)
    others_asked = Signal()
    menu_asked = Signal(int, QPoint)
    merged = Signal(int, int)
    choice_changed = Signal()

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._filled: object = None
        self._tiles: dict[int, list[AlbumTile]] = {}
        # In the order in which they are shown; Shift selects from the one that was selected last.
        self._by_album: dict[int, AlbumTile] = {}
        self._last_chosen = 0
        # Once Qt has given the tiles their places; before that they would be painted squeezed into what fits.
        self._placed = QTimer(self, singleShot=True, interval=0)
        self._placed.timeout.connect(lambda: self.viewport().setUpdatesEnabled(True))
        body = QWidget()
        self._shelves = QVBoxLayout(body)
        self._shelves.setContentsMargins(0, 0, theme.Gap.S, theme.Gap.L)
        self._shelves.setSpacing(theme.Gap.M)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_albums(
        self, sections: Sequence[tuple[str, Sequence[AlbumCard]]], nothing: str, others: int
    ) -> None:
        """Shows albums.

        Args:
            sections: a year or "", and its albums.
            nothing: what to say where there are none.
            others: photos that are in no automatic album; 0 shows no tile for them.
        """
        # The library changes often while it is indexed; tiles that stay the same keep the keyboard.
        if self._filled == (sections, nothing, others):
            return
        self._filled = (sections, nothing, others)
        while (item := self._shelves.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._tiles.clear()
        chosen = set(self.chosen())
        self._by_album.clear()
        if not any(cards for _, cards in sections):
            self._shelves.addWidget(label(nothing, role="second", wraps=True))
        for title, cards in sections:
            if title:
                self._shelves.addWidget(label(title, theme.Text.LARGE, strong=True))
                self._shelves.addWidget(self._bands(int(title), cards))
            flow = Flow(gap=theme.Gap.L)
            for card in cards:
                flow.add(self._tile(card))
            if others:
                flow.add(self._others_tile(others))
            self._shelves.addWidget(flow)
        self._shelves.addStretch(1)
        self.viewport().setUpdatesEnabled(False)
        self._placed.start()
        self._ask_covers()
        self._choose(chosen)

    def chosen(self) -> list[int]:
        """The selected albums, in the order in which they are shown."""
        return [album for album, tile in self._by_album.items() if tile.is_chosen]

    def choose_all(self) -> None:
        """Selects every album that is shown."""
        self._choose(set(self._by_album))

    def clear_choice(self) -> None:
        """Selects none."""
        self._choose(set())

    def focused(self) -> int:
        """The album that has the keyboard, or 0."""
        return next((album for album, tile in self._by_album.items() if tile.hasFocus()), 0)

    def _choose(self, albums: set[int]) -> None:
        for album, tile in self._by_album.items():
            tile.set_chosen(on=album in albums)
        self.choice_changed.emit()

    def _on_picked(self, album: int, *, is_range: bool) -> None:
        chosen, order = set(self.chosen()), list(self._by_album)
        if is_range and self._last_chosen in self._by_album:
            one, other = sorted((order.index(self._last_chosen), order.index(album)))
            chosen |= set(order[one : other + 1])
        else:
            chosen ^= {album}
            self._last_chosen = album
        self._choose(chosen)

    def _bands(self, year: int, cards: Sequence[AlbumCard]) -> EventBands:
        """The events of a year along its months."""
        bands = [
            Band(card.id, name_of(card), *days_of(card.begin_ms, card.end_ms))
            for card in reversed(cards)
            if card.begin_ms is not None and card.end_ms is not None
        ]
        made = EventBands(year, bands)
        made.opened.connect(self.opened)
        made.menu_asked.connect(self.menu_asked)
        return made

    def _tile(self, card: AlbumCard) -> AlbumTile:
        icon = "search" if card.query is not None else "album"
        note = self.tr("Saved search") if card.query is not None else formatting.photos(card.size)
        tile = AlbumTile(card.id, name_of(card), note, icon=icon, takes_albums=card.query is None)
        tile.clicked.connect(partial(self.opened.emit, card.id))
        tile.menu_asked.connect(self.menu_asked)
        tile.album_dropped.connect(self.merged)
        tile.picked.connect(lambda album, is_range: self._on_picked(album, is_range=is_range))
        if card.query is None:
            self._by_album[card.id] = tile
        if card.cover is not None:
            self._tiles.setdefault(card.cover, []).append(tile)
        return tile

    def _others_tile(self, count: int) -> AlbumTile:
        name = self.tr("Screenshots and documents")
        tile = AlbumTile(0, name, formatting.photos(count), icon="screenshot")
        tile.clicked.connect(self.others_asked)
        return tile

    def _ask_covers(self) -> None:
        session, wanted = self._parts.session, list(self._tiles)

        def work(_job: object) -> dict[int, QImage]:
            from photosort.usecases.photos.thumbnails import stored

            held = stored(session, wanted, _COVER_PX)
            return {i: jpeg_image(one.jpeg) for i, one in held.items() if one.jpeg is not None}

        self._parts.runner.latest("covers", session.lanes.reads, work, self._on_covers, owner=self)

    def _on_covers(self, pictures: dict[int, QImage]) -> None:
        for photo, picture in pictures.items():
            for tile in self._tiles.get(photo, ()):
                if not picture.isNull():
                    tile.set_picture(picture)
