"""The program's icon in all sizes, drawn from the one SVG of the project."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from photosort.paths import resources

SIZES_PX = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
_WINDOWS_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def write_icons(theme: Path) -> None:
    """Writes PNGs of all sizes and the SVG into an icon theme's folder."""
    for edge_px in SIZES_PX:
        folder = theme / f"{edge_px}x{edge_px}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        _drawn(edge_px).save(str(folder / "photosort.png"))
    scalable = theme / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(resources() / "icons" / "app.svg", scalable / "photosort.svg")


def write_ico(target: Path) -> None:
    """Writes the icon of Windows, which holds several sizes in one file."""
    largest = target.with_suffix(".png")
    _drawn(max(_WINDOWS_SIZES_PX)).save(str(largest))
    with Image.open(largest) as picture:
        picture.save(target, sizes=[(edge, edge) for edge in _WINDOWS_SIZES_PX])
    largest.unlink()


def _drawn(edge_px: int) -> QImage:
    _application()
    picture = QImage(QSize(edge_px, edge_px), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(resources() / "icons" / "app.svg")).render(painter)
    painter.end()
    return picture


def _application() -> QGuiApplication:
    running = QGuiApplication.instance()
    return running if isinstance(running, QGuiApplication) else QGuiApplication([])
