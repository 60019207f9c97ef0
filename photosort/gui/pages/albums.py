"""Albums as covers: themes, events in time, places, one's own; what a new grouping would change, as quiet cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photosort.albums.event_names import days_of, moment_of
from photosort.domain.changes import ChangeSet
from photosort.gui.base import album_names, formatting, theme
from photosort.gui.controllers.compare_sets import CompareSets
from photosort.gui.dialogs.name import ask_name
from photosort.gui.pages.album_view import AlbumView
from photosort.gui.pages.centre import CentrePage, PageParts
from photosort.gui.pages.map_view import MapView
from photosort.gui.pages.place_tree import PlaceTree
from photosort.gui.pages.suggestion_cards import SuggestionCards
from photosort.gui.widgets.album_tile import AlbumTile
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.empty import EmptyState
from photosort.gui.widgets.event_bands import Band, EventBands
from photosort.gui.widgets.flow import Flow
from photosort.progress import Job, Progress
from photosort.search.query.writer import quoted_value

if TYPE_CHECKING:
    from photosort.domain.albums import AlbumSuggestion
    from photosort.usecases.albums.album_list import AlbumCard, AlbumShelves
    from photosort.usecases.albums.automatic_albums import Grouped
    from photosort.usecases.session.session import Session

_COVER_PX = 400
_MOST_MERGE = 40
_OTHER_KINDS = "kind:screenshot OR kind:document OR kind:received"
_AUTOMATIC = ("theme", "event")


class AlbumsPage(CentrePage):
    """Tabs above, cards of suggestions, then the covers, or one album's photos."""

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._shelf: AlbumShelves | None = None
        self._inside: int | None = None
        self._looked_at = -1
        self._found = ""
        self._filled: object = None
        self._job: Job | None = None
        self._tiles: dict[int, list[AlbumTile]] = {}
        self._tab = "theme"
        self._title = label(self.tr("Albums"), theme.Text.TITLE, strong=True)
        self._back = button("", self.go_up, kind="link", icon="chevron-left")
        self._look = button(self.tr("Look for new albums"), self.look, icon="refresh")
        self._said = label(role="second")
        self._tabs: dict[str, QPushButton] = {}
        self._cards = SuggestionCards(self._name_of)
        self._cards.answered.connect(lambda row, yes: self.answer(row, yes=yes))
        self._cards.photos_asked.connect(self._show_joining)
        self._apart = CompareSets(parts.runner, self)
        self._body = QWidget()
        self._shelves = QVBoxLayout(self._body)
        self._shelves.setContentsMargins(0, 0, theme.Gap.S, theme.Gap.L)
        self._shelves.setSpacing(theme.Gap.M)
        scroll = QScrollArea()
        scroll.setWidget(self._body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        self._tree = PlaceTree()
        self._tree.place_chosen.connect(self._on_place)
        self._empty = EmptyState(
            "album",
            self.tr("Albums that make themselves"),
            self.tr(
                "Photosort finds trips and days by their dates and places, and photos that show the same "
                "kind of thing, and names them. You can rename, join, split and remove them; they stay as "
                "you leave them."
            ),
            action=(self.tr("Find albums"), self.look),
        )
        self.view = AlbumView(parts)
        self.view.photo_opened.connect(self.photo_opened)
        self.map = MapView(parts)
        self.map.photo_opened.connect(self.photo_opened)
        self._stack = QStackedWidget()
        for widget in (self._empty, scroll, self._tree, self.view, self.map):
            self._stack.addWidget(widget)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.Gap.S)
        head.addWidget(self._back)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._said)
        head.addWidget(self._look)
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.Gap.XS)
        group = QButtonGroup(self)
        for key, name in (
            ("theme", self.tr("Themes")),
            ("event", self.tr("Events")),
            ("place", self.tr("Places")),
            ("own", self.tr("My albums")),
            ("map", self.tr("Map")),
        ):
            made = button(name, partial(self.show_tab, key), kind="quiet")
            made.setCheckable(True)
            made.setChecked(key == self._tab)
            group.addButton(made)
            tabs.addWidget(made)
            self._tabs[key] = made
        tabs.addStretch(1)
        self._tab_row = QWidget()
        self._tab_row.setLayout(tabs)
        tabs.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.S, 0)
        column.setSpacing(theme.Gap.M)
        column.addLayout(head)
        column.addWidget(self._tab_row)
        column.addWidget(self._cards)
        column.addWidget(self._stack, 1)

    # What is shown

    def refresh(self) -> None:
        """Reads the albums again, and looks what photos that arrived would change."""
        session = self.parts.session

        def work(_job: object) -> AlbumShelves:
            from photosort.usecases.albums.album_list import load_shelves

            return load_shelves(session)

        self.parts.runner.latest("albums", session.lanes.reads, work, self._on_shelf, owner=self)

    def show_tab(self, key: str) -> None:
        """Shows themes, events, places, the user's own albums or the map."""
        self._tab, self._inside = key, None
        self._tabs[key].setChecked(True)
        self._show()

    def open_album(self, album: int) -> None:
        """Goes into an album: to the albums inside it, or to its photos."""
        card = self._card(album)
        if card is None:
            return
        if card.query is not None:
            self.source_asked.emit(card.query)
            return
        self._inside = album
        self._show()

    def go_up(self) -> None:
        """Goes back to what holds the open album."""
        card = None if self._inside is None else self._card(self._inside)
        self._inside = None if card is None else card.parent
        self._show()

    def look(self) -> None:
        """Groups the photos, or looks what photos that arrived would change."""
        if self._job is not None:
            return
        session = self.parts.session
        job = self._job = Job()

        def work(job: Job) -> Grouped:
            # Brings the encoder along.
            from photosort.usecases.albums.automatic_albums import group

            return group(session, job)

        self._look.setEnabled(False)
        self._found = ""
        self.parts.runner.watch(job, self._on_progress, owner=self)
        self.parts.runner.run(
            session.lanes.worker,
            work,
            self._on_grouped,
            owner=self,
            finished=self._on_looked,
            job=job,
        )

    def _on_progress(self, progress: Progress) -> None:
        share = f" {progress.done * 100 // progress.total} %" if progress.total else ""
        self._said.setText(f"{formatting.translate(progress.phase)}{share}")

    def _on_grouped(self, done: Grouped) -> None:
        self._found = "" if done.waiting or done.made else self.tr("Nothing new")
        # A grouping is no change of the user's, but the left panel lists the albums too; this page reads again with it.
        self.parts.changes.made.emit(ChangeSet())
        self.refresh()

    def _on_looked(self) -> None:
        if self._job is not None:
            self.parts.runner.unwatch(self._job)
        self._job = None
        self._said.setText(self._found)
        self._look.setEnabled(True)

    def _on_shelf(self, shelf: AlbumShelves) -> None:
        self._shelf = shelf
        if self._inside is not None and self._card(self._inside) is None:
            self._inside = None
        self._show()
        catalog = self.parts.book.catalog
        count = -1 if catalog is None else len(catalog)
        # The first grouping is asked for; later ones only suggest, so they need no asking.
        if self._job is None:
            if shelf.is_grouped and self._looked_at not in {-1, count}:
                self.look()
            self._looked_at = count

    def _show(self) -> None:
        shelf = self._shelf
        if shelf is None:
            return
        is_empty = not shelf.is_grouped and not shelf.cards
        card = None if self._inside is None else self._card(self._inside)
        self._title.setText(self.tr("Albums") if card is None else _name(card))
        self._back.setVisible(card is not None)
        above = None if card is None or card.parent is None else self._card(card.parent)
        self._back.setText(self.tr("Albums") if above is None else _name(above))
        self._tab_row.setVisible(card is None and not is_empty)
        self._look.setVisible(not is_empty and card is None)
        self._cards.set_waiting(() if card is not None else shelf.suggestions)
        inside = [one for one in shelf.cards if card is not None and one.parent == card.id]
        if is_empty:
            self._stack.setCurrentWidget(self._empty)
        elif card is not None and not inside:
            self.view.show_album(card)
            self._stack.setCurrentWidget(self.view)
        elif card is None and self._tab == "place":
            self._tree.set_places(shelf.places)
            self._stack.setCurrentWidget(self._tree)
        elif card is None and self._tab == "map":
            self._stack.setCurrentWidget(self.map)
            self.map.refresh()
        else:
            self._fill(self._sections(shelf, card, inside))
            self._stack.setCurrentWidget(self._scroll)

    def _sections(
        self, shelf: AlbumShelves, card: AlbumCard | None, inside: Sequence[AlbumCard]
    ) -> list[tuple[str, list[AlbumCard]]]:
        if card is not None:
            return [("", _in_time(inside) if card.kind == "event" else _by_size(inside))]
        known = {one.id for one in shelf.cards}
        top = [one for one in shelf.cards if one.parent is None or one.parent not in known]
        if self._tab == "own":
            return [("", _by_name(one for one in top if one.kind not in _AUTOMATIC))]
        shown = [one for one in top if one.kind == self._tab]
        if self._tab == "theme":
            return [("", _by_size(shown))]
        return [(year, list(held)) for year, held in groupby(_in_time(shown), key=_year)]

    def _fill(self, sections: Sequence[tuple[str, list[AlbumCard]]]) -> None:
        # The library changes often while it is indexed; tiles that stay the same keep the keyboard.
        if self._filled == (self._tab, self._inside, sections):
            return
        self._filled = (self._tab, self._inside, sections)
        while (item := self._shelves.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._tiles.clear()
        if not any(cards for _, cards in sections):
            nothing = {
                "own": self.tr("Select photos and press Ctrl+Shift+N to make an album of them."),
                "event": self.tr("No trips or days stand out by their dates."),
            }.get(self._tab, self.tr("No photos look enough alike to make a theme."))
            self._shelves.addWidget(label(nothing, role="second", wraps=True))
        for title, cards in sections:
            if title:
                self._shelves.addWidget(label(title, theme.Text.LARGE, strong=True))
                self._shelves.addWidget(self._bands(int(title), cards))
            flow = Flow(gap=theme.Gap.L)
            for card in cards:
                flow.add(self._tile(card))
            if self._tab == "theme" and self._inside is None and self._shelf and self._shelf.others:
                flow.add(self._others_tile(self._shelf.others))
            self._shelves.addWidget(flow)
        self._shelves.addStretch(1)
        self._ask_covers()

    def _bands(self, year: int, cards: Sequence[AlbumCard]) -> EventBands:
        """The events of a year along its months."""
        bands = [
            Band(card.id, _name(card), *days_of(card.begin_ms, card.end_ms))
            for card in reversed(cards)
            if card.begin_ms is not None and card.end_ms is not None
        ]
        made = EventBands(year, bands)
        made.opened.connect(self.open_album)
        made.menu_asked.connect(self._on_menu)
        return made

    def _tile(self, card: AlbumCard) -> AlbumTile:
        icon = "search" if card.query is not None else "album"
        note = self.tr("Saved search") if card.query is not None else formatting.photos(card.size)
        tile = AlbumTile(card.id, _name(card), note, icon=icon, takes_albums=card.query is None)
        tile.clicked.connect(partial(self.open_album, card.id))
        tile.menu_asked.connect(self._on_menu)
        tile.album_dropped.connect(self.merge)
        if card.cover is not None:
            self._tiles.setdefault(card.cover, []).append(tile)
        return tile

    def _others_tile(self, count: int) -> AlbumTile:
        name = self.tr("Screenshots and documents")
        tile = AlbumTile(0, name, formatting.photos(count), icon="screenshot")
        tile.clicked.connect(lambda: self.source_asked.emit(_OTHER_KINDS))
        return tile

    def _ask_covers(self) -> None:
        session, wanted = self.parts.session, list(self._tiles)

        def work(_job: object) -> dict[int, QImage]:
            from photosort.usecases.photos.thumbnails import stored

            held = stored(session, wanted, _COVER_PX)
            return {i: QImage.fromData(one.jpeg) for i, one in held.items() if one.jpeg is not None}

        self.parts.runner.latest("covers", session.lanes.reads, work, self._on_covers, owner=self)

    def _on_covers(self, pictures: dict[int, QImage]) -> None:
        for photo, picture in pictures.items():
            for tile in self._tiles.get(photo, ()):
                if not picture.isNull():
                    tile.set_picture(picture)

    def _on_place(self, name: str) -> None:
        self.source_asked.emit(f"place:{quoted_value(name)}")

    def _show_joining(self, row: AlbumSuggestion) -> None:
        self._title.setText(self._cards.said(row))
        self._back.setVisible(True)
        self._back.setText(self.tr("Albums"))
        self._tab_row.hide()
        self._cards.hide()
        self._look.hide()
        self.view.show_photos(row.joins)
        self._stack.setCurrentWidget(self.view)

    def answer(self, suggestion: int, *, yes: bool) -> None:
        """Applies or dismisses a suggestion."""

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.albums import automatic_albums

            return (automatic_albums.apply if yes else automatic_albums.dismiss)(
                session, suggestion
            )

        self._carry_out(work)

    # What the user does

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
        heading = self.tr("What sets \u201c{name}\u201d apart").format(name=_name(card))
        those = None if other is None else _photos(other)
        name = "" if other is None else _name(other)
        self._apart.ask(self.parts.session, heading, _photos(card), name, those)

    def _on_menu(self, album: int, point: QPoint) -> None:
        card = self._card(album)
        if card is None:
            return
        menu = self.menu_of(card)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def menu_of(self, card: AlbumCard) -> QMenu:
        """What can be done with an album."""
        menu = QMenu(self)
        menu.addAction(self.tr("Open"), partial(self.open_album, card.id))
        if card.query is not None:
            return menu
        menu.addAction(self.tr("Rename\u2026"), partial(self._ask_name, card))
        if card.others:
            names = menu.addMenu(self.tr("Call it"))
            for title in card.others:
                name = album_names.album_name(title, "")
                names.addAction(name, partial(self.rename, card.id, name))
        beside = [] if self._shelf is None else _by_name(self._shelf.cards)
        targets = [one for one in beside if one.id != card.id and one.query is None]
        if targets:
            into = menu.addMenu(self.tr("Put into"))
            for one in targets[:_MOST_MERGE]:
                into.addAction(_name(one), partial(self.merge, card.id, one.id))
        if card.kind in _AUTOMATIC:
            menu.addAction(
                self.tr("Turn into an album of my own"), partial(self._use, "keep", card.id)
            )
        apart = menu.addMenu(self.tr("What sets it apart"))
        apart.addAction(self.tr("From all other photos"), partial(self.tell_apart, card, None))
        for one in targets[:_MOST_MERGE]:
            apart.addAction(_name(one), partial(self.tell_apart, card, one))
        menu.addSeparator()
        menu.addAction(self.tr("Remove the album"), partial(self._use, "remove", card.id))
        return menu

    def _ask_name(self, card: AlbumCard) -> None:
        ask_name(
            self,
            self.tr("Rename the album"),
            self.tr("Rename"),
            partial(self.rename, card.id),
            name=_name(card),
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
        session = self.parts.session
        self.parts.changes.carry_out(lambda: work(session))

    def _name_of(self, album: int) -> str:
        card = self._card(album)
        return "" if card is None else _name(card)

    def _card(self, album: int) -> AlbumCard | None:
        cards = () if self._shelf is None else self._shelf.cards
        return next((card for card in cards if card.id == album), None)


def _by_size(cards: Iterable[AlbumCard]) -> list[AlbumCard]:
    return sorted(cards, key=lambda card: (-card.size, _name(card).casefold()))


def _by_name(cards: Iterable[AlbumCard]) -> list[AlbumCard]:
    return sorted(cards, key=lambda card: _name(card).casefold())


def _in_time(cards: Iterable[AlbumCard]) -> list[AlbumCard]:
    """The newest first; those without a date last."""
    return sorted(cards, key=lambda card: (card.begin_ms is None, -(card.begin_ms or 0)))


def _year(card: AlbumCard) -> str:
    return "" if card.begin_ms is None else str(moment_of(card.begin_ms).year)


def _name(card: AlbumCard) -> str:
    return album_names.album_name(card.title, card.name)


def _photos(card: AlbumCard) -> Callable[[Session], Sequence[int]]:
    """Reads the photos of an album when they are wanted."""

    def read(session: Session) -> list[int]:
        from photosort.usecases.albums.user_albums import photos_of

        return photos_of(session, card.id)

    return read
