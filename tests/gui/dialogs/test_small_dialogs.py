from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

import photosort
from photosort.errors import EnvironmentProblem
from photosort.gui.dialogs.about import AboutDialog
from photosort.gui.dialogs.crash import MOST_REPORTS, CrashDialog, write_report
from photosort.gui.dialogs.shortcut_sheet import ShortcutSheet, keys_of
from photosort.usecases.session.about import Installation

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot


pytestmark = pytest.mark.usefixtures("themed")
INSTALLED = Installation(
    "1.2.3", "abc1234", (("exiv2", "GPL-2.0-or-later"),), Path("licences"), "a card lies idle"
)


def shown(qtbot: QtBot, dialog: QDialog) -> QDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def texts(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def named(dialog: QDialog, text: str) -> QPushButton:
    (found,) = [b for b in dialog.findChildren(QPushButton) if b.text() == text]
    return found


def test_a_report_holds_what_helps_and_nothing_private(tmp_path: Path) -> None:
    trace = f'File "{Path.home()}/secret/place.py"\nZeroDivisionError'
    report = write_report(tmp_path / "home", trace)
    text = report.read_text()
    assert photosort.__version__ in text
    assert "ZeroDivisionError" in text
    assert str(Path.home()) not in text
    assert report.parent == tmp_path / "home" / "reports"


def test_reports_do_not_pile_up(tmp_path: Path) -> None:
    reports = [write_report(tmp_path, str(i)) for i in range(MOST_REPORTS + 3)]
    kept = sorted((tmp_path / "reports").iterdir())
    assert kept == sorted(reports)[3:]


def test_a_report_that_cannot_be_written_is_an_expected_failure(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file")
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        write_report(tmp_path, "trace")


def test_a_crash_says_where_the_report_is_and_opens_its_folder(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True
    )
    report = write_report(tmp_path, "trace")
    dialog = shown(qtbot, CrashDialog("trace", report))
    assert report.name in texts(dialog)
    assert "Nothing was sent" in texts(dialog)
    qtbot.mouseClick(named(dialog, "Open the folder"), Qt.MouseButton.LeftButton)
    assert [Path(path) for path in opened] == [report.parent]


def test_a_crash_without_a_report_has_no_button_for_it(qtbot: QtBot) -> None:
    dialog = shown(qtbot, CrashDialog("trace"))
    assert not named(dialog, "Open the folder").isVisible()
    assert "report" not in texts(dialog)


def test_about_names_version_model_and_licences(qtbot: QtBot) -> None:
    dialog = shown(
        qtbot,
        AboutDialog(INSTALLED, model="starter", model_licence="Apache-2.0"),
    )
    said = texts(dialog)
    assert "1.2.3 (abc1234)" in said
    assert "a card lies idle" in said
    assert "starter (Apache-2.0)" in said
    assert "General Public License" in said
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "exiv2: GPL-2.0-or-later"
    with qtbot.waitSignal(dialog.file_asked) as asked:
        named(dialog, "Licence texts").click()
    assert asked.args == ["licences"]


def test_the_sheet_is_made_of_the_commands_themselves(qtbot: QtBot) -> None:
    search = QAction("&Search...")
    search.setShortcuts([QKeySequence("Ctrl+F"), QKeySequence("F3")])
    silent = QAction("Nothing")
    full, again = QAction("Full screen"), QAction("Full screen")
    full.setShortcut(QKeySequence("F11"))
    again.setShortcut(QKeySequence("F"))
    assert keys_of([search, silent, full, again]) == [
        ("Search", "Ctrl+F  F3"),
        ("Full screen", "F11  F"),
    ]
    dialog = shown(qtbot, ShortcutSheet([("Everywhere", [search, full, again]), ("No", [silent])]))
    said = texts(dialog)
    assert "Everywhere" in said
    assert "Ctrl+F  F3" in said
    assert "Nothing" not in said


def test_the_keyboard_begins_at_the_button_that_closes(qtbot: QtBot) -> None:
    dialog = shown(qtbot, CrashDialog("trace"))
    assert dialog.focusWidget() is named(dialog, "Continue")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_esc_and_enter_close(qtbot: QtBot, key: Qt.Key) -> None:
    dialog = shown(qtbot, AboutDialog(INSTALLED, model="starter"))
    qtbot.keyClick(dialog, key)
    assert not dialog.isVisible()
