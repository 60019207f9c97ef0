"""Short notification that can be undone or followed by a look."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.basics import announce, button, label, tool_button

SHOWN_MS = 7000


class Toast(QFrame):
    """One sentence at the lower edge of its parent. It stays while the pointer or the keyboard is on it.

    Signals:
        undo_asked: what the sentence says is to be taken back.
        show_asked: what the sentence is about is to be shown.
    """

    undo_asked = Signal()
    show_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("surface", "card")
        self._text = label()
        self._undo = button(self.tr("Undo"), self._on_undo, kind="link")
        self._show = button(self.tr("Show"), self._on_show, kind="link")
        close = tool_button("cross", self.tr("Close"), self.hide, edge_px=14, dense=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.L, theme.Gap.S, theme.Gap.S, theme.Gap.S)
        row.setSpacing(theme.Gap.M)
        for widget in (self._text, self._show, self._undo, close):
            row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._on_time_over)
        over.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, *, can_undo: bool = False, can_show: bool = False) -> None:
        """Says what happened.

        Args:
            text: one sentence.
            can_undo: offers to take it back.
            can_show: offers to show what it is about.
        """
        self._text.setText(text)
        self._undo.setVisible(can_undo)
        self._show.setVisible(can_show)
        self._place()
        self.show()
        self.raise_()
        self._appear()
        self._timer.start()
        announce(self._over, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the lower edge."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Waits while it is looked at."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Counts again."""
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start()

    def hideEvent(self, event: QEvent) -> None:
        """Ends the count."""
        self._timer.stop()

    def _on_undo(self) -> None:
        self.hide()
        self.undo_asked.emit()

    def _on_show(self) -> None:
        self.hide()
        self.show_asked.emit()

    def _on_time_over(self) -> None:
        if self._undo.hasFocus() or self._show.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        area = self._over.rect()
        most = area.width() - 2 * theme.Gap.XL
        self._text.setWordWrap(self.sizeHint().width() > most)
        self.setMaximumWidth(most)
        self.adjustSize()
        self.move((area.width() - self.width()) // 2, area.height() - self.height() - theme.Gap.XL)

    def _appear(self) -> None:
        ms = theme.fade_ms()
        if not ms:
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", effect)
        fade.setDuration(ms)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        # The effect costs a copy of the widget at each painting: only while it fades.
        fade.finished.connect(lambda: effect.setEnabled(False))
        fade.start()
