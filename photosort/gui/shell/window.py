"""The main window: creates its parts, connects them, and opens a library in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QStyle, QWhatsThis, QWidget

from photosort.domain.changes import ChangeSet
from photosort.domain.photos import Flag
from photosort.domain.tags import TagState
from photosort.gui.base import desktop_open, desktop_programs, formatting, icons, theme
from photosort.gui.controllers.backup_copies import BackupCopies
from photosort.gui.controllers.compare_sets import CompareSets
from photosort.gui.controllers.forgetting import Forgetting
from photosort.gui.controllers.keyword_files import KeywordFiles
from photosort.gui.controllers.metadata_copy import MetadataCopy
from photosort.gui.controllers.open_with import OpenWith
from photosort.gui.controllers.photo_facts import PhotoFacts
from photosort.gui.controllers.photo_import import PhotoImport
from photosort.gui.controllers.tag_batch import TagBatch
from photosort.gui.controllers.trash import TrashController
from photosort.gui.grid import zooming
from photosort.gui.grid.layout import CellShape
from photosort.gui.pages import lazy_pages
from photosort.gui.pages.page_switching import PageParts
from photosort.gui.panels import sources
from photosort.gui.panels.collections import CollectionsPanel
from photosort.gui.panels.details import Details
from photosort.gui.panels.first_steps import FirstSteps
from photosort.gui.panels.library_tree import LibraryTree
from photosort.gui.panels.photo_editing import PhotoEditing
from photosort.gui.shell.actions import MOST_STARS, Actions
from photosort.gui.shell.centre import Centre
from photosort.gui.shell.dialog_controller import DialogController
from photosort.gui.shell.focus_keeper import FocusKeeper
from photosort.gui.shell.import_controller import ImportController
from photosort.gui.shell.navigation import Navigation
from photosort.gui.shell.open_library import OpenLibrary
from photosort.gui.shell.photo_commands import PhotoCommands
from photosort.gui.shell.run_status import RunStatus
from photosort.gui.shell.workspace import Workspace
from photosort.settings import CellChoice, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from photosort.errors import PhotosortError
    from photosort.gui.base.runner import Runner
    from photosort.gui.base.theme import Theme
    from photosort.gui.controllers.browser import Shown
    from photosort.gui.pages.map_page import MapPage
    from photosort.gui.pages.page_switching import CentrePage
    from photosort.usecases.overview import Overview
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

_FIRST_SIZE = QSize(1280, 800)
# The highest of the usual desktops'.
_TITLE_BAR = 40


class MainWindow(QMainWindow):
    """All parts, without a library at first.

    Signals:
        settled: a lot has come to stay (the library on screen, the encoder, the tags' texts).

    Attributes:
        book: what is known of the photos, from memory.
        workspace: the parts that are seen, and where they stand.
        centre: the photos, or what stands in their place.
        commands: all actions.
        intake: how photos come in.
        navigation: where the user goes.
        photos: commands on the selected photos.
        copy_to_restore: the copy of the library that is to be put back once the window is closed, or None.
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
        self._library: OpenLibrary | None = None
        self._map: MapPage | None = None
        self.copy_to_restore: Path | None = None
        self.setWindowTitle("Photosort")
        self.setAcceptDrops(True)
        self.resize(_fitting(_FIRST_SIZE, self))
        self.book = PhotoFacts()
        self.centre = Centre(self.book, self._page_makers(), lambda: self.is_indexing)
        self.workspace = Workspace(runner, self.centre)
        self._views = QStackedWidget()
        self._views.addWidget(self.workspace)
        self.setCentralWidget(self._views)
        self.centre.grid.setFocus()
        self.commands = Actions(self, self.centre.grid)
        self.commands.fill_main_menu(self.workspace.menu)
        self.commands.set_steps("", "")
        self.commands.set_selected(0)
        self._apart = CompareSets(runner, self)
        self.photos = PhotoCommands(self.centre, self.book, self._apart)
        self.intake = ImportController(self, runner)
        search = self.workspace.search
        self._shelf = CollectionsPanel(self, self.photos.selected, search.field.query)
        self._sources = LibraryTree(self.workspace.tree, runner)
        self.navigation = Navigation(
            self.workspace, self._views, self.book, self._sources, self._shelf
        )
        self._details = Details(
            self.workspace.information,
            runner,
            self.book,
            self.photos.selected,
            lambda: search.suggestions,
        )
        self._editing = PhotoEditing(
            self.workspace.information.edit,
            runner,
            self.photos.selected,
            self.centre.grid.current_photo,
        )
        self._desk = DialogController(self, runner)
        self._backups = BackupCopies(self, runner)
        self._forgetting = Forgetting(self, runner)
        self._keyword_files = KeywordFiles(self, runner)
        self._tag_many = TagBatch(self, runner)
        self._metadata = MetadataCopy(self, runner)
        self._open_with = OpenWith(self, runner)
        self._trash = TrashController(self, runner)
        self._import = PhotoImport(self, runner)
        self._first_steps = FirstSteps(
            self.workspace.first_card, runner, has_models=sources.MODELS in self.centre.pages
        )
        FocusKeeper(self, self._main_view, spared=self.workspace.search)
        self.commands.carry_out(self._action_handlers())
        self._connect_workspace()
        self._connect_helpers()
        look.changed.connect(icons.retint)
        self.apply(self._chosen)
        self._last_chosen = self._restore_sidebar(self._chosen.sidebar)
        if self._chosen.window:
            self.restoreGeometry(QByteArray.fromBase64(self._chosen.window.encode()))

    # The user's settings

    def apply(self, chosen: Settings) -> None:
        """Follows the user's settings; what the library does with them is not the window's."""
        self._chosen = chosen
        if self._look.motion != chosen.motion:
            self._look.set_motion(theme.Motion(chosen.motion))
        if self._look.scheme != chosen.scheme:
            self._look.set_scheme(theme.Scheme(chosen.scheme))
        self.commands.set_single_letters(on=chosen.single_letters)
        is_lines = chosen.cell_shape == "lines"
        shape = CellShape.JUSTIFIED if is_lines else CellShape.SQUARE
        self.workspace.set_photos(chosen.cell_edge_px, shape)
        self.workspace.set_information(on=chosen.show_information)
        self.workspace.set_filters(on=chosen.show_filters)
        self.commands["stacks"].setChecked(chosen.show_stacks)
        if self._library is not None:
            self._apply_to_library(self._library)

    def _restore_sidebar(self, saved: str) -> str:
        """Opens the left panel as it was; returns the row that was chosen, or ""."""
        try:
            state = json.loads(saved or "{}")
        except ValueError:
            return ""
        if not isinstance(state, dict):
            return ""
        self.workspace.tree.restore_state(state)
        return str(state.get("chosen", ""))

    def _apply_to_library(self, library: OpenLibrary) -> None:
        library.session.settings = self._chosen
        library.browser.set_stacks(on=self.commands["stacks"].isChecked())
        library.large.set_single_letters(on=self._chosen.single_letters)
        library.large.loupe.set_advance(on=self._chosen.advance)
        library.large.loupe.slideshow.set_interval_s(self._chosen.slideshow_interval_s)

    def settings(self) -> Settings:
        """The user's settings with what was changed in the window itself."""
        grid = self.centre.grid
        shape: CellChoice = "lines" if grid.shape_of_cells is CellShape.JUSTIFIED else "square"
        return replace(
            self._chosen,
            cell_edge_px=grid.edge,
            cell_shape=shape,
            show_information=self.workspace.has_information,
            show_filters=self.workspace.has_filters,
            show_stacks=self.commands["stacks"].isChecked(),
            sidebar=json.dumps(self.workspace.tree.saved_state()),
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
        return self.centre.shown

    def open_library(self, session: Session, catalog: Catalog) -> None:
        """Shows a library.

        Args:
            session: the library, the window's own from now on.
            catalog: its photos.
        """
        library = OpenLibrary(session, self._runner, self.book, self, self._views)
        self._library = library
        self.centre.pages.open_library(PageParts(session, self._runner, self.book, library.changes))
        self.centre.grid.set_thumbnail_provider(library.thumbnails)
        self.workspace.search.open_library(session)
        self.workspace.filters.open_library(session, self.book, library.model.photos)
        self.navigation.open_library(library.browser)
        self.photos.open_library(library)
        self._details.open_library(session, library.model, library.explainer.reasons)
        self._editing.open_library(session, library.changes)
        self._sources.open_library(session)
        self._desk.open_library(session)
        self._backups.open_library(session)
        self._forgetting.open_library(session)
        self._keyword_files.open_library(session)
        self._tag_many.open_library(session, library.changes)
        self._metadata.open_library(session, library.changes)
        self._open_with.open_library(session)
        self._trash.open_library(session, library.changes)
        self._import.open_library(session, library.changes, library.worker)
        self._shelf.open_library(session, library.changes)
        self.workspace.album_bar.open_library(session, library.changes, self.photos.selected)
        RunStatus(library, self.workspace, self._keyword_files, self._first_steps)
        self._connect_library(library)
        self._apply_to_library(library)
        if catalog.roots:
            # Empty for a moment, but as large as it will be: a lane lays the photos out for this size.
            self.centre.show_grid()
        library.begin(catalog)
        self.intake.open_library(library)

    def show_failure(self, error: PhotosortError) -> None:
        """Says what went wrong, with details behind a button."""
        self.workspace.banner.show_error(error)

    def show_crash(self, trace: str) -> None:
        """Says that there is a mistake in the program."""
        said = self.tr("Something went wrong inside Photosort. Your photos and decisions are safe.")
        self.workspace.banner.show_text(said, trace)
        self._desk.report(trace)

    def raise_with(self, paths: Sequence[str]) -> None:
        """Comes to the front, because the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.intake.open_paths(paths)

    # Who carries out what

    def _action_handlers(self) -> dict[str, Callable[[], object]]:
        """What every action does."""
        selection, workspace, photos = self.centre.grid.selection, self.workspace, self.photos
        wishes: dict[str, Callable[[], object]] = {
            "add-folder": self.intake.ask_for_folder,
            "import": self._ask_for_import,
            "update": self.intake.update_all,
            "undo": photos.undo,
            "redo": partial(photos.undo, redo=True),
            "save-search": self._shelf.save_search,
            "new-album": self._shelf.new_album,
            "find": self.navigation.go_to_search,
            "select-all": selection.select_all,
            "invert": selection.invert,
            "information": workspace.toggle_information,
            "filters": self._toggle_filters,
            "sources": workspace.toggle_sources,
            "open": photos.open_current,
            "compare": photos.compare,
            "slideshow": photos.show_slides,
            "lines": workspace.toggle_lines,
            "stacks": self._show_stacks,
            "open-stack": photos.toggle_stack,
            "stack": self._stack,
            "unstack": photos.unstack,
            "stack-top": photos.put_on_top,
            "similar": lambda: self.navigation.find_alike(photos.selected()),
            "tag": workspace.add_tag,
            "change-date": partial(self._edit, "date"),
            "set-place": partial(self._edit, "place"),
            "place-on-map": self._place_on_map,
            "edit-text": partial(self._edit, "text"),
            "edit-kind": partial(self._edit, "kind"),
            "rotate-left": partial(photos.rotate, "left"),
            "rotate-right": partial(photos.rotate, "right"),
            "copy-metadata": lambda: self._metadata.copy(photos.current()),
            "paste-metadata": lambda: self._metadata.ask(photos.selected()),
            "reread": lambda: self.intake.read_again(photos.folders()),
            "forget": lambda: self._forgetting.ask(photos.selected()),
            "pick": partial(photos.flag, Flag.PICK),
            "discard": partial(photos.flag, Flag.DISCARD),
            "unmark": partial(photos.flag, None),
            "trash": lambda: self._trash.ask(photos.selected()),
            "trash-discarded": self._trash.ask_for_discarded,
            "show-file": photos.show_in_file_manager,
            "copy-paths": photos.copy_paths,
            "export": lambda: self._desk.export(photos.selected()),
            "keyword-files": lambda: self._keyword_files.write(photos.selected()),
            "tag-many": lambda: self._tag_many.ask(photos.selected_or_all()),
            "tags": partial(self.navigation.go_to, sources.TAGS),
            "preferences": lambda: self._desk.preferences(self.settings()),
            "backups": self._backups.show,
            "guide": self._open_guide,
            "whats-this": QWhatsThis.enterWhatsThisMode,
            "shortcuts": self._show_shortcuts,
            "about": self._desk.about,
            "next-pane": partial(workspace.next_pane, 1),
            "previous-pane": partial(workspace.next_pane, -1),
            "quit": self.close,
        }
        for stars in range(MOST_STARS + 1):
            wishes[f"rate-{stars}"] = partial(photos.rate, stars)
        return wishes

    def _page_makers(self) -> dict[str, Callable[[PageParts], CentrePage]]:
        return {
            sources.PROBLEMS: self._problems_page,
            sources.TAGS: lazy_pages.tags_page,
            sources.MAP: self._map_page,
            sources.ALBUMS: lazy_pages.albums_page,
            sources.REVIEW: lazy_pages.review_page,
            sources.MODELS: self._models_page,
            sources.DUPLICATES: self._duplicates_page,
        }

    def _problems_page(self, parts: PageParts) -> CentrePage:
        page = lazy_pages.problems_page(parts)
        page.file_shown.connect(desktop_open.show_file)
        page.again_asked.connect(self.intake.look_again)
        return page

    def _duplicates_page(self, parts: PageParts) -> CentrePage:
        page = lazy_pages.duplicates_page(parts)
        page.file_shown.connect(desktop_open.show_file)
        page.compare_asked.connect(self.photos.compare_photos)
        return page

    def _map_page(self, parts: PageParts) -> CentrePage:
        self._map = lazy_pages.map_page(parts)
        return self._map

    def _models_page(self, parts: PageParts) -> CentrePage:
        page = lazy_pages.models_page(parts)
        page.model_changed.connect(self._on_model_changed)
        page.progressed.connect(self.workspace.status.show_download)
        self.workspace.status.download.cancel_asked.connect(page.stop_downloads)
        return page

    def _connect_workspace(self) -> None:
        workspace, go_to, open_paths = self.workspace, self.navigation.go_to, self.intake.open_paths
        workspace.all_asked.connect(self.navigation.show_all)
        workspace.back_asked.connect(self.navigation.go_back)
        workspace.album_bar.album_asked.connect(go_to)
        workspace.discarded_bar.trash_asked.connect(self._trash.ask_for_discarded)
        workspace.sides_changed.connect(self._details.refresh)
        workspace.lines_changed.connect(self.commands["lines"].setChecked)
        workspace.toast.undo_asked.connect(self.photos.undo)
        workspace.toast.show_asked.connect(partial(go_to, sources.RECENT))
        workspace.first_card.search_asked.connect(go_to)
        workspace.first_card.model_asked.connect(partial(go_to, sources.MODELS))
        workspace.search.menu_asked.connect(self._shelf.fill_search_menu)
        workspace.search.text_asked.connect(self._on_text_asked)
        workspace.filters.query_asked.connect(workspace.search.change)
        workspace.filters.typing_asked.connect(workspace.search.begin_typing)
        strip = workspace.status.worker
        strip.problems_asked.connect(partial(go_to, sources.PROBLEMS))
        tree = workspace.tree
        tree.source_chosen.connect(go_to)
        tree.paths_dropped.connect(open_paths)
        tree.photos_dropped.connect(self._on_photos_dropped)
        tree.menu_asked.connect(self._shelf.show_row_menu)
        tree.rename_asked.connect(self._shelf.rename)
        centre = self.centre
        centre.folder_asked.connect(self.intake.ask_for_folder)
        centre.again_asked.connect(self.intake.update_all)
        centre.answered.connect(self._on_answered)
        centre.pages.source_asked.connect(self.navigation.go_from_page)
        centre.pages.photo_opened.connect(self.photos.open_among)
        centre.welcome.folder_asked.connect(self.intake.ask_for_folder)
        centre.welcome.paths_dropped.connect(open_paths)
        centre.welcome.import_asked.connect(self._ask_for_import)
        centre.welcome.demo_asked.connect(self.intake.add_demonstration)
        grid = centre.grid
        grid.selection_changed.connect(self._on_selection)
        grid.photo_opened.connect(self.photos.open)
        grid.preview_asked.connect(self.photos.open)
        grid.menu_asked.connect(self._show_photo_menu)
        grid.paths_dropped.connect(open_paths)
        panel = workspace.information
        panel.rated.connect(self.photos.rate)
        panel.flagged.connect(self.photos.flag)
        panel.album_chosen.connect(go_to)
        panel.file_shown.connect(desktop_open.show_file)
        panel.path_copied.connect(lambda path: QGuiApplication.clipboard().setText(path))
        panel.term_chosen.connect(self.navigation.add)
        panel.map_asked.connect(self._show_on_map)
        panel.tags.has_heat = True
        panel.tags.search_asked.connect(self.navigation.add_tag)
        panel.tags.heat_asked.connect(self.photos.show_tag)

    def _connect_helpers(self) -> None:
        self._runner.failed.connect(self.show_failure)
        self._runner.crashed.connect(self.show_crash)
        self.photos.said.connect(self.workspace.toast.show_text)
        self.intake.said.connect(self.workspace.toast.show_text)
        self.intake.began.connect(self.centre.show_grid)
        self.intake.photo_given.connect(self.workspace.search.ask_like_file)
        self._sources.overview_changed.connect(self._on_overview)
        self._shelf.query_asked.connect(self.navigation.go_to)
        self._shelf.reread_asked.connect(lambda folder: self.intake.read_again([folder]))
        self._details.said.connect(self.photos.say)
        self._desk.settings_changed.connect(self.apply)
        self._desk.folder_asked.connect(self.intake.ask_for_folder)
        self._desk.folder_removed.connect(self._follow)
        self._desk.model_changed.connect(self._on_model_changed)
        self._desk.page_asked.connect(self.navigation.go_to)
        self._backups.restore_asked.connect(self._restore)
        self._forgetting.said.connect(self.workspace.toast.show_text)
        self._forgetting.changed.connect(self._follow)
        self._keyword_files.said.connect(self.workspace.toast.show_text)
        self._keyword_files.failed.connect(self.show_failure)
        self._metadata.said.connect(self.workspace.toast.show_text)
        self._open_with.said.connect(self.workspace.toast.show_text)
        self._trash.failed.connect(self.show_failure)
        self._trash.moved.connect(self._on_trashed)
        self._import.progressed.connect(self.workspace.status.show_copying)
        self._import.imported.connect(self._on_imported)
        self._import.said.connect(self.workspace.toast.show_text)
        self._import.failed.connect(self.show_failure)
        self._import.chosen.connect(self._on_import_chosen)
        self.workspace.status.copying.cancel_asked.connect(self._import.cancel)

    def _connect_library(self, library: OpenLibrary) -> None:
        grid = self.centre.grid
        library.settled.connect(self.settled)
        library.catalog_changed.connect(self._on_catalog)
        library.tags_changed.connect(self._reload)
        library.browser.plan = grid.plan
        library.browser.group_by(zooming.unit_at(grid.edge))
        grid.edge_changed.connect(lambda edge: library.browser.group_by(zooming.unit_at(edge)))
        library.browser.shown.connect(self.centre.take)
        library.changes.made.connect(self._on_change)
        library.changes.made.connect(self._keyword_files.follow)
        library.foreign.found.connect(self._on_foreign_change)
        library.changes.undone.connect(self._on_undone)
        library.changes.redone.connect(self._on_redone)
        library.changes.fell_short.connect(self.workspace.banner.show_text)
        library.changes.steps_changed.connect(self.commands.set_steps)
        self._keyword_files.changed.connect(library.keeper.refresh)
        library.model.failed.connect(self.show_failure)
        library.thumbnails.outdated.connect(self.centre.update_photos)
        library.badges.changed.connect(self.centre.repaint_photos)
        grid.divider_activated.connect(library.browser.toggle_possible)
        grid.stack_toggled.connect(self.photos.toggle_stack)
        grid.visible_changed.connect(lambda ids: library.worker.prioritise(ids.tolist()))
        library.worker.finished.connect(self.centre.end_waiting)
        library.large.closed.connect(self._on_large_closed)
        library.large.loupe.current_photo_changed.connect(self._enable_commands)
        library.large.information_asked.connect(self._fill_info_overlay)
        library.large.menu_asked.connect(self._show_photo_menu)
        library.large.part_asked.connect(self.navigation.find_part)
        library.large.trash_asked.connect(lambda photo: self._trash.ask([photo]))
        loupe = library.large.loupe
        loupe.completions_asked.connect(
            lambda typed: loupe.set_completions(self._details.tag_completions(typed))
        )

    # What concerns several parts

    def _reload(self) -> None:
        """What is known of the photos, or suggested, is other than before."""
        self._details.refresh()
        self._sources.refresh()
        self.workspace.album_bar.refresh()
        self.workspace.filters.refresh()
        self.centre.pages.refresh()

    def _main_view(self) -> QWidget:
        """What fills the window: the photos, a page, or a single photo."""
        view = self._views.currentWidget()
        shown = self.centre.currentWidget() if view is self.workspace else view
        return shown or self.centre

    def _on_text_asked(self, text: str) -> None:
        """A search can be saved as soon as it is typed."""
        self.commands["save-search"].setEnabled(bool(text.strip()))

    def _on_answered(self, shown: Shown, keep_place: bool) -> None:  # noqa: FBT001 (a slot)
        self.commands["save-search"].setEnabled(bool(shown.asked.text.strip()))
        if not keep_place:
            self._details.refresh()
        # Not before the first photos are there: they would come in front of a page.
        last, self._last_chosen = self._last_chosen, ""
        if last not in {"", sources.EVERYTHING} and shown.total:
            self.navigation.go_to(last)

    def _enable_commands(self) -> None:
        """In the loupe the photo that is shown is meant, whatever is selected behind it."""
        library = self._library
        in_loupe = library is not None and library.large.photo() is not None
        self.commands.set_selected(1 if in_loupe else self.centre.grid.selection.count())

    def _on_selection(self) -> None:
        self._enable_commands()
        self._editing.follow_selection()
        self._details.refresh()

    def _on_catalog(self, catalog: Catalog, changed: Iterable[int] | None) -> None:
        self._sources.set_catalog(catalog, is_whole=changed is None)
        self._shelf.set_folders({root.path: root.id for root in catalog.roots.values()})
        self.centre.pages.refresh()
        if not catalog.roots and not self.is_indexing:
            self.centre.show_welcome()

    def _on_change(self, change: ChangeSet) -> None:
        self._reload()
        is_large = bool(change.everything or change.albums or change.files)
        is_large |= len(change.photos) > 1
        if is_large and not change.taken_back and change.history_id is not None:
            self.workspace.toast.show_text(formatting.translate(change.action), can_undo=True)

    def _on_trashed(self, photo_ids: frozenset[int]) -> None:
        if self._library is not None:
            self._library.large.remove_photos(photo_ids)

    def _ask_for_import(self) -> None:
        """Into the folder of the last import, else the first of the library, else the user's pictures."""
        catalog = self.book.catalog
        known = [root.path for root in catalog.roots.values()] if catalog is not None else []
        to = self._chosen.import_folder or next(iter(known), "") or desktop_open.pictures_folder()
        self._import.ask(to, self._chosen.import_template)

    def _on_import_chosen(self, to: str, template: str) -> None:
        self._chosen = replace(self._chosen, import_folder=to, import_template=template)

    def _on_imported(self, text: str) -> None:
        self.workspace.toast.show_text(text, can_undo=True, can_show=True)

    def _on_undone(self, action: str) -> None:
        self.workspace.toast.show_text(self.tr("Undone: {action}").format(action=action))

    def _on_redone(self, action: str) -> None:
        self.workspace.toast.show_text(self.tr("Redone: {action}").format(action=action))

    def _on_foreign_change(self) -> None:
        """A command changed something, and does not say what."""
        self._follow(ChangeSet(everything=True))

    def _follow(self, change: ChangeSet) -> None:
        """Brings everything up to date with a change that was not made through `OpenLibrary.changes`."""
        if self._library is not None:
            self._library.follow(change)
            self._library.changes.look()
            self._on_change(change)

    def _on_model_changed(self) -> None:
        if self._library is not None:
            self._library.use_model()

    def _on_overview(self, found: Overview) -> None:
        self.workspace.search.suggestions = found.suggestions
        self._shelf.set_known([name for name, *_ in found.albums], found.saved)

    def _on_photos_dropped(self, key: str) -> None:
        if key.startswith("tag:"):
            self.photos.say(key.removeprefix("tag:").strip('"'), TagState.CONFIRMED)
        else:
            self._shelf.put_into(key)

    def _show_photo_menu(self, point: QPoint) -> None:
        if self.photos.selected():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.commands.fill_photo_menu(
                menu,
                self._shelf.fill_album_menu,
                self.photos.fill_apart_menu,
                self._fill_programs if desktop_programs.IS_SUPPORTED else None,
            )
            library = self._library
            if library is not None and library.large.photo() is not None:
                library.large.fill_menu(menu)
            menu.popup(point)

    def _fill_programs(self, menu: QMenu) -> None:
        self._open_with.fill_menu(menu, self.photos.paths())

    def _toggle_filters(self) -> None:
        """Opens the filter bar with the keyboard in it, or closes it."""
        if self._library is not None:
            self._library.large.leave()
        self.workspace.toggle_filters()
        if self.workspace.has_filters:
            self.workspace.filters.setFocus()

    def _show_stacks(self) -> None:
        """Shows stacks as one tile each, or all of their photos, as the menu says."""
        if self._library is not None:
            self._library.browser.set_stacks(on=self.commands["stacks"].isChecked())

    def _stack(self) -> None:
        """Stacks the selected photos, which is to be seen."""
        self.commands["stacks"].setChecked(True)
        self._show_stacks()
        self.photos.stack()

    def _edit(self, what: str) -> None:
        """Opens an editor of the information panel, for the photo in the loupe as well."""
        if self._library is not None:
            self._library.large.leave()
        self.workspace.edit(what)

    def _place_on_map(self) -> None:
        """Lets the user say on the map where the selected photos were taken."""
        chosen = self.photos.selected()
        self._go_to_map()
        if self._map is not None:
            self._map.place_photos(chosen)

    def _show_on_map(self, latitude: float, longitude: float) -> None:
        self._go_to_map()
        if self._map is not None:
            self._map.show_place(latitude, longitude)

    def _go_to_map(self) -> None:
        if self._library is not None:
            self._library.large.leave()
        self.navigation.go_to(sources.MAP)

    def _restore(self, copy: Path) -> None:
        """Closes the window, for the library is put back while nobody has it open."""
        self.copy_to_restore = copy
        self.close()

    def _show_shortcuts(self) -> None:
        sections = [(self.tr("Photos"), list(self.commands.by_name.values()))]
        if self._library is not None:
            sections += self._library.large.commands()
        self._desk.shortcuts(sections)

    def _open_guide(self) -> None:
        # Not needed to show the window.
        from photosort.gui.dialogs.guide_reader import show_guide

        if not show_guide(self, [self._views.currentWidget(), self.centre.currentWidget()]):
            self.workspace.banner.show_text(self.tr("The guide cannot be opened here."))

    def _on_large_closed(self, photo_id: int) -> None:
        if photo_id >= 0:
            self.centre.grid.go_to_photo(photo_id)
        self._enable_commands()
        self.centre.grid.setFocus()

    def _fill_info_overlay(self, photo_id: int) -> None:
        """Says in the loupe what is known of its photo."""
        if self._library is not None:
            loupe = self._library.large.loupe
            self._details.read_for(photo_id, partial(loupe.set_information, photo_id))

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes folders from other programs wherever they are dropped."""
        event.setAccepted(event.mimeData().hasUrls() and event.source() is None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens them."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.intake.open_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Goes from the screen at once; what the lanes are doing is ended, and what they did is kept."""
        self.hide()
        library, self._library = self._library, None
        self._details.stop()
        self._sources.stop()
        if library is not None:
            library.stop()
        self._runner.close()
        if library is not None:
            library.session.close()
        super().closeEvent(event)


def _fitting(size: QSize, window: QMainWindow) -> QSize:
    """As much of a size as the screen has room for besides the frame, which no window knows before it is shown."""
    screen, style = window.screen(), window.style()
    bar = style.pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    frame = 2 * style.pixelMetric(QStyle.PixelMetric.PM_MdiSubWindowFrameWidth)
    room = screen.availableGeometry().size() - QSize(frame, max(bar, _TITLE_BAR) + frame)
    return size.boundedTo(room)
