"""Switches the pages of the window's centre beside the grid: what they may use, and how they are shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.flow import Flow

if TYPE_CHECKING:
    from photosort.gui.base.runner import Runner
    from photosort.gui.controllers.decisions import Changes
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class PageParts:
    """What a page works with.

    Attributes:
        session: the open library, for the lanes.
        runner: brings the lanes' answers to the window's thread.
        book: what is known of the photos, from memory.
        changes: carries out what the user decides, as entries of the history.
    """

    session: Session
    runner: Runner
    book: PhotoFacts
    changes: Changes


class CentrePage(QWidget):
    """A page of the centre. It is made when it is first shown.

    Signals:
        source_asked: the photos of this query, or another page (str, a key of the left panel), are wanted.
        photo_opened: these photos (array of ids) are to be shown large, beginning with one (int).
    """

    source_asked = Signal(str)
    photo_opened = Signal(object, int)

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = parts

    def __init_subclass__(cls) -> None:
        """Refuses a page that does not read again; Qt's classes have a metaclass of their own, so `abc` cannot.

        Raises:
            TypeError: the class has no `refresh` of its own.
        """
        super().__init_subclass__()
        if cls.refresh is CentrePage.refresh:
            raise TypeError(f"{cls.__name__} is a page without `refresh`")

    @abstractmethod
    def refresh(self) -> None:
        """Reads again: the page is shown now, or the library changed while it was."""


def page_head(title: Sequence[QWidget], buttons: Sequence[QWidget]) -> QWidget:
    """What a page begins with: the buttons stand at the end of its line, or below it in a narrow window."""
    titles = QWidget()
    titles.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    line = QHBoxLayout(titles)
    line.setContentsMargins(0, 0, theme.Gap.M, 0)
    line.setSpacing(theme.Gap.S)
    for one in title:
        line.addWidget(one)
    line.addStretch(1)
    head = Flow(gap=theme.Gap.S)
    for one in (titles, *buttons):
        head.add(one)
    return head


class CentrePages(QObject):
    """Makes pages when they are first asked for and shows them in the stack of the centre.

    Signals:
        source_asked, photo_opened: of whichever page.
    """

    source_asked = Signal(str)
    photo_opened = Signal(object, int)

    def __init__(
        self, stack: QStackedWidget, makers: Mapping[str, Callable[[PageParts], CentrePage]]
    ) -> None:
        """Shows pages in a stack.

        Args:
            stack: the centre of the window.
            makers: key of the left panel to what makes its page. Pages that only few people open are
                imported there, since each import holds the first sight of the window back.
        """
        super().__init__(stack)
        self._stack = stack
        self._makers = makers
        self._made: dict[str, CentrePage] = {}
        self._parts: PageParts | None = None

    def open_library(self, parts: PageParts) -> None:
        """Makes pages of this library from now on."""
        self._parts = parts

    def __contains__(self, key: str) -> bool:
        return key in self._makers

    @property
    def current(self) -> CentrePage | None:
        """The page that the centre shows, if it is one."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, CentrePage) else None

    @property
    def current_key(self) -> str:
        """Key of the page that is shown, or ""."""
        current = self.current
        return next((key for key, page in self._made.items() if page is current), "")

    def show(self, key: str) -> None:
        """Brings a page to the centre, with what it shows read again and the keyboard in it."""
        if self._parts is None:
            return
        page = self._made.get(key)
        if page is None:
            page = self._made[key] = self._makers[key](self._parts)
            page.source_asked.connect(self.source_asked)
            page.photo_opened.connect(self.photo_opened)
            self._stack.addWidget(page)
        page.refresh()
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def refresh(self) -> None:
        """The library changed: the page that is shown reads again; others do when they are shown."""
        page = self.current
        if page is not None and page.isVisible():
            page.refresh()
