"""Builds, in order, everything that an open library needs in the window, and connects it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from photosort.domain.changes import ChangeSet
from photosort.gui.controllers.automatic_albums import AutomaticAlbums
from photosort.gui.controllers.badges import BadgeKeeper
from photosort.gui.controllers.browser import Browser
from photosort.gui.controllers.catalog import CatalogKeeper
from photosort.gui.controllers.decisions import Changes
from photosort.gui.controllers.explanations import Explainer
from photosort.gui.controllers.folder_watch import FolderWatch
from photosort.gui.controllers.index_worker import IndexWorker
from photosort.gui.controllers.library_file_changes import ForeignChanges
from photosort.gui.controllers.picture_model import PictureModel
from photosort.gui.controllers.thumbnails import LibraryThumbnails
from photosort.gui.shell.full_views import FullViews

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QStackedWidget

    from photosort.gui.base.runner import Runner
    from photosort.gui.controllers.browser import Shown
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.usecases.indexing.summary import IndexSummary
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

_REST_MS = 5_000
# Once the window is at rest, and each hour from then on.
_FIRST_CHECK_MS = 400
_FIRST_CARE_MS, _CARE_MS = 60_000, 3_600_000


class OpenLibrary(QObject):
    """What exists once a library is open. It knows nothing of the panels.

    Signals:
        catalog_changed: the library is in another state (`Catalog`, ids of the photos that differ or None for all).
        tags_changed: other tags are suggested than before.
        settled: a lot has come to stay (the photos, the encoder, the tags' texts).

    Attributes:
        session: the library itself.
        keeper: the window's copy of it.
        browser: answers searches.
        changes: what the user decides.
        foreign: what other programs change.
        worker: reads photos.
        albums: groups photos once they were read.
        watch: notices changes on disk.
        model: sees them, and suggests tags.
        badges: what the photos wear.
        thumbnails: their small pictures.
        large: the loupe and the comparison.
        explainer: why they answer.
    """

    catalog_changed = Signal(object, object)
    tags_changed = Signal()
    settled = Signal()

    def __init__(
        self,
        session: Session,
        runner: Runner,
        book: PhotoFacts,
        window: QMainWindow,
        views: QStackedWidget,
    ) -> None:
        """Makes all of it.

        Args:
            session: the library, the window's own from now on.
            runner: brings the lanes' answers.
            book: the photos as the window knows them; told of every change.
            window: owns this.
            views: everything that can fill the window.
        """
        super().__init__(window)
        self.session = session
        self._runner = runner
        self._book = book
        self._has_answered = False
        self.keeper = CatalogKeeper(runner, session, self)
        self.browser = Browser(runner, session, self)
        self.changes = Changes(runner, session, self)
        self.foreign = ForeignChanges(runner, session, self)
        self.worker = IndexWorker(runner, session, self)
        self.albums = AutomaticAlbums(runner, session, self)
        self.watch = FolderWatch(runner, session.lanes.reads, self)
        self.model = PictureModel(runner, session, self)
        self.badges = BadgeKeeper(runner, session, book, self.model.photos, self)
        self.thumbnails = LibraryThumbnails(runner, session, self)
        self.large = FullViews(window, views, book, runner, session, self.changes)
        self.explainer = Explainer(runner, session, book, self.browser, self.large.loupe, self)
        self.browser.suggested = self.model.photos
        self.keeper.changed.connect(self._on_catalog)
        self.browser.shown.connect(self._on_shown)
        self.browser.awaited.connect(self.model.wake_when_idle)
        self.model.failed.connect(self._on_model_failed)
        self.changes.made.connect(self.follow)
        self.foreign.ended.connect(self._on_foreign_ended)
        self.worker.photos_changed.connect(self.keeper.refresh)
        self.worker.finished.connect(self._on_finished)
        # A grouping is no change of the user's, but panels and pages list the albums.
        self.albums.grouped.connect(lambda: self.changes.made.emit(ChangeSet()))
        self.watch.changed.connect(self.worker.check)
        self.model.woken.connect(self._on_woken)
        self.model.tags_ready.connect(self._on_tags)
        self.model.tags_ready.connect(self.settled)
        self.model.learned.connect(self._on_tags)
        self.thumbnails.outdated.connect(self._on_outdated)
        # Not after each answer: while photos arrive there is one each second.
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._release_pages)
        for happened in (self.browser.shown, self.model.tags_ready, self.model.learned):
            happened.connect(self._release_pages_soon)

        # After the first photos are on screen: of 100,000 files it takes time away from showing them.
        self._first_check = QTimer(self, singleShot=True, interval=_FIRST_CHECK_MS)
        self._first_check.timeout.connect(self._check_folders)

        self._care = QTimer(self, interval=_FIRST_CARE_MS)
        self._care.timeout.connect(self.take_care)

    def begin(self, catalog: Catalog) -> None:
        """Shows the library as it was when it was opened, once everything is connected."""
        self.keeper.begin(catalog)
        self.changes.look()
        self.foreign.start()
        self._care.start()

    def take_care(self) -> None:
        """Looks whether the library is sound, and makes the copy of the day."""
        self._care.setInterval(_CARE_MS)
        session = self.session

        def work(_job: object) -> None:
            # Not needed to show the window.
            from photosort.usecases.session import backups, recovery

            recovery.raise_if_damaged(session.paths.library)
            backups.make_if_due(session)

        self._runner.run(session.lanes.models, work, owner=self)

    def follow(self, change: ChangeSet) -> None:
        """Brings up to date what a change of the library concerns."""
        if change.everything:
            self.keeper.load()
        elif change.photos:
            self.keeper.refresh(change.photos)
        if change.turned:
            self.thumbnails.outdated.emit(set(change.photos))
            # The picture model is to see them as they are shown now.
            self.worker.check()
        self.model.learn(change)

    def use_model(self) -> None:
        """Another model is in use: the run that goes on with the old one ends, and the upgrade begins."""
        self.worker.cancel()
        self.worker.start([])

    def stop(self) -> None:
        """Asks for nothing more; what the lanes are doing is ended."""
        self._rest.stop()
        self._first_check.stop()
        self._care.stop()
        self.foreign.stop()
        self.albums.cancel()
        self.watch.close()
        self.worker.close()
        self.model.close()
        self.badges.close()

    def _release_pages_soon(self) -> None:
        if not self._rest.isActive():
            self._rest.start()

    def _release_pages(self) -> None:
        session = self.session

        def work(_job: object) -> None:
            # Not needed to show the window.
            from photosort.usecases.models import vector_indexes

            vector_indexes.release_pages(session)

        self._runner.run(session.lanes.reads, work, owner=self)

    def _on_catalog(self, catalog: Catalog, changed: Iterable[int] | None) -> None:
        self._book.set_catalog(catalog)
        self.browser.set_catalog(catalog)
        if changed is not None:
            self.thumbnails.check(changed)
            self.large.update_photos(changed)
        self.badges.refresh()
        if self._has_answered:
            self._watch_folders(catalog)
        self.catalog_changed.emit(catalog, changed)

    def _on_foreign_ended(self) -> None:
        """Suggests tags again: seconds of a reading lane, so not after each of many changes."""
        self.model.learn(ChangeSet(everything=True, vocabulary=True))

    def _on_shown(self, shown: Shown) -> None:
        if not self._has_answered:
            self._has_answered = True
            self.settled.emit()
            # What is added now is read at once.
            if self._book.catalog is not None and self._book.catalog.roots:
                self._first_check.start()
        if len(shown.arrangement):
            self.model.wake_when_idle()

    def _check_folders(self) -> None:
        """Looks for what was added, or left unread, since the window was last open, and watches from now on."""
        if self._book.catalog is not None:
            self._watch_folders(self._book.catalog)
            self.worker.check()

    def _watch_folders(self, catalog: Catalog) -> None:
        self.watch.set_folders(root.path for root in catalog.roots.values())

    def _on_finished(self, summary: IndexSummary | None) -> None:
        self.keeper.load()
        self.changes.look()
        if not self.worker.is_running:
            self.albums.follow(summary)
        if summary is not None and (summary.embedded or not self.model.can_suggest):
            self.model.prepare_tags()

    def _on_woken(self) -> None:
        self._ask_again()
        if not self.worker.is_running and not self.model.can_suggest:
            self.model.prepare_tags()
        self.settled.emit()

    def _on_model_failed(self) -> None:
        self.browser.awaits_model = False
        self._ask_again()

    def _on_tags(self) -> None:
        self.badges.refresh()
        self.tags_changed.emit()
        self._ask_again()

    def _ask_again(self) -> None:
        """What the encoder or the tags answer may be other than before."""
        if not self.browser.asked.is_everything:
            self.browser.refresh()

    def _on_outdated(self, photo_ids: set[int]) -> None:
        self.large.loupe.update_photos(photo_ids, files=True)
