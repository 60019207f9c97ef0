from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu

from photosort.domain.tags import Reason, TagOnPhoto, TagState
from photosort.gui.base import theme
from photosort.gui.widgets.completing import Completion
from photosort.gui.widgets.tag_chip import ShownTag, TagChip
from photosort.gui.widgets.tags_box import TagsBox
from photosort.gui.widgets.why import WhyPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WHY = (Reason("fur", 0.9), Reason("four legs", 0.3), Reason("feathers", -0.4))
Key = Qt.Key


def shown(
    name: str,
    state: TagState = TagState.SUGGESTED,
    confidence: float | None = None,
    *,
    why: tuple[Reason, ...] = (),
    on: int = 1,
    of: int = 1,
) -> ShownTag:
    return ShownTag(TagOnPhoto(name, confidence, state, why), on, of)


@pytest.fixture
def box(qtbot: QtBot, themed: theme.Theme) -> TagsBox:
    made = TagsBox()
    qtbot.addWidget(made)
    made.resize(280, 300)
    made.set_tags(
        [
            shown("beach", TagState.CONFIRMED),
            shown("dog", confidence=0.97, why=WHY),
            shown("sea", confidence=0.6),
            shown("cat", TagState.REJECTED),
            shown("Lisbon", TagState.IMPORTED),
        ]
    )
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def name_of(chip: TagChip) -> str:
    body = chip.focusProxy()
    assert body is not None
    return body.accessibleName()


def answers_of(chip: TagChip) -> list[QAbstractButton]:
    body = chip.focusProxy()
    return [b for b in chip.findChildren(QAbstractButton) if b is not body]


def test_every_state_has_a_name_of_its_own(box: TagsBox) -> None:
    names = [name_of(box.chip(n)) for n in ("beach", "dog", "sea", "cat", "Lisbon")]
    assert names == ["beach, yes", "dog, likely", "sea, maybe", "cat, no", "Lisbon, from the file"]


def test_the_states_differ_without_colour(box: TagsBox) -> None:
    """The painted shapes differ even when they are looked at in two greys."""

    def drawn(chip: TagChip) -> bytes:
        image = chip.grab().toImage().convertToFormat(chip.grab().toImage().Format.Format_Mono)
        return bytes(image.constBits())

    same_name = [shown("dog", state, 0.9) for state in TagState]
    chips = []
    for one in same_name:
        chip = TagChip(one, box)
        chip.resize(chip.sizeHint())
        chips.append(drawn(chip))
        chip.deleteLater()
    assert len(set(chips)) == len(TagState)


def test_keys_answer(box: TagsBox, qtbot: QtBot) -> None:
    body = box.chip("dog").focusProxy()
    with qtbot.waitSignal(box.answered) as yes:
        QTest.keyClick(body, Key.Key_Y)
    with qtbot.waitSignal(box.answered) as no:
        QTest.keyClick(body, Key.Key_N)
    assert (yes.args, no.args) == (["dog", True], ["dog", False])


def test_buttons_answer(box: TagsBox, qtbot: QtBot) -> None:
    yes, no = answers_of(box.chip("dog"))
    assert (yes.accessibleName(), no.accessibleName()) == ("Yes, dog", "No, not dog")
    with qtbot.waitSignal(box.answered) as answered:
        QTest.mouseClick(no, Qt.MouseButton.LeftButton)
    assert answered.args == ["dog", False]


def test_only_suggestions_ask(box: TagsBox) -> None:
    asking = {
        n: answers_of(box.chip(n))[0].isVisible() for n in ("beach", "dog", "sea", "cat", "Lisbon")
    }
    assert asking == {"beach": False, "dog": True, "sea": True, "cat": False, "Lisbon": False}


def test_enter_opens_the_reasons_in_place_and_closes_them(box: TagsBox) -> None:
    body = box.chip("dog").focusProxy()
    QTest.keyClick(body, Key.Key_Return)
    (why,) = box.findChildren(WhyPanel)
    QApplication.processEvents()
    assert why.isVisible()
    assert why.y() > box.chip("dog").y()
    assert why.y() < box.chip("sea").y()
    assert why.width() == box.width()
    QTest.keyClick(body, Key.Key_Return)
    assert not why.isVisible()


def test_a_click_on_another_chip_moves_the_reasons(box: TagsBox) -> None:
    for name in ("dog", "sea"):
        QTest.mouseClick(box.chip(name).focusProxy(), Qt.MouseButton.LeftButton)
    visible = [w for w in box.findChildren(WhyPanel) if w.isVisible()]
    assert [w.accessibleName() for w in visible] == ["Why sea"]


def test_a_confidence_that_nobody_measured_is_said_to_be_estimated(box: TagsBox) -> None:
    tag = TagOnPhoto("dog", 0.8, TagState.SUGGESTED, estimated=True)
    said = [one.text() for one in WhyPanel(tag, parent=box).findChildren(QLabel)]
    assert any("80" in text and "estimated" in text for text in said)
    known = WhyPanel(replace(tag, estimated=False), parent=box)
    assert not any("estimated" in one.text() for one in known.findChildren(QLabel))


def test_reasons_say_for_and_against_without_colour(box: TagsBox) -> None:
    panel = WhyPanel(shown("dog", confidence=0.97, why=WHY).tag, parent=box)
    names = [label.accessibleName() for label in panel.findChildren(type(box._nothing))]
    assert "fur: speaks for it, strongly" in names
    assert "four legs: speaks for it, a little" in names
    assert "feathers: speaks against it" in names


def test_arrows_go_from_chip_to_chip(box: TagsBox) -> None:
    box.chip("beach").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Right)
    assert box.chip("dog").focusProxy().hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Left)
    assert box.chip("beach").focusProxy().hasFocus()


def test_focus_and_reasons_survive_a_refresh(box: TagsBox) -> None:
    box.chip("dog").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    box.set_tags([shown("new", confidence=0.9), shown("dog", TagState.CONFIRMED, 0.97, why=WHY)])
    assert box.chip("dog").focusProxy().hasFocus()
    assert [w.accessibleName() for w in box.findChildren(WhyPanel) if w.isVisible()] == ["Why dog"]


def test_several_photos_say_on_how_many(box: TagsBox) -> None:
    box.set_tags(
        [shown("dog", confidence=0.9, on=3, of=12), shown("sea", TagState.CONFIRMED, on=12, of=12)]
    )
    assert box.chip("dog").detail() == "3 of 12"
    assert box.chip("sea").detail() == "all"


def test_a_new_tag_is_typed_or_chosen(box: TagsBox, qtbot: QtBot) -> None:
    box.begin_adding()
    entry = box._entry
    assert entry.hasFocus()
    with qtbot.waitSignal(box.completions_asked) as asked:
        QTest.keyClicks(entry, "su")
    assert asked.args == ["s"]
    box.set_completions([Completion("sunset"), Completion("surf")])
    assert entry.list.isVisible()
    QTest.keyClick(entry, Key.Key_Down)
    QTest.keyClick(entry, Key.Key_Down)
    with qtbot.waitSignal(box.added) as added:
        QTest.keyClick(entry, Key.Key_Return)
    assert added.args == ["surf"]
    QTest.keyClicks(entry, "  my   dog ")
    with qtbot.waitSignal(box.added) as typed:
        QTest.keyClick(entry, Key.Key_Return)
    assert typed.args == ["my dog"]
    QTest.keyClick(entry, Key.Key_Escape)
    assert not entry.isVisible()


def test_no_tags_says_so(box: TagsBox) -> None:
    box.set_tags([])
    assert box._nothing.isVisible()


def test_the_menu_offers_what_the_state_allows(box: TagsBox, qtbot: QtBot) -> None:
    box._show_menu("beach")
    menu = next(m for m in box.findChildren(QMenu) if m.isVisible())
    texts = {a.text(): a.isEnabled() for a in menu.actions() if a.text()}
    assert texts["Yes, beach"] is False
    assert texts["No, not beach"] is True
    with qtbot.waitSignal(box.search_asked) as asked:
        menu.actions()[-1].trigger()
    assert asked.args == ["beach"]
    menu.close()


def test_a_chip_is_a_button_for_screen_readers(box: TagsBox) -> None:
    interface = QAccessible.queryAccessibleInterface(box.chip("dog").focusProxy())
    assert interface.role() in {QAccessible.Role.Button, QAccessible.Role.CheckBox}
    assert interface.text(QAccessible.Text.Name) == "dog, likely"
