"""Why photos answer the search: where in the opened photo, and in words beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from photosort.domain.query import Description
from photosort.errors import PhotosortError
from photosort.gui.base import formatting
from photosort.gui.base.runner import Runner
from photosort.gui.loupe import heat

if TYPE_CHECKING:
    from photosort.gui.controllers.browser import Browser
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.gui.loupe.loupe import Loupe
    from photosort.usecases.search.explanations import HeatMap, Reason
    from photosort.usecases.session.session import Session


class Explainer(QObject):
    """Feeds the loupe with heat maps and the panel with reasons."""

    def __init__(
        self,
        runner: Runner,
        session: Session,
        book: PhotoFacts,
        browser: Browser,
        loupe: Loupe,
        parent: QObject | None = None,
    ) -> None:
        """Begins to answer the loupe.

        Args:
            runner: brings the answers to the window's thread.
            session: the open library.
            book: the photos as the window knows them.
            browser: what is searched for.
            loupe: where a photo is opened.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._book = book
        self._browser = browser
        self._loupe = loupe
        self._tag = ""
        loupe.heat_asked.connect(self._on_heat_asked)
        loupe.closed.connect(self._forget_tag)

    def show_tag(self, name: str) -> None:
        """Shows in the loupe where a tag is seen, instead of what is searched for."""
        self._tag = name
        self._loupe.show_heat()

    def reasons(self, photo_id: int) -> list[Reason]:
        """Why a photo answers what is searched for now; in a reading lane. Empty when nothing narrows."""
        # Not needed to show the window, and dear to import.
        from photosort.usecases.search.explanations import reasons

        catalog, query = self._book.catalog, self._browser.query
        if catalog is None or query.root is None:
            return []
        (found,) = reasons(
            self._session,
            query,
            catalog,
            [photo_id],
            by_sight=self._session.encoders.is_loaded,
            suggested=self._browser.suggested,
        )
        return found

    def _forget_tag(self) -> None:
        self._tag = ""

    def _sought(self) -> str:
        """The words that are looked for in the photo: the tag's, or those the search wants."""
        if self._tag:
            return self._tag
        wanted = [
            leaf.text
            for leaf, unwanted in self._browser.query.leaves()
            if isinstance(leaf, Description) and not unwanted
        ]
        return ". ".join(wanted)

    def _on_heat_asked(self, photo_id: int) -> None:
        catalog, text = self._book.catalog, self._sought()
        if catalog is None or not text:
            self._loupe.set_heat(
                photo_id,
                None,
                self.tr("Describe a photo in the search field to see where it matches."),
            )
            return
        session = self._session

        def work(_job: object) -> HeatMap:
            from photosort.usecases.search.explanations import heat_map

            return heat_map(session, text, photo_id, catalog)

        self._runner.latest(
            "heat",
            session.lanes.reads,
            work,
            partial(self._on_heat, photo_id),
            owner=self,
            failed=partial(self._on_failure, photo_id),
        )

    def _on_heat(self, photo_id: int, found: HeatMap) -> None:
        self._loupe.set_heat(photo_id, heat.painted(found.heat), heat.said(found.where))

    def _on_failure(self, photo_id: int, error: Exception) -> bool:
        if isinstance(error, PhotosortError):
            self._loupe.set_heat(photo_id, None, formatting.translate(error.user_message))
            return True
        return False
