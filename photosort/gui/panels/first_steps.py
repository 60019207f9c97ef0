"""Decides when to show the first-steps card, and chooses its searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, QObject

from photosort.gui.base.runner import Runner
from photosort.gui.widgets.first_card import FirstCard

if TYPE_CHECKING:
    from photosort.progress import Job
    from photosort.usecases.search.first_searches import SuggestedSearch
    from photosort.usecases.session.session import Session

# What many people have photos of, each told apart from the others.
_WORTH_TRYING: Sequence[str] = tuple(
    map(
        str,
        (
            QT_TRANSLATE_NOOP("firststeps", "a beach"),
            QT_TRANSLATE_NOOP("firststeps", "snowy mountains"),
            QT_TRANSLATE_NOOP("firststeps", "a dog"),
            QT_TRANSLATE_NOOP("firststeps", "a cat"),
            QT_TRANSLATE_NOOP("firststeps", "people at a table"),
            QT_TRANSLATE_NOOP("firststeps", "a sunset"),
            QT_TRANSLATE_NOOP("firststeps", "flowers"),
            QT_TRANSLATE_NOOP("firststeps", "food on a plate"),
            QT_TRANSLATE_NOOP("firststeps", "a city at night"),
            QT_TRANSLATE_NOOP("firststeps", "boats on the water"),
            QT_TRANSLATE_NOOP("firststeps", "a forest"),
            QT_TRANSLATE_NOOP("firststeps", "a bicycle"),
            QT_TRANSLATE_NOOP("firststeps", "a birthday cake"),
            QT_TRANSLATE_NOOP("firststeps", "a church"),
            QT_TRANSLATE_NOOP("firststeps", "a bridge"),
            QT_TRANSLATE_NOOP("firststeps", "a horse"),
            QT_TRANSLATE_NOOP("firststeps", "a bird"),
            QT_TRANSLATE_NOOP("firststeps", "a train"),
            QT_TRANSLATE_NOOP("firststeps", "children playing"),
            QT_TRANSLATE_NOOP("firststeps", "a concert"),
            QT_TRANSLATE_NOOP("firststeps", "a waterfall"),
            QT_TRANSLATE_NOOP("firststeps", "an old car"),
            QT_TRANSLATE_NOOP("firststeps", "a wedding"),
            QT_TRANSLATE_NOOP("firststeps", "an aeroplane"),
        ),
    )
)


class FirstSteps(QObject):
    """Shows the card at the end of the first run that made a library searchable, once."""

    def __init__(self, card: FirstCard, runner: Runner, *, has_models: bool) -> None:
        """Waits for a first run.

        Args:
            card: shows the searches.
            runner: tries them in the reading lane.
            has_models: there is a page with larger picture models.
        """
        super().__init__(card)
        self._card = card
        self._runner = runner
        self._has_models = has_models

    def offer(self, session: Session) -> None:
        """Shows the card, if it was not shown in this library yet and there is something to show."""

        def work(job: Job) -> tuple[int, list[SuggestedSearch]] | None:
            # Needed once in a library's life.
            from photosort.usecases.photos import photo_table
            from photosort.usecases.search import first_searches

            catalog = photo_table.load(session)
            if len(catalog) < first_searches.FEWEST_PHOTOS or not first_searches.is_due(session):
                return None
            found = first_searches.suggest_searches(
                session, catalog, _descriptions(session), job=job
            )
            first_searches.done(session)
            return len(catalog), found

        def then(shown: tuple[int, list[SuggestedSearch]] | None) -> None:
            if shown is not None:
                photos, found = shown
                tried = [(one.query, one.matches) for one in found]
                self._card.show_steps(photos, tried, has_models=self._has_models)

        self._runner.latest("first steps", session.lanes.reads, work, then, owner=self)


def _descriptions(session: Session) -> Sequence[str]:
    """In the language of the window where the picture model reads it, else in English."""
    language = QLocale().name().partition("_")[0]
    if language in session.encoders.current.info.languages:
        return [QCoreApplication.translate("firststeps", text) for text in _WORTH_TRYING]
    return _WORTH_TRYING
