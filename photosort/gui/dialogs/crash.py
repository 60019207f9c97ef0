"""Crash report: written to a file of the user's, sent to nobody."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QPlainTextEdit, QWidget

import photosort
from photosort.errors import EnvironmentProblem
from photosort.gui.base import desktop_open
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label
from photosort.safe_files import write_whole

MOST_REPORTS = 20
_DETAILS_HEIGHT = 180


def write_report(home: Path, trace: str) -> Path:
    """Writes a report into the folder `reports` of Photosort's own folder; the oldest of many go.

    It holds the traceback and versions: no photo, no search text, no environment.

    Args:
        home: Photosort's own folder.
        trace: the traceback.

    Raises:
        EnvironmentProblem: it cannot be written.
    """
    folder = home / "reports"
    now = datetime.now(UTC)
    text = "\n".join(
        (
            f"Photosort {photosort.__version__}",
            f"{now.isoformat(timespec='seconds')}",
            f"Python {platform.python_version()} on {platform.platform()}",
            f"PySide6 {PySide6.__version__}, Qt {qVersion()}",
            "",
            trace.replace(str(Path.home()), "~"),
        )
    )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        write_whole(path, text.encode("utf-8", "replace"), mode=0o600)
        for old in sorted(folder.glob("crash-*.txt"))[:-MOST_REPORTS]:
            old.unlink(missing_ok=True)
    except OSError as error:
        message = f"The report cannot be written to {folder}: {error.strerror}."
        raise EnvironmentProblem(message, repr(error)) from error
    return path


class CrashDialog(Dialog):
    """Says that there is a bug, where the report lies, and that one may go on."""

    def __init__(
        self, trace: str, report: Path | None = None, parent: QWidget | None = None
    ) -> None:
        """Prepares the dialog.

        Args:
            trace: the traceback.
            report: the file that `write_report` wrote, or None where it could not.
            parent: as usual in Qt.
        """
        super().__init__(self.tr("Photosort made a mistake"), width=520, parent=parent)
        self._report = report
        said = self.tr(
            "Your photos and your library are safe: what was finished is kept. You can go on; if things look "
            "odd, start Photosort again."
        )
        self.body.addWidget(label(said, wraps=True))
        if report is not None:
            where = self.tr(
                "A report was written to {file}. Nothing was sent. Add the file if you tell us about it."
            ).format(file=report.name)
            self.body.addWidget(label(where, role="second", wraps=True))
        shown = QPlainTextEdit(trace)
        shown.setReadOnly(True)
        shown.setFixedHeight(_DETAILS_HEIGHT)
        shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        shown.setAccessibleName(self.tr("What happened, for developers"))
        self.body.addWidget(shown)
        folder = button(self.tr("Open the folder"), self._open_folder, icon="folder")
        folder.setVisible(report is not None)
        close = button(self.tr("Continue"), self.accept, kind="primary")
        close.setDefault(True)
        self.add_buttons(close, first=folder)

    def _open_folder(self) -> None:
        if self._report is not None:
            desktop_open.show_file(self._report)
