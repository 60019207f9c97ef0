from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from photosort.gui.base import theme
from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement, Section
from photosort.gui.grid.layout import CellShape
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.view import PhotoGrid
from photosort.gui.grid.zooming import LARGEST_EDGE, SMALLEST_EDGE
from tests.gui.grid.conftest import divided

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.gui.grid.conftest import Book, Provider

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def days(counts: list[int]) -> Arrangement:
    firsts = np.cumsum([0, *counts[:-1]]).tolist()
    sections = tuple(Section(f, f"Day {i + 1}") for i, f in enumerate(firsts))
    return Arrangement(np.arange(100, 100 + sum(counts)), sections)


@pytest.fixture
def grid(make_grid: Callable[..., PhotoGrid]) -> PhotoGrid:
    made = make_grid()
    made.set_photos(days([5, 30, 200]))
    return made


def middle(grid: PhotoGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row)).center()


def click(grid: PhotoGrid, row: int, keys: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, keys, middle(grid, row))


def chosen(grid: PhotoGrid) -> list[int]:
    return grid.selection.ids().tolist()


def drag(
    grid: PhotoGrid, start: QPoint, end: QPoint, keys: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.mousePress(grid.viewport(), LEFT, keys, start)
    QTest.mouseMove(grid.viewport(), (start + end) / 2)
    QTest.mouseMove(grid.viewport(), end)
    QTest.mouseRelease(grid.viewport(), LEFT, keys, end)


class TestSelection:
    def test_click_ctrl_and_shift(self, grid: PhotoGrid) -> None:
        click(grid, 1)
        assert chosen(grid) == [101]
        click(grid, 3, CTRL)
        assert chosen(grid) == [101, 103]
        click(grid, 3, CTRL)
        assert chosen(grid) == [101]
        click(grid, 1)
        click(grid, 4, SHIFT)
        assert chosen(grid) == [101, 102, 103, 104]
        click(grid, 2, SHIFT)
        assert chosen(grid) == [101, 102]
        click(grid, 6, CTRL)
        click(grid, 8, SHIFT | CTRL)
        assert chosen(grid) == [101, 102, 106, 107, 108]

    def test_a_click_on_one_of_many_selects_it_alone_on_release(self, grid: PhotoGrid) -> None:
        grid.selectAll()
        QTest.mousePress(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(grid, 2))
        assert len(chosen(grid)) == 235
        QTest.mouseRelease(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(grid, 2))
        assert chosen(grid) == [102]

    def test_the_tick_adds_without_a_key(self, grid: PhotoGrid) -> None:
        click(grid, 1)
        at = grid.photo_rect(3).topLeft() + QPoint(12, 12)
        QTest.mouseClick(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
        assert chosen(grid) == [101, 103]

    def test_a_click_beside_photos_selects_nothing(self, grid: PhotoGrid) -> None:
        click(grid, 1)
        QTest.mouseClick(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(400, 10))
        assert chosen(grid) == []

    def test_a_rubber_band_selects_what_it_touches(self, grid: PhotoGrid) -> None:
        first, last = grid.visualRect(grid.model().index(0)), grid.visualRect(grid.model().index(1))
        drag(grid, first.topLeft() - QPoint(8, 8), last.center())
        assert chosen(grid) == [100, 101]

    def test_a_rubber_band_with_ctrl_adds(self, grid: PhotoGrid) -> None:
        click(grid, 3)
        first = grid.visualRect(grid.model().index(0))
        drag(grid, first.topLeft() - QPoint(8, 8), first.center(), CTRL)
        assert chosen(grid) == [100, 103]

    def test_a_rubber_band_scrolls_at_the_edge(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        viewport = grid.viewport()
        QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(6, 100))
        QTest.mouseMove(viewport, QPoint(300, 400))
        QTest.mouseMove(viewport, QPoint(300, viewport.height() + 60))
        qtbot.waitUntil(lambda: grid.verticalOffset() > 400)
        QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(300, 700))
        assert len(chosen(grid)) > 10

    def test_everything_inverted_and_nothing(self, grid: PhotoGrid) -> None:
        click(grid, 1)
        grid.selection.invert()
        assert len(chosen(grid)) == 234
        assert 101 not in chosen(grid)
        QTest.keyClick(grid, Key.Key_A, CTRL)
        assert len(chosen(grid)) == 235
        QTest.keyClick(grid, Key.Key_Escape)
        assert chosen(grid) == []

    def test_many_ranges_are_one_change(self, grid: PhotoGrid) -> None:
        grid.set_photos(Arrangement(np.arange(20_000)), keep_place=False)
        changes: list[bool] = []
        grid.selection_changed.connect(lambda: changes.append(True))
        grid.selectAll()
        grid.select_photos(np.arange(0, 20_000, 2))
        assert grid.selection.count() == 10_000
        assert len(changes) == 2
        click(grid, 1)
        assert chosen(grid) == [1]

    def test_qt_knows_what_is_selected(self, grid: PhotoGrid) -> None:
        click(grid, 2)
        click(grid, 4, SHIFT)
        model = grid.model()
        known = [grid.selectionModel().isSelected(model.index(row)) for row in range(6)]
        assert known == [False, False, True, True, True, False]

    def test_what_a_screen_reader_selects_counts(self, grid: PhotoGrid) -> None:
        grid.selectionModel().select(
            grid.model().index(3), grid.selectionModel().SelectionFlag.ClearAndSelect
        )
        assert chosen(grid) == [103]

    def test_selection_by_rectangle_as_qt_asks(self, grid: PhotoGrid) -> None:
        flags = grid.selectionModel().SelectionFlag
        area = grid.visualRect(grid.model().index(1))
        grid.setSelection(area, flags.ClearAndSelect)
        assert chosen(grid) == [101]
        grid.setSelection(grid.visualRect(grid.model().index(2)), flags.Select)
        assert chosen(grid) == [101, 102]
        grid.setSelection(area, flags.Toggle)
        assert chosen(grid) == [102]


class TestKeyboard:
    def test_arrows_walk_in_reading_order(self, grid: PhotoGrid) -> None:
        click(grid, 0)
        for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left):
            QTest.keyClick(grid, key)
        assert chosen(grid) == [101]

    def test_down_and_up_keep_the_column_across_a_short_section(self, grid: PhotoGrid) -> None:
        columns = grid.sight().layout.columns
        assert columns == 4
        click(grid, 3)
        QTest.keyClick(grid, Key.Key_Down)
        assert chosen(grid) == [104]
        QTest.keyClick(grid, Key.Key_Down)
        assert chosen(grid) == [105 + 3]
        QTest.keyClick(grid, Key.Key_Up)
        QTest.keyClick(grid, Key.Key_Up)
        assert chosen(grid) == [103]

    def test_home_end_and_pages(self, grid: PhotoGrid) -> None:
        click(grid, 2)
        QTest.keyClick(grid, Key.Key_End)
        assert chosen(grid) == [334]
        assert grid.viewport().rect().contains(middle(grid, 234))
        QTest.keyClick(grid, Key.Key_PageUp)
        up = grid.currentIndex().row()
        assert 210 < up < 230
        assert grid.viewport().rect().contains(middle(grid, up))
        QTest.keyClick(grid, Key.Key_Home)
        assert chosen(grid) == [100]
        QTest.keyClick(grid, Key.Key_PageDown)
        assert grid.currentIndex().row() >= 5

    def test_shift_extends_and_ctrl_only_moves(self, grid: PhotoGrid) -> None:
        click(grid, 1)
        QTest.keyClick(grid, Key.Key_Right, SHIFT)
        QTest.keyClick(grid, Key.Key_Right, SHIFT)
        assert chosen(grid) == [101, 102, 103]
        QTest.keyClick(grid, Key.Key_Right, CTRL)
        assert chosen(grid) == [101, 102, 103]
        assert grid.current_photo() == 104
        QTest.keyClick(grid, Key.Key_Space, CTRL)
        assert chosen(grid) == [101, 102, 103, 104]

    def test_shift_end_selects_to_the_end(self, grid: PhotoGrid) -> None:
        click(grid, 5)
        QTest.keyClick(grid, Key.Key_End, SHIFT)
        assert len(chosen(grid)) == 230

    def test_enter_and_space_ask_for_the_photo(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        click(grid, 2)
        with qtbot.waitSignal(grid.photo_opened) as opened:
            QTest.keyClick(grid, Key.Key_Return)
        with qtbot.waitSignal(grid.preview_asked) as preview:
            QTest.keyClick(grid, Key.Key_Space)
        assert opened.args == [102]
        assert preview.args == [102]

    def test_letters_are_left_to_the_window(self, grid: PhotoGrid, book: Book) -> None:
        click(grid, 2)
        book.asked = 0
        QTest.keyClick(grid, Key.Key_B)
        assert chosen(grid) == [102]
        grid.keyboardSearch("b")
        assert book.asked == 0

    def test_the_first_focus_finds_a_photo(self, grid: PhotoGrid) -> None:
        grid.clearFocus()
        grid.setCurrentIndex(grid.model().index(-1))
        grid.verticalScrollBar().setValue(500)
        grid.setFocus()
        assert grid.viewport().rect().contains(middle(grid, grid.currentIndex().row()))

    def test_a_photo_above_comes_out_from_below_the_heading(self, grid: PhotoGrid) -> None:
        click(grid, 0)
        for _ in range(12):
            QTest.keyClick(grid, Key.Key_Down)
        for _ in range(6):
            QTest.keyClick(grid, Key.Key_Up)
        row = grid.currentIndex().row()
        assert grid.visualRect(grid.currentIndex()).top() >= grid.sight().sticky_heading().bottom()
        assert grid.row_at(middle(grid, row)) == row

    @pytest.mark.usefixtures("themed")
    def test_right_to_left_mirrors(self, make_grid: Callable[..., PhotoGrid]) -> None:
        grid = make_grid()
        grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        grid.set_photos(days([8]))
        assert middle(grid, 0).x() > middle(grid, 1).x()
        assert grid.row_at(middle(grid, 1)) == 1
        click(grid, 0)
        QTest.keyClick(grid, Key.Key_Left)
        assert chosen(grid) == [101]
        tick = grid.photo_rect(3).topRight() + QPoint(-12, 12)
        QTest.mouseClick(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, tick)
        assert chosen(grid) == [101, 103]


class TestDivider:
    @pytest.fixture
    def searched(self, make_grid: Callable[..., PhotoGrid]) -> PhotoGrid:
        grid = make_grid()
        strong, weak = np.arange(6), np.arange(50, 90)
        grid.set_photos(divided(strong, weak))
        return grid

    def test_a_click_activates_it(self, searched: PhotoGrid, qtbot: QtBot) -> None:
        with qtbot.waitSignal(searched.divider_activated):
            click(searched, 6)
        assert chosen(searched) == []

    @pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
    def test_a_key_activates_it(self, searched: PhotoGrid, qtbot: QtBot, key: Qt.Key) -> None:
        click(searched, 5)
        QTest.keyClick(searched, Key.Key_Right)
        assert searched.current_photo() == DIVIDER_ID
        with qtbot.waitSignal(searched.divider_activated):
            QTest.keyClick(searched, key)

    def test_it_is_never_selected(self, searched: PhotoGrid) -> None:
        searched.selectAll()
        assert DIVIDER_ID not in chosen(searched)
        assert len(chosen(searched)) == 46
        click(searched, 5)
        click(searched, 8, SHIFT)
        assert chosen(searched) == [5, 50, 51]
        searched.selection.invert()
        assert DIVIDER_ID not in chosen(searched)


class TestPlace:
    def test_what_is_looked_at_stays_while_photos_come_in_above(self, grid: PhotoGrid) -> None:
        grid.verticalScrollBar().setValue(1500)
        rows = grid.sight().rows()
        looked_at = int(grid.visible_photos()[0])
        before = grid.visualRect(grid.model().index(rows.start)).y()
        new_ids = np.concatenate([np.arange(1000, 1037), grid.model().arrangement.ids])
        grid.set_photos(Arrangement(new_ids))
        row = int(np.flatnonzero(new_ids == looked_at)[0])
        assert grid.visualRect(grid.model().index(row)).y() == before

    def test_nobody_at_the_top_is_moved_down_by_photos_that_come_first(
        self, grid: PhotoGrid
    ) -> None:
        newer = np.concatenate([np.arange(1000, 1400), grid.model().arrangement.ids])
        grid.set_photos(Arrangement(newer))
        assert grid.verticalOffset() == 0
        assert grid.visible_photos()[0] == 1000
        click(grid, 2)
        y = grid.visualRect(grid.currentIndex()).y()
        grid.set_photos(Arrangement(np.concatenate([np.arange(2000, 2400), newer])))
        assert grid.current_photo() == 1002
        assert grid.visualRect(grid.currentIndex()).y() == y

    def test_selection_and_current_photo_survive(self, grid: PhotoGrid) -> None:
        click(grid, 2)
        click(grid, 4, CTRL)
        grid.set_photos(Arrangement(np.array([104, 900, 102, 901])))
        assert chosen(grid) == [104, 102]
        assert grid.current_photo() == 104

    def test_what_is_gone_is_forgotten(self, grid: PhotoGrid) -> None:
        click(grid, 2)
        grid.set_photos(Arrangement(np.array([900, 901])))
        assert chosen(grid) == []
        assert grid.current_photo() == -1

    def test_the_current_photo_holds_the_view_when_it_is_visible(self, grid: PhotoGrid) -> None:
        grid.verticalScrollBar().setValue(700)
        row = grid.sight().rows()[6]
        grid.selection.set_current(row)
        y = grid.visualRect(grid.currentIndex()).y()
        shuffled = np.random.default_rng(3).permutation(grid.model().arrangement.ids)
        grid.set_photos(Arrangement(np.concatenate([shuffled, np.arange(5000, 5400)])))
        now = grid.visualRect(grid.currentIndex()).y()
        bar = grid.verticalScrollBar()
        assert now == y or bar.value() in {0, bar.maximum()}

    def test_a_new_search_begins_at_the_top(self, grid: PhotoGrid) -> None:
        click(grid, 2)
        grid.verticalScrollBar().setValue(700)
        grid.set_photos(days([50, 50]), keep_place=False)
        assert grid.verticalOffset() == 0
        assert chosen(grid) == []

    def test_photos_that_all_fit_let_new_ones_in_at_the_top(
        self, make_grid: Callable[..., PhotoGrid]
    ) -> None:
        grid = make_grid()
        grid.set_photos(days([3]))
        grid.set_photos(Arrangement(np.concatenate([np.arange(500, 600), np.arange(100, 103)])))
        assert grid.verticalOffset() == 0

    def test_a_narrower_window_keeps_the_photo(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        grid.verticalScrollBar().setValue(1200)
        photo = int(grid.visible_photos()[5])
        grid.go_to_photo(photo)
        y = grid.visualRect(grid.currentIndex()).center().y()
        grid.resize(500, 600)
        qtbot.waitUntil(lambda: grid.sight().layout.columns == 2)
        assert abs(grid.visualRect(grid.currentIndex()).center().y() - y) <= 2

    def test_a_lower_window_lays_nothing_out_anew(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        layout, page = grid.sight().layout, grid.verticalScrollBar().pageStep()
        grid.resize(grid.width(), grid.height() - 60)
        qtbot.waitUntil(lambda: grid.verticalScrollBar().pageStep() == page - 60)
        assert grid.sight().layout is layout

    def test_what_a_lane_laid_out_is_used_as_long_as_it_fits(self, grid: PhotoGrid) -> None:
        photos = days([50, 50])
        made = grid.plan().lay_out(photos, np.full(len(photos), 2.0, np.float32))
        grid.set_photos(photos, layout=made)
        assert grid.sight().layout is made
        grid.set_photos(days([50, 50]), layout=made)
        assert grid.sight().layout is not made
        grid.set_edge(grid.edge + 40)
        grid.set_photos(photos, layout=made)
        assert grid.sight().layout is not made


class TestZoom:
    @pytest.mark.parametrize("notch", [120, -120])
    def test_the_photo_under_the_pointer_stays(self, grid: PhotoGrid, notch: int) -> None:
        grid.verticalScrollBar().setValue(1200)
        row = grid.sight().rows()[5]
        at = middle(grid, row)
        columns = grid.sight().layout.columns
        wheel(grid, at, notch, CTRL)
        assert grid.sight().layout.columns != columns
        cell = grid.visualRect(grid.model().index(row))
        assert cell.top() <= at.y() <= cell.bottom()
        assert abs(cell.center().y() - at.y()) <= 2

    def test_the_wheel_alone_scrolls(self, grid: PhotoGrid) -> None:
        edge = grid.edge
        wheel(grid, QPoint(100, 100), -120)
        assert grid.edge == edge
        assert grid.verticalOffset() > 0

    def test_ends_at_its_limits(self, grid: PhotoGrid) -> None:
        for _ in range(30):
            grid.zoom(1)
        assert grid.edge == LARGEST_EDGE
        for _ in range(60):
            grid.zoom(-1)
        assert grid.edge == SMALLEST_EDGE

    def test_tells_the_slider(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        with qtbot.waitSignal(grid.edge_changed) as changed:
            QTest.keyClick(grid, Key.Key_Plus, CTRL)
        assert changed.args == [grid.edge]

    def test_the_other_shape_keeps_the_photo(self, grid: PhotoGrid) -> None:
        grid.go_to_photo(250)
        y = grid.visualRect(grid.currentIndex()).center().y()
        grid.set_shape_of_cells(CellShape.JUSTIFIED)
        assert grid.shape_of_cells is CellShape.JUSTIFIED
        assert abs(grid.visualRect(grid.currentIndex()).center().y() - y) <= 2


def wheel(
    grid: PhotoGrid, at: QPoint, delta: int, keys: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    viewport = grid.viewport()
    event = QWheelEvent(
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


class TestThumbnails:
    def test_what_is_visible_is_asked_for_before_what_is_near(
        self, grid: PhotoGrid, provider: Provider, qtbot: QtBot
    ) -> None:
        grid.verticalScrollBar().setValue(1500)
        grid.set_thumbnail_provider(provider)
        qtbot.waitUntil(lambda: bool(provider.requests))
        visible = grid.visible_photos().tolist()
        asked = [photo for photo, _ in provider.requests]
        assert asked[: len(visible)] == visible
        near = set(asked) - set(visible)
        assert min(near) < min(visible)
        assert max(near) > max(visible)
        assert len(near) < 80

    def test_what_left_is_cancelled(
        self, grid: PhotoGrid, provider: Provider, qtbot: QtBot
    ) -> None:
        grid.set_thumbnail_provider(provider)
        qtbot.waitUntil(lambda: bool(provider.requests))
        grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
        qtbot.waitUntil(lambda: 100 in provider.cancelled)

    def test_arrived_pictures_are_painted(
        self, grid: PhotoGrid, provider: Provider, qtbot: QtBot
    ) -> None:
        grid.set_thumbnail_provider(provider)
        qtbot.waitUntil(lambda: bool(provider.requests))
        photo, edge = provider.requests[0]
        provider.answer(photo, edge, "#cc3311")
        image = grid.viewport().grab().toImage()
        at = middle(grid, 0) * image.devicePixelRatio()
        assert image.pixelColor(at).name() == "#cc3311"

    def test_tells_what_is_visible(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        with qtbot.waitSignal(grid.visible_changed) as told:
            grid.verticalScrollBar().setValue(2000)
        assert told.args is not None
        assert told.args[0].tolist() == grid.visible_photos().tolist()

    def test_another_theme_asks_again(
        self, grid: PhotoGrid, provider: Provider, qtbot: QtBot, themed: theme.Theme
    ) -> None:
        grid.set_thumbnail_provider(provider)
        qtbot.waitUntil(lambda: bool(provider.requests))
        provider.answer(*provider.requests[0])
        before = len(provider.requests)
        themed.set_scheme(theme.Scheme.LIGHT)
        qtbot.waitUntil(lambda: len(provider.requests) > before)


class TestPainting:
    def test_the_heading_sticks(self, grid: PhotoGrid) -> None:
        grid.verticalScrollBar().setValue(900)
        sticky = grid.sight().sticky_heading()
        assert sticky.top() == 0
        assert grid.row_at(QPoint(40, 5)) == -1
        image = grid.viewport().grab().toImage()
        assert image.pixelColor(700, 4).name() == theme.colours().window

    def test_the_next_heading_pushes_it_away(self, grid: PhotoGrid) -> None:
        layout = grid.sight().layout
        grid.verticalScrollBar().setValue(layout.section_bottom(0) - 20)
        assert grid.sight().sticky_heading().bottom() + 1 == 20

    def test_selected_photos_have_a_ring_and_a_tick(self, grid: PhotoGrid) -> None:
        area = grid.photo_rect(2)
        before = grid.viewport().grab().toImage()
        click(grid, 2)
        after = grid.viewport().grab().toImage()
        ring = area.topLeft() + QPoint(area.width() // 2, -2)
        assert before.pixelColor(ring).name() == theme.colours().window
        assert after.pixelColor(ring).name() == theme.colours().accent
        assert after.pixelColor(area.topLeft() + QPoint(8, 15)).name() == theme.colours().accent

    def test_scrolling_by_moving_pixels_paints_the_same(self, grid: PhotoGrid) -> None:
        """What stands on the screen, not what `grab()` would paint."""
        click(grid, 1)
        for step in (60, 200, -90, 7):
            grid.verticalScrollBar().setValue(grid.verticalOffset() + step)
            QApplication.processEvents()
        scrolled = grid.screen().grabWindow(grid.winId()).toImage()
        grid.viewport().update()
        QApplication.processEvents()
        painted = grid.screen().grabWindow(grid.winId()).toImage()
        assert not painted.isNull()
        assert painted == scrolled

    def test_a_thousand_photos_read_only_what_is_visible(
        self, make_grid: Callable[..., PhotoGrid], book: Book
    ) -> None:
        grid = make_grid()
        grid.set_photos(Arrangement(np.arange(100_000)))
        book.asked = 0
        grid.viewport().grab()
        assert 0 < book.asked < 200


class TestDragging:
    def test_out_are_the_files_of_the_selection(
        self, make_grid: Callable[..., PhotoGrid], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dragged: list[QDrag] = []
        monkeypatch.setattr(QDrag, "exec", lambda drag, *_: dragged.append(drag))
        grid = make_grid(paths_of=lambda ids: [Path(f"/photos/{i}.jpg") for i in ids.tolist()])
        grid.set_photos(days([5]))
        click(grid, 1)
        click(grid, 2, CTRL)
        QTest.mousePress(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(grid, 1))
        QTest.mouseMove(grid.viewport(), middle(grid, 1) + QPoint(60, 60))
        assert [u.toLocalFile() for u in dragged[0].mimeData().urls()] == [
            "/photos/101.jpg",
            "/photos/102.jpg",
        ]
        assert not dragged[0].pixmap().isNull()
        assert chosen(grid) == [101, 102]

    def test_in_come_files_and_folders(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile("/photos/new")])
        enter = QDragEnterEvent(
            QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(grid.viewport(), enter)
        assert enter.isAccepted()
        drop = QDropEvent(
            QPointF(50, 50), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
        )
        with qtbot.waitSignal(grid.paths_dropped) as dropped:
            QApplication.sendEvent(grid.viewport(), drop)
        assert dropped.args == [["/photos/new"]]

    def test_text_is_not_taken(self, grid: PhotoGrid) -> None:
        mime = QMimeData()
        mime.setText("hello")
        enter = QDragEnterEvent(
            QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(grid.viewport(), enter)
        assert not enter.isAccepted()


class TestMenu:
    def test_a_right_click_selects_what_it_hits(self, grid: PhotoGrid) -> None:
        click(grid, 1)
        QTest.mousePress(
            grid.viewport(),
            Qt.MouseButton.RightButton,
            Qt.KeyboardModifier.NoModifier,
            middle(grid, 3),
        )
        assert chosen(grid) == [103]

    def test_a_right_click_on_the_selection_keeps_it(self, grid: PhotoGrid) -> None:
        grid.selectAll()
        QTest.mousePress(
            grid.viewport(),
            Qt.MouseButton.RightButton,
            Qt.KeyboardModifier.NoModifier,
            middle(grid, 3),
        )
        assert len(chosen(grid)) == 235

    def test_the_menu_key_asks_at_the_current_photo(self, grid: PhotoGrid, qtbot: QtBot) -> None:
        click(grid, 1)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        with qtbot.waitSignal(grid.menu_asked) as asked:
            QApplication.sendEvent(grid, event)
        assert asked.args == [grid.viewport().mapToGlobal(middle(grid, 1))]


class TestScreenReaders:
    def test_it_is_a_list_of_named_photos(self, grid: PhotoGrid) -> None:
        assert isinstance(grid, QListView)
        interface = QAccessible.queryAccessibleInterface(grid)
        assert interface.role() == QAccessible.Role.List
        assert interface.text(QAccessible.Text.Name) == "Photos"
        assert interface.childCount() == 235
        child = interface.child(1)
        assert child.text(QAccessible.Text.Name) == "IMG_0101, 15 May 2022 18:42; 2 of 235"

    def test_selected_and_focused_are_states(self, grid: PhotoGrid) -> None:
        click(grid, 1)
        state = QAccessible.queryAccessibleInterface(grid).child(1).state()
        assert state.selected
        assert state.focused
        assert not QAccessible.queryAccessibleInterface(grid).child(2).state().selected


def test_update_repaints_and_asks_anew(
    grid: PhotoGrid, provider: Provider, qtbot: QtBot, book: Book
) -> None:
    grid.set_thumbnail_provider(provider)
    qtbot.waitUntil(lambda: bool(provider.requests))
    photo, edge = provider.requests[0]
    provider.answer(photo, edge)
    provider.requests.clear()
    grid.model().update_photos([photo])
    qtbot.waitUntil(lambda: provider.requests == [(photo, edge)])


def test_the_scroll_bar_tells_the_section_while_it_is_dragged(grid: PhotoGrid) -> None:
    bar = grid.verticalScrollBar()
    bar.setSliderDown(True)
    bar.setSliderPosition(bar.maximum() // 2)
    bar.sliderMoved.emit(bar.maximum() // 2)
    hint = grid._scroll_hint
    assert hint.isVisible()
    assert hint.text() == "Day 3"
    bar.setSliderDown(False)
    assert not hint.isVisible()


def test_hover_follows_the_pointer(grid: PhotoGrid) -> None:
    QTest.mouseMove(grid.viewport(), middle(grid, 2))
    assert grid._pointer.hovered == 2
    QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))
    assert grid._pointer.hovered == -1


def test_a_double_click_that_began_elsewhere_opens_no_photo(grid: PhotoGrid) -> None:
    opened: list[int] = []
    grid.photo_opened.connect(opened.append)
    point = QPointF(middle(grid, 1))
    second = QMouseEvent(
        QEvent.Type.MouseButtonDblClick,
        point,
        grid.viewport().mapToGlobal(point),
        LEFT,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(grid.viewport(), second)
    assert opened == []
    click(grid, 1)
    QApplication.sendEvent(grid.viewport(), second)
    assert len(opened) == 1


def months(counts: list[int]) -> Arrangement:
    """Months back from December 2024, with the year as their mark."""
    firsts = np.cumsum([0, *counts[:-1]]).tolist()
    sections = tuple(
        Section(first, f"Month {12 - at % 12} {2024 - at // 12}", mark=str(2024 - at // 12))
        for at, first in enumerate(firsts)
    )
    return Arrangement(np.arange(100, 100 + sum(counts)), sections)


@pytest.fixture
def rows_grid(make_grid: Callable[..., PhotoGrid]) -> PhotoGrid:
    """Photos of three years in justified rows."""
    made = make_grid()
    made.set_shape_of_cells(CellShape.JUSTIFIED)
    made.set_photos(months([9] * 30))
    return made


class TestJustifiedRows:
    def test_they_are_what_one_gets(self, themed: object, book: Book, qtbot: QtBot) -> None:
        made = PhotoGrid(PhotoListModel(book))
        qtbot.addWidget(made)
        assert made.shape_of_cells is CellShape.JUSTIFIED

    def test_photos_fill_their_cells(self, rows_grid: PhotoGrid) -> None:
        for row in range(9):
            cell, photo = (
                rows_grid.visualRect(rows_grid.model().index(row)),
                rows_grid.photo_rect(row),
            )
            assert cell.width() - photo.width() <= 1
            assert cell.height() - photo.height() <= 1

    def test_months_of_one_photo_stand_side_by_side(self, rows_grid: PhotoGrid) -> None:
        rows_grid.set_photos(months([1] * 9))
        tops = {rows_grid.visualRect(rows_grid.model().index(row)).top() for row in range(9)}
        assert len(tops) <= 5
        rows_grid.viewport().grab()

    def test_right_to_left_is_mirrored(self, rows_grid: PhotoGrid) -> None:
        rows_grid.set_photos(months([1] * 4))
        here = rows_grid.sight().heading(1, 0)
        rows_grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        sight = rows_grid.sight()
        mirrored = sight.heading(1, 0)
        assert mirrored.x() == sight.width - here.x() - here.width()
        assert mirrored.right() == rows_grid.visualRect(rows_grid.model().index(1)).right()

    def test_shift_and_a_rubber_band_select_across_sections(self, rows_grid: PhotoGrid) -> None:
        rows_grid.set_photos(months([1] * 4))
        click(rows_grid, 0)
        click(rows_grid, 2, SHIFT)
        assert chosen(rows_grid) == [100, 101, 102]
        first, second = (rows_grid.visualRect(rows_grid.model().index(row)) for row in (0, 1))
        drag(rows_grid, QPoint(first.left(), first.top() - 10), second.center())
        assert chosen(rows_grid) == [100, 101]

    def test_down_goes_to_the_nearest_photo_of_the_next_row(self, rows_grid: PhotoGrid) -> None:
        click(rows_grid, 2)
        here = middle(rows_grid, 2)
        QTest.keyClick(rows_grid, Key.Key_Down)
        row = rows_grid.currentIndex().row()
        top = rows_grid.visualRect(rows_grid.currentIndex()).top()
        line = [
            other
            for other in range(9 * 30)
            if rows_grid.visualRect(rows_grid.model().index(other)).top() == top
        ]
        assert row == min(line, key=lambda other: abs(middle(rows_grid, other).x() - here.x()))


class TestYearsBesideTheScrollBar:
    def test_they_stand_where_they_begin(self, rows_grid: PhotoGrid) -> None:
        scrubber = rows_grid._scrubber
        assert scrubber.isVisible()
        assert [mark for _, mark in scrubber.labels()] == ["2024", "2023", "2022"]
        layout = rows_grid.sight().layout
        y = dict(map(reversed, scrubber.labels()))["2023"]
        assert y == pytest.approx(layout.header(12)[0] / layout.height * scrubber.height(), abs=1)
        assert rows_grid.viewport().geometry().right() < scrubber.x()

    def test_a_click_goes_there_and_the_pointer_hears_what_is_there(
        self, rows_grid: PhotoGrid
    ) -> None:
        scrubber = rows_grid._scrubber
        at = QPoint(5, dict(map(reversed, scrubber.labels()))["2022"] + 1)
        QTest.mouseMove(scrubber, at)
        assert rows_grid._scroll_hint.text() == "Month 12 2022"
        QTest.mousePress(scrubber, LEFT, Qt.KeyboardModifier.NoModifier, at)
        shown = rows_grid.title_at(rows_grid.verticalScrollBar().value() + 60)
        assert shown.endswith("2022")
        QTest.mouseRelease(scrubber, LEFT, Qt.KeyboardModifier.NoModifier, at)
        QApplication.sendEvent(scrubber, QEvent(QEvent.Type.Leave))
        assert not rows_grid._scroll_hint.isVisible()

    def test_years_that_have_no_room_are_left_out(self, rows_grid: PhotoGrid) -> None:
        rows_grid.set_photos(months([200, *[1] * 12 * 60]))
        labels = [y for y, _ in rows_grid._scrubber.labels()]
        assert 2 < len(labels) < 60
        assert min(np.diff(labels)) >= 20

    @pytest.mark.parametrize("counts", [[9] * 10, [1, 1], [0]])
    def test_few_photos_or_one_year_have_none(
        self, rows_grid: PhotoGrid, counts: list[int]
    ) -> None:
        width = rows_grid.viewport().width()
        rows_grid.set_photos(months(counts))
        assert not rows_grid._scrubber.isVisible()
        assert rows_grid.viewport().width() > width

    @pytest.mark.parametrize("before", [[9] * 30, [9] * 10, [1], [0]])
    def test_what_a_lane_laid_out_stays_when_they_come_or_go(
        self, rows_grid: PhotoGrid, qtbot: QtBot, before: list[int]
    ) -> None:
        rows_grid.set_photos(months(before))
        qtbot.wait(20)
        photos = months([9] * 40)
        made = rows_grid.plan().lay_out(photos, np.full(len(photos), 1.5, np.float32))
        rows_grid.set_photos(photos, layout=made)
        # Qt asks for another layout once it is idle.
        qtbot.wait(20)
        assert rows_grid.sight().layout is made
        assert rows_grid._scrubber.width() == made.strip > 0

    def test_what_is_looked_at_stays_while_they_come(self, rows_grid: PhotoGrid) -> None:
        rows_grid.set_photos(months([9] * 11))
        rows_grid.go_to_photo(150)
        y = middle(rows_grid, 50).y()
        rows_grid.set_photos(months([9] * 30))
        assert rows_grid._scrubber.isVisible()
        assert rows_grid.current_photo() == 150
        assert abs(middle(rows_grid, 50).y() - y) <= 60
