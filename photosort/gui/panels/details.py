"""Fills the information panel and the loupe's overlay with facts about the selected photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from photosort.domain.tags import TagState
from photosort.gui.base.runner import Runner
from photosort.gui.panels import photo_info
from photosort.gui.widgets.completing import Completion
from photosort.gui.widgets.information import Information, InformationPanel

if TYPE_CHECKING:
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.gui.controllers.picture_model import PictureModel
    from photosort.search.query_language import LibraryNames
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.explanations import Reason
    from photosort.usecases.session.session import Session

# Selecting with held arrow keys reads nothing before it rests.
_DELAY_MS = 60
_MOST_OFFERED = 8


class Details(QObject):
    """Reads what is known in the reading lane; only the newest selection counts.

    Signals:
        said: the user says something of a tag on the selected photos (name: str, `TagState`).
    """

    said = Signal(str, object)

    def __init__(
        self,
        panel: InformationPanel,
        runner: Runner,
        book: PhotoFacts,
        selected: Callable[[], Sequence[int]],
        suggestions: Callable[[], LibraryNames],
    ) -> None:
        """Begins to feed a panel.

        Args:
            panel: the right panel, which owns this.
            runner: runs the reading.
            book: the photos as the window knows them.
            selected: the photos that are selected now.
            suggestions: names of tags for the field of a new one.
        """
        super().__init__(panel)
        self._panel = panel
        self._runner = runner
        self._book = book
        self._selected = selected
        self._suggestions = suggestions
        self._session: Session | None = None
        self._model: PictureModel | None = None
        self._why: Callable[[int], Sequence[Reason]] = lambda _photo_id: ()
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._read)
        panel.tags.answered.connect(self._on_answered)
        panel.tags.added.connect(lambda name: self.said.emit(name, TagState.CONFIRMED))
        panel.tags.completions_asked.connect(self._on_completions_asked)
        panel.show_nothing()

    def open_library(
        self, session: Session, model: PictureModel, why: Callable[[int], Sequence[Reason]]
    ) -> None:
        """Reads from a library from now on.

        Args:
            session: the library.
            model: suggests tags.
            why: how a photo fits what is searched for; called in the reading lane.
        """
        self._session, self._model, self._why = session, model, why

    def refresh(self) -> None:
        """Reads again in a moment."""
        self._timer.start()

    def stop(self) -> None:
        """Reads no more."""
        self._timer.stop()
        self._session = None

    def read_for(self, photo_id: int, then: Callable[[list[tuple[str, str]]], None]) -> None:
        """Reads one photo as rows for the loupe."""
        self._ask("overlay", [photo_id], lambda info: then(photo_info.overlay_rows(info)))

    def tag_completions(self, typed: str) -> list[Completion]:
        """The tags whose names begin with what was typed; none for nothing."""
        known, begun = self._suggestions(), typed.strip().casefold()
        names = dict.fromkeys([*known.tags, *known.aliases])
        found = [name for name in names if begun and name.casefold().startswith(begun)]
        return [
            Completion(known.aliases.get(name, name), name, icon="tag")
            for name in found[:_MOST_OFFERED]
        ]

    def _read(self) -> None:
        ids = list(self._selected())
        if not ids:
            self._runner.drop("details")
            self._panel.show_nothing()
        elif not self._panel.isHidden():
            self._ask("details", ids, self._panel.show_information)

    def _ask(self, key: str, ids: list[int], then: Callable[[Information], None]) -> None:
        catalog = self._book.catalog
        if self._session is None or self._model is None or catalog is None:
            return
        work = partial(_informed, self._session, self._model, catalog, ids, self._why)
        self._runner.latest(key, self._session.lanes.reads, work, then, owner=self)

    def _on_answered(self, name: str, yes: bool) -> None:  # noqa: FBT001 (a slot)
        self.said.emit(name, TagState.CONFIRMED if yes else TagState.REJECTED)

    def _on_completions_asked(self, typed: str) -> None:
        self._panel.tags.set_completions(self.tag_completions(typed))


def _informed(
    session: Session,
    model: PictureModel,
    catalog: Catalog,
    ids: list[int],
    why: Callable[[int], Sequence[Reason]],
    _job: object,
) -> Information:
    """What is known of photos; in the reading lane."""
    # Not needed to show the window, and dear to import.
    from photosort.usecases.details import details_of
    from photosort.usecases.tags.tagging import tags_of

    if len(ids) == 1:
        suggested = model.suggestions(ids[0])
        return photo_info.of_one(details_of(session, ids[0]), suggested, why(ids[0]))
    rating = photo_info.common_rating(catalog, ids)
    return photo_info.of_many(ids, tags_of(session, ids), rating)
