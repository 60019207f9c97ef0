"""The copies of the library: which there are, what is in each, and putting one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QTimeZone, Signal
from PySide6.QtWidgets import QGridLayout, QListWidget, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from photosort.usecases.session.recovery import Comparison


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One copy.

    Attributes:
        path: the file.
        at: when it was made.
        reason: "daily", "asked" or "before".
        size_bytes: of the file.
        photos: how many it holds, or None where it is damaged.
    """

    path: Path
    at: datetime
    reason: str
    size_bytes: int
    photos: int | None


class BackupsDialog(Dialog):
    """A list of copies, beside it what the chosen one holds; restoring asks once more.

    Signals:
        make_asked: a copy is to be made now.
        compare_asked: what putting a copy back (`Path`) would change; answer with `show_comparison`.
        restore_asked: a copy (`Path`) is to be put back.
        folder_asked: the folder of the copies is to be shown.
    """

    make_asked = Signal()
    compare_asked = Signal(object)
    restore_asked = Signal(object)
    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Backups of the library"), width=560, parent=parent)
        about = self.tr(
            "A copy holds everything that you decided: tags, stars, albums, dates, places and texts. Your photos are "
            "not in it, and restoring never touches them."
        )
        self.body.addWidget(label(about, role="second", wraps=True))
        self._rows: list[BackupRow] = []
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Backups"))
        self._list.setMinimumHeight(140)
        self._list.currentRowChanged.connect(self._on_row)
        self.body.addWidget(self._list)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(theme.Gap.L)
        self._table.setVerticalSpacing(theme.Gap.XS)
        self._table.setColumnStretch(0, 1)
        self.body.addLayout(self._table)
        self._said = label(role="second", wraps=True)
        self.body.addWidget(self._said)
        self._make = button(self.tr("Back up now"), self._on_make)
        self._folder = button(self.tr("Show folder"), self.folder_asked.emit, kind="link")
        self._restore = button(self.tr("Restore\u2026"), self._on_restore, kind="danger")
        close = button(self.tr("Close"), self.reject)
        close.setDefault(True)
        self._is_sure = False
        self.add_buttons(self._folder, self._make, close, first=self._restore)
        self.show_backups([])

    def show_backups(self, rows: Sequence[BackupRow]) -> None:
        """Lists the copies, the newest first and chosen."""
        self._rows = list(rows)
        self._list.clear()
        self._list.addItems([_said_of(row) for row in rows])
        self._make.setEnabled(True)
        if rows:
            self._list.setCurrentRow(0)
        else:
            self._said.setText(self.tr("There is no backup yet. One is made each day."))
            self._restore.setEnabled(False)

    def show_comparison(self, found: Comparison) -> None:
        """Says what the chosen copy holds beside what the library holds now."""
        self._clear_table()
        for column, text in enumerate((self.tr("Now"), self.tr("In the backup")), start=1):
            self._table.addWidget(label(text, role="second"), 0, column)
        names = (
            (self.tr("Photos"), "photos"),
            (self.tr("Answers about tags"), "tags"),
            (self.tr("Photos with stars, flags or texts"), "rated"),
            (self.tr("Albums"), "albums"),
        )
        for row, (name, field) in enumerate(names, start=1):
            self._table.addWidget(label(name), row, 0)
            now = "" if found.now is None else formatting.count(int(getattr(found.now, field)))
            held = formatting.count(int(getattr(found.backup, field)))
            self._table.addWidget(label(now), row, 1)
            self._table.addWidget(label(held, strong=now != held), row, 2)
        newer = 0 if found.now is None else found.now.last_change - found.backup.last_change
        self._said.setText(
            self.tr("%Ln change(s) made since then would be gone.", "", newer)
            if newer > 0
            else self.tr("Nothing was changed since then.")
        )
        self._restore.setEnabled(True)

    def show_problem(self, text: str) -> None:
        """Says why a copy cannot be used or made."""
        self._clear_table()
        self._said.setText(text)
        self._make.setEnabled(True)
        self._restore.setEnabled(False)

    def _on_row(self, row: int) -> None:
        self._is_sure = False
        self._restore.setText(self.tr("Restore\u2026"))
        self._restore.setEnabled(False)
        self._clear_table()
        self._said.setText("")
        if row >= 0:
            self.compare_asked.emit(self._rows[row].path)

    def _on_make(self) -> None:
        self._make.setEnabled(False)
        self.make_asked.emit()

    def _on_restore(self) -> None:
        if not self._is_sure:
            self._is_sure = True
            self._restore.setText(self.tr("Restore this backup"))
            self._said.setText(
                self.tr(
                    "The window closes for a moment and opens with this backup. The library as it is now is kept as a "
                    "backup, too."
                )
            )
            return
        self.restore_asked.emit(self._rows[self._list.currentRow()].path)
        self.accept()

    def _clear_table(self) -> None:
        while (item := self._table.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _said_of(row: BackupRow) -> str:
    damaged = QCoreApplication.translate("backups", "damaged")
    reason = {
        "daily": QCoreApplication.translate("backups", "daily"),
        "asked": QCoreApplication.translate("backups", "by hand"),
    }.get(row.reason, QCoreApplication.translate("backups", "before a large change"))
    at = QDateTime.fromSecsSinceEpoch(int(row.at.timestamp()), QTimeZone.systemTimeZone())
    held = damaged if row.photos is None else formatting.photos(row.photos)
    return "  \u00b7  ".join(
        (formatting.day_and_time(at), reason, held, formatting.size(row.size_bytes))
    )
