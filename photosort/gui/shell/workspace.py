"""The usual view of the window: panels around the photos, their layout and visibility."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QToolButton, QVBoxLayout, QWidget

from photosort.gui.base import guide, theme
from photosort.gui.controllers.query_completion import read
from photosort.gui.grid.layout import CellShape
from photosort.gui.grid.zooming import LARGEST_EDGE, SMALLEST_EDGE
from photosort.gui.panels.album_bar import AlbumBar
from photosort.gui.panels.discarded_bar import DiscardedBar
from photosort.gui.panels.filter_bar import FilterBar
from photosort.gui.panels.search_bar import SearchBar, pop_below
from photosort.gui.widgets.banner import ErrorBanner
from photosort.gui.widgets.basics import hairline, tool_button
from photosort.gui.widgets.first_card import FirstCard
from photosort.gui.widgets.information import InformationPanel
from photosort.gui.widgets.source_tree import SourceTree
from photosort.gui.widgets.status_bar import StatusBar
from photosort.gui.widgets.toast import Toast
from photosort.gui.widgets.zoom_slider import ZoomSlider
from photosort.search.query_language import chips

if TYPE_CHECKING:
    from photosort.gui.base.runner import Runner
    from photosort.gui.controllers.browser import Shown
    from photosort.gui.shell.centre import Centre

_LEFT_WIDTH = 232
_MIDDLE_WIDTH = 1280
_RIGHT_WIDTH = 288


class Workspace(QWidget):
    """Search field above, sources at the left, the centre, information at the right, the status below.

    Signals:
        all_asked: all photos are wanted again.
        back_asked: what was shown before is wanted again.
        sides_changed: other parts are shown than before.
        lines_changed: photos stand in lines of one height (True) or in squares (False).

    Attributes:
        search: the line above everything.
        filters: what the search can be narrowed to by clicking, below it.
        menu: the menu of the window, at its left.
        tree: the sources.
        centre: the photos, or what stands in their place.
        album_bar: what the album is whose photos are shown, above them.
        discarded_bar: what being discarded means, above the photos that are.
        information: what is known of the selected photos.
        status: the line below.
        banner: what went wrong.
        first_card: what a first run ends with.
        toast: what was just done, over the centre.
    """

    all_asked = Signal()
    back_asked = Signal()
    sides_changed = Signal()
    lines_changed = Signal(bool)

    def __init__(self, runner: Runner, centre: Centre) -> None:
        """Puts the parts in their places.

        Args:
            runner: brings the pictures by which one searches.
            centre: the photos, or what stands in their place.
        """
        super().__init__()
        self.centre = centre
        self.tree = SourceTree()
        self.information = InformationPanel()
        self.album_bar = AlbumBar(runner)
        self.discarded_bar = DiscardedBar()
        self.status = StatusBar()
        self.banner = ErrorBanner()
        self.first_card = FirstCard()
        self.toast = Toast(centre)
        self._has_information, self._has_filters = True, False
        self._left_button = _toggle("panel-left", self.tr("Sidebar (F9)"), self.toggle_sources)
        self._right_button = _toggle(
            "panel-right", self.tr("Information (I)"), self.toggle_information
        )
        self._filter_button = _toggle(
            "filter", self.tr("Filters (Ctrl+Shift+F)"), self.toggle_filters
        )
        self.menu_button = tool_button("menu", self.tr("Menu"))
        self.menu = QMenu(self.menu_button)
        self.menu_button.clicked.connect(partial(pop_below, self.menu, self.menu_button))
        self.search = SearchBar(
            runner,
            before=(self.menu_button, self._left_button),
            after=(self._filter_button, self._right_button),
        )
        self.filters = FilterBar(runner, self.search.field.query)
        self._zoom = ZoomSlider(SMALLEST_EDGE, LARGEST_EDGE)
        self._zoom.set_edge(centre.grid.edge)
        self.status.add_at_end(self._zoom)
        self._left = QFrame()
        self._lay_out()
        self._connect_parts()
        guide.explain(
            search=self.search,
            filters=self.filters,
            sources=self.tree,
            photos=centre.grid,
            information=self.information,
            status=self.status,
        )

    def set_photos(self, edge_px: int, shape: CellShape) -> None:
        """Shows photos in another size and shape.

        Args:
            edge_px: of a cell.
            shape: squares, or lines of one height.
        """
        grid = self.centre.grid
        grid.set_edge(edge_px)
        grid.set_shape_of_cells(shape)
        self.lines_changed.emit(shape is CellShape.JUSTIFIED)

    def toggle_lines(self) -> None:
        """Changes between squares and lines of one height."""
        is_square = self.centre.grid.shape_of_cells is CellShape.SQUARE
        self.set_photos(
            self.centre.grid.edge, CellShape.JUSTIFIED if is_square else CellShape.SQUARE
        )

    # The sides

    @property
    def has_information(self) -> bool:
        """Whether the user wants the right panel, which pages of their own hide."""
        return self._has_information

    def set_information(self, *, on: bool) -> None:
        """Shows or hides the right panel."""
        self._has_information = on
        self._show_sides()

    def toggle_information(self) -> None:
        """Shows the right panel if it is hidden, else hides it."""
        self.set_information(on=not self._has_information)

    @property
    def has_filters(self) -> bool:
        """Whether the user wants the filter bar, which pages of their own hide."""
        return self._has_filters

    def set_filters(self, *, on: bool) -> None:
        """Shows or hides the filter bar."""
        self._has_filters = on
        self._show_sides()

    def toggle_filters(self) -> None:
        """Shows the filter bar if it is hidden, else hides it."""
        self.set_filters(on=not self._has_filters)

    def toggle_sources(self) -> None:
        """Shows or hides the left panel."""
        self._left.setVisible(self._left.isHidden())
        self._left_button.setChecked(not self._left.isHidden())

    def add_tag(self) -> None:
        """Opens the field for a new tag."""
        if not self._has_information:
            self.toggle_information()
        self.information.tags.begin_adding()

    def edit(self, what: str) -> None:
        """Opens the editor of "date", "place", "text" or "kind" in the information panel."""
        if not self._has_information:
            self.toggle_information()
        self.information.edit.open_editor(what)

    def _show_sides(self) -> None:
        """A page of its own has the room of what is known of the grid's photos, and their size is not its own."""
        on_page = self.centre.pages.current is not None
        self.information.setVisible(self._has_information and not on_page)
        self._right_button.setChecked(self._has_information)
        self._right_button.setEnabled(not on_page)
        self.filters.set_open(on=self._has_filters and not on_page)
        self._filter_button.setChecked(self._has_filters)
        self._filter_button.setEnabled(not on_page)
        self._zoom.setVisible(not on_page)
        self.album_bar.setVisible(not on_page and self.album_bar.card is not None)
        self.discarded_bar.place(on_page=on_page)
        self._update_status()
        self.sides_changed.emit()

    def _update_status(self) -> None:
        shown = self.centre.shown
        if shown is None:
            return
        on_page = self.centre.pages.current is not None
        selected = 0 if on_page else self.centre.grid.selection.count()
        photos = shown.arrangement.photos() + len(shown.arrangement.behind())
        self.status.set_selection(selected, photos)
        text = shown.asked.text
        described = bool(text and read(text).rest) or shown.asked.example is not None
        self.status.set_filters(0 if on_page else len(chips(text)) + described)

    def _show_bars(self, shown: Shown) -> None:
        self.album_bar.show_query("" if shown.asked.example is not None else shown.asked.text)
        self.discarded_bar.show_answer(shown)
        self.discarded_bar.place(on_page=self.centre.pages.current is not None)
        self.filters.show_answer(shown)

    # The keyboard

    def next_pane(self, step: int) -> None:
        """Moves the keyboard to the next part that is shown; -1 = to the one before."""
        panes = [
            self.search.field,
            self.filters,
            self._left,
            self.centre,
            self.information,
            self.status,
        ]
        panes = [pane for pane in panes if pane.isVisible()]
        now = self.window().focusWidget()
        inside = [now is not None and (p is now or p.isAncestorOf(now)) for p in panes]
        at = inside.index(True) if any(inside) else -step
        for _ in panes:
            at = (at + step) % len(panes)
            target = _first_focus(panes[at])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back: to the photos, then to no selection, then to where they were opened from."""
        grid, shown = self.centre.grid, self.centre.shown
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.centre.pages.current is not None:
            self.back_asked.emit()
        elif not grid.hasFocus() and self.centre.currentWidget() is grid:
            grid.setFocus()
        elif grid.selection.count():
            grid.selection.clear()
        elif shown is not None and not shown.asked.is_everything:
            self.back_asked.emit()

    def _give_keyboard(self, widget: QWidget) -> None:
        """What stands in the centre first gets the keyboard, which Qt gave to the first button meanwhile."""
        now = self.window().focusWidget()
        if now in {None, self.menu_button} or (now is not None and not now.isVisible()):
            widget.setFocus()

    # Inside

    def _lay_out(self) -> None:
        self._left.setProperty("surface", "panel")
        self._left.setMinimumWidth(160)
        held = QVBoxLayout(self._left)
        held.setContentsMargins(0, theme.Gap.S, 0, 0)
        held.addWidget(self.tree)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        middle = QWidget()
        photos = QVBoxLayout(middle)
        photos.setContentsMargins(0, 0, 0, 0)
        photos.setSpacing(0)
        photos.addWidget(self.album_bar)
        photos.addWidget(self.discarded_bar)
        photos.addWidget(self.centre, 1)
        for part in (self._left, middle, self.information):
            splitter.addWidget(part)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LEFT_WIDTH, _MIDDLE_WIDTH, _RIGHT_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for above in (self.search, self.filters, hairline(), self.banner, self.first_card):
            column.addWidget(above)
        column.addWidget(splitter, 1)
        column.addWidget(self.status)

    def _connect_parts(self) -> None:
        grid = self.centre.grid
        self.search.left.connect(grid.setFocus)
        self.status.reset_asked.connect(self.all_asked)
        self.centre.all_asked.connect(self.all_asked)
        self.centre.currentChanged.connect(self._show_sides)
        self.centre.answered.connect(self._update_status)
        self.centre.answered.connect(self._show_bars)
        grid.selection_changed.connect(self.album_bar.update_selection)
        self.centre.came_forward.connect(self._give_keyboard)
        grid.selection_changed.connect(self._update_status)
        grid.edge_changed.connect(self._zoom.set_edge)
        self._zoom.edge_chosen.connect(grid.set_edge)
        self._zoom.stepped.connect(grid.zoom)


def _toggle(icon: str, name: str, act: Callable[[], object]) -> QToolButton:
    made = tool_button(icon, name, act)
    made.setCheckable(True)
    made.setChecked(True)
    return made


def _first_focus(pane: QWidget) -> QWidget | None:
    """What takes the keyboard in a pane: itself, or the first of its widgets that does."""
    for widget in (pane, *pane.findChildren(QWidget)):
        policy = (widget.focusProxy() or widget).focusPolicy()
        if policy & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            return widget
    return None
