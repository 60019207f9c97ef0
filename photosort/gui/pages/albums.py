"""Albums as covers: themes, events in time, places, one's own; what a new grouping would change, as quiet cards."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photosort.albums.event_names import moment_of
from photosort.domain.changes import ChangeSet
from photosort.domain.texts import natural_key
from photosort.gui.base import formatting, theme
from photosort.gui.controllers.thumbnails import LibraryThumbnails
from photosort.gui.grid.arrangement import Arrangement
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.view import PhotoGrid
from photosort.gui.pages.album_commands import AUTOMATIC, AlbumCommands
from photosort.gui.pages.album_covers import AlbumCovers, name_of
from photosort.gui.pages.map_view import MapView
from photosort.gui.pages.page_switching import CentrePage, PageParts
from photosort.gui.pages.place_tree import PlaceTree
from photosort.gui.pages.suggestion_cards import SuggestionCards
from photosort.gui.panels import sources
from photosort.gui.widgets.basics import announce, button, label
from photosort.gui.widgets.empty import EmptyState
from photosort.gui.widgets.flow import Flow
from photosort.progress import Job, Progress
from photosort.search.query_language.writer import quoted_value

if TYPE_CHECKING:
    from photosort.domain.albums import AlbumSuggestion
    from photosort.usecases.albums.album_list import AlbumCard, AlbumShelves
    from photosort.usecases.albums.automatic_albums import Grouped

_OTHER_KINDS = "kind:screenshot OR kind:document OR kind:received"


class AlbumsPage(CentrePage):
    """Tabs above, cards of suggestions, then the covers, or the photos that a suggestion is about."""

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._shelf: AlbumShelves | None = None
        self._looked_at = -1
        self._found = ""
        self._job: Job | None = None
        self._tab = "theme"
        self._title = label(self.tr("Albums"), theme.Text.TITLE, strong=True)
        self._back = button(self.tr("Albums"), self._show, kind="link", icon="chevron-left")
        self._look = button(self.tr("Look for new albums"), self.look, icon="refresh")
        self._said = label(role="second")
        self._tabs: dict[str, QPushButton] = {}
        self.commands = AlbumCommands(parts, self)
        self.commands.open_asked.connect(self.open_album)
        self._cards = SuggestionCards(self._name_of)
        self._cards.answered.connect(self._on_answer)
        self._cards.photos_asked.connect(self._show_joining)
        self._covers = AlbumCovers(parts)
        self._covers.opened.connect(self.open_album)
        self._covers.menu_asked.connect(self._on_menu)
        self._covers.merged.connect(self.commands.merge)
        self._covers.choice_changed.connect(self._on_choice)
        self._covers.others_asked.connect(partial(self.source_asked.emit, _OTHER_KINDS))
        self._tree = PlaceTree()
        self._tree.place_chosen.connect(self._on_place)
        self._empty = EmptyState(
            "album",
            self.tr("Automatic albums"),
            self.tr(
                "Photosort finds trips and days by their dates and places, and photos that show the same "
                "kind of thing, and names them. You can rename, join, split and remove them; they stay as "
                "you leave them."
            ),
            action=(self.tr("Find albums"), self.look),
        )
        self._joining = PhotoListModel(parts.book, self)
        self._grid = PhotoGrid(self._joining, paths_of=parts.book.paths)
        self._grid.set_thumbnail_provider(LibraryThumbnails(parts.runner, parts.session, self))
        for opened in (self._grid.photo_opened, self._grid.preview_asked):
            opened.connect(self._on_photo_opened)
        self.map = MapView(parts)
        self.map.photo_opened.connect(self.photo_opened)
        self._stack = QStackedWidget()
        for widget in (self._empty, self._covers, self._tree, self._grid, self.map):
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
            ("map", self.tr("Look-alikes")),
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
        column.addWidget(self._made_choice_bar())
        column.addWidget(self._stack, 1)

    def _made_choice_bar(self) -> Flow:
        """What can be done with the selected albums."""
        commands, chosen = self.commands, self._chosen
        self._choice = Flow(gap=theme.Gap.S)
        self._choice_said = label(strong=True)
        self._merge = button(self.tr("Merge\u2026"), lambda: commands.merge_all(chosen()))
        self._pin = button(self.tr("Pin to sidebar"), lambda: commands.pin(chosen()))
        delete = button(self.tr("Delete"), lambda: commands.delete(chosen()))
        clear = button(self.tr("Clear selection"), self._covers.clear_choice, kind="quiet")
        for one in (self._choice_said, self._merge, self._pin, delete, clear):
            self._choice.add(one)
        self._choice.hide()
        return self._choice

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
        if key != self._tab:
            self._covers.clear_choice()
        self._tab = key
        self._tabs[key].setChecked(True)
        self._show()

    def open_album(self, album: int) -> None:
        """Shows an album's photos, as its row in the left panel does."""
        card = self._card(album)
        if card is not None:
            self.source_asked.emit(
                sources.album_key(card.name) if card.query is None else card.query
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the covers, or selects none; F2, Delete and Ctrl+A as in file managers."""
        on_covers, key = self._stack.currentWidget() is self._covers, event.key()
        focused = self._card(self._covers.focused()) if on_covers else None
        chosen = self._chosen() or ([] if focused is None else [focused])
        if key == Qt.Key.Key_Escape and self._stack.currentWidget() is self._grid:
            self._show()
        elif on_covers and key == Qt.Key.Key_Escape and self._chosen():
            self._covers.clear_choice()
        elif on_covers and event.matches(QKeySequence.StandardKey.SelectAll):
            self._covers.choose_all()
        elif key == Qt.Key.Key_F2 and focused is not None:
            self.commands.ask_name(focused)
        elif on_covers and event.matches(QKeySequence.StandardKey.Delete) and chosen:
            self.commands.delete(chosen)
        else:
            super().keyPressEvent(event)

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
        self._title.setText(self.tr("Albums"))
        self._back.hide()
        self._tab_row.setVisible(not is_empty)
        self._look.setVisible(not is_empty)
        self._cards.set_waiting(shelf.suggestions)
        if is_empty:
            self._stack.setCurrentWidget(self._empty)
        elif self._tab == "place":
            self._tree.set_places(shelf.places)
            self._stack.setCurrentWidget(self._tree)
        elif self._tab == "map":
            self._stack.setCurrentWidget(self.map)
            self.map.refresh()
        else:
            others = shelf.others if self._tab == "theme" else 0
            nothing = {
                "own": self.tr("Select photos and press Ctrl+Shift+N to make an album of them."),
                "event": self.tr("No trips or days stand out by their dates."),
            }.get(self._tab, self.tr("No photos look enough alike to make a theme."))
            self._covers.set_albums(self._sections(shelf), nothing, others)
            self._stack.setCurrentWidget(self._covers)

    def _sections(self, shelf: AlbumShelves) -> list[tuple[str, list[AlbumCard]]]:
        known = {one.id for one in shelf.cards}
        top = [one for one in shelf.cards if one.parent is None or one.parent not in known]
        if self._tab == "own":
            return [("", _by_name(one for one in top if one.kind not in AUTOMATIC))]
        shown = [one for one in top if one.kind == self._tab]
        if self._tab == "theme":
            return [("", _by_size(shown))]
        return [(year, list(held)) for year, held in groupby(_in_time(shown), key=_year)]

    def _on_place(self, name: str) -> None:
        self.source_asked.emit(f"place:{quoted_value(name)}")

    def _on_answer(self, suggestion: int, yes: bool) -> None:  # noqa: FBT001 (a slot)
        self.commands.answer(suggestion, yes=yes)

    def _show_joining(self, row: AlbumSuggestion) -> None:
        self._title.setText(self._cards.said(row))
        self._back.show()
        self._tab_row.hide()
        self._cards.hide()
        self._covers.clear_choice()
        self._look.hide()
        self._grid.set_photos(Arrangement(np.array(row.joins, np.int64)), keep_place=False)
        self._stack.setCurrentWidget(self._grid)
        self._grid.setFocus()

    def _on_photo_opened(self, photo_id: int) -> None:
        if photo_id >= 0:
            self.photo_opened.emit(self._joining.arrangement.ids, photo_id)

    def _on_menu(self, album: int, point: QPoint) -> None:
        card = self._card(album)
        if card is None or self._shelf is None:
            return
        chosen = self._chosen()
        if len(chosen) > 1 and card in chosen:
            menu = self.commands.menu_of_several(chosen)
        else:
            menu = self.commands.menu_of(card, self._shelf.cards)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _chosen(self) -> list[AlbumCard]:
        found = (self._card(album) for album in self._covers.chosen())
        return [card for card in found if card is not None]

    def _on_choice(self) -> None:
        chosen = self._chosen()
        self._choice.setVisible(bool(chosen))
        self._choice_said.setText(self.tr("%Ln album(s) selected", "", len(chosen)))
        self._merge.setEnabled(len(chosen) > 1)
        is_open = (card.kind in AUTOMATIC and not card.is_pinned for card in chosen)
        self._pin.setEnabled(any(is_open))
        if chosen:
            announce(self._covers, self._choice_said.text())

    def _name_of(self, album: int) -> str:
        card = self._card(album)
        return "" if card is None else name_of(card)

    def _card(self, album: int) -> AlbumCard | None:
        cards = () if self._shelf is None else self._shelf.cards
        return next((card for card in cards if card.id == album), None)


def _by_size(cards: Iterable[AlbumCard]) -> list[AlbumCard]:
    return sorted(cards, key=lambda card: (-card.size, name_of(card).casefold()))


def _by_name(cards: Iterable[AlbumCard]) -> list[AlbumCard]:
    return sorted(cards, key=lambda card: natural_key(name_of(card)))


def _in_time(cards: Iterable[AlbumCard]) -> list[AlbumCard]:
    """The newest first; those without a date last."""
    return sorted(cards, key=lambda card: (card.begin_ms is None, -(card.begin_ms or 0)))


def _year(card: AlbumCard) -> str:
    return "" if card.begin_ms is None else str(moment_of(card.begin_ms).year)
