"""The filter bar: what a search can be narrowed to by clicking, with counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout

from photosort.domain.photos import Kind
from photosort.domain.query import Field, Filter, Op, PartialDate
from photosort.gui.base import formatting, theme
from photosort.gui.dialogs.date_range import ask_range
from photosort.gui.grid.arrangement import DIVIDER_ID
from photosort.gui.widgets.basics import button
from photosort.gui.widgets.flow import Flow
from photosort.media.countries import in_language
from photosort.search.query_language import exchange
from photosort.search.query_language.writer import term_text
from photosort.usecases.search.filter_choices import (
    Aspect,
    Choices,
    aspect_of,
    is_same,
    load_choices,
)

if TYPE_CHECKING:
    from photosort.domain.query import Term
    from photosort.gui.base.runner import Runner
    from photosort.gui.controllers.browser import Shown
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.usecases.search.filter_choices import Choice
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.session.session import Session

_WIDEST = 320


class FilterBar(QFrame):
    """One button for each aspect, which opens its choices; they are the chips of the search field.

    Nothing is counted while the bar is hidden.

    Signals:
        query_asked: another query (str).
        typing_asked: the rest of a filter that begins so (str) is to be typed into the search field.
    """

    query_asked = Signal(str)
    typing_asked = Signal(str)

    def __init__(self, runner: Runner, query: Callable[[], str]) -> None:
        """Makes a bar without choices, hidden at first.

        Args:
            runner: brings the counts.
            query: what stands in the search field.
        """
        super().__init__()
        self._runner = runner
        self._query = query
        self._session: Session | None = None
        self._book: PhotoFacts | None = None
        self._suggested: Suggested | None = None
        self._shown: Shown | None = None
        self._choices: Choices | None = None
        self._buttons = {aspect: self._made(aspect, name) for aspect, name in _names().items()}
        self._clear = button(self.tr("Clear filters"), self._clear_all, kind="link")
        self._row = Flow(gap=theme.Gap.XS)
        for one in (*self._buttons.values(), self._clear):
            self._row.add(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.S, 0, theme.Gap.S, theme.Gap.S)
        column.addWidget(self._row)
        self.setAccessibleName(self.tr("Filters"))
        self.setFocusProxy(self._buttons[Aspect.STARS])
        self.hide()
        self._update_buttons()

    def open_library(
        self, session: Session, book: PhotoFacts, suggested: Suggested | None = None
    ) -> None:
        """Counts in a library from now on.

        Args:
            session: the library.
            book: the photos as the window knows them.
            suggested: the photos for which one of some tags, or any if there is none, is suggested now.
        """
        self._session, self._book, self._suggested = session, book, suggested

    def show_answer(self, shown: Shown) -> None:
        """Follows what is shown."""
        self._shown = shown
        self.refresh()

    def set_open(self, *, on: bool) -> None:
        """Shows or hides the bar."""
        self.setVisible(on)
        self.refresh()

    def refresh(self) -> None:
        """Counts again, if the bar is shown."""
        session, shown = self._session, self._shown
        catalog = None if self._book is None else self._book.catalog
        if self.isHidden() or session is None or shown is None or catalog is None:
            return
        arrangement = shown.arrangement
        if shown.is_ranked and shown.strong:
            ids = arrangement.ids[: shown.strong]
        else:
            photos = arrangement.ids[arrangement.ids != DIVIDER_ID]
            ids = np.concatenate([photos, np.array(arrangement.behind(), np.int64)])
        text, example, suggested = shown.asked.text, shown.asked.example, self._suggested

        def work(_job: object) -> Choices:
            return load_choices(session, catalog, text, ids, suggested=suggested, example=example)

        self._runner.latest("filters", session.lanes.reads, work, self._on_counted, owner=self)

    def choose(self, term: Term) -> None:
        """Narrows the search to a choice in place of what is chosen of its aspect; a second time widens it again."""
        text, aspect = self._query(), aspect_of(term)
        chosen = [] if self._choices is None or aspect is None else self._choices.chosen(aspect)
        if term in chosen:
            self.query_asked.emit(exchange(text, lambda old: is_same(old, term), ()))
        else:
            self.query_asked.emit(exchange(text, lambda old: aspect_of(old) is aspect, (term,)))

    def choose_days(self, first: date, last: date) -> None:
        """Narrows the search to the days from one to another, both included."""
        after = Filter(Field.AFTER, Op.IS, _partial(first))
        before = Filter(Field.BEFORE, Op.IS, _partial(last + timedelta(days=1)))
        text = exchange(self._query(), lambda old: aspect_of(old) is Aspect.DATE, (after, before))
        self.query_asked.emit(text)

    def menu_of(self, aspect: Aspect) -> QMenu:
        """The choices of an aspect."""
        return self._buttons[aspect].menu()

    # Inside

    def _made(self, aspect: Aspect, name: str) -> QPushButton:
        made = button(name, kind="filter")
        menu = QMenu(made)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(partial(self._fill, aspect))
        made.setMenu(menu)
        return made

    def _clear_all(self) -> None:
        self.query_asked.emit(exchange(self._query(), lambda old: aspect_of(old) is not None, ()))

    def _on_counted(self, choices: Choices) -> None:
        self._choices = choices
        self._update_buttons()
        for aspect, made in self._buttons.items():
            if made.menu().isVisible():
                self._fill(aspect)

    def _update_buttons(self) -> None:
        choices, names = self._choices, _names()
        any_chosen = False
        for aspect, made in self._buttons.items():
            chosen = [] if choices is None else choices.chosen(aspect)
            any_chosen |= bool(chosen)
            said = ", ".join(map(_label, chosen))
            made.setEnabled(choices is None or bool(choices.of[aspect]))
            made.setAccessibleName(f"{names[aspect]}: {said}" if said else names[aspect])
            made.setToolTip(said)
            theme.set_look(made, "kind", "filtered" if chosen else "filter")
        self._clear.setEnabled(any_chosen)

    def _fill(self, aspect: Aspect) -> None:
        menu, choices = self.menu_of(aspect), self._choices
        menu.clear()
        if choices is None:
            menu.addAction(self.tr("Counting\u2026")).setEnabled(False)
            return
        for choice in choices.of[aspect]:
            menu.addAction(self._action(menu, choice))
        if aspect is Aspect.DATE and choices.days is not None:
            menu.addSeparator()
            menu.addAction(self.tr("Range\u2026"), partial(self._ask_days, *choices.days))
        unlisted = choices.unlisted.get(aspect, 0)
        if unlisted:
            menu.addSeparator()
            more = self.tr("%Ln more: type them", "", unlisted)
            menu.addAction(more, partial(self.typing_asked.emit, f"{aspect.value}:"))

    def _action(self, menu: QMenu, choice: Choice) -> QAction:
        name = menu.fontMetrics().elidedText(
            _label(choice.term), Qt.TextElideMode.ElideRight, _WIDEST
        )
        # What follows a tab stands at the end of the line.
        text = f"{name.replace('&', '&&')}\t{formatting.count(choice.count)}"
        action = QAction(text, menu)
        action.setCheckable(True)
        action.setChecked(choice.is_chosen)
        action.setEnabled(choice.count > 0 or choice.is_chosen)
        action.setToolTip(term_text(choice.term))
        action.triggered.connect(partial(self._on_chosen, choice.term))
        return action

    def _on_chosen(self, term: Term, *_checked: bool) -> None:
        self.choose(term)

    def _ask_days(self, first: date, last: date) -> None:
        ask_range(self, first, last, self.choose_days)


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _names() -> dict[Aspect, str]:
    translate = QCoreApplication.translate
    return {
        Aspect.STARS: translate("filters", "Stars"),
        Aspect.FLAG: translate("filters", "Flag"),
        Aspect.KIND: translate("filters", "Kind"),
        Aspect.CAMERA: translate("filters", "Camera"),
        Aspect.LENS: translate("filters", "Lens"),
        Aspect.DATE: translate("filters", "Date"),
        Aspect.PLACE: translate("filters", "Place"),
        Aspect.TAGS: translate("filters", "Tags"),
    }


def _label(term: Term) -> str:
    """The text of a choice; for one that was typed and has no name, its words in the query."""
    if not isinstance(term, Filter):
        return _fixed().get(term_text(term), term_text(term))
    value = term.value
    if term.field is Field.RATING and isinstance(value, int) and term.op is Op.AT_LEAST:
        return QCoreApplication.translate("filters", "%n star(s) or more", "", value)
    if term.field in {Field.AFTER, Field.BEFORE, Field.ON} and isinstance(value, PartialDate):
        return _date_label(term.field, value)
    if term.field is Field.PLACE:
        return in_language(str(value), QLocale().name())
    if term.field is Field.KIND:
        return formatting.kind_names()[Kind(str(value))]
    if term.field in {Field.CAMERA, Field.LENS}:
        return str(value)
    return _fixed().get(term_text(term), term_text(term))


def _date_label(field: Field, when: PartialDate) -> str:
    if when.day:
        said = formatting.day(QDate(when.year, when.month or 1, when.day))
    else:
        said = formatting.month(when.year, when.month) if when.month else str(when.year)
    if field is Field.AFTER:
        return QCoreApplication.translate("filters", "from {date}").format(date=said)
    if field is Field.BEFORE:
        return QCoreApplication.translate("filters", "before {date}").format(date=said)
    return said


def _fixed() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "rating:0": translate("filters", "No stars"),
        "flag:pick": translate("filters", "Picked"),
        "flag:discard": translate("filters", "Discarded"),
        "flag:none": translate("filters", "No flag"),
        "-has:date": translate("filters", "Without a date"),
        "-has:gps": translate("filters", "Without a place"),
        "state:confirmed": translate("filters", "Answered with yes"),
        "state:imported": translate("filters", "From files"),
        "state:suggested": translate("filters", "With suggestions"),
        "state:rejected": translate("filters", "Answered with no"),
        "is:unreviewed": translate("filters", "Not reviewed"),
        "-has:tag": translate("filters", "Without tags"),
    }
