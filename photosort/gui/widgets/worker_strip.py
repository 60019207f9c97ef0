"""Progress of background work in the status line: one sentence, its details, pause and stop."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QProgressBar, QWidget

from photosort.gui.base import formatting, icons, theme
from photosort.gui.widgets.basics import (
    ElidedLink,
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

    Attributes:
        details: the numbers one by one, opened by a click on the sentence.
    """

    pause_asked = Signal(bool)
    cancel_asked = Signal()
    problems_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, can_pause: bool = True) -> None:
        super().__init__(parent)
        self._is_paused = False
        self._announced = -1
        self._phase = ""
        self.details = ProgressDetails(self)
        self._said = ElidedLink("", self._show_details)
        self._said.setToolTip(self.tr("Details"))
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
        for widget in (self._said, self._failed, self._bar, self._pause, cancel):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._pause.setVisible(can_pause)
        self.hide()

    def text(self) -> str:
        """The whole sentence, also where it is cut."""
        return self._said.whole_text()

    def show_progress(self, progress: Progress, *, is_paused: bool = False) -> None:
        """Shows where the worker stands; called up to ten times a second."""
        self._phase = formatting.translate(progress.phase)
        self._said.set_text(self._in_words(progress, is_paused=is_paused))
        self.details.show_progress(progress)
        self._failed.setVisible(progress.failed > 0)
        self._failed.setText(self.tr("%Ln not usable", "", progress.failed))
        known = progress.total is not None
        self._bar.setRange(0, progress.total or 0)
        self._bar.setVisible(known)
        self._bar.setValue(progress.done)
        self._bar.setAccessibleName(self._phase)
        if is_paused != self._is_paused:
            self._is_paused = is_paused
            icons.set_icon(self._pause, "play" if is_paused else "pause", edge_px=18)
            name_button(self._pause, self.tr("Resume") if is_paused else self.tr("Pause"))
        self.show()
        self._announce(progress)

    def show_idle(self) -> None:
        """Takes the strip away: the worker has nothing to do."""
        if self.isVisible() and self._announced >= 0:
            announce(self, self.tr("{phase}: done").format(phase=self._phase))
        self._announced = -1
        self.details.hide()
        self.hide()

    def _in_words(self, progress: Progress, *, is_paused: bool) -> str:
        said = self._phase
        if progress.total is not None:
            said = self.tr("{phase} {done} of {total}").format(
                phase=said,
                done=formatting.count(progress.done),
                total=formatting.count(progress.total),
            )
        elif progress.done:
            # What cannot be counted says nothing rather than "0".
            said = f"{said} {formatting.count(progress.done)}"
        parts = [said]
        if progress.total_bytes is not None:
            parts.append(formatting.size_done(progress.done_bytes, progress.total_bytes))
        if is_paused:
            parts.append(self.tr("paused"))
        else:
            if progress.rate_per_s:
                parts.append(formatting.rate(progress.rate_per_s))
            if progress.left_s is not None:
                left = formatting.time_left(progress.left_s)
                parts.append(self.tr("{time} left").format(time=left))
        return ", ".join(parts)

    def _announce(self, progress: Progress) -> None:
        """Speaks at the beginning and at each quarter, not ten times a second."""
        quarter = 0
        if progress.total:
            quarter = min(_QUARTERS * progress.done // progress.total, _QUARTERS - 1)
        if quarter > self._announced:
            self._announced = quarter
            announce(self, self.text())

    def _show_details(self) -> None:
        self.details.open_above(self._said)

    def _on_pause(self) -> None:
        self.pause_asked.emit(not self._is_paused)


class ProgressDetails(QFrame):
    """The numbers of a progress, one a line, in a small window above the status line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "raised")
        self.setAccessibleName(self.tr("Details"))
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.M)
        self._rows.setHorizontalSpacing(theme.Gap.L)
        self._rows.setVerticalSpacing(theme.Gap.XS)
        names = (
            self.tr("Done"),
            self.tr("Copied"),
            self.tr("Unchanged"),
            self.tr("Not usable"),
            self.tr("Speed"),
            self.tr("Time left"),
        )
        self._lines = [(label(name, role="second"), label()) for name in names]
        for row, (name, value) in enumerate(self._lines):
            self._rows.addWidget(name, row, 0)
            self._rows.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)

    def show_progress(self, progress: Progress) -> None:
        """Says where a job stands; what is not known has no line."""
        done = formatting.count(progress.done)
        if progress.total is not None:
            total = formatting.count(progress.total)
            done = self.tr("{done} of {total}").format(done=done, total=total)
        copied = (
            ""
            if progress.total_bytes is None
            else formatting.size_done(progress.done_bytes, progress.total_bytes)
        )
        values = (
            done,
            copied,
            formatting.count(progress.skipped) if progress.skipped else "",
            formatting.count(progress.failed) if progress.failed else "",
            formatting.rate(progress.rate_per_s) if progress.rate_per_s else "",
            "" if progress.left_s is None else formatting.time_left(progress.left_s),
        )
        for (name, said), value in zip(self._lines, values, strict=True):
            said.setText(value)
            name.setVisible(bool(value))
            said.setVisible(bool(value))

    def texts(self) -> list[tuple[str, str]]:
        """Name and value of each line that is shown."""
        return [(name.text(), said.text()) for name, said in self._lines if said.text()]

    def open_above(self, widget: QWidget) -> None:
        """Opens above a widget."""
        self.adjustSize()
        self.move(widget.mapToGlobal(QPoint(0, -self.height() - theme.Gap.XS)))
        self.show()
