"""Empty-state message with one action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import ThemeWatch, button, label

_ICON = 40
_TEXT_WIDTH = 400


class EmptyState(QWidget):
    """An icon, a heading, a sentence and at most two buttons in the middle of a page."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        *,
        action: tuple[str, Callable[[], object]] | None = None,
        second: tuple[str, Callable[[], object]] | None = None,
        width: int = _TEXT_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        """Says what is missing.

        Args:
            icon: name of the icon.
            title: what belongs here, or why there is nothing.
            text: what to do.
            action: text of the primary button and what it does.
            second: the same of a quieter one.
            width: of the texts, less in a narrow panel.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._icon_name = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label(title, theme.Text.LARGE, strong=True, wraps=True)
        self._text = label(text, role="second", wraps=True)
        column = QVBoxLayout(self)
        column.setSpacing(theme.Gap.S)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._picture, 0, middle)
        for said in (self._title, self._text):
            said.setAlignment(Qt.AlignmentFlag.AlignCenter)
            said.setFixedWidth(width)
            said.setMinimumHeight(said.heightForWidth(width))
            column.addWidget(said, 0, middle)
        self._text.setVisible(bool(text))
        if action is not None or second is not None:
            column.addSpacing(theme.Gap.S)
        if action is not None:
            column.addWidget(button(action[0], action[1], kind="primary"), 0, middle)
        if second is not None:
            column.addWidget(button(second[0], second[1], kind="link"), 0, middle)
        column.addStretch(3)
        self._tint()
        ThemeWatch(self, self._tint)

    def _tint(self) -> None:
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(
            icons.pixmap(self._icon_name, role="outline", edge_px=_ICON, scale=scale)
        )
