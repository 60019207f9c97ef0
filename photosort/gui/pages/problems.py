"""The page of files that could not be used, with reasons and actions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from photosort.gui.base import formatting, theme
from photosort.gui.pages.page_switching import CentrePage, PageParts, page_head
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.empty import EmptyState
from photosort.usecases.photos import problems

if TYPE_CHECKING:
    from photosort.usecases.photos.problems import Problem

_PATH = Qt.ItemDataRole.UserRole
_ID = Qt.ItemDataRole.UserRole + 1


class ProblemsPage(CentrePage):
    """A table with a line for each file.

    Signals:
        file_shown: a file (path: str) is to be shown in the file manager.
        again_asked: these folders (list of str) are to be looked through again.
    """

    file_shown = Signal(str)
    again_asked = Signal(list)

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._model = QStandardItemModel(0, 3, self)
        self._model.setHorizontalHeaderLabels(
            [self.tr("File"), self.tr("Why it cannot be used"), self.tr("Folder")]
        )
        self._table = QTableView()
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("Files that could not be used"))
        self._table.setProperty("surface", "window")
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.verticalHeader().hide()
        header = self._table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        # What tells folders apart is at their end.
        self._table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._table.setTabKeyNavigation(False)
        self._table.doubleClicked.connect(lambda _index: self._show_file())
        self._title = label(size=theme.Text.TITLE, strong=True)
        self._show = button(self.tr("Show in file manager"), self._show_file)
        self._ignore = button(self.tr("Ignore"), self._on_ignore)
        self._again = button(self.tr("Try again"), self._try_again, icon="refresh")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.L)
        column.setSpacing(theme.Gap.M)
        column.addWidget(page_head([self._title], [self._show, self._ignore, self._again]))
        hint = self.tr(
            "Photosort has left these files as they are. All other photos are not affected."
        )
        self._hint = label(hint, role="second", wraps=True)
        column.addWidget(self._hint)
        column.addWidget(self._table, 1)
        self._none = EmptyState(
            "check",
            self.tr("No problems"),
            self.tr("Every file in your folders can be used, or you chose to ignore it."),
        )
        column.addWidget(self._none, 1)
        self._none.hide()
        self.setFocusProxy(self._table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the reason its half of the line, however narrow that is."""
        super().resizeEvent(event)
        self._table.setColumnWidth(0, event.size().width() // 4)
        self._table.setColumnWidth(2, event.size().width() // 4)

    def refresh(self) -> None:
        """Reads the files again."""
        session = self.parts.session
        self.parts.runner.latest(
            "problems",
            session.lanes.reads,
            lambda _job: problems.list_all(session, with_ignored=False),
            self._fill,
            owner=self,
        )

    def _fill(self, found: Sequence[Problem]) -> None:
        row = self._table.currentIndex().row()
        self._title.setText(self.tr("%Ln file(s) could not be used", "", len(found)))
        self._model.removeRows(0, self._model.rowCount())
        for one in found:
            place = Path(one.path)
            items = [
                QStandardItem(text)
                for text in (place.name, formatting.translate(one.reason), str(place.parent))
            ]
            for item in items:
                item.setData(one.path, _PATH)
                item.setData(one.file_id, _ID)
                item.setToolTip(item.text())
            self._model.appendRow(items)
        if found:
            self._table.selectRow(min(max(0, row), len(found) - 1))
        for widget in (self._title, self._hint, self._table, self._show, self._ignore, self._again):
            widget.setVisible(bool(found))
        self._none.setVisible(not found)

    def _on_ignore(self) -> None:
        rows = self._table.selectionModel().selectedRows()
        chosen = [int(index.data(_ID)) for index in rows]
        session = self.parts.session
        if chosen:
            self.parts.changes.carry_out(lambda: problems.ignore(session, chosen))

    def _chosen(self) -> str:
        index = self._table.currentIndex()
        return str(index.data(_PATH)) if index.isValid() else ""

    def _show_file(self) -> None:
        if self._chosen():
            self.file_shown.emit(self._chosen())

    def _try_again(self) -> None:
        rows = range(self._model.rowCount())
        paths = {str(Path(str(self._model.item(row).data(_PATH))).parent) for row in rows}
        # A folder below another one is looked through with it.
        tops = [
            one
            for one in paths
            if not any(Path(one) != Path(o) and Path(one).is_relative_to(o) for o in paths)
        ]
        session = self.parts.session
        if tops:
            self.parts.runner.run(
                session.lanes.reads,
                lambda _job: problems.try_again(session),
                lambda _: self.again_asked.emit(sorted(tops)),
                owner=self,
            )
