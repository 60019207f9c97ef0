"""The tags of the selected photos: chips, the reasons of one of them, and a field for a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from photosort.domain.tags import TagState
from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.completing import CompletingField, Completion
from photosort.gui.widgets.flow import Flow
from photosort.gui.widgets.tag_chip import ShownTag, TagChip
from photosort.gui.widgets.why import WhyPanel


class TagsBox(QWidget):
    """Tags of one photo or of many.

    Signals:
        answered: the user says yes or no (name: str, yes: bool).
        added: the user types a tag (name: str).
        search_asked: photos with a tag are to be shown (name: str).
        heat_asked: where a tag is seen is to be shown (name: str).
        completions_asked: what was typed so far (str) for a new tag; answer with `set_completions`.
    """

    answered = Signal(str, bool)
    added = Signal(str)
    search_asked = Signal(str)
    heat_asked = Signal(str)
    completions_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, TagChip] = {}
        self._why: WhyPanel | None = None
        self._open = ""
        self.has_heat = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.Gap.S)
        self._flow = Flow(gap=6)
        self._nothing = label(self.tr("No tags yet."), role="second")
        self._add = button(self.tr("Add tag"), self.begin_adding, kind="quiet", icon="plus")
        self._add.setToolTip(self.tr("Add a tag to the selected photos (T)"))
        self._entry = CompletingField(self.tr("Name of a tag"))
        self._entry.setPlaceholderText(self.tr("Tag"))
        self._entry.hide()
        self._entry.submitted.connect(self._on_submitted)
        self._entry.left.connect(self._end_adding)
        self._entry.completions_asked.connect(self.completions_asked)
        column.addWidget(self._nothing)
        column.addWidget(self._flow)
        column.addWidget(self._entry)
        self._flow.add(self._add)

    def set_tags(self, tags: Sequence[ShownTag]) -> None:
        """Shows these tags in this order; the open reasons stay open, and the focus where it is."""
        names = [shown.tag.name for shown in tags]
        focused = next((name for name, chip in self._chips.items() if chip.hasFocus()), "")
        kept_open = self._open
        self._close_why()
        if names == list(self._chips):
            for shown in tags:
                self._chips[shown.tag.name].set_shown(shown)
        else:
            self._rebuild(tags)
        self._nothing.setVisible(not tags)
        if kept_open in self._chips:
            self._toggle_why(kept_open)
        if focused in self._chips:
            self._chips[focused].setFocus()

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Answers `completions_asked`."""
        self._entry.set_completions(completions)

    def begin_adding(self) -> None:
        """Opens the field for a new tag."""
        self._add.hide()
        self._entry.show()
        self._entry.setFocus()

    def chip(self, name: str) -> TagChip:
        """The chip of a tag.

        Raises:
            KeyError: the tag is not shown.
        """
        return self._chips[name]

    def _rebuild(self, tags: Sequence[ShownTag]) -> None:
        for chip in self._chips.values():
            self._flow.discard(chip)
        self._chips.clear()
        for place, shown in enumerate(tags):
            chip = TagChip(shown, self)
            chip.answered.connect(self.answered)
            chip.why_asked.connect(self._toggle_why)
            chip.menu_asked.connect(self._show_menu)
            chip.moved.connect(lambda step, of=chip: self._focus_neighbour(of, step))
            self._flow.add(chip, place=place)
            self._chips[shown.tag.name] = chip

    def _focus_neighbour(self, chip: TagChip, step: int) -> None:
        chips = list(self._chips.values())
        place = chips.index(chip) + step
        if 0 <= place < len(chips):
            chips[place].setFocus()

    def _toggle_why(self, name: str) -> None:
        opening = name != self._open
        self._close_why()
        if not opening or name not in self._chips:
            return
        self._open = name
        chip = self._chips[name]
        chip.set_open(is_open=True)
        self._why = WhyPanel(chip.shown.tag, has_heat=self.has_heat)
        self._why.answered.connect(self.answered)
        self._why.search_asked.connect(self.search_asked)
        self._why.heat_asked.connect(self.heat_asked)
        self._flow.add(self._why, place=list(self._chips).index(name) + 1, own_line=True)

    def _close_why(self) -> None:
        if self._open in self._chips:
            self._chips[self._open].set_open(is_open=False)
        self._open = ""
        if self._why is not None:
            self._flow.discard(self._why)
            self._why = None

    def _show_menu(self, name: str) -> None:
        tag = self._chips[name].shown.tag
        menu = QMenu(self)
        yes = menu.addAction(icons.icon("check"), self.tr("Yes, {tag}").format(tag=name))
        yes.triggered.connect(lambda: self.answered.emit(name, True))
        yes.setEnabled(tag.state is not TagState.CONFIRMED)
        no = menu.addAction(icons.icon("cross"), self.tr("No, not {tag}").format(tag=name))
        no.triggered.connect(lambda: self.answered.emit(name, False))
        no.setEnabled(tag.state is not TagState.REJECTED)
        why = menu.addAction(icons.icon("question"), self.tr("Why?"))
        why.triggered.connect(lambda: self._toggle_why(name))
        menu.addSeparator()
        search = menu.addAction(
            icons.icon("search"), self.tr("Show all photos with {tag}").format(tag=name)
        )
        search.triggered.connect(lambda: self.search_asked.emit(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def _on_submitted(self, text: str) -> None:
        name = " ".join(text.split())
        if name:
            self.added.emit(name)
            self._entry.clear()

    def _end_adding(self) -> None:
        self._entry.clear()
        self._add.show()
        if self._entry.hasFocus():
            self._entry.hide()
        else:
            # Later: what is hidden while the keyboard goes elsewhere looks as if it had lost it by that.
            QTimer.singleShot(0, self, self._entry.hide)
