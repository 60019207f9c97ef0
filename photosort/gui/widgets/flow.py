"""Flow layout: wraps widgets like text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from photosort.gui.base import theme

_Line = list[tuple[QWidget, int]]


class Flow(QWidget):
    """Holds widgets in reading order. One that wants to expand gets what is left of its line.

    A widget and not a QLayout: Qt deletes the items of a layout that is written in Python while Python
    still holds them, which crashes when a widget is taken out.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = theme.Gap.XS) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        self._alone: set[QWidget] = set()
        self._gap = gap
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def widgets(self) -> list[QWidget]:
        """The widgets in their order."""
        return list(self._widgets)

    def add(self, widget: QWidget, *, place: int | None = None, own_line: bool = False) -> None:
        """Takes a widget in.

        Args:
            widget: the widget.
            place: before which it stands; None: at the end.
            own_line: it stands alone in a line, as wide as everything.
        """
        hidden = widget.isHidden() and widget.testAttribute(
            Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        )
        widget.setParent(self)
        self._widgets.insert(len(self._widgets) if place is None else place, widget)
        if own_line:
            self._alone.add(widget)
        widget.setVisible(not hidden)
        self._update()

    def discard(self, widget: QWidget) -> None:
        """Takes a widget out and deletes it."""
        self._widgets.remove(widget)
        self._alone.discard(widget)
        widget.hide()
        widget.deleteLater()
        self._update()

    def clear(self) -> None:
        """Takes all widgets out and deletes them."""
        for widget in self.widgets():
            self.discard(widget)

    def hasHeightForWidth(self) -> bool:
        """True: the narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at a width."""
        lines = self._lines(width)
        heights = [max(_height(widget, w) for widget, w in line) for line in lines]
        return sum(heights) + self._gap * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [_size(widget) for widget in self._visible()]
        width = sum(s.width() for s in sizes) + self._gap * max(0, len(sizes) - 1)
        height = self.heightForWidth(self.width()) if self._alone else 0
        return QSize(width, max(height, max((s.height() for s in sizes), default=0)))

    def minimumSizeHint(self) -> QSize:
        """Narrow: widgets that are wider are squeezed."""
        heights = [_size(widget).height() for widget in self._visible()]
        return QSize(40, max(heights, default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the widgets again."""
        self._arrange()
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Follows widgets that come, go or want another size."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange}:
            self._update()
        return super().event(event)

    def _update(self) -> None:
        self._arrange()
        self.updateGeometry()

    def _visible(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _lines(self, width: int) -> list[_Line]:
        """The widgets of each line with their widths."""
        lines: list[_Line] = []
        left = -1
        for widget in self._visible():
            wanted = min(_size(widget).width(), width)
            alone = widget in self._alone
            if alone or wanted > left:
                lines.append([])
                left = width
            lines[-1].append((widget, width if alone else wanted))
            left = -1 if alone else left - wanted - self._gap
        for line in lines:
            self._stretch(line, width)
        return lines

    def _stretch(self, line: _Line, width: int) -> None:
        spare = width - sum(w for _, w in line) - self._gap * (len(line) - 1)
        for place, (widget, wanted) in enumerate(line):
            policy = widget.sizePolicy().horizontalPolicy()
            if policy == QSizePolicy.Policy.Expanding and spare > 0:
                line[place] = (widget, wanted + spare)
                return

    def _arrange(self) -> None:
        top = 0
        for line in self._lines(self.width()):
            height = max(_height(widget, width) for widget, width in line)
            x = 0
            for widget, width in line:
                own = _height(widget, width)
                at = self.width() - x - width if self.isRightToLeft() else x
                widget.setGeometry(QRect(at, top + (height - own) // 2, width, own))
                x += width + self._gap
            top += height + self._gap


def _size(widget: QWidget) -> QSize:
    hint = widget.sizeHint().expandedTo(widget.minimumSizeHint())
    return hint.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())


def _height(widget: QWidget, width: int) -> int:
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else _size(widget).height()
