"""The line above the photos of an album: its name, why it is one, its parts, and commands on the selected photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from photosort.gui.base import album_names, formatting, theme
from photosort.gui.dialogs.name import ask_name
from photosort.gui.panels import sources
from photosort.gui.widgets.basics import ElidedLabel, button
from photosort.gui.widgets.flow import Flow

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.gui.base.runner import Runner
    from photosort.gui.controllers.decisions import Changes
    from photosort.usecases.albums.album_list import AlbumCard, OpenAlbum
    from photosort.usecases.session.session import Session


class AlbumBar(QFrame):
    """Stands above the photos while they are those of one album, however it was opened.

    Signals:
        album_asked: another album, or the page of all (str, a key of the left panel).
    """

    album_asked = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._session: Session | None = None
        self._changes: Changes | None = None
        self._selected: Callable[[], Sequence[int]] = tuple
        self._query = ""
        self._card: AlbumCard | None = None
        self._back_to = sources.ALBUMS
        self._back = button("", self._go_up, kind="link", icon="chevron-left")
        self._title = ElidedLabel(size=theme.Text.LARGE, strong=True)
        self._why = ElidedLabel(role="second")
        self._split = button(self.tr("New album from selection\u2026"), self._ask_name)
        self._remove = button(self.tr("Remove from album"), self.remove_selected)
        self._commands, self._parts = Flow(), Flow()
        for one in (self._split, self._remove):
            self._commands.add(one)
        head = QHBoxLayout()
        head.setSpacing(theme.Gap.S)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, 0)
        column.setSpacing(theme.Gap.XS)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self._commands)
        column.addWidget(self._parts)
        self.hide()

    def open_library(
        self, session: Session, changes: Changes, selected: Callable[[], Sequence[int]]
    ) -> None:
        """Shows albums of a library from now on.

        Args:
            session: the library.
            changes: carries out what the buttons ask for.
            selected: the photos that are selected now.
        """
        self._session, self._changes, self._selected = session, changes, selected

    @property
    def card(self) -> AlbumCard | None:
        """The album that is shown."""
        return self._card

    def show_query(self, query: str) -> None:
        """Shows the album that a query asks for, or nothing where it asks for anything else."""
        self._query = query
        self.refresh()

    def refresh(self) -> None:
        """Reads again: the albums changed."""
        session, name = self._session, sources.album_of(self._query)
        if session is None or not name:
            self._runner.drop("album")
            self._show(None)
            return

        def work(_job: object) -> OpenAlbum | None:
            from photosort.usecases.albums.album_list import load_album

            return load_album(session, name)

        self._runner.latest("album", session.lanes.reads, work, self._show, owner=self)

    def update_selection(self) -> None:
        """Shows the commands while a photo is selected."""
        self._commands.setVisible(bool(self._selected()))

    def remove_selected(self) -> None:
        """Removes the selected photos from the album; no grouping puts them back."""
        card, chosen = self._card, list(self._selected())
        if card is None or not chosen:
            return

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            return automatic_albums.remove_photos(session, card.id, chosen)

        self._carry_out(work)

    def _show(self, found: OpenAlbum | None) -> None:
        self._card = None if found is None else found.card
        self.setVisible(found is not None)
        if found is None:
            return
        self._title.set_text(_name(found.card))
        above = found.above
        self._back.setText(self.tr("Albums") if above is None else _name(above))
        self._back_to = sources.ALBUMS if above is None else sources.album_key(above.name)
        why = [formatting.photos(found.card.size)]
        why += map(album_names.album_reason, found.card.why[:1])
        self._why.set_text("  \u00b7  ".join(why))
        self._parts.clear()
        for part in found.parts:
            text = f"{_name(part)}  {formatting.count(part.size)}"
            ask = partial(self.album_asked.emit, sources.album_key(part.name))
            self._parts.add(button(text.replace("&", "&&"), ask, kind="quiet", icon="album"))
        self._parts.setVisible(bool(found.parts))
        self.update_selection()

    def _go_up(self) -> None:
        self.album_asked.emit(self._back_to)

    def _ask_name(self) -> None:
        card, chosen = self._card, list(self._selected())
        if card is not None and chosen:
            ask_name(
                self,
                self.tr("New album"),
                self.tr("Create"),
                partial(self._move_into, card.id, chosen),
                about=self.tr("%Ln photo(s) will move into it.", "", len(chosen)),
            )

    def _move_into(self, album: int, chosen: Sequence[int], name: str) -> None:
        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            _, change = automatic_albums.split(session, album, chosen, name)
            return change

        self._carry_out(work)

    def _carry_out(self, work: Callable[[Session], ChangeSet]) -> None:
        session, changes = self._session, self._changes
        if session is not None and changes is not None:
            changes.carry_out(lambda: work(session))


def _name(card: AlbumCard) -> str:
    return album_names.album_name(card.title, card.name)
