"""The search bar above the photos: query, example photo, sort order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from photosort.domain.query import Sort, SortKey
from photosort.gui.base import formatting, theme
from photosort.gui.base.jpeg_images import jpeg_image
from photosort.gui.base.runner import Runner
from photosort.gui.controllers.query_completion import offered, read
from photosort.gui.widgets.basics import tool_button
from photosort.gui.widgets.completing import Completion
from photosort.gui.widgets.search_field import SearchField
from photosort.search.query_language import LibraryNames, ghosts, parse, with_term
from photosort.usecases.photos import thumbnails
from photosort.usecases.search import recent_searches
from photosort.usecases.search.like_target import target_of
from photosort.usecases.search.query_results import Example

if TYPE_CHECKING:
    from photosort.domain.pictures import Box
    from photosort.usecases.session.session import Session


_MOST_RECENT = 8


class SearchBar(QWidget):
    """The search field between the buttons of the window.

    Signals:
        text_asked: another query (str).
        alike_asked: photos like one are asked for (`Example`), or no longer (None).
        order_asked: another order (`Sort`), or None for the best first.
        left: the keyboard is to go to the photos.
        menu_asked: the menu of searches (`QMenu`) is about to be shown, and what is saved to be filled in.

    Attributes:
        field: the search field.
        suggestions: what can be completed.
    """

    text_asked = Signal(str)
    alike_asked = Signal(object)
    order_asked = Signal(object)
    left = Signal()
    menu_asked = Signal(object)

    def __init__(
        self,
        runner: Runner,
        *,
        before: tuple[QWidget, ...] = (),
        after: tuple[QWidget, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Makes an empty bar.

        Args:
            runner: brings the pictures by which one searches.
            before: buttons before the field.
            after: buttons after it.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._runner = runner
        self._session: Session | None = None
        self._example: Example | None = None
        self._recent: list[str] = []
        self.suggestions = LibraryNames()
        self.field = SearchField(read)
        self._orders: list[tuple[Sort | None, QAction]] = []
        self._order_button = self._made_order()
        self._kept_menu = QMenu(self)
        self._kept_menu.aboutToShow.connect(self._fill_kept)
        kept = tool_button("bookmark", self.tr("Saved searches"))
        kept.clicked.connect(partial(pop_below, self._kept_menu, kept))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.S, theme.Gap.S, theme.Gap.S, theme.Gap.S)
        row.setSpacing(theme.Gap.S)
        top = Qt.AlignmentFlag.AlignTop
        for widget in before:
            row.addWidget(widget, 0, top)
        row.addWidget(self.field, 1)
        for widget in (kept, self._order_button, *after):
            row.addWidget(widget, 0, top)
        for widget in (*before, kept, self._order_button, *after):
            # A click opens a menu or a side; what is typed next still belongs to what had the keyboard.
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        field = self.field
        field.query_changed.connect(self.text_asked)
        field.submitted.connect(self._on_submitted)
        field.left_down.connect(self.left)
        field.escaped.connect(self.left)
        field.completions_asked.connect(self._on_completions_asked)
        field.ghosts_asked.connect(self._on_ghosts_asked)
        field.photo_dropped.connect(self.ask_like_file)
        field.example_removed.connect(self._on_example_removed)
        field.balance_changed.connect(self._on_balance)

    def open_library(self, session: Session) -> None:
        """Can search by photos from now on, and knows what was searched for lately."""
        self._session = session
        self._with_recent(lambda _job: recent_searches.list_all(session))

    def ask(self, text: str) -> None:
        """Puts a query into the field in place of everything else, and asks it."""
        if self._example is not None:
            self.field.set_example(None)
            self._on_example_removed()
        self.field.set_query(text)
        self.text_asked.emit(text)

    def reset(self) -> None:
        """Empties the field without asking anything."""
        self._example = None
        self.field.set_example(None)
        self.field.set_query("")

    def show_order(self, sort: Sort | None, *, is_ranked: bool) -> None:
        """Ticks the order in which the photos stand.

        Args:
            sort: what the user or the query chose; None = the best order.
            is_ranked: there are better and worse matches; without them the best order is the newest first.
        """
        if sort is None and not is_ranked:
            sort = Sort(SortKey.DATE)
        for one, action in self._orders:
            action.setChecked(one == sort)
            if one is None:
                action.setEnabled(is_ranked)

    def add(self, term: str) -> None:
        """Adds a term to what is asked, unless it is asked already."""
        added = parse(term).root
        if added is not None:
            self.change(with_term(self.field.query(), added))

    def change(self, text: str) -> None:
        """Asks another query; an example stays beside it."""
        self.field.set_query(text)
        # As the field has it: its chips stand before the words.
        self.text_asked.emit(self.field.query())

    def begin_typing(self, start: str) -> None:
        """Lets the user go on typing a filter after what is asked, from its beginning."""
        self.field.set_query(f"{self.field.query()} {start}".lstrip())
        self.field.offer_completions()

    def ask_alike(self, paths: Sequence[Path], photo_id: int, box: Box | None = None) -> None:
        """Asks for photos like some of the library, as one example.

        Args:
            paths: their files.
            photo_id: the photo whose picture stands for them.
            box: only this part of it.
        """
        session = self._session
        if session is not None and paths:
            self._fetch(paths, lambda _job: thumbnails.of_photo(session, photo_id), box)

    def ask_like_file(self, path: str) -> None:
        """Asks for photos like one that need not be in the library."""
        self._fetch([Path(path)], lambda _job: thumbnails.of_file(Path(path)), None)

    def _fetch(
        self, paths: Sequence[Path], work: Callable[[object], bytes | None], box: Box | None
    ) -> None:
        if self._session is not None:
            lane = self._session.lanes.decode
            then = partial(self._search_by, paths, box)
            self._runner.latest("example", lane, work, then, owner=self)

    def _search_by(self, paths: Sequence[Path], box: Box | None, jpeg: bytes | None) -> None:
        picture = QPixmap.fromImage(jpeg_image(jpeg))
        targets = [str(path) for path in paths]
        name = paths[0].name if len(paths) == 1 else formatting.photos(len(paths))
        if box is not None:
            targets = [target_of(targets[0], box)]
            name = self.tr("a part of {name}").format(name=name)
            width, height = picture.width(), picture.height()
            part = QRectF(
                box.left * width, box.top * height, box.width * width, box.height * height
            )
            picture = picture.copy(part.toAlignedRect())
        self.field.set_query("")
        self.text_asked.emit("")
        self.field.set_example(picture, name)
        self._example = Example(tuple(targets))
        self.alike_asked.emit(self._example)
        self.left.emit()

    def _on_example_removed(self) -> None:
        if self._example is not None:
            self._example = None
            self.alike_asked.emit(None)

    def _on_balance(self, share: float) -> None:
        if self._example is not None:
            self._example = replace(self._example, words_share=share)
            self.alike_asked.emit(self._example)

    def _on_submitted(self, text: str) -> None:
        self.text_asked.emit(text)
        self.left.emit()
        session = self._session
        if session is not None and text.strip():

            def work(_job: object) -> list[str]:
                recent_searches.remember(session, text)
                return recent_searches.list_all(session)

            self._with_recent(work)

    def _fill_kept(self) -> None:
        self._kept_menu.clear()
        self.menu_asked.emit(self._kept_menu)
        self._kept_menu.addSeparator()
        forget = self._kept_menu.addAction(self.tr("Forget recent searches"), self.forget_recent)
        forget.setEnabled(bool(self._recent))

    def forget_recent(self, *_checked: bool) -> None:
        """Forgets what was searched for lately, which the empty field offers."""
        session = self._session
        if session is not None:

            def work(_job: object) -> list[str]:
                recent_searches.clear(session)
                return []

            self._with_recent(work)

    def _with_recent(self, work: Callable[[object], list[str]]) -> None:
        if self._session is not None:
            lane = self._session.lanes.reads
            self._runner.run(lane, work, self._on_recent, owner=self)

    def _on_recent(self, texts: list[str]) -> None:
        self._recent = texts

    def _on_completions_asked(self, before: str) -> None:
        if before.strip() or self.field.query():
            self.field.set_completions(offered(before, self.suggestions))
        else:
            lately = [Completion(text, icon="clock") for text in self._recent[:_MOST_RECENT]]
            self.field.set_completions(lately)

    def _on_ghosts_asked(self, typed: str) -> None:
        today = datetime.now().astimezone().date()
        self.field.set_ghosts(ghosts(typed, self.suggestions, today) if typed else ())

    def _made_order(self) -> QToolButton:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for text, sort in (
            (self.tr("Best first"), None),
            (self.tr("Newest first"), Sort(SortKey.DATE)),
            (self.tr("Oldest first"), Sort(SortKey.DATE, backwards=True)),
            (self.tr("Best rated first"), Sort(SortKey.RATING)),
            (self.tr("By name"), Sort(SortKey.NAME)),
            (self.tr("Largest file first"), Sort(SortKey.SIZE)),
        ):
            action = QAction(text, group)
            action.setCheckable(True)
            action.setChecked(sort is None)
            action.triggered.connect(partial(self._on_order, sort))
            menu.addAction(action)
            self._orders.append((sort, action))
        button = tool_button("sort", self.tr("Order"))
        button.clicked.connect(partial(pop_below, menu, button))
        return button

    def _on_order(self, sort: Sort | None, *_checked: bool) -> None:
        self.order_asked.emit(sort)


def pop_below(menu: QMenu, button: QWidget, *_checked: bool) -> None:
    """Opens a menu below a button, at the side where the line begins."""
    at = button.rect().bottomRight() if button.isRightToLeft() else button.rect().bottomLeft()
    point = button.mapToGlobal(at + QPoint(0, theme.Gap.XS))
    if button.isRightToLeft():
        point -= QPoint(menu.sizeHint().width(), 0)
    menu.popup(point)
