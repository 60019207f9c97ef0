from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from photosort.domain.photos import Flag
from photosort.domain.tags import TagOnPhoto, TagState
from photosort.errors import EnvironmentProblem
from photosort.gui.base import formatting
from photosort.gui.widgets.banner import ErrorBanner
from photosort.gui.widgets.basics import ElidedLabel
from photosort.gui.widgets.empty import EmptyState
from photosort.gui.widgets.flags import FlagButtons
from photosort.gui.widgets.information import (
    FoundFile,
    Information,
    InformationPanel,
    Line,
    WhyLine,
)
from photosort.gui.widgets.rating import RatingStars
from photosort.gui.widgets.section import Section
from photosort.gui.widgets.status_bar import StatusBar
from photosort.gui.widgets.tag_chip import ShownTag
from photosort.gui.widgets.toast import Toast
from photosort.gui.widgets.zoom_slider import ZoomSlider
from photosort.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("themed")
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()


class TestWords:
    @pytest.mark.parametrize(
        ("seconds", "text"),
        [
            (3, "a few seconds"),
            (12, "10 s"),
            (52, "50 s"),
            (58, "1 min"),
            (1150, "19 min"),
            (3590, "1 h"),
            (7500, "2 h 5 min"),
        ],
    )
    def test_time_left(self, seconds: float, text: str) -> None:
        assert formatting.time_left(seconds) == text

    @pytest.mark.parametrize(
        ("rate", "text"), [(31.2, "31/s"), (2.44, "2.4/s"), (0.5, "30/min"), (1234, "1,234/s")]
    )
    def test_rate(self, rate: float, text: str) -> None:
        assert formatting.rate(rate) == text

    def test_likelihood(self) -> None:
        assert formatting.likelihood(0.95) == "likely"
        assert formatting.likelihood(0.5) == "maybe"


class TestRating:
    @pytest.fixture
    def stars(self, qtbot: QtBot) -> RatingStars:
        made = RatingStars()
        shown(qtbot, made)
        return made

    def test_a_click_rates_and_a_second_takes_it_away(self, stars: RatingStars) -> None:
        told: list[int] = []
        stars.rated.connect(told.append)
        at = QPoint(4 + 3 * 24 + 10, 14)
        QTest.mouseClick(stars, LEFT, pos=at)
        QTest.mouseClick(stars, LEFT, pos=at)
        assert told == [4, 0]

    def test_keys_rate(self, stars: RatingStars) -> None:
        told: list[int] = []
        stars.rated.connect(told.append)
        QTest.keyClick(stars, Key.Key_3)
        QTest.keyClick(stars, Key.Key_Right)
        QTest.keyClick(stars, Key.Key_Home)
        assert told == [3, 4, 0]

    def test_setting_it_tells_nobody(self, stars: RatingStars) -> None:
        told: list[int] = []
        stars.rated.connect(told.append)
        stars.set_rating(5)
        assert stars.value() == 5
        assert told == []

    def test_different_ratings_show_none(self, stars: RatingStars) -> None:
        stars.set_rating(3)
        full = stars.grab().toImage()
        stars.set_rating(None)
        assert stars.grab().toImage() != full
        assert "different" in stars.accessibleDescription()

    def test_right_to_left_counts_from_the_right(self, stars: RatingStars) -> None:
        stars.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        told: list[int] = []
        stars.rated.connect(told.append)
        QTest.mouseClick(stars, LEFT, pos=QPoint(stars.width() - 14, 14))
        assert told == [1]

    def test_is_a_slider_with_a_value(self, stars: RatingStars) -> None:
        stars.set_rating(4)
        interface = QAccessible.queryAccessibleInterface(stars)
        assert interface.role() == QAccessible.Role.Slider
        assert interface.text(QAccessible.Text.Name) == "Rating"
        assert interface.valueInterface().currentValue() == 4


def test_flags_exclude_each_other(qtbot: QtBot) -> None:
    buttons = FlagButtons()
    shown(qtbot, buttons)
    told: list[Flag | None] = []
    buttons.flagged.connect(told.append)
    QTest.mouseClick(buttons._pick, LEFT)
    QTest.mouseClick(buttons._discard, LEFT)
    assert not buttons._pick.isChecked()
    QTest.mouseClick(buttons._discard, LEFT)
    assert told == [Flag.PICK, Flag.DISCARD, None]
    assert not buttons._discard.isChecked()


class TestStatusBar:
    @pytest.fixture
    def bar(self, qtbot: QtBot) -> StatusBar:
        made = StatusBar()
        made.resize(1200, 36)
        shown(qtbot, made)
        return made

    def test_says_what_is_selected(self, bar: StatusBar) -> None:
        bar.set_selection(3, 48_210)
        assert bar._selection.text() == "3 of 48,210 selected"

    def test_filters_can_be_reset(self, bar: StatusBar, qtbot: QtBot) -> None:
        assert not bar._reset.isVisible()
        bar.set_filters(2)
        with qtbot.waitSignal(bar.reset_asked):
            QTest.mouseClick(bar._reset, LEFT)

    def test_shows_the_worker_in_one_sentence(self, bar: StatusBar) -> None:
        progress = Progress("Reading", 12_400, 48_210, rate_per_s=31.2, left_s=1150)
        bar.worker.show_progress(progress)
        assert bar.worker.text() == "Reading 12,400 of 48,210, 31/s, 19 min left"
        assert bar.worker._bar.value() == 12_400

    def test_an_unknown_total_shows_no_bar(self, bar: StatusBar) -> None:
        bar.worker.show_progress(Progress("Looking through folders", 300))
        assert not bar.worker._bar.isVisible()
        assert bar.worker.text() == "Looking through folders 300"

    def test_a_click_on_the_sentence_opens_its_details(self, bar: StatusBar) -> None:
        bar.worker.show_progress(Progress("Reading", 5, 10, failed=3, skipped=2, left_s=25))
        QTest.mouseClick(bar.worker._said, LEFT)
        assert bar.worker.details.isVisible()
        assert bar.worker.details.texts() == [
            ("Done", "5 of 10"),
            ("Unchanged", "2"),
            ("Not usable", "3"),
            ("Time left", "20 s"),
        ]
        bar.worker.show_progress(Progress("Reading", 6, 10))
        assert bar.worker.details.texts() == [("Done", "6 of 10")]
        bar.worker.show_idle()
        assert not bar.worker.details.isVisible()

    def test_pause_becomes_resume(self, bar: StatusBar) -> None:
        told: list[bool] = []
        bar.worker.pause_asked.connect(told.append)
        bar.worker.show_progress(Progress("Reading", 1, 10))
        QTest.mouseClick(bar.worker._pause, LEFT)
        bar.worker.show_progress(Progress("Reading", 1, 10), is_paused=True)
        assert bar.worker._pause.accessibleName() == "Resume"
        assert bar.worker.text() == "Reading 1 of 10, paused"
        QTest.mouseClick(bar.worker._pause, LEFT)
        assert told == [True, False]

    def test_failures_lead_to_the_problems(self, bar: StatusBar, qtbot: QtBot) -> None:
        bar.worker.show_progress(Progress("Reading", 5, 10, failed=3))
        with qtbot.waitSignal(bar.worker.problems_asked):
            QTest.mouseClick(bar.worker._failed, LEFT)

    def test_speaks_at_quarters_only(self, bar: StatusBar, monkeypatch: pytest.MonkeyPatch) -> None:
        spoken: list[str] = []
        monkeypatch.setattr(
            "photosort.gui.widgets.worker_strip.announce", lambda _, text: spoken.append(text)
        )
        for done in range(0, 1001):
            bar.worker.show_progress(Progress("Reading", done, 1000))
        bar.worker.show_idle()
        assert len(spoken) == 5
        assert not bar.worker.isVisible()

    def test_idle_is_hidden(self, bar: StatusBar) -> None:
        assert not bar.worker.isVisible()


class TestZoomSlider:
    def test_moves_by_factors_and_back(self, qtbot: QtBot) -> None:
        slider = ZoomSlider(72, 640)
        shown(qtbot, slider)
        told: list[int] = []
        slider.edge_chosen.connect(told.append)
        slider._slider.setValue(100)
        slider._slider.setValue(0)
        assert told == [640, 72]
        slider.set_edge(215)
        assert 49 <= slider._slider.value() <= 51
        assert told == [640, 72]

    def test_buttons_step(self, qtbot: QtBot) -> None:
        slider = ZoomSlider(72, 640)
        shown(qtbot, slider)
        told: list[int] = []
        slider.stepped.connect(told.append)
        for made in slider.findChildren(QWidget):
            if made.accessibleName() in {"Smaller", "Larger"}:
                QTest.mouseClick(made, LEFT)
        assert sorted(told) == [-1, 1]


class TestToast:
    @pytest.fixture
    def toast(self, qtbot: QtBot) -> Toast:
        over = QWidget()
        over.resize(800, 400)
        shown(qtbot, over)
        return Toast(over)

    def test_offers_the_way_back(self, toast: Toast, qtbot: QtBot) -> None:
        toast.show_text("Confirmed 'dog' on 3 photos.", can_undo=True)
        assert toast.isVisible()
        assert toast.geometry().bottom() < 400
        with qtbot.waitSignal(toast.undo_asked):
            QTest.mouseClick(toast._undo, LEFT)
        assert not toast.isVisible()

    def test_goes_by_itself_but_not_while_it_is_looked_at(self, toast: Toast) -> None:
        toast.show_text("Done.")
        assert not toast._undo.isVisible()
        toast._undo.setVisible(True)
        toast._undo.setFocus()
        toast._on_time_over()
        assert toast.isVisible()
        toast._undo.clearFocus()
        toast._on_time_over()
        assert not toast.isVisible()
        assert not toast._timer.isActive()

    def test_a_long_sentence_stays_inside(self, toast: Toast) -> None:
        toast.show_text("A very long sentence. " * 30)
        assert toast.geometry().left() >= 0
        assert toast.geometry().right() <= 800


class TestBanner:
    @pytest.fixture
    def banner(self, qtbot: QtBot) -> ErrorBanner:
        holder = ErrorBanner()
        holder.resize(700, 60)
        qtbot.addWidget(holder)
        return holder

    def test_a_sentence_with_details_behind_a_button(self, banner: ErrorBanner) -> None:
        banner.show_error(EnvironmentProblem("The disk is full.", "ENOSPC at /x"))
        assert banner.isVisible()
        assert banner._text.text() == "The disk is full."
        assert not banner._details.isVisible()
        QTest.mouseClick(banner._toggle, LEFT)
        assert banner._details.isVisible()
        QTest.mouseClick(banner._copy, LEFT)
        assert "ENOSPC" in QGuiApplication.clipboard().text()

    def test_without_details_there_is_no_button(self, banner: ErrorBanner) -> None:
        banner.show_text("Nothing more is known.")
        assert not banner._toggle.isVisible()

    def test_can_be_closed(self, banner: ErrorBanner, qtbot: QtBot) -> None:
        banner.show_text("x")
        with qtbot.waitSignal(banner.closed):
            banner.close_banner()
        assert not banner.isVisible()


def test_an_empty_page_says_what_to_do(qtbot: QtBot) -> None:
    acted: list[bool] = []
    page = EmptyState(
        "search",
        "No photos match this search",
        "Try fewer filters, or describe what is in the picture in quite other words than before.",
        action=("Reset filters", lambda: acted.append(True)),
    )
    page.resize(600, 400)
    shown(qtbot, page)
    QTest.mouseClick(page.findChildren(QPushButton)[0], LEFT)
    assert acted == [True]
    assert page._text.height() >= page._text.heightForWidth(page._text.width())


def test_a_section_opens_and_closes(qtbot: QtBot) -> None:
    content = QWidget()
    section = Section("Tags", content)
    shown(qtbot, section)
    told: list[bool] = []
    section.toggled.connect(told.append)
    QTest.mouseClick(section._head, LEFT)
    assert not content.isVisible()
    QTest.keyClick(section._head, Key.Key_Space)
    assert content.isVisible()
    assert told == [False, True]
    section.set_open(is_open=False)
    assert told == [False, True]
    assert not section.is_open


def test_a_cut_text_is_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("a name that is far too long for the room it gets")
    qtbot.addWidget(label)
    label.resize(80, 20)
    QApplication.sendEvent(label, QResizeEvent(label.size(), label.size()))
    assert label.text().endswith("\u2026")
    assert label.toolTip() == label.whole_text()
    label.set_text("short")
    assert label.toolTip() == ""


class TestInformation:
    INFO = Information(
        "IMG_2210.JPG",
        (Line("15 May 2022, 18:42", "on:2022-05-15"), Line("Lisbon", "place:Lisbon")),
        "A caption",
        4,
        Flag.PICK,
        (ShownTag(TagOnPhoto("dog", 0.9, TagState.SUGGESTED)),),
        (("album:1", "Lisbon, May 22"),),
        (("Lens", "16-80 mm"),),
        (FoundFile("/photos/IMG_2210.JPG", "9.4 MB"),),
        (WhyLine("dog on the beach", fits=True), WhyLine("not: people", fits=False, note="note")),
    )

    @pytest.fixture
    def panel(self, qtbot: QtBot) -> InformationPanel:
        made = InformationPanel()
        made.resize(290, 800)
        shown(qtbot, made)
        return made

    def test_shows_what_is_known(self, panel: InformationPanel) -> None:
        panel.show_information(self.INFO)
        assert panel._title.whole_text() == "IMG_2210.JPG"
        assert panel._rating.value() == 4
        assert panel._flags._pick.isChecked()
        assert panel.tags.chip("dog").detail() == "likely"

    def test_the_name_of_a_file_has_the_room_beside_its_buttons(
        self, panel: InformationPanel
    ) -> None:
        name = "20220430_13_46_22.jpg"
        file = FoundFile(f"/photos/bep/{name}", term="folder:bep")
        panel.show_information(replace(self.INFO, files=(file,)))
        shown_names = panel.section("files").findChildren(ElidedLabel)
        assert [one.text() for one in shown_names] == [name]

    def test_sections_without_content_are_hidden(self, panel: InformationPanel) -> None:
        panel.show_information(Information("12 photos", rating=None))
        visible = [
            n for n in ("why", "tags", "albums", "details", "files") if panel.section(n).isVisible()
        ]
        assert visible == ["tags"]
        panel.show_information(self.INFO)
        assert panel.section("albums").isVisible()
        assert panel.section("why").isVisible()

    def test_a_date_or_place_is_searched_for_by_a_click(
        self, panel: InformationPanel, qtbot: QtBot
    ) -> None:
        panel.show_information(self.INFO)
        place = next(b for b in panel.findChildren(QPushButton) if b.text() == "Lisbon")
        with qtbot.waitSignal(panel.term_chosen) as chosen:
            place.click()
        assert chosen.args == ["place:Lisbon"]

    def test_nothing_selected_says_so(self, panel: InformationPanel) -> None:
        panel.show_information(self.INFO)
        panel.show_nothing()
        assert panel._nothing.isVisible()
        assert not panel._title.isVisible()

    def test_a_caption_of_10_000_characters_is_cut(self, panel: InformationPanel) -> None:
        panel.show_information(Information("x", caption="word " * 2000))
        assert len(panel._caption.text()) < 400
        QTest.mouseClick(panel._more, LEFT)
        assert len(panel._caption.text()) == 10_000
        assert not panel._more.isVisible()

    def test_captions_are_never_markup(self, panel: InformationPanel) -> None:
        panel.show_information(Information("x", caption="<b>bold</b><img src=x>"))
        assert panel._caption.textFormat() == Qt.TextFormat.PlainText

    def test_albums_and_files_lead_somewhere(self, panel: InformationPanel, qtbot: QtBot) -> None:
        panel.show_information(self.INFO)
        album = next(b for b in panel.findChildren(QPushButton) if b.text() == "Lisbon, May 22")
        with qtbot.waitSignal(panel.album_chosen) as chosen:
            album.click()
        assert chosen.args == ["album:1"]
        show = next(
            w
            for w in panel.findChildren(QWidget)
            if w.accessibleName() == "Show in the file manager"
        )
        with qtbot.waitSignal(panel.file_shown) as file:
            QTest.mouseClick(show, LEFT)
        assert file.args == ["/photos/IMG_2210.JPG"]

    def test_filling_it_anew_leaves_nothing_behind(self, panel: InformationPanel) -> None:
        for _ in range(3):
            panel.show_information(self.INFO)
        albums = [b for b in panel._albums.findChildren(QPushButton) if b.isVisible()]
        assert len(albums) == 1
