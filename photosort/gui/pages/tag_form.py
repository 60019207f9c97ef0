"""The form for one tag: names, sentences, visible features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from photosort.domain.tags import Tag
from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.empty import EmptyState

_LINES_PX = 92
_EMPTY_PX = 240


class TagForm(QWidget):
    """Shows a tag to be read and changed.

    Signals:
        saved: the tag as it was called ("" = a new one), and as it shall be (str, `Tag`).
        switched: a tag is to be used or not (str, bool).
        removed: a tag of the user's own is to go (str).
        photos_asked: the photos of a tag are to be shown (str).
    """

    saved = Signal(str, object)
    switched = Signal(str, bool)
    removed = Signal(str)
    photos_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = Tag("")
        self._name_before = ""
        self._name = QLineEdit()
        self._parent = QLineEdit()
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._parent.setCompleter(completer)
        self._aliases = self._lines()
        self._descriptors = self._lines()
        self._sentences = self._lines()
        self._by_hand = QCheckBox(self.tr("A person: applied by hand only"))
        self._in_use = QCheckBox(self.tr("Use this tag"))
        self._photos = button("", lambda: self.photos_asked.emit(self._name_before), kind="link")
        self._save = button(self.tr("Save"), self._on_save, kind="primary")
        self._revert = button(self.tr("Revert"), self._fill)
        self._remove = button(
            self.tr("Remove"), lambda: self.removed.emit(self._name_before), kind="danger"
        )
        self._stack = QStackedLayout(self)
        self._build()
        for field in (self._name, self._parent):
            field.textEdited.connect(self._on_edited)
        for text in (self._aliases, self._descriptors, self._sentences):
            text.textChanged.connect(self._on_edited)
        self._by_hand.clicked.connect(self._on_edited)
        self._in_use.clicked.connect(lambda on: self.switched.emit(self._name_before, on))
        self.show_nothing()

    @property
    def is_new(self) -> bool:
        """Whether a tag that does not exist yet is being described."""
        return self._stack.currentIndex() == 1 and not self._name_before

    def set_tags(self, names: Sequence[str]) -> None:
        """Offers these names as the tag above."""
        self._names.setStringList(list(names))

    def show_nothing(self) -> None:
        """No tag is chosen."""
        self._name_before, self._tag = "", Tag("")
        self._stack.setCurrentIndex(0)

    def show_tag(
        self, tag: Tag, *, enabled: bool, is_own: bool, confirmed: int, rejected: int
    ) -> None:
        """Shows a tag. What is being typed about the same tag is left as it is.

        Args:
            tag: the tag.
            enabled: whether it is used.
            is_own: it is the user's own and can be removed.
            confirmed: photos that have it.
            rejected: photos of which the user said no.
        """
        is_another = tag.name != self._name_before or self._stack.currentIndex() == 0
        self._in_use.setChecked(enabled)
        self._in_use.setVisible(True)
        self._remove.setVisible(is_own)
        said = formatting.photos(confirmed)
        if rejected:
            said = self.tr("{photos}, no on {count}").format(
                photos=said, count=formatting.count(rejected)
            )
        self._photos.setText(said)
        self._photos.setVisible(confirmed > 0)
        self._stack.setCurrentIndex(1)
        if is_another or not self._is_edited() or tag == self._described():
            self._tag, self._name_before = tag, tag.name
            self._fill()

    def begin(self, parent: str) -> None:
        """An empty form for a new tag below another one ("" = none)."""
        self._name_before, self._tag = "", Tag("", parent=parent or None)
        for widget in (self._in_use, self._remove, self._photos):
            widget.setVisible(False)
        self._stack.setCurrentIndex(1)
        self._fill()
        self._name.setFocus()

    def _build(self) -> None:
        nothing = EmptyState(
            "tag",
            self.tr("No tag chosen"),
            self.tr("Choose a tag to see what Photosort looks for, and change it."),
            width=_EMPTY_PX,
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.Gap.M, 0, theme.Gap.S, 0)
        column.setSpacing(theme.Gap.S)
        fields: tuple[tuple[str, str, QWidget], ...] = (
            (self.tr("&Name"), "", self._name),
            (self.tr("&Below"), self.tr("The tag above it in the tree, or nothing."), self._parent),
            (self.tr("&Other words"), self.tr("One a line; searches find them."), self._aliases),
            (
                self.tr("What one &sees"),
                self.tr("One a line, a visible feature each: four legs, a wet nose."),
                self._descriptors,
            ),
            (
                self.tr("What &photos show"),
                self.tr("Whole sentences, one a line."),
                self._sentences,
            ),
        )
        for name, hint, field in fields:
            column.addWidget(_named(name, field))
            if hint:
                column.addWidget(label(hint, theme.Text.SMALL, role="second", wraps=True))
            column.addWidget(field)
        column.addWidget(self._by_hand)
        column.addWidget(self._in_use)
        column.addWidget(self._photos, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(theme.Gap.M, 0, 0, 0)
        row.setSpacing(theme.Gap.S)
        row.addWidget(self._remove)
        row.addStretch(1)
        row.addWidget(self._revert)
        row.addWidget(self._save)
        whole = QWidget()
        held = QVBoxLayout(whole)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(theme.Gap.M)
        held.addWidget(area, 1)
        held.addLayout(row)
        self._stack.addWidget(nothing)
        self._stack.addWidget(whole)

    def _lines(self) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setTabChangesFocus(True)
        made.setFixedHeight(_LINES_PX)
        return made

    def _fill(self) -> None:
        tag = self._tag
        for field, text in ((self._name, tag.name), (self._parent, tag.parent or "")):
            field.setText(text)
        for area, texts in (
            (self._aliases, tag.aliases),
            (self._descriptors, tag.descriptors),
            (self._sentences, tag.sentences),
        ):
            area.setPlainText("\n".join(texts))
        self._by_hand.setChecked(tag.hand_only)
        self._on_edited()

    def _described(self) -> Tag:
        return replace(
            self._tag,
            name=self._name.text().strip(),
            parent=self._parent.text().strip() or None,
            aliases=_texts(self._aliases),
            descriptors=_texts(self._descriptors),
            sentences=_texts(self._sentences),
            hand_only=self._by_hand.isChecked(),
        )

    def _is_edited(self) -> bool:
        return self._described() != self._tag

    def _on_edited(self) -> None:
        is_edited = self._is_edited()
        self._save.setEnabled(is_edited and bool(self._name.text().strip()))
        self._revert.setEnabled(is_edited)

    def _on_save(self) -> None:
        self.saved.emit(self._name_before, self._described())


def _named(name: str, field: QWidget) -> QLabel:
    made = label(name, strong=True)
    made.setBuddy(field)
    field.setAccessibleName(name.replace("&", ""))
    return made


def _texts(area: QPlainTextEdit) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in area.toPlainText().splitlines())
    return tuple(line for line in lines if line)
