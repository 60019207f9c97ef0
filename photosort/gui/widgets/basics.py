"""Basic widgets: labels, buttons, lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from photosort.gui.base import icons, theme


def label(
    text: str = "",
    size: theme.Text = theme.Text.BODY,
    *,
    role: str = "text",
    strong: bool = False,
    wraps: bool = False,
) -> QLabel:
    """A text of one of the four sizes.

    Args:
        text: plain text; what the user or a file wrote is never read as markup.
        size: one of the four sizes.
        role: "text", "second" or "danger".
        strong: heavier, for headings.
        wraps: breaks into lines instead of growing wide.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    theme.set_text(made, size, role=role, strong=strong)
    return made


class ElidedLabel(QLabel):
    """A text in one line that is cut with an ellipsis; the whole of it is in the tool tip."""

    def __init__(
        self,
        text: str = "",
        size: theme.Text = theme.Text.BODY,
        *,
        role: str = "text",
        strong: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__()
        self._whole = text
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.set_text(self, size, role=role, strong=strong)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Shows another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def whole_text(self) -> str:
        """The text without the cut."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cuts again."""
        super().resizeEvent(event)
        self._elide()

    def sizeHint(self) -> QSize:
        """The whole text."""
        return QSize(
            self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height()
        )

    def _elide(self) -> None:
        line = self._whole.replace("\n", " ")
        shown = self.fontMetrics().elidedText(line, self._mode, max(0, self.width()))
        self.setText(shown)
        self.setToolTip(self._whole if shown != line else "")


class ElidedLink(QPushButton):
    """A link in a line of its own, cut with an ellipsis where there is no room for it."""

    def __init__(
        self,
        text: str,
        act: Callable[[], object],
        size: theme.Text = theme.Text.BODY,
        *,
        strong: bool = False,
    ) -> None:
        super().__init__(text)
        self._whole = text
        self._size = size
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        # Its text begins where the line does, which the ring of other links would not let it.
        theme.set_look(self, "kind", "line")
        self.setFont(theme.font(size, strong=strong))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: act())

    def whole_text(self) -> str:
        """The text without the cut."""
        return self._whole

    def set_text(self, text: str) -> None:
        """Shows another text."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._elide()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(width, theme.text_px(self._size) + 9)

    def minimumSizeHint(self) -> QSize:
        """Any width: the text is cut."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cuts again."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(0, self.width())
        )
        self.setText(shown.replace("&", "&&"))


class _Button(QPushButton):
    """A button that Enter presses while it has the keyboard, but not from other controls of its dialog."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    act: Callable[[], object] | None = None,
    *,
    kind: str = "",
    icon: str = "",
) -> QPushButton:
    """A button with a text.

    Args:
        text: what it does.
        act: called on a click.
        kind: "" or "primary" (one on a page), "danger", "quiet", "link".
        icon: name of an icon before the text, or "".
    """
    made = _Button(text)
    if kind:
        theme.set_look(made, "kind", kind)
    if icon:
        role = "accent_text" if kind == "primary" else "text"
        icons.set_icon(made, icon, role=role, edge_px=18, gap_px=int(theme.Gap.XS))
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def tool_button(
    icon: str,
    name: str,
    act: Callable[[], object] | None = None,
    *,
    role: str = "text",
    edge_px: int = theme.ICON_EDGE,
    dense: bool = False,
) -> QToolButton:
    """A button with an icon alone, whose name is its tool tip and what screen readers say.

    Args:
        icon: name of the icon.
        name: what it does.
        act: called on a click.
        role: colour of the icon.
        edge_px: edge of the icon.
        dense: with less room around the icon.
    """
    made = QToolButton()
    icons.set_icon(made, icon, role=role, edge_px=edge_px)
    name_button(made, name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if dense:
        theme.set_look(made, "dense", "yes")
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def name_button(of: QToolButton, name: str) -> None:
    """Changes what a button is called."""
    of.setToolTip(name)
    of.setAccessibleName(name)


def hairline(*, vertical: bool = False) -> QFrame:
    """A line that parts two areas."""
    made = QFrame()
    made.setProperty("surface", "line")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def announce(about: QWidget, text: str) -> None:
    """Has screen readers say something that happened."""
    if QAccessible.isActive() and text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, text))


class ThemeWatch(QObject):
    """Calls back when the palette of a widget changed: for what is drawn once and kept."""

    def __init__(self, widget: QWidget, act: Callable[[], object]) -> None:
        super().__init__(widget)
        self._act = act
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees the event; never swallows it."""
        if event.type() == QEvent.Type.PaletteChange:
            self._act()
        return False
