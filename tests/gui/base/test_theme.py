from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from photosort.gui.base import icons, theme
from photosort.paths import resources

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SCHEMES = {"dark": theme.DARK, "light": theme.LIGHT}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("below", ["window", "panel", "raised", "hover", "pressed", "chosen"])
@pytest.mark.parametrize("text", ["text", "text_second"])
def test_text_can_be_read_wherever_it_stands(name: str, text: str, below: str) -> None:
    scheme = SCHEMES[name]
    assert contrast(getattr(scheme, text), getattr(scheme, below)) >= 4.5


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("accent", "window"),
        ("accent", "panel"),
        ("accent_text", "accent"),
        ("accent_text", "accent_hover"),
        ("danger", "raised"),
        ("danger_text", "danger"),
    ],
)
def test_coloured_text_can_be_read(name: str, text: str, below: str) -> None:
    scheme = SCHEMES[name]
    assert contrast(getattr(scheme, text), getattr(scheme, below)) >= 4.5


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("control", ["outline", "accent", "danger"])
@pytest.mark.parametrize("below", ["window", "panel", "raised"])
def test_controls_can_be_seen(name: str, control: str, below: str) -> None:
    scheme = SCHEMES[name]
    assert contrast(getattr(scheme, control), getattr(scheme, below)) >= 3


def test_a_ring_on_a_photo_can_be_seen_in_the_loupe() -> None:
    for scheme in SCHEMES.values():
        assert contrast(theme.DARK.text, scheme.loupe) >= 4.5


@pytest.mark.parametrize("name", SCHEMES)
def test_the_sheets_pictures_wear_the_colours_of_the_tokens(name: str) -> None:
    known = {getattr(SCHEMES[name], f.name) for f in fields(theme.Colours)}
    pictures = sorted((resources() / "style" / name).glob("*.svg"))
    assert pictures
    for picture in pictures:
        assert set(re.findall(r"#[0-9a-f]{6}", picture.read_text())) <= known, picture.name


@pytest.mark.parametrize("name", SCHEMES)
def test_the_sheet_finds_its_pictures(name: str) -> None:
    sheet = theme.style_sheet(SCHEMES[name], is_dark=name == "dark")
    found = re.findall(r"url\(([^)]+)\)", sheet)
    assert found
    for path in found:
        assert (resources() / path).is_file(), path


def test_only_the_theme_names_colours() -> None:
    room = resources().parent / "photosort" / "gui"
    for source in room.rglob("*.py"):
        if source.name != "theme.py":
            found = re.findall(r"#[0-9a-fA-F]{6}\b|setStyleSheet", source.read_text("utf-8"))
            assert not found, f"{source.name}: {found}"


def test_schemes_change_the_whole_application(themed: theme.Theme, qapp: QApplication) -> None:
    changes: list[bool] = []
    themed.changed.connect(lambda: changes.append(True))
    themed.set_scheme(theme.Scheme.LIGHT)
    assert qapp.palette().window().color().name() == "#f4f4f3"
    assert "#0b7d71" in qapp.styleSheet()
    themed.set_scheme(theme.Scheme.DARK)
    assert qapp.palette().window().color().name() == "#1c1d1f"
    assert len(changes) == 2


def test_no_motion_means_none(themed: theme.Theme) -> None:
    assert theme.fade_ms() == 0
    themed.set_motion(theme.Motion.FULL)
    assert theme.fade_ms() == theme.FADE_MS


def test_a_look_is_applied_at_once(themed: theme.Theme, qtbot: QtBot) -> None:
    button = QPushButton("Add folder")
    qtbot.addWidget(button)
    button.resize(120, 32)
    button.show()
    theme.set_look(button, "kind", "primary")
    assert button.grab().toImage().pixelColor(60, 4).name() == theme.colours().accent


def test_figures_have_one_width() -> None:
    made = theme.font(theme.Text.BODY)
    assert made.featureValue(made.featureTags()[0]) == 1
    assert made.featureTags()[0].toString() == "tnum"


def test_every_icon_draws_something_on_the_grid() -> None:
    for file in sorted((resources() / "icons").glob("*.svg")):
        if file.stem == "app":
            continue
        text = file.read_text()
        assert 'viewBox="0 0 20 20"' in text
        assert 'stroke-width="1.5"' in text
        assert "#" not in text, f"{file.name} is not tinted by the theme"
        image = icons.pixmap(file.stem, edge_px=20, scale=2.0).toImage()
        inked = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 40
        ]
        assert inked, file.name
        xs, ys = zip(*inked, strict=True)
        assert min(*xs, *ys) >= 2, file.name
        assert max(*xs, *ys) <= 37, file.name


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_the_app_icon_has_the_sizes_systems_ask_for() -> None:
    sizes = icons.app_icon().availableSizes()
    assert {s.width() for s in sizes} >= {16, 32, 48, 256}


def test_icons_follow_the_theme(themed: theme.Theme, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    icons.set_icon(button, "search")
    dark = middle(button.icon())
    themed.set_scheme(theme.Scheme.LIGHT)
    icons.retint()
    assert middle(button.icon()) != dark


def middle(icon: QIcon) -> set[str]:
    image = icon.pixmap(QSize(20, 20)).toImage()
    colours = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
    return {c.name() for c in colours if c.alpha() == 255}


@pytest.mark.parametrize("when", ["before", "after", "shown"])
def test_a_look_keeps_the_font(themed: theme.Theme, qtbot: QtBot, when: str) -> None:
    button = QPushButton("Tags")
    qtbot.addWidget(button)
    if when == "after":
        button.setFont(theme.font(theme.Text.SMALL, strong=True))
    if when == "shown":
        button.show()
    theme.set_look(button, "kind", "bare")
    if when != "after":
        button.setFont(theme.font(theme.Text.SMALL, strong=True))
    button.show()
    theme.set_look(button, "kind", "quiet")
    assert button.font().pixelSize() == theme.text_px(theme.Text.SMALL)
    assert button.font().weight() == theme.font(strong=True).weight()
