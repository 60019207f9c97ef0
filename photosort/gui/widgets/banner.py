"""An error as one sentence, with the details behind a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from photosort.errors import PhotosortError
from photosort.gui.base import formatting, icons, theme
from photosort.gui.widgets.basics import ThemeWatch, announce, button, label, tool_button

_DETAIL_LINES = 6


class ErrorBanner(QFrame):
    """Says what happened until it is closed. A new error takes the place of the old one.

    Signals:
        closed: the user has read it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "banner")
        self._sign = QLabel()
        self._tint()
        ThemeWatch(self, self._tint)
        self._text = label(wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._toggle = button(self.tr("Details"), self._on_toggle, kind="link")
        self._copy = button(self.tr("Copy"), self._on_copy, kind="link")
        self._action = button("", self._on_action)
        self._act: Callable[[], None] | None = None
        close = tool_button("cross", self.tr("Close"), self.close_banner, edge_px=16, dense=True)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("Details of the error"))
        self._details.setFixedHeight(_DETAIL_LINES * (theme.text_px(theme.Text.BODY) + 6))
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.S)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        for widget in (self._action, self._copy, self._toggle, close):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.M, theme.Gap.S, theme.Gap.S, theme.Gap.S)
        column.setSpacing(theme.Gap.S)
        column.addLayout(row)
        column.addWidget(self._details)
        self.hide()

    def show_error(self, error: PhotosortError) -> None:
        """Shows an expected error."""
        self.show_text(formatting.translate(error.user_message), error.detail)

    def show_text(
        self, text: str, detail: str = "", action: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Shows a sentence, technical details if there are any, and a button that helps."""
        self._act = action[1] if action else None
        self._action.setText(action[0] if action else "")
        self._action.setVisible(action is not None)
        self._text.setText(text)
        self._details.setPlainText(detail)
        self._toggle.setVisible(bool(detail))
        self._set_open(is_open=False)
        self.show()
        announce(self, text)

    def close_banner(self) -> None:
        """Takes the error away."""
        self.hide()
        self.closed.emit()

    def _on_action(self) -> None:
        act = self._act
        self.close_banner()
        if act is not None:
            act()

    def _on_toggle(self) -> None:
        self._set_open(is_open=self._details.isHidden())

    def _set_open(self, *, is_open: bool) -> None:
        self._details.setVisible(is_open)
        self._copy.setVisible(is_open)
        self._toggle.setText(self.tr("Hide details") if is_open else self.tr("Details"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._text.text()}\n\n{self._details.toPlainText()}")

    def _tint(self) -> None:
        scale = self.devicePixelRatioF()
        self._sign.setPixmap(icons.pixmap("warning", edge_px=theme.ICON_EDGE, scale=scale))
