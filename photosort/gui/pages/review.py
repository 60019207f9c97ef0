"""The review page: one tag at a time, its most useful questions as a wall of photos, yes and no by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.gui.base import formatting, theme
from photosort.gui.controllers.thumbnails import LibraryThumbnails
from photosort.gui.grid.arrangement import Arrangement, Section
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.view import PhotoGrid
from photosort.gui.pages.page_switching import CentrePage, PageParts, page_head
from photosort.gui.widgets.basics import announce, button, label
from photosort.usecases.tags import tag_review
from photosort.usecases.tags.suggestions import ready_suggestions

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.progress import Job
    from photosort.usecases.tags.tag_review import Answered, ReviewTag, Walls

_EDGE = 148
_MOST_TAGS = 200
_NARROWEST_TAG = 120


class ReviewPage(CentrePage):
    """Asks about the photos of one tag."""

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._name = ""
        self._known: dict[str, ReviewTag] = {}
        self._walls: Walls | None = None
        self._done: Answered | None = None
        self._tags = QComboBox()
        self._tags.setAccessibleName(self.tr("Tag to ask about"))
        # The tags come after it is shown; it would stay as wide as the first of them, or as none.
        self._tags.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._tags.activated.connect(lambda row: self.ask_about(str(self._tags.itemData(row))))
        self._photos = PhotoListModel(parts.book, self)
        self._grid = PhotoGrid(self._photos, parent=self)
        self._grid.set_thumbnail_provider(LibraryThumbnails(parts.runner, parts.session, self))
        self._grid.set_edge(_EDGE)
        self._grid.setAccessibleName(self.tr("Photos to ask about"))
        self._grid.photo_opened.connect(self._open)
        self._grid.installEventFilter(self)
        self._to_prove = label(
            self.tr(
                "This tag is not suggested yet, because nobody measured whether this picture model knows it. "
                "It is as soon as your answers show that it is right."
            ),
            role="second",
            wraps=True,
        )
        self._to_prove.hide()
        self._line = label("", role="second")
        self._undo = button(self.tr("Undo"), self._take_back, icon="undo")
        self._undo.hide()
        self._nothing = label(self._empty_text(), role="second", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self._set_empty(on=True)
        self.setFocusProxy(self._grid)
        parts.changes.made.connect(self._on_change)

    def ask_about(self, name: str) -> None:
        """Asks about another tag."""
        self._name = name
        self._say("")
        self._tell_whether_offered()
        self._read()

    def answer(self, state: TagState) -> None:
        """Says yes or no of the selected photos, or of the current one."""
        ids = self._grid.selection.ids().tolist() or [self._grid.current_photo()]
        ids = [photo for photo in ids if photo >= 0]
        if not ids or not self._name:
            return
        session, name = self.parts.session, self._name
        self._remove(ids)

        def work() -> ChangeSet:
            # Read on the window's thread, once the change is told there.
            self._done = tag_review.answer(session, name, ids, state)
            return self._done.change

        self.parts.changes.carry_out(work)

    def refresh(self) -> None:
        """Reads the tags again, and the questions where none are open."""
        session = self.parts.session
        if ready_suggestions(session) is None:
            self._show_empty()
            return
        self.parts.runner.latest(
            "review tags",
            session.lanes.reads,
            lambda _job: tag_review.review_tags(session),
            self._set_tags,
            owner=self,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Y and N answer; arrows and all other keys are the grid's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            state = {
                Qt.Key.Key_Y: TagState.CONFIRMED,
                Qt.Key.Key_N: TagState.REJECTED,
            }.get(Qt.Key(event.key()))
            if state is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.answer(state)
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._title = label(self.tr("Is this right?"), size=theme.Text.TITLE, strong=True)
        # A long name is cut, rather than the buttons.
        self._tags.setMinimumWidth(_NARROWEST_TAG)
        yes = button(self.tr("Yes (Y)"), lambda: self.answer(TagState.CONFIRMED), icon="check")
        yes.setToolTip(self.tr("The tag is right for this photo (Y)"))
        no = button(self.tr("No (N)"), lambda: self.answer(TagState.REJECTED), icon="cross")
        no.setToolTip(self.tr("The tag is wrong for this photo (N)"))
        more = button(self.tr("Other photos"), self._read, icon="refresh")
        self._buttons = (yes, no, more)
        row = page_head([self._title, self._tags], self._buttons)
        below = QHBoxLayout()
        below.setSpacing(theme.Gap.S)
        below.addWidget(self._line)
        below.addWidget(self._undo)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.M)
        column.setSpacing(theme.Gap.M)
        column.addWidget(row)
        column.addWidget(self._to_prove)
        column.addWidget(self._grid, 1)
        column.addWidget(self._nothing, 1)
        column.addLayout(below)

    def _set_tags(self, found: list[ReviewTag]) -> None:
        found = found[:_MOST_TAGS]
        self._known = {one.name: one for one in found}
        self._tags.clear()
        for one in found:
            self._tags.addItem(self._title_of(one), one.name)
        if not found:
            self._show_empty()
            return
        names = [one.name for one in found]
        if self._name not in names:
            self.ask_about(names[0])
        elif not len(self._photos.arrangement):
            self._read()
        self._tags.setCurrentIndex(names.index(self._name))
        self._tell_whether_offered()

    def _tell_whether_offered(self) -> None:
        known = self._known.get(self._name)
        self._to_prove.setVisible(known is not None and known.is_to_prove)

    def _title_of(self, tag: ReviewTag) -> str:
        suggested = self.tr("%Ln photo(s)", "", tag.suggested)
        return self.tr("{tag} \u2013 {photos}").format(tag=tag.name, photos=suggested)

    def _read(self) -> None:
        session, name = self.parts.session, self._name
        if not name:
            return

        def failed(error: Exception) -> bool:
            if isinstance(error, InputProblem):
                self._say(formatting.translate(error.user_message))
            return isinstance(error, InputProblem)

        def work(_job: Job) -> Walls:
            return tag_review.walls(session, name)

        self.parts.runner.latest(
            "review walls", session.lanes.reads, work, self._set_walls, owner=self, failed=failed
        )

    def _set_walls(self, walls: Walls) -> None:
        self._walls = walls
        self._show(walls, keep_place=False)

    def _show(self, walls: Walls, *, keep_place: bool) -> None:
        titles = (self.tr("Likely"), self.tr("Unsure"), self.tr("Unlikely"))
        parts = (walls.likely, walls.unsure, walls.unlikely)
        sections, first = [], 0
        for title, ids in zip(titles, parts, strict=True):
            if len(ids):
                sections.append(Section(first, title, self.tr("%Ln photo(s)", "", len(ids))))
                first += len(ids)
        if not sections:
            self._show_empty()
            return
        self._set_empty(on=False)
        before = self._grid.currentIndex().row()
        self._grid.set_photos(
            Arrangement(np.concatenate(parts), tuple(sections)), keep_place=keep_place
        )
        row = min(max(before, 0), first - 1) if keep_place else 0
        self._grid.setCurrentIndex(self._photos.index(row))

    def _remove(self, ids: list[int]) -> None:
        if self._walls is None:
            return
        keep = [
            part[~np.isin(part, ids)]
            for part in (self._walls.likely, self._walls.unsure, self._walls.unlikely)
        ]
        self._walls = tag_review.Walls(*keep)
        if any(len(part) for part in keep):
            self._show(self._walls, keep_place=True)
        else:
            self._read()

    def _tell(self, done: Answered) -> None:
        gained, lost = len(done.effect.gained), len(done.effect.lost)
        parts = []
        if gained:
            parts.append(self.tr("%Ln photo(s) gained", "", gained))
        if lost:
            parts.append(self.tr("%Ln photo(s) lost", "", lost))
        if parts:
            text = self.tr("{changes} \u201c{tag}\u201d.").format(
                changes=", ".join(parts), tag=self._name
            )
        else:
            text = self.tr("No other photo changed.")
        self._say(text, can_undo=True)
        announce(self._line, text)

    def _say(self, text: str, *, can_undo: bool = False) -> None:
        self._line.setText(text)
        self._undo.setVisible(can_undo)

    def _take_back(self) -> None:
        self.parts.changes.undo()

    def _on_change(self, change: ChangeSet) -> None:
        done = self._done
        if done is None:
            return
        if change is done.change:
            self._tell(done)
        elif change.taken_back and change.history_id == done.change.history_id:
            self._done = None
            self._say(self.tr("Undone."))
            self._read()

    def _open(self, photo_id: int) -> None:
        if self._walls is not None:
            ids = np.concatenate([self._walls.likely, self._walls.unsure, self._walls.unlikely])
            self.photo_opened.emit(ids, photo_id)

    def _show_empty(self) -> None:
        self._nothing.setText(self._empty_text())
        self._set_empty(on=True)

    def _set_empty(self, *, on: bool) -> None:
        self._nothing.setVisible(on)
        self._grid.setVisible(not on)
        for one in self._buttons:
            one.setEnabled(not on)

    def _empty_text(self) -> str:
        if ready_suggestions(self.parts.session) is None:
            return QCoreApplication.translate(
                "ReviewPage", "Tags are being found. Questions come as soon as that is done."
            )
        return QCoreApplication.translate("ReviewPage", "There is nothing to ask about this tag.")
