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
from photosort.usecases.albums import several_albums

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.gui.pages.page_switching import PageParts
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

    def merge_all(self, cards: Sequence[AlbumCard]) -> None:
        """Asks for the name of the album that several become."""
        largest = max(cards, key=lambda card: card.size)
        ids = [card.id for card in cards]
        ask_name(
            self._page,
            self.tr("Merge albums"),
            self.tr("Merge"),
            lambda name: self._carry_out(lambda session: several_albums.merge(session, ids, name)),
            name=name_of(largest),
            about=self.tr("%Ln album(s) become one; the photos stay as they are.", "", len(ids)),
        )

    def delete(self, cards: Sequence[AlbumCard]) -> None:
        """Deletes albums; their photos stay."""
        ids = [card.id for card in cards]
        self._carry_out(lambda session: several_albums.delete(session, ids))

    def pin(self, cards: Sequence[AlbumCard]) -> None:
        """Keeps automatic albums in the sidebar."""
        names = {card.id: name_of(card) for card in cards if card.kind in AUTOMATIC}
        self._carry_out(lambda session: several_albums.pin(session, names))

    def unpin(self, cards: Sequence[AlbumCard]) -> None:
        """Takes automatic albums out of the sidebar."""
        ids = [card.id for card in cards if card.kind in AUTOMATIC]
        self._carry_out(lambda session: several_albums.unpin(session, ids))

    def ask_name(self, card: AlbumCard) -> None:
        """Asks for another name of an album."""
        ask_name(
            self._page,
            self.tr("Rename album"),
            self.tr("Rename"),
            partial(self.rename, card.id),
            name=name_of(card),
            about=self.tr("A name that you give stays, whatever photos arrive."),
        )

    def menu_of_several(self, cards: Sequence[AlbumCard]) -> QMenu:
        """What can be done with several albums at once."""
        menu = QMenu(self._page)
        menu.addAction(self.tr("Merge albums\u2026"), partial(self.merge_all, cards))
        self._add_pin(menu, cards)
        menu.addSeparator()
        text = self.tr("Delete %Ln album(s)", "", len(cards))
        menu.addAction(text, partial(self.delete, cards))
        return menu

    def _add_pin(self, menu: QMenu, cards: Sequence[AlbumCard]) -> None:
        automatic = [card for card in cards if card.kind in AUTOMATIC]
        if any(not card.is_pinned for card in automatic):
            menu.addAction(self.tr("Pin to sidebar"), partial(self.pin, automatic))
        elif automatic:
            menu.addAction(self.tr("Remove from sidebar"), partial(self.unpin, automatic))

    def tell_apart(self, card: AlbumCard, other: AlbumCard | None) -> None:
        """Shows the words that fit an album and not another one, or the rest of the library."""
        heading = self.tr("\u201c{name}\u201d compared with the rest").format(name=name_of(card))
        those = None if other is None else _photos(other)
        name = "" if other is None else name_of(other)
        self._apart.ask(self._parts.session, heading, _photos(card), name, those)

    def menu_of(self, card: AlbumCard, every: Sequence[AlbumCard]) -> QMenu:
        """What can be done with an album, beside all others."""
        menu = QMenu(self._page)
        menu.addAction(self.tr("Open"), partial(self.open_asked.emit, card.id))
        if card.query is not None:
            return menu
        menu.addAction(self.tr("Rename\u2026"), partial(self.ask_name, card))
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
        self._add_pin(menu, [card])
        if card.kind in AUTOMATIC:
            menu.addAction(self.tr("Make it my own album"), partial(self._keep, card.id))
        apart = menu.addMenu(self.tr("Compare with the rest"))
        apart.addAction(self.tr("All other photos"), partial(self.tell_apart, card, None))
        for one in targets:
            apart.addAction(name_of(one), partial(self.tell_apart, card, one))
        menu.addSeparator()
        menu.addAction(self.tr("Delete album"), partial(self.delete, [card]))
        return menu

    def _keep(self, album: int) -> None:
        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            return automatic_albums.keep(session, album)

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
