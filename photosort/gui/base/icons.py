"""The icons: one set, drawn for the project, in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from photosort.gui.base import theme
from photosort.paths import resources

_NAME = "photosort_icon"
_ROLE = "photosort_icon_role"
_GAP = "photosort_icon_gap"


def icon(
    name: str, *, role: str = "text", edge_px: int = theme.ICON_EDGE, gap_px: int = 0
) -> QIcon:
    """An icon that is sharp on every screen there is now.

    Args:
        name: file name in `resources/icons`, without ".svg".
        role: name of a colour in `theme.Colours`.
        edge_px: edge in device-independent pixels.
        gap_px: room between it and the text behind it, which style sheets cannot give.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    colour = str(getattr(theme.colours(), role))
    before = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    gaps = (gap_px, 0) if before else (0, gap_px)
    return _icon(name, colour, theme.colours().text_off, edge_px, gaps, _scales())


def pixmap(
    name: str, *, role: str = "text", edge_px: int = theme.ICON_EDGE, scale: float = 1.0
) -> QPixmap:
    """An icon for a widget that paints itself.

    Args:
        name: as for `icon`.
        role: as for `icon`.
        edge_px: edge in device-independent pixels.
        scale: device pixels to one of those.
    """
    return tinted(name, str(getattr(theme.colours(), role)), edge_px=edge_px, scale=scale)


def tinted(name: str, colour: str, *, edge_px: int, scale: float) -> QPixmap:
    """As `pixmap`, in a colour that does not follow the theme: for what lies on a photo."""
    return _pixmap(name, colour, edge_px, scale)


def set_icon(
    button: QAbstractButton,
    name: str,
    *,
    role: str = "text",
    edge_px: int = theme.ICON_EDGE,
    gap_px: int = 0,
) -> None:
    """Gives a button an icon that `retint` keeps in the colours of the theme."""
    button.setProperty(_NAME, name)
    button.setProperty(_ROLE, role)
    button.setProperty(_GAP, gap_px)
    button.setIconSize(QSize(edge_px + gap_px, edge_px))
    button.setIcon(icon(name, role=role, edge_px=edge_px, gap_px=gap_px))


def retint() -> None:
    """Draws the icons of all buttons again, after the theme changed."""
    for widget in QApplication.allWidgets():
        name = widget.property(_NAME)
        if isinstance(name, str) and isinstance(widget, QAbstractButton):
            set_icon(
                widget,
                name,
                role=str(widget.property(_ROLE)),
                edge_px=widget.iconSize().height(),
                gap_px=int(widget.property(_GAP) or 0),
            )


def app_icon() -> QIcon:
    """The application's own icon."""
    made = QIcon()
    renderer = QSvgRenderer(str(resources() / "icons" / "app.svg"))
    for edge_px in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_render(renderer, edge_px, 1.0))
    return made


def _scales() -> tuple[float, ...]:
    return tuple(sorted({1.0, *(s.devicePixelRatio() for s in QGuiApplication.screens())}))


@lru_cache(maxsize=512)
def _icon(
    name: str,
    colour: str,
    off: str,
    edge_px: int,
    gaps: tuple[int, int],
    scales: tuple[float, ...],
) -> QIcon:
    made = QIcon()
    for scale in scales:
        for tint, mode in ((colour, QIcon.Mode.Normal), (off, QIcon.Mode.Disabled)):
            made.addPixmap(_beside(_pixmap(name, tint, edge_px, scale), gaps), mode)
    return made


def _beside(picture: QPixmap, gaps: tuple[int, int]) -> QPixmap:
    """A picture with empty room left and right of it, in device-independent pixels."""
    left, right = gaps
    if not left and not right:
        return picture
    scale = picture.devicePixelRatio()
    made = QPixmap(picture.width() + round((left + right) * scale), picture.height())
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(left, 0, picture)
    painter.end()
    return made


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, edge_px: int, scale: float) -> QPixmap:
    text = (
        (resources() / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    )
    return _render(QSvgRenderer(QByteArray(text.encode())), edge_px, scale)


def _render(renderer: QSvgRenderer, edge_px: int, scale: float) -> QPixmap:
    made = QPixmap(round(edge_px * scale), round(edge_px * scale))
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, edge_px, edge_px))
    painter.end()
    return made
