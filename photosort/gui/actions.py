"""What the window can do: texts, keys and menus in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWhatsThis, QWidget

from photosort.domain.photos import Flag
from photosort.gui.compare.compare import FEWEST, MOST

Key = Qt.Key | QKeyCombination | QKeySequence.StandardKey

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MOST_STARS = 5


class Performer(Protocol):
    """Who carries the actions out: the main window."""

    def add_folder(self) -> None:
        """Asks for a folder and indexes it."""

    def update_library(self) -> None:
        """Brings all folders up to date."""

    def undo(self) -> None:
        """Takes the latest change back."""

    def redo(self) -> None:
        """Brings back what was taken back."""

    def go_to_search(self) -> None:
        """Goes to the search field."""

    def save_search(self) -> None:
        """Saves what is searched for."""

    def new_album(self) -> None:
        """Makes an album of the selected photos."""

    def fill_album_menu(self, menu: QMenu) -> None:
        """Offers the albums for the selected photos."""

    def fill_apart_menu(self, menu: QMenu) -> None:
        """Offers what the selected photos can be told apart from."""

    def select_all(self) -> None:
        """Selects every photo that is shown."""

    def invert_selection(self) -> None:
        """Selects what is not selected."""

    def open_current(self) -> None:
        """Opens the current photo in the loupe."""

    def export(self) -> None:
        """Exports copies of the selected photos."""

    def write_keyword_files(self) -> None:
        """Writes tags and stars of the selected photos into keyword files."""

    def tag_many(self) -> None:
        """Says yes to many suggestions, on the selected photos or on all that are shown."""

    def tags(self) -> None:
        """Shows all tags."""

    def preferences(self) -> None:
        """Shows the user's choices."""

    def shortcuts(self) -> None:
        """Shows all keys."""

    def guide(self) -> None:
        """Opens the guide at the page for where the user is."""

    def about(self) -> None:
        """Shows version and licences."""

    def compare(self) -> None:
        """Shows the selected photos side by side."""

    def toggle_lines(self) -> None:
        """Changes between squares and lines of one height."""

    def find_alike(self) -> None:
        """Shows photos like the current one."""

    def add_tag(self) -> None:
        """Opens the field for a new tag."""

    def rate(self, stars: int) -> None:
        """Rates the selected photos."""

    def flag(self, flag: Flag | None) -> None:
        """Marks the selected photos."""

    def show_in_file_manager(self) -> None:
        """Shows the current photo's file."""

    def copy_paths(self) -> None:
        """Copies the paths of the selected photos."""

    def toggle_information(self) -> None:
        """Shows or hides the right panel."""

    def toggle_sources(self) -> None:
        """Shows or hides the left panel."""

    def next_pane(self, step: int) -> None:
        """Moves the keyboard to the next part of the window."""

    def close_window(self) -> None:
        """Ends the program."""


@dataclass(frozen=True, slots=True)
class _Spec:
    text: str
    keys: Sequence[Key]
    do: Callable[[], object]
    icon: str = ""
    in_grid: bool = False
    is_letter: bool = False


class Actions(QObject):
    """All actions of the window, by name.

    Attributes:
        by_name: every action; the keys are stable names ("undo", "rate-3").
    """

    def __init__(self, window: QWidget, grid: QWidget, performer: Performer) -> None:
        """Makes the actions.

        Args:
            window: actions with modifiers belong to it.
            grid: letters belong to it, so that typing elsewhere is typing.
            performer: carries them out.
        """
        super().__init__(window)
        self._performer = performer
        self.by_name: dict[str, QAction] = {}
        self._letters: list[QAction] = []
        for name, spec in self._specs(performer).items():
            action = QAction(spec.text, window)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            owner = grid if spec.in_grid else window
            action.setShortcutContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if spec.in_grid
                else Qt.ShortcutContext.WindowShortcut
            )
            action.setAutoRepeat(False)
            action.triggered.connect(partial(_call, spec.do))
            owner.addAction(action)
            self.by_name[name] = action
            if spec.is_letter:
                self._letters.append(action)
        self.by_name["lines"].setCheckable(True)

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def set_single_letters(self, *, on: bool) -> None:
        """Switches the actions that are one letter or figure on or off."""
        for action in self._letters:
            action.setShortcutContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if on
                else Qt.ShortcutContext.WidgetShortcut
            )
            action.setEnabled(on)

    def set_steps(self, undo: str, redo: str) -> None:
        """Says in the menu what undo and redo would do."""
        for name, said, plain in (
            ("undo", undo, self.tr("Undo")),
            ("redo", redo, self.tr("Redo")),
        ):
            action = self.by_name[name]
            text = self.tr("{verb}: {action}").format(verb=plain, action=_shortened(said))
            action.setText(text.replace("&", "&&") if said else plain)
            # What it is called where the step does not matter: in the sheet of keys.
            action.setIconText(plain)
            action.setEnabled(bool(said))

    def set_selected(self, count: int) -> None:
        """Switches off what needs a photo while none is selected."""
        for name in (
            "tag",
            "pick",
            "discard",
            "unmark",
            "copy-paths",
            "export",
            "keyword-files",
            "new-album",
            "open",
            "similar",
            "show-file",
        ):
            if name in self.by_name:
                self.by_name[name].setEnabled(count > 0)
        for stars in range(MOST_STARS + 1):
            self.by_name[f"rate-{stars}"].setEnabled(count > 0)
        self.by_name["compare"].setEnabled(FEWEST <= count <= MOST)

    def fill_main_menu(self, menu: QMenu) -> None:
        """The menu of the window."""
        self._fill(menu, ("add-folder", "update", None, "undo", "redo", None))
        self._fill(
            menu,
            (
                "select-all",
                "invert",
                "find",
                "save-search",
                "new-album",
                None,
                "sources",
                "information",
                "lines",
                None,
            ),
        )
        self._fill(menu, ("export", "tag-many", "tags", "preferences", None))
        self._fill(menu, ("guide", "whats-this", "shortcuts", "about", None, "quit"))

    def fill_photo_menu(self, menu: QMenu) -> None:
        """The menu of the selected photos."""
        self._fill(menu, ("open", "compare", "similar", None, "tag"))
        rating = menu.addMenu(self.tr("Rating"))
        self._fill(rating, tuple(f"rate-{stars}" for stars in range(MOST_STARS, -1, -1)))
        of_albums = menu.addMenu(self.tr("Add to album"))
        self._performer.fill_album_menu(of_albums)
        self._performer.fill_apart_menu(menu.addMenu(self.tr("What sets these apart")))
        self._fill(
            menu,
            (
                "pick",
                "discard",
                "unmark",
                None,
                "show-file",
                "copy-paths",
                "export",
                "keyword-files",
            ),
        )

    def _fill(self, menu: QMenu, names: Sequence[str | None]) -> None:
        for name in names:
            if name is None:
                menu.addSeparator()
            elif name in self.by_name:
                menu.addAction(self.by_name[name])

    def _specs(self, do: Performer) -> dict[str, _Spec]:
        specs = {
            "add-folder": _Spec(self.tr("Add folder..."), [QKeySequence.StandardKey.Open], do.add_folder),
            "update": _Spec(self.tr("Look for new photos"), [QKeyCombination(_CTRL, _Key.Key_R)], do.update_library),
            "undo": _Spec(self.tr("Undo"), [QKeySequence.StandardKey.Undo], do.undo),
            "redo": _Spec(self.tr("Redo"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_Z)], do.redo),
            "save-search": _Spec(self.tr("Save this search..."), [QKeySequence.StandardKey.Save], do.save_search),
            "new-album": _Spec(self.tr("New album..."), [QKeyCombination(_CTRL_SHIFT, _Key.Key_N)], do.new_album),
            "find": _Spec(self.tr("Search"), [QKeySequence.StandardKey.Find], do.go_to_search),
            "select-all": _Spec(self.tr("Select all"), [QKeySequence.StandardKey.SelectAll], do.select_all, in_grid=True),
            "invert": _Spec(self.tr("Invert selection"), [QKeyCombination(_CTRL, _Key.Key_I)], do.invert_selection),
            "information": _Spec(self.tr("Information"), [_Key.Key_I], do.toggle_information, in_grid=True, is_letter=True),
            "sources": _Spec(self.tr("Sources"), [_Key.Key_F9], do.toggle_sources),
            "open": _Spec(self.tr("Open"), [_Key.Key_E], do.open_current, in_grid=True, is_letter=True),
            "compare": _Spec(self.tr("Compare"), [_Key.Key_C], do.compare, in_grid=True, is_letter=True),
            "lines": _Spec(self.tr("Lines of one height"), [], do.toggle_lines),
            "similar": _Spec(self.tr("Find similar photos"), [_Key.Key_S], do.find_alike, in_grid=True, is_letter=True),
            "tag": _Spec(self.tr("Add tag..."), [_Key.Key_T], do.add_tag, in_grid=True, is_letter=True),
            "pick": _Spec(self.tr("Pick"), [_Key.Key_P], partial(do.flag, Flag.PICK), in_grid=True, is_letter=True),
            "discard": _Spec(self.tr("Discard"), [_Key.Key_X], partial(do.flag, Flag.DISCARD), in_grid=True, is_letter=True),
            "unmark": _Spec(self.tr("Neither pick nor discard"), [_Key.Key_U], partial(do.flag, None), in_grid=True, is_letter=True),
            "show-file": _Spec(self.tr("Show in file manager"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_R)], do.show_in_file_manager),
            "copy-paths": _Spec(self.tr("Copy path"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_C)], do.copy_paths),
            "export": _Spec(self.tr("Export copies..."), [QKeyCombination(_CTRL_SHIFT, _Key.Key_E)], do.export),
            "keyword-files": _Spec(self.tr("Write keyword files"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_K)], do.write_keyword_files),
            "tag-many": _Spec(self.tr("Say yes to suggested tags..."), [QKeyCombination(_CTRL_SHIFT, _Key.Key_Y)], do.tag_many),
            "tags": _Spec(self.tr("Tags..."), [QKeyCombination(_CTRL_SHIFT, _Key.Key_T)], do.tags),
            "preferences": _Spec(self.tr("Preferences..."), [QKeyCombination(_CTRL, _Key.Key_Comma)], do.preferences),
            "guide": _Spec(self.tr("Guide"), [QKeySequence.StandardKey.HelpContents], do.guide),
            "whats-this": _Spec(self.tr("What's this?"), [QKeySequence.StandardKey.WhatsThis], QWhatsThis.enterWhatsThisMode),
            "shortcuts": _Spec(self.tr("Keys"), [_Key.Key_Question], do.shortcuts),
            "about": _Spec(self.tr("About Photosort"), [], do.about),
            "next-pane": _Spec(self.tr("Next pane"), [_Key.Key_F6], partial(do.next_pane, 1)),
            "previous-pane": _Spec(self.tr("Previous pane"), [QKeyCombination(Qt.KeyboardModifier.ShiftModifier, _Key.Key_F6)], partial(do.next_pane, -1)),
            "quit": _Spec(self.tr("Quit"), [QKeySequence.StandardKey.Quit], do.close_window),
        }  # fmt: skip
        for stars in range(MOST_STARS + 1):
            text = self.tr("%n star(s)", "", stars) if stars else self.tr("No rating")
            key = Qt.Key(_Key.Key_0.value + stars)
            specs[f"rate-{stars}"] = _Spec(
                text, [key], partial(do.rate, stars), in_grid=True, is_letter=True
            )
        return specs


def _call(do: Callable[[], object], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 (a slot of triggered)
    do()


def _shortened(text: str, most: int = 48) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"
