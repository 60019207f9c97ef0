"""The main window: puts the parts together and carries the user's wishes from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photosort.domain.tags import TagState
from photosort.errors import PhotosortError
from photosort.gui import guide, icons, theme, words
from photosort.gui.actions import Actions
from photosort.gui.badges import BadgeKeeper
from photosort.gui.book import LibraryBook
from photosort.gui.browser import Browser, Shown
from photosort.gui.catalog import CatalogKeeper
from photosort.gui.changes import Changes
from photosort.gui.desk import Desk
from photosort.gui.explaining import Explainer
from photosort.gui.grid.arrangement import DIVIDER_ID
from photosort.gui.grid.layout import CellShape
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.view import LARGEST_EDGE, SMALLEST_EDGE, PhotoGrid
from photosort.gui.keyword_files import KeywordFiles
from photosort.gui.large_views import LargeViews
from photosort.gui.pages.centre import CentrePages, PageParts
from photosort.gui.pages.welcome import WelcomePage
from photosort.gui.panels import sources
from photosort.gui.panels.details import Details
from photosort.gui.panels.first_steps import FirstSteps
from photosort.gui.panels.library_tree import LibraryTree
from photosort.gui.panels.search_bar import SearchBar, pop_below
from photosort.gui.panels.shelf import Shelf
from photosort.gui.reading import read
from photosort.gui.suggesting import PictureModel
from photosort.gui.tag_many import TagMany
from photosort.gui.telling_apart import TellingApart
from photosort.gui.thumbnailing import LibraryThumbnails
from photosort.gui.widgets.banner import ErrorBanner
from photosort.gui.widgets.basics import announce, hairline, tool_button
from photosort.gui.widgets.empty import EmptyState
from photosort.gui.widgets.first_card import FirstCard
from photosort.gui.widgets.information import InformationPanel
from photosort.gui.widgets.source_tree import SourceTree
from photosort.gui.widgets.status_bar import StatusBar
from photosort.gui.widgets.toast import Toast
from photosort.gui.widgets.zoom_slider import ZoomSlider
from photosort.gui.worker import IndexWorker
from photosort.library import demonstration
from photosort.search.query import chips
from photosort.search.query.writer import quoted_value
from photosort.settings import CellChoice, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Flag
    from photosort.domain.pictures import Box
    from photosort.domain.query import Sort
    from photosort.gui.pages.centre import CentrePage
    from photosort.gui.runner import Runner
    from photosort.gui.theme import Theme
    from photosort.library.browsing import Catalog
    from photosort.library.indexing import IndexSummary
    from photosort.library.overview import Overview
    from photosort.library.querying import Example
    from photosort.library.session import Session
    from photosort.progress import Progress

_FIRST_SIZE = QSize(1280, 800)
_LEFT_WIDTH = 232
_RIGHT_WIDTH = 288
# More than these make no clearer example, and each may have to be decoded.
_MOST_EXAMPLES = 8


@dataclass(slots=True)
class _Library:
    """What exists once a library is open."""

    session: Session
    keeper: CatalogKeeper
    browser: Browser
    changes: Changes
    worker: IndexWorker
    model: PictureModel
    thumbnails: LibraryThumbnails
    badges: BadgeKeeper
    large: LargeViews
    explainer: Explainer


class MainWindow(QMainWindow):
    """Search field above, sources at the left, photos in the middle, information at the right.

    Signals:
        settled: a lot has come to stay (the library on screen, the encoder, the tags' texts).

    Attributes:
        book: what is known of the photos, from memory.
        grid: the photos.
        pages: what the centre shows besides them.
        search: the line above them.
        tree: the sources.
        information: the right panel.
        status: the line below.
        commands: all actions.
    """

    settled = Signal()

    def __init__(self, look: Theme, runner: Runner, chosen: Settings | None = None) -> None:
        """Makes the window without a library; `open_library` fills it.

        Args:
            look: the application's theme.
            runner: brings the lanes' answers here.
            chosen: the user's settings; None = the defaults.
        """
        super().__init__()
        self._runner = runner
        self._look = look
        self._chosen = chosen or Settings()
        self._has_information = self._chosen.show_information
        self._library: _Library | None = None
        self._shown: Shown | None = None
        self._wishes: list[str] = []
        self.book = LibraryBook()
        self.setWindowTitle("Photosort")
        self.setAcceptDrops(True)
        self.resize(_FIRST_SIZE)
        self.grid = PhotoGrid(PhotoListModel(self.book, self), paths_of=self.book.paths)
        self.tree = SourceTree()
        self.information = InformationPanel()
        self.status = StatusBar()
        self.banner = ErrorBanner()
        self.first_card = FirstCard()
        self.welcome = WelcomePage(has_demo=demonstration.is_available())
        self.commands = Actions(self, self.grid, self)
        self._build()
        self.toast = Toast(self._middle)
        self.commands.set_steps("", "")
        self.commands.set_selected(0)
        self._details = Details(
            self.information, runner, self.book, self._selected, lambda: self.search.suggestions
        )
        self._sources = LibraryTree(self.tree, runner)
        self._desk = Desk(self, runner)
        self._keyword_files = KeywordFiles(self, runner)
        self._tag_many = TagMany(self, runner)
        self._first_steps = FirstSteps(
            self.first_card, runner, has_models=sources.MODELS in self.pages
        )
        self._shelf = Shelf(self, self._selected, self.search.field.query)
        self._apart = TellingApart(runner, self)
        self._connect_parts()
        self._middle.currentChanged.connect(self._on_centre_changed)
        guide.explain(self)
        look.changed.connect(icons.retint)
        self.apply(self._chosen)
        if self._chosen.window:
            self.restoreGeometry(QByteArray.fromBase64(self._chosen.window.encode()))

    # The user's settings

    def apply(self, chosen: Settings) -> None:
        """Follows the user's settings; what the library does with them is not the window's."""
        self._chosen = chosen
        # Each styles everything that is open anew, which takes 80 ms.
        if self._look.motion != chosen.motion:
            self._look.set_motion(theme.Motion(chosen.motion))
        if self._look.scheme != chosen.scheme:
            self._look.set_scheme(theme.Scheme(chosen.scheme))
        self.commands.set_single_letters(on=chosen.single_letters)
        self.grid.set_edge(chosen.cell_edge_px)
        lines = chosen.cell_shape == "lines"
        self.grid.set_shape_of_cells(CellShape.JUSTIFIED if lines else CellShape.SQUARE)
        self.commands["lines"].setChecked(lines)
        self._has_information = chosen.show_information
        self._show_sides()
        if self._library is not None:
            self._library.session.chosen = chosen
            self._library.large.set_single_letters(on=chosen.single_letters)

    def settings(self) -> Settings:
        """The user's settings with what was changed in the window itself."""
        shape: CellChoice = "lines" if self.grid.shape_of_cells is CellShape.JUSTIFIED else "square"
        return replace(
            self._chosen,
            cell_edge_px=self.grid.edge,
            cell_shape=shape,
            show_information=self._has_information,
            window=self.saveGeometry().toBase64().toStdString(),
        )

    # The library

    @property
    def is_indexing(self) -> bool:
        """Whether the background worker is at work."""
        return self._library is not None and self._library.worker.is_running

    @property
    def can_suggest(self) -> bool:
        """Whether tags can be suggested by now."""
        return self._library is not None and self._library.model.can_suggest

    @property
    def shown(self) -> Shown | None:
        """What the grid shows; None before the library is open."""
        return self._shown

    def open_library(self, session: Session, catalog: Catalog) -> None:
        """Shows a library.

        Args:
            session: the library, the window's own from now on.
            catalog: its photos.
        """
        runner = self._runner
        browser = Browser(runner, session, self)
        changes = Changes(runner, session, self)
        large = LargeViews(self, self._pages, self.book, runner, session, changes)
        model = PictureModel(runner, session, self)
        library = self._library = _Library(
            session=session,
            keeper=CatalogKeeper(runner, session, self),
            browser=browser,
            changes=changes,
            worker=IndexWorker(runner, session, self),
            model=model,
            badges=BadgeKeeper(runner, session, self.book, model.photos, self),
            thumbnails=LibraryThumbnails(runner, session, self),
            large=large,
            explainer=Explainer(runner, session, self.book, browser, large.loupe, self),
        )
        self.pages.open_library(PageParts(session, runner, self.book, library.changes))
        self.grid.set_thumbnail_provider(library.thumbnails)
        self.search.open_library(session)
        self._details.open_library(session, library.model, library.explainer.reasons)
        self._sources.open_library(session)
        self._desk.open_library(session)
        self._keyword_files.open_library(session)
        self._tag_many.open_library(session, library.changes)
        self._shelf.open_library(session, library.changes)
        self._connect_library(library)
        library.keeper.begin(catalog)
        library.changes.look()
        wishes, self._wishes = self._wishes, []
        self.open_paths(wishes)

    def show_failure(self, error: PhotosortError) -> None:
        """Says what went wrong, with details behind a button."""
        self.banner.show_error(error)

    def show_crash(self, trace: str) -> None:
        """Says that there is a mistake in the program."""
        said = self.tr("Something went wrong inside Photosort. Your photos and decisions are safe.")
        self.banner.show_text(said, trace)
        self._desk.report(trace)

    def add_folders(self, folders: Sequence[str]) -> None:
        """Adds folders to the library and indexes them, now or as soon as the library is open."""
        if self._library is None:
            self._wishes += folders
        elif folders:
            self._library.worker.start(list(folders))
            self._middle.setCurrentWidget(self.grid)

    def open_paths(self, paths: Sequence[str]) -> None:
        """Takes what another program hands over: folders come into the library, of a photo those like it are shown."""
        if self._library is None:
            self._wishes += paths
            return
        photos = [path for path in paths if Path(path).is_file()]
        self.add_folders([path for path in paths if path not in photos])
        if photos:
            self.search.ask_like_file(photos[0])

    def _look_again(self, folders: Sequence[str]) -> None:
        if self._library is not None:
            self._library.worker.start(folders)

    def raise_with(self, paths: Sequence[str]) -> None:
        """Comes to the front, because the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.open_paths(paths)

    # Building

    def _build(self) -> None:
        self._left_button = self._toggle("panel-left", self.tr("Sources (F9)"), self.toggle_sources)
        self._right_button = self._toggle(
            "panel-right", self.tr("Information (I)"), self.toggle_information
        )
        self._menu_button = tool_button("menu", self.tr("Menu"))
        menu = QMenu(self._menu_button)
        self.commands.fill_main_menu(menu)
        self._menu_button.clicked.connect(partial(pop_below, menu, self._menu_button))
        self.search = SearchBar(
            self._runner, before=(self._menu_button, self._left_button), after=(self._right_button,)
        )
        self._middle = QStackedWidget()
        self._waiting = QWidget()
        self._nothing_found = EmptyState(
            "search",
            self.tr("No photos"),
            self.tr("Nothing in your library answers this search."),
            action=(self.tr("Clear the search"), self._reset),
        )
        self._no_photos = EmptyState(
            "image",
            self.tr("No photos yet"),
            self.tr("Your folders hold no photos that can be shown."),
            action=(self.tr("Add folder\u2026"), self.add_folder),
            second=(self.tr("Look again"), self.update_library),
        )
        for centre in (
            self._waiting,
            self.grid,
            self.welcome,
            self._nothing_found,
            self._no_photos,
        ):
            self._middle.addWidget(centre)
        self.pages = CentrePages(
            self._middle,
            {
                sources.PROBLEMS: self._problems_page,
                sources.TAGS: _tags_page,
                sources.ALBUMS: _albums_page,
                sources.REVIEW: _review_page,
                sources.MODELS: self._models_page,
            },
        )
        self._left = QFrame()
        self._left.setProperty("surface", "panel")
        self._left.setMinimumWidth(160)
        held = QVBoxLayout(self._left)
        held.setContentsMargins(0, theme.Gap.S, 0, 0)
        held.addWidget(self.tree)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for part in (self._left, self._middle, self.information):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LEFT_WIDTH, _FIRST_SIZE.width(), _RIGHT_WIDTH])
        self._zoom = ZoomSlider(SMALLEST_EDGE, LARGEST_EDGE)
        self._zoom.set_edge(self.grid.edge)
        self.status.add_at_end(self._zoom)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for above in (self.search, hairline(), self.banner, self.first_card):
            column.addWidget(above)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.status)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self.grid.setFocus()

    def _problems_page(self, parts: PageParts) -> CentrePage:
        from photosort.gui.pages.problems import ProblemsPage

        page = ProblemsPage(parts)
        page.file_shown.connect(_show_file)
        page.again_asked.connect(self._look_again)
        return page

    def _models_page(self, parts: PageParts) -> CentrePage:
        from photosort.gui.pages.models import ModelsPage

        page = ModelsPage(parts)
        page.model_changed.connect(self._on_model_changed)
        page.progressed.connect(self.status.show_download)
        self.status.download.cancel_asked.connect(page.stop_downloads)
        return page

    def _toggle(self, icon: str, name: str, act: Callable[[], object]) -> QToolButton:
        made = tool_button(icon, name, act)
        made.setCheckable(True)
        made.setChecked(True)
        return made

    def _connect_parts(self) -> None:
        self._runner.failed.connect(self.show_failure)
        self._runner.crashed.connect(self.show_crash)
        self.search.text_asked.connect(self._on_text)
        self.search.alike_asked.connect(self._on_alike)
        self.search.order_asked.connect(self._on_order)
        self.search.left.connect(self.grid.setFocus)
        self.tree.source_chosen.connect(self._on_source)
        self.tree.paths_dropped.connect(self.open_paths)
        self.tree.photos_dropped.connect(self._on_photos_dropped)
        self.pages.source_asked.connect(self._on_source)
        self.pages.photo_opened.connect(self._open_among)
        self.tree.menu_asked.connect(self._shelf.show_row_menu)
        self._sources.overview_changed.connect(self._on_overview)
        self.search.menu_asked.connect(self._shelf.fill_search_menu)
        self._shelf.query_asked.connect(self._on_source)
        self.grid.selection_changed.connect(self._on_selection)
        self.grid.photo_opened.connect(self._open_loupe)
        self.grid.preview_asked.connect(self._open_loupe)
        self.grid.edge_changed.connect(self._zoom.set_edge)
        self.grid.menu_asked.connect(self._on_menu)
        self.grid.paths_dropped.connect(self.open_paths)
        self._zoom.edge_chosen.connect(self.grid.set_edge)
        self._zoom.stepped.connect(self.grid.zoom)
        self.status.reset_asked.connect(self._reset)
        self.welcome.folder_asked.connect(self.add_folder)
        self.welcome.paths_dropped.connect(self.open_paths)
        self.welcome.demo_asked.connect(self.add_demonstration)
        self.first_card.search_asked.connect(self._on_source)
        self.first_card.model_asked.connect(lambda: self._on_source(sources.MODELS))
        self.toast.undo_asked.connect(self.undo)
        self._details.said.connect(self._say)
        self._desk.settings_changed.connect(self.apply)
        self._desk.folder_asked.connect(self.add_folder)
        self._desk.folder_removed.connect(self._on_folder_removed)
        self._desk.model_changed.connect(self._on_model_changed)
        self._desk.page_asked.connect(self._on_source)
        self._keyword_files.said.connect(self.toast.show_text)
        self._keyword_files.failed.connect(self.show_failure)
        panel = self.information
        panel.rated.connect(self.rate)
        panel.flagged.connect(self.flag)
        panel.album_chosen.connect(self._on_source)
        panel.file_shown.connect(_show_file)
        panel.path_copied.connect(lambda path: QGuiApplication.clipboard().setText(path))
        panel.term_chosen.connect(self._on_term)
        panel.tags.has_heat = True
        panel.tags.search_asked.connect(lambda name: self._on_term(f"tag:{quoted_value(name)}"))
        panel.tags.heat_asked.connect(self._show_tag)

    def _connect_library(self, library: _Library) -> None:
        library.keeper.changed.connect(self._on_catalog)
        library.browser.shown.connect(self._on_shown)
        library.browser.refused.connect(self.search.field.set_problem)
        library.changes.made.connect(self._on_change)
        library.changes.made.connect(self._keyword_files.follow)
        self._keyword_files.changed.connect(library.keeper.refresh)
        library.changes.steps_changed.connect(self.commands.set_steps)
        library.worker.progressed.connect(self._on_progress)
        library.worker.photos_changed.connect(library.keeper.refresh)
        library.worker.finished.connect(self._on_finished)
        library.worker.finished.connect(lambda _summary: self._keyword_files.look())
        library.model.woken.connect(self._on_woken)
        library.model.woken.connect(self.settled)
        library.browser.suggested = library.model.photos
        library.browser.plan = self.grid.plan
        library.model.tags_ready.connect(self._on_tags_ready)
        library.model.tags_ready.connect(self.settled)
        library.model.learned.connect(lambda _effects: self._on_tags_ready())
        library.model.failed.connect(self.show_failure)
        library.thumbnails.outdated.connect(self._on_outdated)
        library.badges.changed.connect(self.grid.viewport().update)
        self.grid.divider_activated.connect(library.browser.toggle_weaker)
        self.grid.visible_changed.connect(lambda ids: library.worker.prefer(ids.tolist()))
        strip = self.status.worker
        strip.pause_asked.connect(lambda on: library.worker.pause(on=on))
        strip.cancel_asked.connect(library.worker.cancel)
        strip.problems_asked.connect(lambda: self._on_source(sources.PROBLEMS))
        large = library.large
        large.closed.connect(self._on_large_closed)
        large.information_asked.connect(self._on_loupe_information)
        large.menu_asked.connect(self._on_menu)
        large.part_asked.connect(self._find_part)

    # The library changes

    def _on_catalog(self, catalog: Catalog, changed: Iterable[int] | None) -> None:
        library = self._library
        if library is None:
            return
        self.book.set_catalog(catalog)
        library.browser.set_catalog(catalog)
        self._sources.set_catalog(catalog, is_whole=changed is None)
        if changed is not None:
            library.thumbnails.check(changed)
            library.large.update_photos(changed)
        library.badges.refresh()
        self.pages.refresh()
        if not catalog.roots and not library.worker.is_running:
            self._middle.setCurrentWidget(self.welcome)
            self._give_keyboard(self.welcome)

    def _on_shown(self, shown: Shown, keep_place: bool) -> None:  # noqa: FBT001 (a slot)
        if self._shown is None:
            self.settled.emit()
        self._shown = shown
        self.search.field.set_problem("")
        self.search.field.set_note(" ".join(shown.notes))
        self._set_photos(shown, keep_place=keep_place)
        # A page of its own stays while the library changes behind it.
        if self.pages.current is None or not keep_place:
            self._show_answer()
        self._update_status()
        if self._library is not None and len(shown.arrangement):
            self._library.model.wake_when_idle()
        if not shown.asked.is_everything and not keep_place:
            self._announce_results(shown)
        if not keep_place:
            self._details.refresh()

    def _show_answer(self) -> None:
        """The photos, or what stands where there are none."""
        catalog, shown = self.book.catalog, self._shown
        if shown is None or not (self.is_indexing or (catalog is not None and catalog.roots)):
            return
        if len(shown.arrangement) or (self.is_indexing and shown.asked.is_everything):
            centre: QWidget = self.grid
        else:
            centre = self._no_photos if shown.asked.is_everything else self._nothing_found
        self._middle.setCurrentWidget(centre)
        self._give_keyboard(centre)

    def _on_centre_changed(self) -> None:
        self._show_sides()
        self._details.refresh()

    def _give_keyboard(self, centre: QWidget) -> None:
        """What stands in the centre first gets the keyboard, which Qt gave to the first button meanwhile."""
        if self.focusWidget() in {None, self._menu_button}:
            centre.setFocus()

    def _set_photos(self, shown: Shown, *, keep_place: bool) -> None:
        model = self._photos()
        now = model.arrangement
        same_headings = keep_place and now.sections == shown.arrangement.sections
        if same_headings and np.array_equal(now.ids, shown.arrangement.ids):
            # Nothing moves: only what the book says anew is painted.
            if len(now):
                model.dataChanged.emit(model.index(0), model.index(len(now) - 1))
            return
        self.grid.set_photos(shown.arrangement, layout=shown.layout, keep_place=keep_place)

    def _photos(self) -> PhotoListModel:
        model = self.grid.model()
        if not isinstance(model, PhotoListModel):
            raise TypeError("the grid shows photos")
        return model

    def _announce_results(self, shown: Shown) -> None:
        if shown.is_ranked:
            text = self.tr("{strong} strong, {weak} weaker").format(
                strong=words.count(shown.strong), weak=words.count(shown.weak)
            )
        else:
            text = words.photos(shown.strong)
        announce(self.grid, text)

    def _on_change(self, change: ChangeSet, taken_back: bool) -> None:  # noqa: FBT001 (a slot)
        library = self._library
        if library is None:
            return
        if change.everything:
            library.keeper.load()
        elif change.photos:
            library.keeper.refresh(change.photos)
        library.model.learn(change)
        self._details.refresh()
        self._sources.refresh()
        self.pages.refresh()
        if taken_back:
            self.toast.show_text(self.tr("Done: {action}").format(action=change.action))
        elif len(change.photos) > 1 and change.history_id is not None:
            self.toast.show_text(change.action, can_undo=True)

    def _on_folder_removed(self, change: ChangeSet) -> None:
        self._on_change(change, False)
        if self._library is not None:
            self._library.changes.look()

    def _on_outdated(self, photo_ids: set[int]) -> None:
        self._photos().update_photos(photo_ids)
        if self._library is not None:
            self._library.large.loupe.update_photos(photo_ids, files=True)

    def _on_progress(self, progress: Progress, paused: bool) -> None:  # noqa: FBT001 (a slot)
        self.status.worker.show_progress(progress, is_paused=paused)
        self.search.show_reach(progress)

    def _on_finished(self, summary: IndexSummary | None) -> None:
        library = self._library
        if library is None:
            return
        if not library.worker.is_running:
            self.status.worker.show_idle()
            self.search.show_reach(None)
        library.keeper.load()
        library.changes.look()
        if summary is not None and (summary.embedded or not library.model.can_suggest):
            library.model.prepare_tags()
        if summary is not None and summary.embedded and not summary.cancelled:
            self._first_steps.offer(library.session)

    def _on_model_changed(self) -> None:
        """Another model is in use: the run that goes on with the old one ends, and the upgrade begins."""
        if self._library is not None:
            self._library.worker.cancel()
            self._library.worker.start([])

    def _on_woken(self) -> None:
        library = self._library
        if library is None:
            return
        if not library.browser.asked.is_everything:
            library.browser.refresh()
        if not library.worker.is_running and not library.model.can_suggest:
            library.model.prepare_tags()

    def _on_tags_ready(self) -> None:
        """Other tags are suggested than before."""
        library = self._library
        if library is None:
            return
        library.badges.refresh()
        self._details.refresh()
        self._sources.refresh()
        self.pages.refresh()
        if not library.browser.asked.is_everything:
            library.browser.refresh()

    def _on_overview(self, found: Overview) -> None:
        self.search.suggestions = found.suggestions
        self._shelf.set_known([name for name, *_ in found.albums], found.saved)

    # Searching

    def _on_text(self, text: str) -> None:
        if self._library is not None:
            self.search.field.set_problem("")
            self._library.browser.ask(text)
            self._sources.choose(text)

    def _on_alike(self, example: Example | None) -> None:
        if self._library is not None:
            self._library.browser.ask_alike(example)

    def _on_order(self, sort: Sort | None) -> None:
        if self._library is not None:
            self._library.browser.sort(sort)

    def _on_source(self, key: str) -> None:
        """Shows a source: its key is the query, but for pages of their own."""
        if key == sources.EVERYTHING:
            self.search.ask("")
            self._show_answer()
        elif key in self.pages:
            self.pages.show(key)
            self._sources.choose(key)
        else:
            query = self._shelf.query_of(key)
            self.search.ask(key if query is None else query)
            self._show_answer()

    def _on_term(self, term: str) -> None:
        """Adds what was clicked to the search."""
        self._pages.setCurrentIndex(0)
        self.search.add(term)
        self._show_answer()

    def _show_tag(self, name: str) -> None:
        """Shows in the current photo where a tag is seen."""
        self.open_current()
        if self._library is not None:
            self._library.explainer.show_tag(name)

    def _find_part(self, photo: int, box: Box) -> None:
        self._pages.setCurrentIndex(0)
        self.search.ask_alike(self.book.paths(np.array([photo], np.int64)), photo, box)

    def _reset(self) -> None:
        self.search.ask("")
        self.grid.setFocus()

    def _update_status(self) -> None:
        shown = self._shown
        if shown is None:
            return
        selected = 0 if self.pages.current is not None else self.grid.selection.count()
        self.status.set_selection(selected, shown.arrangement.photos())
        text = shown.asked.text
        described = bool(text and read(text).rest) or shown.asked.example is not None
        self.status.set_filters(len(chips(text)) + described)

    # Selection

    def _on_selection(self) -> None:
        self._update_status()
        self.commands.set_selected(self.grid.selection.count())
        self._details.refresh()

    def _selected(self) -> list[int]:
        """The selected photos; in the loupe the one that is shown."""
        large = None if self._library is None else self._library.large.photo()
        if large is not None:
            return [large]
        return [int(photo) for photo in self.grid.selection.ids().tolist()]

    def _say(self, name: str, state: TagState) -> None:
        if self._library is not None and name.strip():
            self._library.changes.say(name, self._selected(), state)

    def _on_photos_dropped(self, key: str) -> None:
        if key.startswith("tag:"):
            self._say(key.removeprefix("tag:").strip('"'), TagState.CONFIRMED)
        else:
            self._shelf.put_into(key)

    def _on_menu(self, point: QPoint) -> None:
        if self._selected():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.commands.fill_photo_menu(menu)
            menu.popup(point)

    # The loupe

    def _open_loupe(self, photo_id: int) -> None:
        if self._shown is not None and photo_id >= 0:
            self._open_among(self._shown.arrangement.ids, photo_id)

    def _open_among(self, photo_ids: NDArray[np.int64], photo_id: int) -> None:
        if self._library is not None:
            self._library.large.open(photo_ids, photo_id)

    def _on_large_closed(self, photo_id: int) -> None:
        if photo_id >= 0:
            self.grid.go_to_photo(photo_id)
        self.grid.setFocus()

    def _on_loupe_information(self, photo: int) -> None:
        if self._library is not None:
            loupe = self._library.large.loupe
            self._details.read_for(photo, partial(loupe.set_information, photo))

    # What the actions ask for

    def add_folder(self) -> None:
        """Asks for a folder and indexes it."""
        dialog = QFileDialog(self, self.tr("Add a folder with photos"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_folders)
        dialog.open()

    def add_demonstration(self) -> None:
        """Copies the demonstration photos beside the library's settings and adds that folder."""
        if self._library is None:
            return
        session = self._library.session
        self._runner.run(
            session.lanes.reads,
            lambda _job: demonstration.demonstration_photos(
                session.places.home / "demonstration photos"
            ),
            lambda folder: self.add_folders([str(folder)]),
            owner=self,
        )

    def update_library(self) -> None:
        """Brings all folders up to date."""
        if self._library is not None and not self._library.worker.is_running:
            self._library.worker.start([])

    def export(self) -> None:
        """Exports copies of the selected photos."""
        self._desk.export(self._selected())

    def write_keyword_files(self) -> None:
        """Writes tags and stars of the selected photos into keyword files."""
        self._keyword_files.write(self._selected())

    def tag_many(self) -> None:
        """Says yes to many suggestions, on the selected photos or on all that are shown."""
        chosen = self._selected()
        if len(chosen) <= 1 and self._shown is not None:
            chosen = [photo for photo in self._shown.arrangement.ids.tolist() if photo >= 0]
        self._tag_many.ask(chosen)

    def tags(self) -> None:
        """Shows all tags."""
        self._on_source(sources.TAGS)

    def preferences(self) -> None:
        """Shows the user's choices."""
        self._desk.preferences(self.settings())

    def shortcuts(self) -> None:
        """Shows all keys."""
        sections = [(self.tr("Photos"), list(self.commands.by_name.values()))]
        if self._library is not None:
            sections += self._library.large.commands()
        self._desk.shortcuts(sections)

    def guide(self) -> None:
        """Opens the guide at the page for where the user is."""
        if not guide.open_guide([self._pages.currentWidget(), self._middle.currentWidget()]):
            self.banner.show_text(self.tr("The guide cannot be opened here."))

    def about(self) -> None:
        """Shows version and licences."""
        self._desk.about()

    def compare(self) -> None:
        """Shows two to four selected photos side by side."""
        if self._library is not None:
            self._library.large.open_side_by_side(self._selected())

    def toggle_lines(self) -> None:
        """Changes between squares and lines of one height."""
        lines = self.grid.shape_of_cells is CellShape.SQUARE
        self.grid.set_shape_of_cells(CellShape.JUSTIFIED if lines else CellShape.SQUARE)
        self.commands["lines"].setChecked(lines)

    def undo(self) -> None:
        """Takes the latest change back."""
        if self._library is not None:
            self._library.changes.undo()

    def redo(self) -> None:
        """Brings back what was taken back."""
        if self._library is not None:
            self._library.changes.undo(redo=True)

    def go_to_search(self) -> None:
        """Goes to the search field."""
        self._pages.setCurrentIndex(0)
        self.search.field.select_all()

    def save_search(self) -> None:
        """Saves what is searched for."""
        self._shelf.save_search()

    def new_album(self) -> None:
        """Makes an album of the selected photos."""
        self._shelf.new_album()

    def fill_album_menu(self, menu: QMenu) -> None:
        """Offers the albums for the selected photos."""
        self._shelf.fill_album_menu(menu)

    def fill_apart_menu(self, menu: QMenu) -> None:
        """Offers what the selected photos can be told apart from."""
        library, shown = self._library, self._shown
        if library is not None and shown is not None:
            ids = shown.arrangement.ids
            beside = ids[ids != DIVIDER_ID].tolist()
            self._apart.fill_menu(menu, library.session, self._selected(), beside)

    def select_all(self) -> None:
        """Selects every photo that is shown."""
        self.grid.selection.select_all()

    def invert_selection(self) -> None:
        """Selects what is not selected."""
        self.grid.selection.invert()

    def open_current(self) -> None:
        """Opens the current photo in the loupe."""
        self._open_loupe(self.grid.current_photo())

    def find_alike(self) -> None:
        """Shows photos like the selected ones, which are one example together."""
        chosen = self._selected()[:_MOST_EXAMPLES]
        if chosen:
            self._pages.setCurrentIndex(0)
            self.search.ask_alike(self.book.paths(np.array(chosen, np.int64)), chosen[0])

    def add_tag(self) -> None:
        """Opens the field for a new tag."""
        if not self._has_information:
            self.toggle_information()
        self.information.tags.begin_adding()

    def rate(self, stars: int) -> None:
        """Rates the selected photos."""
        if self._library is not None:
            self._library.changes.rate(self._selected(), stars)

    def flag(self, flag: Flag | None) -> None:
        """Marks the selected photos."""
        if self._library is not None:
            self._library.changes.flag(self._selected(), flag)

    def show_in_file_manager(self) -> None:
        """Shows the current photo's file."""
        for path in self.book.paths(np.array(self._selected()[:1], np.int64)):
            _show_file(str(path))

    def copy_paths(self) -> None:
        """Copies the paths of the selected photos, a line each."""
        paths = self.book.paths(np.array(self._selected(), np.int64))
        if paths:
            QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))
            self.toast.show_text(self.tr("%Ln path(s) copied", "", len(paths)))

    def toggle_information(self) -> None:
        """Shows or hides the right panel."""
        self._has_information = not self._has_information
        self._show_sides()
        self._details.refresh()

    def _show_sides(self) -> None:
        """A page of its own has the room of what is known of the grid's photos, and their size is not its own."""
        on_page = self.pages.current is not None
        self.information.setVisible(self._has_information and not on_page)
        self._right_button.setChecked(self._has_information)
        self._right_button.setEnabled(not on_page)
        self._zoom.setVisible(not on_page)
        self._update_status()

    def toggle_sources(self) -> None:
        """Shows or hides the left panel."""
        self._left.setVisible(self._left.isHidden())
        self._left_button.setChecked(not self._left.isHidden())

    def next_pane(self, step: int) -> None:
        """Moves the keyboard to the next part of the window."""
        panes = [self.search.field, self._left, self._middle, self.information, self.status]
        panes = [pane for pane in panes if pane.isVisible()]
        now = self.focusWidget()
        inside = [now is not None and (p is now or p.isAncestorOf(now)) for p in panes]
        at = inside.index(True) if any(inside) else -step
        for _ in panes:
            at = (at + step) % len(panes)
            target = _first_focus(panes[at])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def close_window(self) -> None:
        """Ends the program."""
        self.close()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back: to the photos, then to no selection, then to all photos."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.grid.hasFocus() and self._middle.currentWidget() is self.grid:
            self.grid.setFocus()
        elif self.grid.selection.count():
            self.grid.selection.clear()
        elif self._shown is not None and not self._shown.asked.is_everything:
            self._reset()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes folders from other programs wherever they are dropped."""
        event.setAccepted(event.mimeData().hasUrls() and event.source() is None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens them."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.open_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Goes from the screen at once; what the lanes are doing is ended, and what they did is kept."""
        self.hide()
        library, self._library = self._library, None
        self._details.stop()
        self._sources.stop()
        if library is not None:
            library.worker.close()
            library.model.close()
            library.badges.close()
        self._runner.close()
        if library is not None:
            library.session.close()
        super().closeEvent(event)


def _tags_page(parts: PageParts) -> CentrePage:
    from photosort.gui.pages.tags import TagsPage

    return TagsPage(parts)


def _albums_page(parts: PageParts) -> CentrePage:
    from photosort.gui.pages.albums import AlbumsPage

    return AlbumsPage(parts)


def _review_page(parts: PageParts) -> CentrePage:
    from photosort.gui.pages.review import ReviewPage

    return ReviewPage(parts)


def _show_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))


def _first_focus(pane: QWidget) -> QWidget | None:
    """What takes the keyboard in a pane: itself, or the first of its widgets that does."""
    for widget in (pane, *pane.findChildren(QWidget)):
        policy = (widget.focusProxy() or widget).focusPolicy()
        if policy & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            return widget
    return None
