"""Asks for a range of days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFormLayout, QWidget

from photosort.gui.base import theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button


class DateRangeDialog(Dialog):
    """Two days with calendars; the second is never before the first.

    Signals:
        chosen: the first and the last day (date, date).
    """

    chosen = Signal(object, object)

    def __init__(self, first: date, last: date, parent: QWidget | None = None) -> None:
        """Prepares the dialog.

        Args:
            first: the day that stands there at first as the beginning.
            last: the same as the end.
            parent: as usual in Qt.
        """
        super().__init__(self.tr("Date range"), width=360, parent=parent)
        self.first, self.last = _day(first), _day(last)
        self.first.dateChanged.connect(self.last.setMinimumDate)
        self.last.setMinimumDate(self.first.date())
        form = QFormLayout()
        form.setSpacing(theme.Gap.S)
        form.addRow(self.tr("From"), self.first)
        form.addRow(self.tr("Until"), self.last)
        self.body.addLayout(form)
        show = button(self.tr("Show"), self.accept, kind="primary")
        show.setDefault(True)
        self.add_buttons(button(self.tr("Cancel"), self.reject), show)
        self.first.setFocus()
        self.accepted.connect(lambda: self.chosen.emit(_of(self.first), _of(self.last)))


def _day(shown: date) -> QDateEdit:
    made = QDateEdit(QDate(shown.year, shown.month, shown.day))
    # The day after the last one must be a date, too.
    made.setMaximumDate(QDate(9999, 12, 30))
    made.setCalendarPopup(True)
    return made


def _of(edit: QDateEdit) -> date:
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())


def ask_range(
    above: QWidget, first: date, last: date, then: Callable[[date, date], object]
) -> None:
    """Opens the dialog above a widget; `then` gets the days, if they are chosen."""
    dialog = DateRangeDialog(first, last, parent=above)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(then)
    dialog.open()
