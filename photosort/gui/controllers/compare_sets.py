"""Computes what distinguishes photos from others, and shows the words with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from photosort.gui.base import formatting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.albums.naming import Name
    from photosort.gui.base.runner import Runner
    from photosort.progress import Job
    from photosort.usecases.session.session import Session

    Photos = Callable[[Session], Sequence[int]]


class CompareSets(QObject):
    """One question at a time: a newer one takes the place of one that is not answered yet."""

    def __init__(self, runner: Runner, window: QWidget) -> None:
        """Asks nothing yet.

        Args:
            runner: brings the lanes' answers.
            window: the answers are shown above it.
        """
        super().__init__(window)
        self._runner, self._window = runner, window
        self._noted: tuple[int, ...] = ()

    def ask(
        self,
        session: Session,
        heading: str,
        these: Photos,
        other: str = "",
        those: Photos | None = None,
    ) -> None:
        """Looks for the words that fit some photos and not others.

        Args:
            session: the open library.
            heading: the question as a title.
            these: tells the photos; called off the window's thread.
            other: what the others are called; "" = all other photos.
            those: tells the others; None = all other photos.
        """

        def work(job: Job) -> list[Name]:
            # Brings the encoder along.
            from photosort.usecases.compare_sets import compare_sets

            others = None if those is None else those(session)
            return compare_sets(session, these(session), others, job)

        def show(found: list[Name]) -> None:
            from photosort.gui.dialogs.compare_sets import CompareSetsDialog

            dialog = CompareSetsDialog(heading, other, found, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self._runner.latest("apart", session.lanes.worker, work, show, owner=self)

    def fill_menu(
        self, menu: QMenu, session: Session, selected: Sequence[int], shown: NDArray[np.int64]
    ) -> None:
        """What the selected photos can be compared with.

        Args:
            menu: the entries are added to it.
            session: the open library.
            selected: the photos of the question.
            shown: int64, shape (n,), all photos that are shown, the selected ones among them; empty where none are
                to be compared with.
        """
        chosen = tuple(selected)
        heading = self.tr("%Ln photo(s) compared with the rest", "", len(chosen))

        def ask(other: str, those: Photos | None) -> None:
            self.ask(session, heading, lambda _session: chosen, other, those)

        def beside(_session: Session) -> list[int]:
            # Here and not before the question: of 100,000 photos this takes longer than a frame.
            return [int(one) for one in np.setdiff1d(shown, np.array(chosen, np.int64)).tolist()]

        menu.addAction(self.tr("All other photos"), partial(ask, "", None))
        others = len(shown) - len(chosen)
        if others > 0:
            name = self.tr("The others shown here")
            menu.addAction(name, partial(ask, formatting.photos(others), beside))
        noted = set(self._noted).difference(chosen)
        if noted:
            name = self.tr("The %Ln photo(s) noted before", "", len(noted))
            told = partial(ask, formatting.photos(len(noted)), lambda _session: list(noted))
            menu.addAction(name, told)
        menu.addSeparator()
        menu.addAction(self.tr("Note these for a comparison"), partial(self.note, chosen))

    def note(self, photo_ids: Sequence[int]) -> None:
        """Remembers photos, so that the next selection can be told from them."""
        self._noted = tuple(photo_ids)
