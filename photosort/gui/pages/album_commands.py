"""Commands on whole albums: merge, rename, keep, remove, compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from photosort.gui.base import album_names
from photosort.gui.controllers.compare_sets import CompareSets
from photosort.gui.dialogs.name import ask_name
from photosort.gui.pages.album_covers import name_of

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.gui.pages.centre import PageParts
    from photosort.usecases.albums.album_list import AlbumCard
    from photosort.usecases.session.session import Session

AUTOMATIC = ("theme", "event")


class AlbumCommands(QObject):
    """Each is one entry of the history.

    Signals:
        open_asked: an album (id: int) is to be seen.
    """

    open_asked = Signal(int)

    def __init__(self, parts: PageParts, page: QWidget) -> None:
        super().__init__(page)
        self._parts = parts
        self._page = page
        self._apart = CompareSets(parts.runner, page)

    def answer(self, suggestion: int, *, yes: bool) -> None:
        """Applies or dismisses a suggestion."""

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            return (automatic_albums.apply if yes else automatic_albums.dismiss)(
                session, suggestion
            )

        self._carry_out(work)

    def merge(self, album: int, into: int) -> None:
        """Puts all photos of an album into another one."""

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            return automatic_albums.merge(session, album, into)

        self._carry_out(work)

    def rename(self, album: int, name: str) -> None:
        """Gives an album a name for good."""

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            return automatic_albums.rename(session, album, name)

        self._carry_out(work)

    def tell_apart(self, card: AlbumCard, other: AlbumCard | None) -> None:
        """Shows the words that fit an album and not another one, or the rest of the library."""
        heading = self.tr("What sets \u201c{name}\u201d apart").format(name=name_of(card))
        those = None if other is None else _photos(other)
        name = "" if other is None else name_of(other)
        self._apart.ask(self._parts.session, heading, _photos(card), name, those)

    def menu_of(self, card: AlbumCard, every: Sequence[AlbumCard]) -> QMenu:
        """What can be done with an album, beside all others."""
        menu = QMenu(self._page)
        menu.addAction(self.tr("Open"), partial(self.open_asked.emit, card.id))
        if card.query is not None:
            return menu
        menu.addAction(self.tr("Rename\u2026"), partial(self._ask_name, card))
        # A name that another album has would be refused.
        taken = {name.casefold() for one in every for name in (one.name, name_of(one))}
        offered = [album_names.album_name(title, "") for title in card.others]
        offered = [name for name in offered if name.casefold() not in taken]
        if offered:
            names = menu.addMenu(self.tr("Suggested names"))
            for name in offered:
                names.addAction(name, partial(self.rename, card.id, name))
        beside = sorted(every, key=lambda one: name_of(one).casefold())
        targets = [one for one in beside if one.id != card.id and one.query is None]
        if targets:
            into = menu.addMenu(self.tr("Merge into"))
            for one in targets:
                into.addAction(name_of(one), partial(self.merge, card.id, one.id))
        if card.kind in AUTOMATIC:
            menu.addAction(self.tr("Make it my own album"), partial(self._use, "keep", card.id))
        apart = menu.addMenu(self.tr("Compare with the rest"))
        apart.addAction(self.tr("From all other photos"), partial(self.tell_apart, card, None))
        for one in targets:
            apart.addAction(name_of(one), partial(self.tell_apart, card, one))
        menu.addSeparator()
        menu.addAction(self.tr("Delete album"), partial(self._use, "remove", card.id))
        return menu

    def _ask_name(self, card: AlbumCard) -> None:
        ask_name(
            self._page,
            self.tr("Rename album"),
            self.tr("Rename"),
            partial(self.rename, card.id),
            name=name_of(card),
            about=self.tr("A name that you give stays, whatever photos arrive."),
        )

    def _use(self, name: str, album: int) -> None:
        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            use: dict[str, Callable[[Session, int], ChangeSet]] = {
                "keep": automatic_albums.keep,
                "remove": automatic_albums.remove,
            }
            return use[name](session, album)

        self._carry_out(work)

    def _carry_out(self, work: Callable[[Session], ChangeSet]) -> None:
        session = self._parts.session
        self._parts.changes.carry_out(lambda: work(session))


def _photos(card: AlbumCard) -> Callable[[Session], Sequence[int]]:
    """Reads the photos of an album when they are wanted."""

    def read(session: Session) -> list[int]:
        from photosort.usecases.albums.user_albums import photos_of

        return photos_of(session, card.id)

    return read
