"""The status bar: selection, filters, progress of the worker, size of thumbnails."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from photosort.gui.base import formatting, icons, theme
from photosort.gui.widgets.basics import (
    ElidedLabel,
    announce,
    button,
    label,
    name_button,
    tool_button,
)
from photosort.progress import Progress

_QUARTERS = 4


class WorkerStrip(QWidget):
    """What the background worker does now.

    Signals:
        pause_asked: the worker is to pause (True) or go on (False).
        cancel_asked: the worker is to stop.
        problems_asked: the files that could not be used are to be shown.
    """

    pause_asked = Signal(bool)
    cancel_asked = Signal()
    problems_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, can_pause: bool = True) -> None:
        super().__init__(parent)
        self._is_paused = False
        self._announced = -1
        self._phase = label(strong=True)
        self._counts = ElidedLabel(role="second")
        self._counts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._failed = button("", self.problems_asked.emit, kind="link")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(40)
        self._bar.setMaximumWidth(120)
        self._pause = tool_button("pause", self.tr("Pause"), self._on_pause, edge_px=18, dense=True)
        cancel = tool_button(
            "stop",
            self.tr("Stop; what is done is kept"),
            self.cancel_asked.emit,
            edge_px=18,
            dense=True,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.Gap.S)
        for widget in (self._phase, self._counts, self._failed, self._bar, self._pause, cancel):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._pause.setVisible(can_pause)
        self.hide()

    def show_progress(self, progress: Progress, *, is_paused: bool = False) -> None:
        """Shows where the worker stands; called up to ten times a second."""
        self._phase.setText(formatting.translate(progress.phase))
        self._counts.set_text(self._in_words(progress, is_paused=is_paused))
        self._failed.setVisible(progress.failed > 0)
        self._failed.setText(self.tr("%Ln not usable", "", progress.failed))
        known = progress.total is not None
        self._bar.setRange(0, progress.total or 0)
        self._bar.setVisible(known)
        self._bar.setValue(progress.done)
        self._bar.setAccessibleName(formatting.translate(progress.phase))
        if is_paused != self._is_paused:
            self._is_paused = is_paused
            icons.set_icon(self._pause, "play" if is_paused else "pause", edge_px=18)
            name_button(self._pause, self.tr("Go on") if is_paused else self.tr("Pause"))
        self.show()
        self._announce(progress)

    def show_idle(self) -> None:
        """Takes the strip away: the worker has nothing to do."""
        if self.isVisible() and self._announced >= 0:
            announce(self, self.tr("{phase}: done").format(phase=self._phase.text()))
        self._announced = -1
        self.hide()

    def _in_words(self, progress: Progress, *, is_paused: bool) -> str:
        done = formatting.count(progress.done)
        # What cannot be counted says nothing rather than "0".
        parts = [done] if progress.done else []
        if progress.total is not None:
            total = formatting.count(progress.total)
            parts = [self.tr("{done} of {total}").format(done=done, total=total)]
        if is_paused:
            parts.append(self.tr("paused"))
        else:
            if progress.rate_per_s:
                parts.append(formatting.rate(progress.rate_per_s))
            if progress.left_s is not None:
                parts.append(formatting.time_left(progress.left_s))
        if progress.skipped:
            parts.append(self.tr("%Ln unchanged", "", progress.skipped))
        return "  \u00b7  ".join(parts)

    def _announce(self, progress: Progress) -> None:
        """Speaks at the beginning and at each quarter, not ten times a second."""
        quarter = 0
        if progress.total:
            quarter = min(_QUARTERS * progress.done // progress.total, _QUARTERS - 1)
        if quarter > self._announced:
            self._announced = quarter
            announce(self, f"{formatting.translate(progress.phase)}, {self._counts.whole_text()}")

    def _on_pause(self) -> None:
        self.pause_asked.emit(not self._is_paused)


class StatusBar(QFrame):
    """Selection and filters at the beginning, the worker in the middle, the end free for the zoom slider.

    Signals:
        reset_asked: all filters are to go.

    Attributes:
        worker: the strip of the background worker.
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
        self.download = WorkerStrip(can_pause=False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.Gap.M, theme.Gap.XS, theme.Gap.M, theme.Gap.XS)
        self._row.setSpacing(theme.Gap.S)
        self._row.addWidget(self._selection)
        self._row.addSpacing(theme.Gap.S)
        self._row.addWidget(self._filters)
        self._row.addWidget(self._reset)
        self._row.addStretch(1)
        self._row.addWidget(self.worker)
        self._row.addWidget(self.download)
        self._row.addStretch(1)
        self.set_filters(0)
        self.setMinimumHeight(theme.CONTROL_HEIGHT + theme.Gap.XS)

    def show_download(self, progress: Progress | None) -> None:
        """Shows where a download stands; None takes it away."""
        if progress is None:
            self.download.show_idle()
        else:
            self.download.show_progress(progress)

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
