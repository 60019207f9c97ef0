from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from photosort.errors import EnvironmentProblem, InputProblem
from photosort.gui.base import formatting
from photosort.gui.base.runner import Runner
from photosort.gui.controllers.decisions import Changes
from photosort.gui.controllers.photo_facts import PhotoFacts
from photosort.gui.pages.models import ModelsPage, UpgradeLine
from photosort.gui.pages.page_switching import PageParts
from photosort.gui.widgets.model_card import ModelCard, QualityDots
from photosort.progress import Job, Progress
from photosort.usecases.models import encoder_change, encoders, installation
from photosort.usecases.models.encoder_change import Upgrade
from photosort.usecases.models.encoders import EncoderRow
from photosort.usecases.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from photosort.paths import LibraryPaths

pytestmark = pytest.mark.usefixtures("themed")
LEFT = Qt.MouseButton.LeftButton


def row(name: str, **changes: object) -> EncoderRow:
    values: dict[str, object] = {
        "name": name,
        "licence": "MIT",
        "dim": 512,
        "size_mb": 605.0,
        "languages": ("en",),
        "installed": False,
        "in_use": False,
        "photos_per_second": None,
        "rung": "balanced",
        "quality": 3,
        "commercial_use": True,
    }
    return EncoderRow(**{**values, **changes})  # type: ignore[arg-type]


class Catalogue:
    """What the library says of its models; a test changes it."""

    def __init__(self) -> None:
        self.rows = [
            row("starter", installed=True, in_use=True, rung="built-in", photos_per_second=31.2),
            row("small", rung="fast", commercial_use=False, licence="apple-amlr"),
            row("middle"),
        ]
        self.upgrade = Upgrade("starter", 10, 10, ())

    def change(self, name: str, **changes: object) -> None:
        self.rows = [
            EncoderRow(**{**{f: getattr(one, f) for f in one.__slots__}, **changes})
            if one.name == name
            else one
            for one in self.rows
        ]


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    made = Catalogue()
    monkeypatch.setattr(encoders, "catalogue", lambda session: made.rows)
    monkeypatch.setattr(encoder_change, "upgrade", lambda session: made.upgrade)
    return made


@pytest.fixture
def page(qtbot: QtBot, places: LibraryPaths, catalogue: Catalogue) -> Iterator[ModelsPage]:
    session = Session(places, actor="window")
    runner = Runner()
    crashes: list[str] = []
    runner.crashed.connect(crashes.append)
    made = ModelsPage(PageParts(session, runner, PhotoFacts(), Changes(runner, session)))
    made.resize(760, 640)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    qtbot.waitUntil(lambda: len(made.findChildren(ModelCard)) == 3)
    yield made
    made.stop_downloads()
    runner.close()
    session.close()
    assert not crashes, crashes[0]


def card(page: ModelsPage, name: str) -> ModelCard:
    return next(
        c for c in page.findChildren(ModelCard) if c.accessibleName().casefold().endswith(name)
    )


def texts(of: QWidget) -> str:
    return " | ".join(one.text() for one in of.findChildren(QLabel) if one.isVisibleTo(of))


def act(of: QWidget) -> QPushButton:
    return of.findChildren(QPushButton)[0]


def test_a_card_says_what_a_person_wants_to_know(page: ModelsPage) -> None:
    assert "31/s here" in texts(card(page, "starter"))
    assert "In use" in texts(card(page, "starter"))
    assert not act(card(page, "starter")).isVisible()
    small = texts(card(page, "small"))
    for part in ("Fast", "605 MB", "not measured here yet", "English", "not for commercial use"):
        assert part in small
    assert card(page, "small").findChild(QualityDots).accessibleName() == "Quality 3 of 5"
    assert act(card(page, "small")).accessibleName() == "Download: small"


def test_a_download_from_the_button_to_use(
    page: ModelsPage, catalogue: Catalogue, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(session: Session, name: str, *, job: Job) -> str:
        job.progress = Progress("Downloading middle (MB)", 212, 605, left_s=96.0)
        while not arrived:
            job.wait(0.01)
        catalogue.change("middle", installed=True)
        return name

    arrived: list[bool] = []
    told: list[Progress | None] = []
    page.progressed.connect(told.append)
    monkeypatch.setattr(installation, "download", download)
    middle = card(page, "middle")
    QTest.mouseClick(act(middle), LEFT)
    qtbot.waitUntil(lambda: "212 MB of 605 MB" in texts(middle))
    assert act(middle).text() == "Cancel"
    assert middle.findChild(QProgressBar).value() == 212
    assert told[-1] is not None
    arrived.append(True)
    qtbot.waitUntil(lambda: act(middle).text() == "Use")
    assert told[-1] is None
    assert not middle.findChild(QProgressBar).isVisible()

    monkeypatch.setattr(
        encoder_change, "use", lambda session, name: catalogue.change(name, in_use=True)
    )
    with qtbot.waitSignal(page.model_changed):
        QTest.mouseClick(act(middle), LEFT)
    qtbot.waitUntil(lambda: "In use" in texts(middle))


def test_a_download_can_be_cancelled(
    page: ModelsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(session: Session, name: str, *, job: Job) -> str:
        while True:
            job.wait(0.01)

    monkeypatch.setattr(installation, "download", download)
    middle = card(page, "middle")
    QTest.mouseClick(act(middle), LEFT)
    assert act(middle).text() == "Cancel"
    QTest.mouseClick(act(middle), LEFT)
    qtbot.waitUntil(lambda: act(middle).text() == "Download")


def test_a_failure_stays_on_the_card_until_it_is_tried_again(
    page: ModelsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(session: Session, name: str, *, job: Job) -> str:
        raise EnvironmentProblem("The disk is full.")

    monkeypatch.setattr(installation, "download", download)
    small = card(page, "small")
    QTest.mouseClick(act(small), LEFT)
    qtbot.waitUntil(lambda: "The disk is full." in texts(small))
    page.refresh()
    qtbot.waitUntil(lambda: act(small).text() == "Download")
    assert "The disk is full." in texts(small)


def test_an_installed_model_can_be_removed(
    page: ModelsPage, catalogue: Catalogue, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed: list[str] = []
    catalogue.change("middle", installed=True)
    page.refresh()
    bin_of = card(page, "middle").findChild(QToolButton)
    qtbot.waitUntil(bin_of.isVisible)
    assert not card(page, "starter").findChild(QToolButton).isVisible()
    monkeypatch.setattr(installation, "remove", lambda session, name: removed.append(name))
    QTest.mouseClick(bin_of, LEFT)
    qtbot.waitUntil(lambda: removed == ["middle"])


def drop(page: ModelsPage, path: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path)])
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(9, 9), action, mime, LEFT, keys))
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), action, mime, LEFT, keys))


def test_a_dropped_file_becomes_a_model_or_says_why_not(
    page: ModelsPage, catalogue: Catalogue, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring(session: Session, path: Path) -> str:
        if path.suffix == ".jpg":
            raise InputProblem("holiday.jpg is no model.")
        catalogue.rows = [*catalogue.rows, row("mine", rung="own", installed=True, quality=None)]
        return "mine"

    monkeypatch.setattr(installation, "import_model", bring)
    drop(page, "/stick/holiday.jpg")
    qtbot.waitUntil(lambda: "holiday.jpg is no model." in texts(page))
    drop(page, "/stick/mine.safetensors")
    qtbot.waitUntil(lambda: "mine is ready" in texts(page))
    qtbot.waitUntil(lambda: len(page.findChildren(ModelCard)) == 4)
    assert "Your own" in texts(card(page, "mine"))


def test_how_far_the_upgrade_has_come(page: ModelsPage, catalogue: Catalogue, qtbot: QtBot) -> None:
    line = page.findChild(UpgradeLine)
    assert not line.isVisible()
    catalogue.upgrade = Upgrade("middle", 4200, 50_000, ("starter",))
    page.refresh()
    qtbot.waitUntil(line.isVisible)
    done, total = formatting.count(4200), formatting.count(50_000)
    assert f"{done} of {total} photos upgraded to middle" in texts(line)
    assert "found by the model before" in texts(line)
    catalogue.upgrade = Upgrade("middle", 4200, 50_000, ("gone",), ("gone",))
    page.refresh()
    qtbot.waitUntil(lambda: "approximately" in texts(line))
    catalogue.upgrade = Upgrade("middle", 50_000, 50_000, ())
    page.refresh()
    qtbot.waitUntil(lambda: not line.isVisible())


def test_cards_are_named_for_screen_readers(page: ModelsPage) -> None:
    names = [c.accessibleName() for c in page.findChildren(ModelCard)]
    assert names == ["Starter", "Fast, small", "Balanced, middle"]
    assert QAccessible.queryAccessibleInterface(card(page, "small")) is not None


def test_no_text_is_cut_off(page: ModelsPage) -> None:
    for one in page.findChildren(QLabel):
        if one.text() and one.wordWrap() and one.isVisible():
            assert one.height() >= one.heightForWidth(one.width()), one.text()
