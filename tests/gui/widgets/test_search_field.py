from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.completing import Completion
from photosort.gui.widgets.search_field import Reading, SearchField
from photosort.gui.widgets.term_chip import Term, TermChip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key


def read(text: str) -> Reading:
    """A language small enough for tests: name:value is a filter."""
    parts = text.split()
    terms = tuple(
        Term(p, p.partition(":")[2], is_excluded=p.startswith("-"))
        for p in parts
        if ":" in p and not p.endswith(":")
    )
    taken = {t.text for t in terms}
    return Reading(terms, " ".join(p for p in parts if p not in taken))


@pytest.fixture
def field(qtbot: QtBot, themed: theme.Theme) -> SearchField:
    made = SearchField(read)
    qtbot.addWidget(made)
    made.resize(600, 40)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


def chips(field: SearchField) -> list[str]:
    return [chip.term.text for chip in field.findChildren(TermChip) if chip.isVisible()]


def focused_chip() -> TermChip:
    widget = QApplication.focusWidget()
    parent = widget.parentWidget() if widget is not None else None
    assert isinstance(parent, TermChip)
    return parent


def type_text(field: SearchField, text: str) -> None:
    QTest.keyClicks(field._edit, text)


def test_a_filter_becomes_a_chip_after_its_space(field: SearchField) -> None:
    type_text(field, "dog camera:nikon")
    assert chips(field) == []
    type_text(field, " ")
    assert chips(field) == ["camera:nikon"]
    assert field._edit.text() == "dog "
    assert field.query() == "camera:nikon dog"


def test_enter_takes_over_what_is_complete(field: SearchField, qtbot: QtBot) -> None:
    type_text(field, "tag:dog")
    with qtbot.waitSignal(field.submitted) as submitted:
        QTest.keyClick(field._edit, Key.Key_Return)
    assert submitted.args == ["tag:dog"]
    assert chips(field) == ["tag:dog"]


def test_tells_once_after_the_last_key(field: SearchField, qtbot: QtBot) -> None:
    told: list[str] = []
    field.query_changed.connect(told.append)
    type_text(field, "dog")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["dog"]


def test_setting_a_query_tells_nobody(field: SearchField) -> None:
    told: list[str] = []
    field.query_changed.connect(told.append)
    field.set_query("dog on the beach camera:nikon -tag:cat")
    assert chips(field) == ["camera:nikon", "-tag:cat"]
    assert field._edit.text() == "dog on the beach"
    assert told == []


def test_backspace_goes_to_the_last_chip_and_then_removes_it(
    field: SearchField, qtbot: QtBot
) -> None:
    field.set_query("camera:nikon tag:dog")
    QTest.keyClick(field._edit, Key.Key_Backspace)
    assert focused_chip().term.text == "tag:dog"
    assert chips(field) == ["camera:nikon", "tag:dog"]
    with qtbot.waitSignal(field.query_changed) as told:
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Backspace)
    assert told.args == ["camera:nikon"]
    assert focused_chip().term.text == "camera:nikon"
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Delete)
    assert chips(field) == []
    assert field._edit.hasFocus()


def test_arrows_walk_through_the_chips(field: SearchField) -> None:
    field.set_query("camera:nikon tag:dog beach")
    field._edit.setCursorPosition(0)
    QTest.keyClick(field._edit, Key.Key_Left)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Left)
    assert focused_chip().term.text == "camera:nikon"
    QTest.keyClick(QApplication.focusWidget(), Key.Key_End)
    assert field._edit.hasFocus()
    assert field._edit.cursorPosition() == 0


def test_a_chip_becomes_text_again(field: SearchField, qtbot: QtBot) -> None:
    field.set_query("camera:nikon beach")
    (chip,) = field.findChildren(TermChip)
    QTest.keyClick(chip.focusProxy(), Key.Key_Return)
    assert chips(field) == []
    assert field._edit.text() == "camera:nikon beach"
    assert field._edit.selectedText() == "camera:nikon"
    assert field._edit.hasFocus()


def test_a_chips_button_removes_it(field: SearchField, qtbot: QtBot) -> None:
    field.set_query("camera:nikon tag:dog beach")
    chip = field.findChildren(TermChip)[0]
    remove = next(b for b in chip.findChildren(QAbstractButton) if b is not chip.focusProxy())
    assert remove.accessibleName() == "Remove nikon"
    with qtbot.waitSignal(field.query_changed) as told:
        QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert told.args == ["tag:dog beach"]
    assert field._edit.hasFocus()


def test_clear_empties_everything(field: SearchField, qtbot: QtBot) -> None:
    field.set_query("camera:nikon beach")
    with qtbot.waitSignal(field.query_changed) as told:
        QTest.mouseClick(field._clear, Qt.MouseButton.LeftButton)
    assert told.args == [""]
    assert not field._clear.isVisible()
    assert field._edit.placeholderText()


class TestEverythingAtOnce:
    @pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
    def test_is_selected_and_removed(self, field: SearchField, qtbot: QtBot, key: Key) -> None:
        field.set_query("camera:nikon beach")
        select_all(field)
        with qtbot.waitSignal(field.query_changed) as told:
            QTest.keyClick(field._edit, key)
        assert (told.args, chips(field), field._edit.text()) == ([""], [], "")

    def test_is_selected_from_a_chip_too(self, field: SearchField) -> None:
        field.set_query("camera:nikon")
        QTest.keyClick(field._edit, Key.Key_Backspace)
        select_all(focused_chip()._body)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Delete)
        assert field.query() == ""

    def test_is_replaced_by_what_is_typed(self, field: SearchField) -> None:
        field.set_query("camera:nikon beach")
        select_all(field)
        type_text(field, "d")
        assert field.query() == "d"

    def test_is_copied(self, field: SearchField) -> None:
        field.set_query("camera:nikon beach")
        select_all(field)
        QTest.keyClick(field._edit, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == "camera:nikon beach"
        assert field.query() == "camera:nikon beach"

    def test_is_let_go_by_other_keys(self, field: SearchField) -> None:
        field.set_query("camera:nikon beach")
        select_all(field)
        QTest.keyClick(field._edit, Key.Key_End)
        QTest.keyClick(field._edit, Key.Key_Backspace)
        assert field.query() == "camera:nikon beac"


def select_all(field: QWidget) -> None:
    QTest.keyClick(
        field._edit if isinstance(field, SearchField) else field,
        Key.Key_A,
        Qt.KeyboardModifier.ControlModifier,
    )


def test_grows_with_its_chips(field: SearchField) -> None:
    one_line = field.heightForWidth(400)
    field.set_query(" ".join(f"tag:number{i}" for i in range(12)))
    assert field.heightForWidth(400) > 2 * one_line


class TestCompletions:
    OFFERED = (Completion("tag:dog", "dog", "tag"), Completion("camera:", "camera", "field"))

    def test_are_asked_for_with_what_stands_before_the_cursor(
        self, field: SearchField, qtbot: QtBot
    ) -> None:
        type_text(field, "beach do")
        field._edit.setCursorPosition(5)
        with qtbot.waitSignal(field.completions_asked) as asked:
            type_text(field, "e")
        assert asked.args == ["beache"]

    def test_one_takes_the_place_of_the_word(self, field: SearchField) -> None:
        type_text(field, "beach do")
        field.set_completions(self.OFFERED)
        assert field._list.isVisible()
        QTest.keyClick(field._edit, Key.Key_Down)
        QTest.keyClick(field._edit, Key.Key_Return)
        assert chips(field) == ["tag:dog"]
        assert field.query() == "tag:dog beach"
        assert not field._list.isVisible()

    def test_a_field_waits_for_its_value(self, field: SearchField) -> None:
        type_text(field, "ca")
        field.set_completions(self.OFFERED)
        QTest.keyClick(field._edit, Key.Key_Up)
        QTest.keyClick(field._edit, Key.Key_Tab)
        assert field._edit.text() == "camera:"
        assert field._edit.hasFocus()

    def test_escape_closes_them_first(self, field: SearchField, qtbot: QtBot) -> None:
        type_text(field, "ca")
        field.set_completions(self.OFFERED)
        QTest.keyClick(field._edit, Key.Key_Escape)
        assert not field._list.isVisible()
        assert field._edit.text() == "ca"
        QTest.keyClick(field._edit, Key.Key_Escape)
        assert field.query() == ""
        with qtbot.waitSignal(field.escaped):
            QTest.keyClick(field._edit, Key.Key_Escape)

    def test_a_click_takes_one(self, field: SearchField) -> None:
        type_text(field, "do")
        field.set_completions(self.OFFERED)
        view = field._list.view
        at = view.visualRect(field._list.model.index(0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert chips(field) == ["tag:dog"]

    def test_down_without_any_leaves_for_the_photos(self, field: SearchField, qtbot: QtBot) -> None:
        with qtbot.waitSignal(field.left_down):
            QTest.keyClick(field._edit, Key.Key_Down)

    def test_enter_without_a_marked_one_searches(self, field: SearchField, qtbot: QtBot) -> None:
        type_text(field, "do")
        field.set_completions(self.OFFERED)
        with qtbot.waitSignal(field.submitted) as submitted:
            QTest.keyClick(field._edit, Key.Key_Return)
        assert submitted.args == ["do"]

    def test_a_quoted_word_is_replaced_as_a_whole(self, field: SearchField) -> None:
        type_text(field, 'beach "snowy mou')
        field.set_completions([Completion('album:"Snowy mountains"')])
        QTest.keyClick(field._edit, Key.Key_Down)
        QTest.keyClick(field._edit, Key.Key_Return)
        assert "snowy mou" not in field.query()
        assert "beach" in field.query()

    def test_the_model_keeps_the_rules(self, field: SearchField, qtmodeltester: object) -> None:
        field._list.model.set_completions(self.OFFERED)
        qtmodeltester.check(field._list.model)  # type: ignore[attr-defined]


def test_a_problem_is_said_and_goes_away(field: SearchField) -> None:
    field.set_query('"dog')
    field.set_problem("The quote that begins here is not closed.", 0)
    assert field._problem.isVisible()
    assert field.property("problem") == "yes"
    field.set_problem("")
    assert not field._problem.isVisible()
    assert field.property("problem") == "no"


class TestExample:
    def test_a_dropped_picture_is_handed_on(self, field: SearchField, qtbot: QtBot) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile("/tmp/dog.jpg")])
        enter = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(field, enter)
        assert enter.isAccepted()
        drop = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        with qtbot.waitSignal(field.photo_dropped) as dropped:
            QApplication.sendEvent(field, drop)
        assert dropped.args == ["/tmp/dog.jpg"]

    def test_it_is_a_chip_with_a_slider_where_there_are_words(
        self, field: SearchField, qtbot: QtBot
    ) -> None:
        picture = QPixmap(300, 200)
        picture.fill(Qt.GlobalColor.red)
        field.set_example(picture, "IMG_1.JPG")
        example = field._example
        assert example is not None
        assert example.accessibleName() == "Photos like IMG_1.JPG"
        assert not example._balance.isVisible()
        type_text(field, "at night")
        assert example._balance.isVisible()
        with qtbot.waitSignal(field.balance_changed) as balance:
            example._slider.setValue(80)
        assert balance.args == [0.8]

    def test_it_can_be_removed(self, field: SearchField, qtbot: QtBot) -> None:
        field.set_example(QPixmap(30, 20), "IMG_1.JPG")
        example = field._example
        assert example is not None
        remove = example.findChildren(QAbstractButton)[-1]
        with qtbot.waitSignal(field.example_removed):
            QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
        assert field._example is None
        assert not field._clear.isVisible()


def test_the_frame_wears_the_ring_of_what_is_inside(field: SearchField) -> None:
    assert field.property("inside") == "yes"
    field._edit.clearFocus()
    assert field.property("inside") == "no"
