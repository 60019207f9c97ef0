"""Asks before photos go to the wastebasket: how many, what goes along, and what stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.usecases.photos.trash import TrashPlan

_MOST_ROWS = 200
_SHOWN_ROWS = 5


class TrashDialog(Dialog):
    """Accepted, it means that the photos go; *Cancel* has the keyboard at first."""

    def __init__(self, plan: TrashPlan, parent: QWidget | None = None) -> None:
        count = len(plan.photos)
        super().__init__(
            self.tr("Move %Ln photo(s) to the wastebasket?", "", count)
            if count
            else self.tr("These photos cannot be moved to the wastebasket"),
            parent=parent,
        )
        along = ", ".join(formatting.translate(one) for one in plan.going_along())
        if along:
            self.body.addWidget(
                label(self.tr("With them go: {files}").format(files=along), wraps=True)
            )
        if count:
            said = self.tr(
                "Undo brings them back. Tags, stars and albums are kept in the library as well."
            )
            self.body.addWidget(label(said, role="second", wraps=True))
        if plan.staying:
            self._list_staying(plan)
        cancel = button(self.tr("Cancel") if count else self.tr("Close"), self.reject)
        cancel.setDefault(True)
        buttons = [cancel]
        if count:
            buttons.append(button(self.tr("Move to wastebasket"), self.accept, kind="danger"))
        self.add_buttons(*buttons)

    def _list_staying(self, plan: TrashPlan) -> None:
        if plan.photos:
            text = self.tr("%Ln photo(s) stay:", "", len(plan.staying))
            self.body.addWidget(label(text, wraps=True))
        listed = QListWidget()
        listed.setAccessibleName(self.tr("Photos that stay"))
        listed.setWordWrap(True)
        for path, reason in plan.staying[:_MOST_ROWS]:
            item = QListWidgetItem(
                f"{Path(path).name}  \u00b7  {formatting.translate(reason)}", listed
            )
            item.setToolTip(path)
            item.setSizeHint(QSize(0, theme.CONTROL_HEIGHT))
        rows = min(len(plan.staying), _SHOWN_ROWS)
        listed.setFixedHeight(rows * theme.CONTROL_HEIGHT + theme.Gap.S)
        self.body.addWidget(listed)
