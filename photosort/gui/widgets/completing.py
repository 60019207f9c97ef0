"""A text field with a completion list below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import announce

_MOST_SHOWN = 9
_KEYS = frozenset(
    {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down}
)


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that could be meant.

    Attributes:
        insert: the text that is taken over.
        label: what the list shows, or "" for `insert`.
        detail: what stands behind it, quieter ("tag", "911 photos").
        icon: name of an icon, or "".
    """

    insert: str
    label: str = ""
    detail: str = ""
    icon: str = ""

    @property
    def shown(self) -> str:
        """What the list shows."""
        return self.label or self.insert


class CompletionModel(QAbstractListModel):
    """The completions that are offered now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._completions: list[Completion] = []

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Offers others."""
        self.beginResetModel()
        self._completions = list(completions)
        self.endResetModel()

    def at(self, row: int) -> Completion:
        """The completion of a row."""
        return self._completions[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many are offered."""
        return 0 if parent.isValid() else len(self._completions)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Its text, and both texts for screen readers."""
        if not index.isValid() or not 0 <= index.row() < len(self._completions):
            return None
        completion = self._completions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return completion.shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(s for s in (completion.shown, completion.detail) if s)
        return None


class CompletionList(QFrame):
    """The list itself: a frame over the window, so that the field keeps the keyboard.

    Signals:
        chosen: a completion (Completion) was clicked or accepted.
    """

    chosen = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = CompletionModel(self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(self.tr("Suggestions"))
        self.view.setProperty("surface", "raised")
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.clicked.connect(lambda index: self.chosen.emit(self.model.at(index.row())))
        self.view.entered.connect(self.view.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.XS, theme.Gap.XS, theme.Gap.XS, theme.Gap.XS)
        column.addWidget(self.view)
        self.hide()

    def offer(self, completions: Sequence[Completion]) -> None:
        """Shows completions below the field; none hides the list."""
        self.model.set_completions(completions)
        if not completions or not self._field.isVisible():
            self.hide()
            return
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        rows = min(len(completions), _MOST_SHOWN)
        height = rows * self.view.sizeHintForRow(0) + 2 * theme.Gap.XS + 2
        below = self._field.mapTo(window, QPoint(0, self._field.height() + theme.Gap.XS))
        width = min(max(self._field.width(), 240), 640, window.width() - 2 * theme.Gap.S)
        x = below.x() + self._field.width() - width if self.isRightToLeft() else below.x()
        x = min(max(x, theme.Gap.S), window.width() - width - theme.Gap.S)
        self.setGeometry(QRect(x, below.y(), width, height))
        self.show()
        self.raise_()

    def step(self, step: int) -> None:
        """Marks the next or the one before, round and round."""
        rows = self.model.rowCount()
        if not rows:
            return
        row = self.view.currentIndex().row()
        row = (row + step) % rows if row >= 0 else 0 if step > 0 else rows - 1
        index = self.model.index(row)
        self.view.setCurrentIndex(index)
        announce(self._field, str(self.model.data(index, Qt.ItemDataRole.AccessibleTextRole)))

    def current(self) -> Completion | None:
        """The marked completion, or None."""
        row = self.view.currentIndex().row()
        return self.model.at(row) if row >= 0 else None


class CompletingField(QLineEdit):
    """A line for one name, with completions.

    Signals:
        submitted: Enter was pressed, or a completion chosen (text: str).
        left: Esc was pressed or the focus went elsewhere.
        completions_asked: the text (str) changed; answer with `set_completions`.
    """

    submitted = Signal(str)
    left = Signal()
    completions_asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.list = CompletionList(self)
        self.list.chosen.connect(self._on_chosen)
        self.textEdited.connect(self.completions_asked)

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Offers completions for what is typed now."""
        self.list.offer(completions if self.hasFocus() else ())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves in the list, takes over, leaves."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.list.isVisible():
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            current = self.list.current() if self.list.isVisible() else None
            self._submit(current.insert if current is not None else self.text())
        elif key == Qt.Key.Key_Escape:
            self.list.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the list away with the field."""
        super().focusOutEvent(event)
        self.list.hide()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Takes the list away with the field; its keys are its own, whatever they do elsewhere in the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _KEYS
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.Hide:
            self.list.hide()
        return super().event(event)

    def _on_chosen(self, completion: Completion) -> None:
        self._submit(completion.insert)

    def _submit(self, text: str) -> None:
        self.list.hide()
        self.submitted.emit(text)


class _Delegate(QStyledItemDelegate):
    """A line: icon, text, and the detail at the end."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One line of text with room around it."""
        return QSize(200, theme.text_px(theme.Text.BODY) + 17)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paints a completion."""
        model = index.model()
        if not isinstance(model, CompletionModel):
            return
        completion = model.at(index.row())
        area, view = option.rect, option.widget
        if not isinstance(view, QListView):
            return
        mirrored = view.isRightToLeft()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view.currentIndex() == index:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("chosen"))
            painter.drawRoundedRect(area, theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        inner = area.adjusted(theme.Gap.S, 0, -theme.Gap.S, 0)
        if completion.icon:
            scale = painter.device().devicePixelRatioF()
            picture = icons.pixmap(completion.icon, role="text_second", edge_px=16, scale=scale)
            x = inner.right() - 15 if mirrored else inner.left()
            painter.drawPixmap(x, area.center().y() - 7, picture)
        shift = 16 + theme.Gap.S
        inner = inner.adjusted(0, 0, -shift, 0) if mirrored else inner.adjusted(shift, 0, 0, 0)
        _draw_ends(painter, inner, completion.shown, completion.detail, mirrored=mirrored)
        painter.restore()


def _draw_ends(painter: QPainter, area: QRect, text: str, detail: str, *, mirrored: bool) -> None:
    """A text at the beginning of the line and a quieter one at its end."""
    painter.setFont(theme.font())
    metrics = painter.fontMetrics()
    start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    if mirrored:
        start, end = end, start
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    used = metrics.horizontalAdvance(detail) + theme.Gap.M if detail else 0
    painter.setPen(theme.colour("text_second"))
    painter.drawText(area, middle | end, detail)
    painter.setPen(theme.colour("text"))
    room = area.adjusted(used, 0, 0, 0) if mirrored else area.adjusted(0, 0, -used, 0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, middle | start, shown)
