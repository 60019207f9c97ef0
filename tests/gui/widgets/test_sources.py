from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from photosort.gui.base import theme
from photosort.gui.widgets.source_model import Source, SourceModel
from photosort.gui.widgets.source_tree import SourceTree, chevron_rect

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
MONTHS = (Source("t:2023-07", "July", 911), Source("t:2023-06", "June", 300))
SOURCES = (
    Source("all", "All photos", 48_210, "image"),
    Source("s:time", "Timeline", is_section=True, children=(Source("t:2023", "2023", 8112, children=MONTHS),)),
    Source(
        "s:albums",
        "Albums",
        is_section=True,
        children=(Source("a:1", "Lisbon", 132, "album", takes_photos=True), Source("a:2", "Snow", 41)),
    ),
    Source("s:saved", "Saved searches", is_section=True),
)  # fmt: skip


@pytest.fixture
def tree(qtbot: QtBot, themed: theme.Theme) -> SourceTree:
    made = SourceTree()
    qtbot.addWidget(made)
    made.resize(250, 500)
    made.set_sources(SOURCES)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


def index(tree: SourceTree, key: str):
    return tree._sources.index_of(key)


def click(tree: SourceTree, key: str) -> None:
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(index(tree, key)).center())


def test_the_model_keeps_the_rules(qtmodeltester: ModelTester) -> None:
    model = SourceModel()
    model.set_sources(SOURCES)
    qtmodeltester.check(model)
    model.set_sources(())
    qtmodeltester.check(model)


def read(model: SourceModel, parent: QModelIndex = QModelIndex()) -> list[tuple]:  # noqa: B008
    """The tree as a view reads it: key, count and rows below."""
    rows = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [(model.source(row).key, model.source(row).count, read(model, row)) for row in rows]


def said(sources: tuple[Source, ...]) -> list[tuple]:
    shown = [one for one in sources if one.children or not one.is_section]
    return [(one.key, one.count, said(one.children)) for one in shown]


def section(*children: Source) -> Source:
    return Source("s", "Section", is_section=True, children=children)


INNER = Source("inner", "Inner", 1)
TREES = (
    (section(Source("a", "A", 1), Source("b", "B", 2, children=(INNER,)), Source("c", "C", 3)),),
    (section(Source("a", "A", 1), Source("b", "B", 9, children=(INNER,)), Source("c", "C", 3)),),
    (section(Source("b", "B", 9, children=(INNER,)), Source("c", "C", 3), Source("d", "D", 1)),),
    (section(Source("d", "D", 1), Source("c", "C", 3), Source("b", "B", 9, children=(INNER,))),),
    (section(Source("d", "D", 1, children=(INNER,)), Source("b", "B", 9)), Source("z", "Z")),
    (Source("z", "Z"), section()),
    (section(Source("x", "X", 1)), Source("y", "Y"), Source("z", "Z", children=(INNER,))),
)


@pytest.mark.parametrize("before", TREES)
@pytest.mark.parametrize("after", TREES)
def test_from_any_tree_to_any_other(
    before: tuple[Source, ...], after: tuple[Source, ...], qtbot: QtBot
) -> None:
    model = SourceModel()
    # Follows every row that comes and goes, and warns of what does not fit; a warning fails the test.
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_sources(before)
    held = {key: QPersistentModelIndex(model.index_of(key)) for key in list(model.keys())}
    model.set_sources(after)
    assert read(model) == said(after)
    for key, index in held.items():
        assert not index.isValid() or model.source(index).key == key
    assert tester.model() is model


def test_what_is_as_it_was_is_not_told(tree: SourceTree) -> None:
    told: list[str] = []
    model = tree._sources
    for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged):
        signal.connect(lambda *_: told.append("told"))
    tree.set_sources(SOURCES)
    assert told == []


def test_another_count_changes_one_row(tree: SourceTree) -> None:
    changed: list[tuple[str, str]] = []
    resets: list[int] = []
    model = tree._sources
    model.dataChanged.connect(
        lambda first, last, _: changed.append((model.source(first).key, model.source(last).key))
    )
    model.modelReset.connect(lambda: resets.append(1))
    grown = replace(MONTHS[0], count=912)
    year = replace(SOURCES[1].children[0], children=(grown, MONTHS[1]))
    tree.set_sources((SOURCES[0], replace(SOURCES[1], children=(year,)), *SOURCES[2:]))
    assert changed == [("t:2023-07", "t:2023-07")]
    assert model.source(index(tree, "t:2023-07")).count == 912
    assert resets == []


def test_two_sources_cannot_have_one_key() -> None:
    model = SourceModel()
    with pytest.raises(ValueError, match="all"):
        model.set_sources((SOURCES[0], SOURCES[0]))


def test_sections_without_rows_are_not_shown(tree: SourceTree) -> None:
    assert not index(tree, "s:saved").isValid()
    assert index(tree, "s:albums").isValid()


def test_a_click_chooses(tree: SourceTree, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tree.source_chosen) as chosen:
        click(tree, "a:2")
    assert chosen.args == ["a:2"]
    assert tree.chosen() == "a:2"


def test_enter_chooses_and_arrows_open(tree: SourceTree, qtbot: QtBot) -> None:
    tree.choose("t:2023")
    assert not tree.is_open("t:2023")
    QTest.keyClick(tree, Key.Key_Right)
    assert tree.is_open("t:2023")
    QTest.keyClick(tree, Key.Key_Down)
    with qtbot.waitSignal(tree.source_chosen) as chosen:
        QTest.keyClick(tree, Key.Key_Return)
    assert chosen.args == ["t:2023-07"]


def test_a_section_opens_and_closes_and_is_never_chosen(tree: SourceTree) -> None:
    told: list[str] = []
    tree.source_chosen.connect(told.append)
    assert tree.is_open("s:albums")
    click(tree, "s:albums")
    assert not tree.is_open("s:albums")
    assert told == []


def test_a_chevron_opens_without_choosing(tree: SourceTree) -> None:
    told: list[str] = []
    tree.source_chosen.connect(told.append)
    at = chevron_rect(tree.visualRect(index(tree, "t:2023")), tree).center()
    QTest.mouseClick(tree.viewport(), LEFT, pos=at)
    assert tree.is_open("t:2023")
    assert told == []


def test_a_refresh_keeps_what_is_open_and_chosen(tree: SourceTree) -> None:
    told: list[str] = []
    tree.setExpanded(index(tree, "t:2023"), True)
    tree.setExpanded(index(tree, "s:albums"), False)
    tree.choose("t:2023-06")
    tree.source_chosen.connect(told.append)
    tree.set_sources((*SOURCES, Source("problems", "Problems", 3)))
    assert tree.is_open("t:2023")
    assert not tree.is_open("s:albums")
    assert tree.chosen() == "t:2023-06"
    assert told == []


def test_what_is_gone_is_not_chosen(tree: SourceTree) -> None:
    tree.choose("a:1")
    tree.set_sources(SOURCES[:1])
    assert tree.chosen() == ""


def test_rows_say_their_count(tree: SourceTree) -> None:
    said = tree.model().data(index(tree, "a:1"), Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Lisbon, 132 photo")
    section = tree.model().data(index(tree, "s:albums"), Qt.ItemDataRole.AccessibleTextRole)
    assert section == "Albums"


def test_a_menu_for_a_row_but_not_for_a_section(tree: SourceTree) -> None:
    asked: list[str] = []
    tree.menu_asked.connect(lambda key, _: asked.append(key))
    for key in ("a:1", "s:albums"):
        at = tree.visualRect(index(tree, key)).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, tree.mapToGlobal(at))
        QApplication.sendEvent(tree.viewport(), event)
    assert asked == ["a:1"]


def test_folders_from_outside_are_taken(tree: SourceTree, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/photos")])
    at = QPoint(20, 20)
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, mime, LEFT, keys)
    QApplication.sendEvent(tree.viewport(), enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(tree.paths_dropped) as dropped:
        QApplication.sendEvent(tree.viewport(), QDropEvent(QPointF(at), action, mime, LEFT, keys))
    assert dropped.args == [["/photos"]]


def test_both_directions_paint(tree: SourceTree) -> None:
    left = tree.grab().toImage()
    tree.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert tree.grab().toImage() != left
    click(tree, "a:1")
    assert tree.chosen() == "a:1"
