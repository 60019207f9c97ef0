"""All actions of the window: texts, shortcuts and menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from photosort.gui.compare.compare import FEWEST

Key = Qt.Key | QKeyCombination | QKeySequence.StandardKey

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class _Spec:
    text: str
    keys: Sequence[Key]
    in_grid: bool = False
    is_letter: bool = False


class Actions(QObject):
    """All actions of the window, by name.

    Attributes:
        by_name: every action; the keys are stable names ("undo", "rate-3").
    """

    def __init__(self, window: QWidget, grid: QWidget) -> None:
        """Makes the actions, which do nothing before `carry_out` says what.

        Args:
            window: actions with modifiers belong to it.
            grid: letters belong to it, so that typing elsewhere is typing.
        """
        super().__init__(window)
        self.by_name: dict[str, QAction] = {}
        self._letters: list[QAction] = []
        for name, spec in self._specs().items():
            action = QAction(spec.text, window)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            owner = grid if spec.in_grid else window
            action.setShortcutContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if spec.in_grid
                else Qt.ShortcutContext.WindowShortcut
            )
            action.setAutoRepeat(False)
            owner.addAction(action)
            self.by_name[name] = action
            if spec.is_letter:
                self._letters.append(action)
        for name in ("lines", "stacks"):
            self.by_name[name].setCheckable(True)

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def carry_out(self, wishes: Mapping[str, Callable[[], object]]) -> None:
        """Says what the actions do.

        Args:
            wishes: name of every action to what it does.

        Raises:
            ValueError: an action has nothing to do, or there is no action of a name.
        """
        if wishes.keys() != self.by_name.keys():
            raise ValueError(f"not both: {sorted(wishes.keys() ^ self.by_name.keys())}")
        for name, wish in wishes.items():
            self.by_name[name].triggered.connect(partial(_call, wish))

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
            "change-date",
            "set-place",
            "place-on-map",
            "edit-text",
            "edit-kind",
            "rotate-left",
            "rotate-right",
            "copy-metadata",
            "paste-metadata",
            "reread",
            "trash",
            "forget",
            "open-stack",
            "unstack",
            "stack-top",
        ):
            if name in self.by_name:
                self.by_name[name].setEnabled(count > 0)
        for stars in range(MOST_STARS + 1):
            self.by_name[f"rate-{stars}"].setEnabled(count > 0)
        for name in ("compare", "stack"):
            self.by_name[name].setEnabled(count >= FEWEST)

    def fill_main_menu(self, menu: QMenu) -> None:
        """The menu of the window."""
        self._fill(menu, ("add-folder", "import", "update", None, "undo", "redo", None))
        self._fill(
            menu,
            (
                "select-all",
                "invert",
                "find",
                "save-search",
                "new-album",
                "slideshow",
                None,
                "filters",
                "sources",
                "information",
                "lines",
                "stacks",
                None,
            ),
        )
        self._fill(
            menu, ("export", "tag-many", "tags", "trash-discarded", "backups", "preferences", None)
        )
        self._fill(menu, ("guide", "whats-this", "shortcuts", "about", None, "quit"))

    def fill_photo_menu(
        self,
        menu: QMenu,
        fill_albums: Callable[[QMenu], object],
        fill_apart: Callable[[QMenu], object],
        fill_programs: Callable[[QMenu], object] | None,
    ) -> None:
        """The menu of the selected photos.

        Args:
            menu: is filled.
            fill_albums: fills the menu of the albums they can be put into.
            fill_apart: fills the menu of what they can be told apart from.
            fill_programs: fills the menu of the programs that open them; None where the system lists none.
        """
        self._fill(menu, ("open", "compare", "slideshow", "similar"))
        if fill_programs is not None:
            fill_programs(menu.addMenu(self.tr("Open with")))
        self._fill(menu, (None, "tag"))
        rating = menu.addMenu(self.tr("Rating"))
        self._fill(rating, tuple(f"rate-{stars}" for stars in range(MOST_STARS, -1, -1)))
        stack = menu.addMenu(self.tr("Stack"))
        self._fill(stack, ("open-stack", "stack", "unstack", "stack-top"))
        fill_albums(menu.addMenu(self.tr("Add to album")))
        fill_apart(menu.addMenu(self.tr("Compare with the rest")))
        self._fill(menu, ("pick", "discard", "unmark", None))
        edit = menu.addMenu(self.tr("Edit"))
        self._fill(
            edit,
            (
                "change-date",
                "set-place",
                "place-on-map",
                "edit-text",
                "edit-kind",
                None,
                "copy-metadata",
                "paste-metadata",
            ),
        )
        self._fill(
            menu,
            (
                "rotate-left",
                "rotate-right",
                None,
                "show-file",
                "copy-paths",
                "export",
                "keyword-files",
                "reread",
                None,
                "trash",
                "forget",
            ),
        )

    def _fill(self, menu: QMenu, names: Sequence[str | None]) -> None:
        for name in names:
            if name is None:
                menu.addSeparator()
            elif name in self.by_name:
                menu.addAction(self.by_name[name])

    def _specs(self) -> dict[str, _Spec]:
        specs = {
            "add-folder": _Spec(self.tr("Add folder\u2026"), [QKeySequence.StandardKey.Open]),
            "import": _Spec(self.tr("Import photos\u2026"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_I)]),
            "update": _Spec(self.tr("Look for new photos"), [QKeyCombination(_CTRL, _Key.Key_R)]),
            "undo": _Spec(self.tr("Undo"), [QKeySequence.StandardKey.Undo]),
            "redo": _Spec(self.tr("Redo"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_Z)]),
            "save-search": _Spec(self.tr("Save this search\u2026"), [QKeySequence.StandardKey.Save]),
            "new-album": _Spec(self.tr("New album\u2026"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_N)]),
            "find": _Spec(self.tr("Search"), [QKeySequence.StandardKey.Find]),
            "select-all": _Spec(self.tr("Select all"), [QKeySequence.StandardKey.SelectAll], in_grid=True),
            "invert": _Spec(self.tr("Invert selection"), [QKeyCombination(_CTRL, _Key.Key_I)]),
            "information": _Spec(self.tr("Information"), [_Key.Key_I], in_grid=True, is_letter=True),
            "filters": _Spec(self.tr("Filters"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_F)]),
            "sources": _Spec(self.tr("Sidebar"), [_Key.Key_F9]),
            "open": _Spec(self.tr("Open"), [_Key.Key_E], in_grid=True, is_letter=True),
            "compare": _Spec(self.tr("Compare"), [_Key.Key_C], in_grid=True, is_letter=True),
            "slideshow": _Spec(self.tr("Slideshow"), [_Key.Key_F5], in_grid=True),
            "lines": _Spec(self.tr("Justified rows"), []),
            "similar": _Spec(self.tr("Find similar photos"), [_Key.Key_S], in_grid=True, is_letter=True),
            "stacks": _Spec(self.tr("Stacks"), []),
            "open-stack": _Spec(self.tr("Open or close stack"), [_Key.Key_O], in_grid=True, is_letter=True),
            "stack": _Spec(self.tr("Stack photos"), [QKeyCombination(_CTRL, _Key.Key_G)]),
            "unstack": _Spec(self.tr("Take out of stack"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_G)]),
            "stack-top": _Spec(self.tr("Put on top of stack"), []),
            "tag": _Spec(self.tr("Add tag\u2026"), [_Key.Key_T], in_grid=True, is_letter=True),
            "change-date": _Spec(self.tr("Change date\u2026"), []),
            "set-place": _Spec(self.tr("Set place\u2026"), []),
            "place-on-map": _Spec(self.tr("Place on map\u2026"), []),
            "edit-text": _Spec(self.tr("Title and caption\u2026"), []),
            "edit-kind": _Spec(self.tr("Correct the kind\u2026"), []),
            "rotate-left": _Spec(self.tr("Rotate left"), [QKeyCombination(_CTRL, _Key.Key_BracketLeft)]),
            "rotate-right": _Spec(self.tr("Rotate right"), [QKeyCombination(_CTRL, _Key.Key_BracketRight)]),
            "copy-metadata": _Spec(self.tr("Copy metadata"), [QKeyCombination(_CTRL_ALT, _Key.Key_C)]),
            "paste-metadata": _Spec(self.tr("Paste metadata\u2026"), [QKeyCombination(_CTRL_ALT, _Key.Key_V)]),
            "reread": _Spec(self.tr("Read again"), []),
            "forget": _Spec(self.tr("Forget\u2026"), []),
            "pick": _Spec(self.tr("Pick"), [_Key.Key_P], in_grid=True, is_letter=True),
            "discard": _Spec(self.tr("Discard"), [_Key.Key_X], in_grid=True, is_letter=True),
            "unmark": _Spec(self.tr("Clear flag"), [_Key.Key_U], in_grid=True, is_letter=True),
            "trash": _Spec(self.tr("Move to wastebasket\u2026"), [_Key.Key_Delete], in_grid=True),
            "trash-discarded": _Spec(self.tr("Move discarded to wastebasket\u2026"), []),
            "show-file": _Spec(self.tr("Show in file manager"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_R)]),
            "copy-paths": _Spec(self.tr("Copy path"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_C)]),
            "export": _Spec(self.tr("Export copies\u2026"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_E)]),
            "keyword-files": _Spec(self.tr("Write keyword files"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_K)]),
            "tag-many": _Spec(self.tr("Accept suggested tags\u2026"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_Y)]),
            "tags": _Spec(self.tr("Tags\u2026"), [QKeyCombination(_CTRL_SHIFT, _Key.Key_T)]),
            "preferences": _Spec(self.tr("Preferences\u2026"), [QKeyCombination(_CTRL, _Key.Key_Comma)]),
            "backups": _Spec(self.tr("Backups\u2026"), []),
            "guide": _Spec(self.tr("Guide"), [QKeySequence.StandardKey.HelpContents]),
            "whats-this": _Spec(self.tr("What's this?"), [QKeySequence.StandardKey.WhatsThis]),
            "shortcuts": _Spec(self.tr("Keyboard shortcuts"), [_Key.Key_Question]),
            "about": _Spec(self.tr("About Photosort"), []),
            "next-pane": _Spec(self.tr("Next pane"), [_Key.Key_F6]),
            "previous-pane": _Spec(self.tr("Previous pane"), [QKeyCombination(Qt.KeyboardModifier.ShiftModifier, _Key.Key_F6)]),
            "quit": _Spec(self.tr("Quit"), [QKeySequence.StandardKey.Quit]),
        }  # fmt: skip
        for stars in range(MOST_STARS + 1):
            text = self.tr("%n star(s)", "", stars) if stars else self.tr("No rating")
            key = Qt.Key(_Key.Key_0.value + stars)
            specs[f"rate-{stars}"] = _Spec(text, [key], in_grid=True, is_letter=True)
        return specs


def _call(do: Callable[[], object], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 (a slot of triggered)
    do()


def _shortened(text: str, most: int = 48) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"
