"""The photo by which one searches: a thumbnail in the search field, and how much it counts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.basics import ElidedLabel, label, tool_button

THUMBNAIL_EDGE = 40


class ExampleChip(QFrame):
    """A dropped photo with the slider between photo and words.

    Signals:
        removed: the photo is to go.
        balance_changed: how much the words count (float): 0 the photo alone, 1 the words alone.
    """

    removed = Signal()
    balance_changed = Signal(float)

    def __init__(self, picture: QPixmap, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Photos like {name}").format(name=name))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.XS, theme.Gap.XS, theme.Gap.XS, theme.Gap.XS)
        row.setSpacing(theme.Gap.S)
        thumbnail = QLabel()
        edge = QSize(THUMBNAIL_EDGE, THUMBNAIL_EDGE)
        scale = self.devicePixelRatioF()
        scaled = picture.scaled(
            edge * scale,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(scale)
        thumbnail.setPixmap(scaled)
        thumbnail.setAccessibleName(name)
        row.addWidget(thumbnail)
        said = ElidedLabel(
            self.tr("Like {name}").format(name=name), mode=Qt.TextElideMode.ElideMiddle
        )
        said.setMinimumWidth(72)
        said.setMaximumWidth(160)
        said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row.addWidget(said)
        self._balance = QWidget()
        balance = QHBoxLayout(self._balance)
        balance.setContentsMargins(0, 0, 0, 0)
        balance.setSpacing(theme.Gap.XS)
        balance.addWidget(label(self.tr("photo"), theme.Text.SMALL, role="second"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setValue(50)
        self._slider.setPageStep(10)
        self._slider.setFixedWidth(88)
        self._slider.setAccessibleName(self.tr("Balance between the photo and the words"))
        self._slider.valueChanged.connect(lambda value: self.balance_changed.emit(value / 100))
        balance.addWidget(self._slider)
        balance.addWidget(label(self.tr("words"), theme.Text.SMALL, role="second"))
        row.addWidget(self._balance)
        row.addWidget(
            tool_button(
                "cross", self.tr("Remove the photo"), self.removed.emit, edge_px=14, dense=True
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def balance(self) -> float:
        """How much the words count, 0 to 1."""
        return self._slider.value() / 100

    def set_has_words(self, *, has_words: bool) -> None:
        """Shows the slider only where there are words to weigh against."""
        self._balance.setVisible(has_words)
