"""Opens files and folders with the desktop's own programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: str | Path) -> bool:
    """Opens a file or folder; False where the desktop has nothing to open it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_file(path: str | Path) -> bool:
    """Opens the folder of a file; False as for `open_file`."""
    return open_file(Path(path).parent)
