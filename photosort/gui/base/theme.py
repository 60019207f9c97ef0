"""The theme: every colour, size, corner, font and duration, and the style sheet made of them.

Nothing is styled anywhere else. Widgets that paint themselves ask `colours()` while they paint; all others
get a palette and one style sheet (`resources/style/photosort.qss`), whose placeholders are the tokens below.
"""

from __future__ import annotations

import string
import sys
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from photosort.paths import resources


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme, as "#rrggbb".

    Attributes:
        window: behind everything.
        panel: side panels, status bar, fields.
        raised: buttons, menus, cards: what lies on a panel.
        hover: `raised` under the pointer.
        pressed: `raised` while it is held down.
        line: hairlines that only part things; not for controls.
        outline: the outline of a control, contrast >= 3 to what it lies on.
        text: what is read.
        text_second: what is read after it.
        text_off: text of a control that cannot be used now.
        accent: focus, selection, the one primary action of a page.
        accent_hover: `accent` under the pointer.
        accent_text: text and strokes on the accent.
        chosen: background of the selected row of a list.
        danger: removal, and nothing else.
        danger_text: text on `danger`.
        sea: of the map, and its lakes.
        land: of the map.
        border: between countries on the map.
        loupe: behind a single photo, the same in both schemes.
    """

    window: str
    panel: str
    raised: str
    hover: str
    pressed: str
    line: str
    outline: str
    text: str
    text_second: str
    text_off: str
    accent: str
    accent_hover: str
    accent_text: str
    chosen: str
    danger: str
    danger_text: str
    sea: str
    land: str
    border: str
    loupe: str = "#141516"


DARK = Colours(
    window="#1c1d1f",
    panel="#232528",
    raised="#2b2e31",
    hover="#34383b",
    pressed="#26292b",
    line="#3a3e42",
    outline="#7b8288",
    text="#e8e9ea",
    text_second="#a3a9af",
    text_off="#6c7278",
    accent="#2fb5a5",
    accent_hover="#43c4b4",
    accent_text="#1c1d1f",
    chosen="#22423f",
    danger="#ef7f76",
    danger_text="#1c1d1f",
    sea="#181b1f",
    land="#2c3032",
    border="#565c61",
)
LIGHT = Colours(
    window="#f4f4f3",
    panel="#ffffff",
    raised="#ffffff",
    hover="#f0f0ee",
    pressed="#e6e6e4",
    line="#dcdcda",
    outline="#84898d",
    text="#1d1f21",
    text_second="#5d6369",
    text_off="#9a9fa3",
    accent="#0b7d71",
    accent_hover="#096b61",
    accent_text="#ffffff",
    chosen="#d9ecea",
    danger="#b3352b",
    danger_text="#ffffff",
    sea="#cbd6dc",
    land="#f6f6f3",
    border="#a9afb2",
)


# Where a query matched: glows on photos of every colour and lets them shine through.
HEAT = "#ffb347"
HEAT_MOST = 0.72
# Histogram: red, green, blue and luminance; what is clipped, on photos of every colour.
CURVES = ("#f0625a", "#58c26b", "#5b9cf5", "#e8e9ea")
CLIPPED_SHADOWS, CLIPPED_HIGHLIGHTS = "#2f6bff", "#ff2f2f"


class Gap(IntEnum):
    """Distances, in device-independent pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24


class Text(IntEnum):
    """Text sizes at the usual system font size, in device-independent pixels."""

    SMALL = 11
    BODY = 13
    LARGE = 15
    TITLE = 20


CORNER_CONTROL = 6
CORNER_PHOTO = 4
RING_PX = 2
CONTROL_HEIGHT = 32
ICON_EDGE = 20
FADE_MS = 120


class Scheme(StrEnum):
    """The user's choice of a scheme."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Motion(StrEnum):
    """The user's choice of movement."""

    SYSTEM = "system"
    FULL = "full"
    NONE = "none"


class _State:
    """What the functions of this module answer from; only `Theme` writes it."""

    colours = DARK
    is_dark = True
    fade_ms = FADE_MS
    text_scale = 1.0


def colours() -> Colours:
    """The colours in use."""
    return _State.colours


def is_dark() -> bool:
    """True while the dark scheme is in use."""
    return _State.is_dark


def fade_ms() -> int:
    """How long something that appears takes to do so; 0 when the user wants no motion."""
    return _State.fade_ms


def text_px(size: Text) -> int:
    """`size` scaled by the system's text size, in device-independent pixels."""
    return round(size * _State.text_scale)


def font(size: Text = Text.BODY, *, strong: bool = False) -> QFont:
    """The system's font at one of the four sizes, with figures of one width."""
    family = QGuiApplication.font().family()
    return QFont(_font(family, text_px(size), strong))


@lru_cache(maxsize=32)
def _font(family: str, px: int, strong: bool) -> QFont:  # noqa: FBT001 (lru_cache wants positions)
    made = QFont(family)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def colour(name: str, *, alpha: float = 1.0) -> QColor:
    """A colour of the scheme in use, by its name in `Colours`, for painting."""
    made = QColor(str(getattr(_State.colours, name)))
    made.setAlphaF(alpha)
    return made


def set_text(widget: QWidget, size: Text, *, role: str = "text", strong: bool = False) -> None:
    """Gives a label its size and colour.

    Args:
        widget: the label or button.
        size: one of the four sizes.
        role: "text", "second" or "danger".
        strong: heavier, for headings.
    """
    widget.setFont(font(size, strong=strong))
    widget.setProperty("text_size", int(size))
    widget.setProperty("text_strong", strong)
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Sets a property that the style sheet looks at, and styles the widget again if it changed.

    Buttons have the look "kind": "primary", "danger" or "quiet".
    """
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        font = widget.font()
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        # Unpolishing brings back the font that the widget had when it was first polished.
        if widget.font() != font:
            widget.setFont(font)


def style_sheet(of: Colours, *, is_dark: bool) -> str:
    """The style sheet with the tokens of one scheme filled in.

    Raises:
        KeyError: the sheet names a token that does not exist.
    """
    folder = resources() / "style"
    values: dict[str, str] = {f.name: getattr(of, f.name) for f in fields(Colours)}
    values["images"] = (folder / ("dark" if is_dark else "light")).as_posix()
    return string.Template((folder / "photosort.qss").read_text("utf-8")).substitute(values)


def palette(of: Colours) -> QPalette:
    """The palette of one scheme, for what no style sheet reaches."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, value in {
        role.Window: of.window,
        role.WindowText: of.text,
        role.Base: of.panel,
        role.AlternateBase: of.raised,
        role.Text: of.text,
        role.PlaceholderText: of.text_second,
        role.Button: of.raised,
        role.ButtonText: of.text,
        role.BrightText: of.danger,
        role.ToolTipBase: of.raised,
        role.ToolTipText: of.text,
        role.Highlight: of.accent,
        role.HighlightedText: of.accent_text,
        role.Accent: of.accent,
        role.Link: of.accent,
        role.LinkVisited: of.accent,
        role.Light: of.hover,
        role.Midlight: of.raised,
        role.Mid: of.line,
        role.Dark: of.line,
        role.Shadow: of.window,
    }.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(of.text_off))
    return made


def darken(widget: QWidget) -> None:
    """Gives a widget and all in it the dark scheme for good: what lies beside a single photo."""
    widget.setPalette(palette(DARK))
    widget.setStyleSheet(style_sheet(DARK, is_dark=True))


class Theme(QObject):
    """Applies the user's choices to the application and follows the system where they leave it free.

    Signals:
        changed: the colours or the motion in use are other ones now.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = Scheme.SYSTEM
        self._motion = Motion.SYSTEM
        app.setStyle("Fusion")
        # Only a larger system font counts: smaller ones would break the legibility of the 11 px size.
        system_px = QFontInfo(QGuiApplication.font()).pixelSize()
        _State.text_scale = min(2.0, max(1.0, system_px / (Text.BODY + 1)))
        app.setFont(font())
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        """The user's choice, not what came of it (`is_dark`)."""
        return self._scheme

    def set_scheme(self, scheme: Scheme) -> None:
        """Changes the colours of everything that is open."""
        self._scheme = scheme
        self._apply()

    @property
    def motion(self) -> Motion:
        """The user's choice."""
        return self._motion

    def set_motion(self, motion: Motion) -> None:
        """Switches fades on or off."""
        self._motion = motion
        self._apply()

    def _on_system_scheme_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        system = self._app.styleHints().colorScheme()
        dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM and system is not Qt.ColorScheme.Light
        )
        _State.colours = DARK if dark else LIGHT
        _State.is_dark = dark
        still = self._motion is Motion.NONE or (
            self._motion is Motion.SYSTEM and _system_wants_no_motion(self._app)
        )
        _State.fade_ms = 0 if still else FADE_MS
        sheet = style_sheet(_State.colours, is_dark=dark)
        # Setting one styles everything that is open again, which takes 80 ms.
        if sheet != self._app.styleSheet():
            self._app.setPalette(palette(_State.colours))
            self._app.setStyleSheet(sheet)
        self.changed.emit()


def _system_wants_no_motion(app: QApplication) -> bool:
    # Qt tells on Windows and macOS only; elsewhere 0 means that it does not know.
    hint = app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return sys.platform in {"win32", "darwin"} and hint == 0
