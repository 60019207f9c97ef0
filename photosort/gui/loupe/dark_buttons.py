"""Buttons on the dark background of the loupe, with a name and a hint."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QToolButton

from photosort.gui.base import icons, theme


def dark_icon(name: str, *, edge_px: int = theme.ICON_EDGE, colour: str = theme.DARK.text) -> QIcon:
    """An icon that stays bright when the theme is light."""
    made = QIcon()
    scales = {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    for scale in sorted(scales):
        made.addPixmap(icons.tinted(name, colour, edge_px=edge_px, scale=scale))
        off = icons.tinted(name, theme.DARK.text_off, edge_px=edge_px, scale=scale)
        made.addPixmap(off, QIcon.Mode.Disabled)
    return made


def dark_button(name: str, text: str, *, hint: str = "", checkable: bool = False) -> QToolButton:
    """A button with an icon only.

    Args:
        name: of the icon.
        text: what it does, for screen readers and the tool tip.
        hint: the key that does the same, shown in the tool tip.
        checkable: it stays down.
    """
    button = QToolButton()
    button.setIcon(dark_icon(name))
    button.setIconSize(QSize(theme.ICON_EDGE, theme.ICON_EDGE))
    button.setAccessibleName(text)
    button.setToolTip(f"{text} ({hint})" if hint else text)
    button.setCheckable(checkable)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
