"""The welcome page: what the application does, what it never does, and how to start."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import ThemeWatch, button, label

_WIDTH = 560
_ICON = 64


class WelcomePage(QWidget):
    """Asks for a folder.

    Signals:
        folder_asked: the user wants to pick a folder.
        paths_dropped: folders or files were dropped (list of str).
        import_asked: photos of a card or phone are to be imported.
        demo_asked: the demonstration photos are to be shown.
    """

    folder_asked = Signal()
    paths_dropped = Signal(list)
    import_asked = Signal()
    demo_asked = Signal()

    def __init__(self, *, has_demo: bool = False, parent: QWidget | None = None) -> None:
        """Makes the page.

        Args:
            has_demo: demonstration photos are installed.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop = DropTarget()
        self._drop.paths_dropped.connect(self.paths_dropped)
        self._drop.folder_asked.connect(self.folder_asked)
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setSpacing(theme.Gap.M)
        column.addWidget(self._picture)
        title = label(
            self.tr("Find any photo by saying what is in it"), theme.Text.TITLE, strong=True
        )
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(title)
        column.addSpacing(theme.Gap.S)
        column.addWidget(self._drop)
        column.addSpacing(theme.Gap.S)
        for icon, text in (
            (
                "search",
                self.tr("Photosort looks at your photos, tags them, and groups them into albums."),
            ),
            ("shield", self.tr("Nothing leaves this computer, and your photos are never changed.")),
        ):
            column.addWidget(_Promise(icon, text))
        card = button(
            self.tr("Import from a camera card or phone\u2026"), self.import_asked.emit, kind="link"
        )
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        if has_demo:
            look = button(
                self.tr("Look around with demonstration photos"), self.demo_asked.emit, kind="link"
            )
            column.addWidget(look, 0, Qt.AlignmentFlag.AlignHCenter)
        page = QVBoxLayout(self)
        page.addStretch(2)
        # Stretches, not an alignment: that would cut off texts that wrap.
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(inner)
        middle.addStretch()
        page.addLayout(middle)
        page.addStretch(3)
        self.setFocusProxy(self._drop)
        self._tint()
        ThemeWatch(self, self._tint)

    def _tint(self) -> None:
        self._picture.setPixmap(icons.app_icon().pixmap(_ICON, _ICON))


class DropTarget(QFrame):
    """A large area that takes folders, with a button for those who do not drag.

    Signals:
        folder_asked: the button was clicked.
        paths_dropped: folders or files were dropped (list of str).
    """

    folder_asked = Signal()
    paths_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "drop")
        self.setAcceptDrops(True)
        self.setMinimumHeight(168)
        column = QVBoxLayout(self)
        column.setSpacing(theme.Gap.S)
        column.addStretch()
        said = label(self.tr("Drop a folder of photos here"), theme.Text.LARGE)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(said)
        middle = Qt.AlignmentFlag.AlignHCenter
        add = button(
            self.tr("Add folder\u2026"), self.folder_asked.emit, kind="primary", icon="folder-add"
        )
        column.addWidget(add, 0, middle)
        column.addStretch()
        self.setFocusProxy(add)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and folders."""
        event.setAccepted(event.mimeData().hasUrls())
        theme.set_look(self, "over", "yes" if event.isAccepted() else "no")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Looks as before."""
        theme.set_look(self, "over", "no")

    def dropEvent(self, event: QDropEvent) -> None:
        """Hands on the paths."""
        theme.set_look(self, "over", "no")
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)


class _Promise(QWidget):
    """An icon and a sentence."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        self._name = icon
        self._picture = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.L, 0, theme.Gap.L, 0)
        row.setSpacing(theme.Gap.M)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(text, role="second", wraps=True), 1)
        self._tint()
        ThemeWatch(self, self._tint)

    def _tint(self) -> None:
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(
            icons.pixmap(self._name, role="text_second", edge_px=theme.ICON_EDGE, scale=scale)
        )
