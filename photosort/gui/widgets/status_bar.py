"""The status bar: selection, filters, progress of the worker, size of thumbnails."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.worker_strip import WorkerStrip
from photosort.progress import Progress


class StatusBar(QFrame):
    """Selection and filters at the beginning, the worker in the middle, the end free for the zoom slider.

    Signals:
        reset_asked: all filters are to go.

    Attributes:
        worker: the strip of the background worker.
        copying: the same of an import.
        download: the same of a download.
    """

    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "status")
        self.setAccessibleName(self.tr("Status"))
        self._selection = label(role="second")
        self._filters = label(role="second")
        self._reset = button(self.tr("reset"), self.reset_asked.emit, kind="link")
        self._reset.setAccessibleName(self.tr("Reset the filters"))
        self.worker = WorkerStrip()
        self.copying = WorkerStrip(can_pause=False)
        self.download = WorkerStrip(can_pause=False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.Gap.M, theme.Gap.XS, theme.Gap.M, theme.Gap.XS)
        self._row.setSpacing(theme.Gap.S)
        self._row.addWidget(self._selection)
        self._row.addSpacing(theme.Gap.S)
        self._row.addWidget(self._filters)
        self._row.addWidget(self._reset)
        self._row.addStretch(1)
        self._row.addWidget(self.copying)
        self._row.addWidget(self.worker)
        self._row.addWidget(self.download)
        self._row.addStretch(1)
        self.set_filters(0)
        self.setMinimumHeight(theme.CONTROL_HEIGHT + theme.Gap.XS)

    def show_copying(self, progress: Progress | None) -> None:
        """Shows where an import stands; None takes it away."""
        _show(self.copying, progress)

    def show_download(self, progress: Progress | None) -> None:
        """Shows where a download stands; None takes it away."""
        _show(self.download, progress)

    def add_at_end(self, widget: QWidget) -> None:
        """Adds a widget at the end of the line."""
        self._row.addWidget(widget)

    def set_selection(self, selected: int, shown: int) -> None:
        """Says how many photos are selected, or how many there are."""
        if selected:
            text = self.tr("{selected} of {shown} selected").format(
                selected=formatting.count(selected), shown=formatting.count(shown)
            )
        else:
            text = formatting.photos(shown)
        self._selection.setText(text)

    def set_filters(self, count: int) -> None:
        """Says how many filters there are, with the way to get rid of them."""
        self._filters.setVisible(count > 0)
        self._reset.setVisible(count > 0)
        self._filters.setText(self.tr("%Ln filter(s)", "", count))


def _show(strip: WorkerStrip, progress: Progress | None) -> None:
    if progress is None:
        strip.show_idle()
    else:
        strip.show_progress(progress)
