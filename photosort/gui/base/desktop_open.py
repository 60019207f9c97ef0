"""Opens files and folders with the desktop's own programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: str | Path) -> bool:
    """Opens a file or folder; False where the desktop has nothing to open it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_file(path: str | Path) -> bool:
    """Opens the folder of a file; False as for `open_file`."""
    return open_file(Path(path).parent)


def pictures_folder() -> str:
    """The folder in which the desktop keeps pictures; else the user's home."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return pictures or str(Path.home())
