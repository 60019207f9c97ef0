"""The page of one album: its photos, and commands to remove or move them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from photosort.gui.base import album_names, formatting, theme
from photosort.gui.controllers.thumbnails import LibraryThumbnails
from photosort.gui.dialogs.name import ask_name
from photosort.gui.grid.arrangement import Arrangement
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.view import PhotoGrid
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.gui.pages.centre import PageParts
    from photosort.usecases.albums.album_list import AlbumCard
    from photosort.usecases.session.session import Session


class AlbumView(QWidget):
    """Why the album is one, its photos, and buttons for the selected ones.

    Signals:
        photo_opened: these photos (array of ids) are to be shown large, beginning with one (int).

    Attributes:
        grid: the photos.
    """

    photo_opened = Signal(object, int)

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._album: AlbumCard | None = None
        self._why = label(role="second", wraps=True)
        self._out = button(self.tr("Not in this album"), self.take_out)
        self._split = button(self.tr("Make an album of these\u2026"), self._ask_name, icon="split")
        self._model = PhotoListModel(parts.book, self)
        self.grid = PhotoGrid(self._model, paths_of=parts.book.paths)
        self.grid.set_thumbnail_provider(LibraryThumbnails(parts.runner, parts.session, self))
        self.grid.selection_changed.connect(self._on_selection)
        self.grid.photo_opened.connect(self._on_opened)
        self.grid.preview_asked.connect(self._on_opened)
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.S)
        row.addWidget(self._why, 1)
        row.addWidget(self._split)
        row.addWidget(self._out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.Gap.S)
        column.addLayout(row)
        column.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)

    def show_album(self, card: AlbumCard) -> None:
        """Shows an album's photos."""
        is_same = self._album is not None and self._album.id == card.id
        self._album = card
        lines = [formatting.photos(card.size), *map(album_names.album_reason, card.why[:1])]
        self._why.setText("\n".join(lines))
        session = self._parts.session

        def work(_job: object) -> list[int]:
            from photosort.usecases.albums.user_albums import photos_of

            return photos_of(session, card.id)

        self._parts.runner.latest(
            "album",
            session.lanes.reads,
            work,
            lambda found: self._show(found, keep_place=is_same),
            owner=self,
        )
        self._on_selection()

    def show_photos(self, photo_ids: Sequence[int]) -> None:
        """Shows photos that are in no album yet."""
        self._parts.runner.drop("album")
        self._album = None
        self._why.setText("")
        self._show(photo_ids, keep_place=False)
        self._on_selection()

    def take_out(self) -> None:
        """Takes the selected photos out of the album, for good."""
        card, chosen = self._album, self._chosen()
        if card is None or not chosen:
            return

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            return automatic_albums.remove_photos(session, card.id, chosen)

        self._carry_out(work)

    def split(self, album: int, chosen: Sequence[int], name: str) -> None:
        """Moves photos of an album into a new one."""

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            _, change = automatic_albums.split(session, album, chosen, name)
            return change

        self._carry_out(work)

    def _ask_name(self) -> None:
        card, chosen = self._album, self._chosen()
        if card is None or not chosen:
            return
        ask_name(
            self,
            self.tr("Make an album"),
            self.tr("Make"),
            partial(self.split, card.id, chosen),
            about=self.tr("%Ln photo(s) will move into it.", "", len(chosen)),
        )

    def _show(self, photo_ids: Sequence[int], *, keep_place: bool) -> None:
        ids = np.array(photo_ids, dtype=np.int64)
        self.grid.set_photos(Arrangement(ids), keep_place=keep_place)

    def _on_selection(self) -> None:
        can = self._album is not None
        self._out.setVisible(can)
        self._split.setVisible(can)
        for one in (self._out, self._split):
            one.setEnabled(can and self.grid.selection.count() > 0)

    def _on_opened(self, photo_id: int) -> None:
        if photo_id >= 0:
            self.photo_opened.emit(self._model.arrangement.ids, photo_id)

    def _chosen(self) -> list[int]:
        return [int(photo) for photo in self.grid.selection.ids().tolist()]

    def _carry_out(self, work: Callable[[Session], ChangeSet]) -> None:
        session = self._parts.session
        self._parts.changes.carry_out(lambda: work(session))
