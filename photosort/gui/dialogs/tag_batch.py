"""Dialog to accept many suggestions at once: counts by tag, samples, a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSlider,
    QTreeView,
    QWidget,
)

from photosort.gui.base import formatting, theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from photosort.progress import Progress
    from photosort.usecases.tags.batch import Batch

_LOWEST, _HIGHEST, _FIRST = 50, 99, 90
_SAMPLES = 6
_SAMPLE_PX = 72
_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_LIST_PX = 190


class TagBatchDialog(Dialog):
    """Begins while the suggestions are still being found; changes nothing until it is told to.

    Signals:
        accepted_from: say yes from this probability on, without these tags (float, set of str).
        samples_asked: small pictures of these photos are wanted (list of int).
        stopped: nobody waits for the suggestions any more.
    """

    accepted_from = Signal(float, object)
    samples_asked = Signal(object)
    stopped = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Accept suggested tags"), width=560, parent=parent)
        self._batch: Batch | None = None
        self._off: set[str] = set()
        self._about = label(
            self.tr("Looking at %Ln photo(s); nothing changes yet.", "", count),
            role="second",
            wraps=True,
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(_LOWEST, _HIGHEST)
        self._slider.setValue(_FIRST)
        self._slider.setAccessibleName(self.tr("How sure"))
        self._sure = label()
        self._model = QStandardItemModel(0, 2, self)
        self._model.setHorizontalHeaderLabels([self.tr("Tag"), self.tr("Photos")])
        self._model.horizontalHeaderItem(1).setTextAlignment(_AT_END)
        self._tree = QTreeView()
        self._tree.setModel(self._model)
        self._tree.setRootIsDecorated(False)
        self._tree.setUniformRowHeights(True)
        self._tree.setMinimumHeight(_LIST_PX)
        self._tree.setProperty("columns", "several")
        self._tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._tree.setAccessibleName(self.tr("Tags and the photos that would get them"))
        self._samples = QListWidget()
        self._samples.setViewMode(QListWidget.ViewMode.IconMode)
        self._samples.setIconSize(QSize(_SAMPLE_PX, _SAMPLE_PX))
        self._samples.setFixedHeight(_SAMPLE_PX + 2 * theme.Gap.L)
        self._samples.setWrapping(False)
        self._samples.setSpacing(theme.Gap.XS)
        self._samples.setProperty("surface", "window")
        self._samples.setMovement(QListWidget.Movement.Static)
        self._samples.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._samples.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._samples.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._samples.setAccessibleName(self.tr("Samples, the surest first"))
        self._yes = button(self.tr("Accept"), self._on_yes, kind="primary")
        self._yes.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.M)
        row.addWidget(label(self.tr("How sure")))
        row.addWidget(self._slider, 1)
        row.addWidget(self._sure)
        for widget in (self._about, self._bar):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addWidget(self._tree, 1)
        self.body.addWidget(label(self.tr("The surest photos of the chosen tag:"), role="second"))
        self.body.addWidget(self._samples)
        self.add_buttons(button(self.tr("Cancel"), self.reject), self._yes)
        self._slider.valueChanged.connect(self._count)
        self._model.itemChanged.connect(self._on_checked)
        self._tree.selectionModel().currentRowChanged.connect(lambda *_: self._ask_samples())
        self.rejected.connect(self.stopped)
        self._count()

    def show_progress(self, progress: Progress) -> None:
        """Shows how far the suggestions are."""
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)

    def show_batch(self, batch: Batch) -> None:
        """Shows the suggestions that could be accepted."""
        self._batch = batch
        self._bar.hide()
        self._count()

    def show_samples(self, pictures: Sequence[QImage]) -> None:
        """Shows small pictures of the chosen tag's photos."""
        self._samples.clear()
        for picture in pictures:
            QListWidgetItem(QIcon(QPixmap.fromImage(picture)), "", self._samples)

    @property
    def threshold(self) -> float:
        """The probability that is chosen."""
        return self._slider.value() / 100

    def _count(self) -> None:
        self._sure.setText(
            self.tr("{percent} and more").format(percent=formatting.percent(self.threshold))
        )
        if self._batch is None:
            return
        chosen = self._chosen()
        self._model.blockSignals(True)
        self._model.setRowCount(0)
        for name, count in self._batch.counts(self.threshold):
            tag = QStandardItem(name)
            tag.setCheckable(True)
            off = name in self._off
            tag.setCheckState(Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
            number = QStandardItem(formatting.count(count))
            number.setTextAlignment(_AT_END)
            number.setData(count, Qt.ItemDataRole.UserRole)
            self._model.appendRow([tag, number])
            if name == chosen:
                self._tree.setCurrentIndex(tag.index())
        self._model.blockSignals(False)
        self._model.layoutChanged.emit()
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        if not self._tree.currentIndex().isValid() and self._model.rowCount():
            self._tree.setCurrentIndex(self._model.index(0, 0))
        self._sum()
        self._ask_samples()

    def _sum(self) -> None:
        counts = [
            int(self._model.item(row, 1).data(Qt.ItemDataRole.UserRole))
            for row in range(self._model.rowCount())
            if self._model.item(row).checkState() is Qt.CheckState.Checked
        ]
        said = self.tr("%Ln suggestion(s)", "", sum(counts))
        tags = self.tr("%Ln tag(s)", "", len(counts))
        self._about.setText(
            self.tr("{suggestions}, {tags}. One step of undo takes all of it back.").format(
                suggestions=said, tags=tags
            )
        )
        self._yes.setEnabled(bool(counts))

    def _on_checked(self, item: QStandardItem) -> None:
        if item.checkState() is Qt.CheckState.Checked:
            self._off.discard(item.text())
        else:
            self._off.add(item.text())
        self._sum()

    def _chosen(self) -> str:
        index = self._tree.currentIndex()
        return str(index.siblingAtColumn(0).data()) if index.isValid() else ""

    def _ask_samples(self) -> None:
        name = self._chosen()
        if not name:
            self._samples.clear()
        elif self._batch is not None:
            self.samples_asked.emit(self._batch.samples(name, self.threshold, _SAMPLES))

    def _on_yes(self) -> None:
        self.accepted_from.emit(self.threshold, frozenset(self._off))
        self.accept()
