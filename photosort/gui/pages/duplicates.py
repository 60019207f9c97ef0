"""The page of duplicates: suggests which to keep; the user decides, and can undo it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photosort.domain.changes import ChangeSet
from photosort.gui.base import formatting, theme
from photosort.gui.base.jpeg_images import jpeg_image
from photosort.gui.pages.page_switching import CentrePage, PageParts
from photosort.gui.widgets.basics import announce, button, label
from photosort.gui.widgets.copy_tile import WIDTH
from photosort.gui.widgets.duplicate_card import DuplicateCard
from photosort.gui.widgets.empty import EmptyState
from photosort.progress import Job, Progress
from photosort.usecases.duplicates import duplicate_review

if TYPE_CHECKING:
    from photosort.usecases.duplicates.detection import Lane
    from photosort.usecases.duplicates.duplicate_review import DuplicateReview, OpenGroup

# Each is a dozen widgets, and nobody looks at more at once.
_MOST_CARDS = 25


class DuplicatesPage(CentrePage):
    """Tabs for one picture, one moment and the same bytes; below a card for each group.

    Signals:
        compare_asked: photos (list of ids) are to be seen side by side.
        file_shown: a file (path: str) is to be shown in the file manager.
    """

    compare_asked = Signal(list)
    file_shown = Signal(str)

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._standing: DuplicateReview | None = None
        self._job: Job | None = None
        self._lane: Lane = "near"
        self._shown = _MOST_CARDS
        self._cards: dict[OpenGroup, DuplicateCard] = {}
        self._pictures: dict[int, QImage] = {}
        self._mine: set[int] = set()
        self._title = label(self.tr("Duplicates"), theme.Text.TITLE, strong=True)
        self._progress = label(role="second")
        self._look = button(self.tr("Look again"), self.look, icon="refresh")
        self._stop = button(self.tr("Stop"), self._on_stop, icon="stop")
        self._all = button("", self.keep_best, icon="check")
        self._all.setToolTip(
            self.tr(
                "Where the copies lie exactly on top of each other; look at the others yourself"
            )
        )
        self._told = QWidget()
        self._said = label(role="second")
        self._undo = button(self.tr("Undo"), parts.changes.undo, icon="undo")
        self._hint = label(role="second", wraps=True)
        self._tabs = self._made_tabs()
        self._tab_row = QWidget()
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, theme.Gap.S, theme.Gap.L)
        self._list.setSpacing(theme.Gap.M)
        self._none = label(self.tr("Nothing to decide here."), role="second")
        self._more = button(self.tr("Show more"), self._show_more, kind="link")
        self._list.addWidget(self._none)
        self._list.addWidget(self._more)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._first = EmptyState(
            "duplicate",
            self.tr("Photos that are there more than once"),
            self.tr(
                "Photosort compares the pictures themselves: a smaller copy, one that was cut or "
                "edited, shots of one moment. You decide which stay; nothing is deleted."
            ),
            action=(self.tr("Look for duplicates"), self.look),
        )
        self._stack = QStackedWidget()
        for widget in (self._first, self._scroll):
            self._stack.addWidget(widget)
        self._lay_out()
        self._say(None)
        self._show_looking()
        parts.changes.made.connect(self._on_change)

    def refresh(self) -> None:
        """Reads again what is still to be decided."""
        session = self.parts.session
        self.parts.runner.latest(
            "duplicates",
            session.lanes.reads,
            lambda _job: duplicate_review.load_duplicate_review(session),
            self._on_standing,
            owner=self,
        )

    def show_lane(self, lane: Lane) -> None:
        """Shows one picture ("near"), one moment ("burst") or the same bytes ("exact")."""
        self._lane, self._shown = lane, _MOST_CARDS
        self._tabs[lane].setChecked(True)
        self._show()

    def look(self) -> None:
        """Looks through the whole library."""
        if self._job is not None:
            return
        session = self.parts.session
        job = self._job = Job()
        self.parts.runner.watch(job, self._on_progress, owner=self)
        # It takes minutes, for which an index run must not wait.
        self.parts.runner.run(
            session.lanes.models,
            lambda job: duplicate_review.search_library(session, job),
            lambda _none: self._on_found(),
            owner=self,
            finished=self._on_looked,
            job=job,
        )
        self._show_looking()

    def keep_best(self) -> None:
        """Keeps the best of each group that is sure, in one step that can be taken back."""
        groups, session = self._sure(), self.parts.session
        if groups:
            self._decide(lambda: duplicate_review.keep_best(session, groups))

    # What is shown

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.Gap.S)
        head.addWidget(self._title)
        head.addStretch(1)
        for widget in (self._progress, self._stop, self._look, self._all):
            head.addWidget(widget)
        tabs = QHBoxLayout(self._tab_row)
        tabs.setContentsMargins(0, 0, 0, 0)
        tabs.setSpacing(theme.Gap.XS)
        for tab in self._tabs.values():
            tabs.addWidget(tab)
        tabs.addStretch(1)
        below = QHBoxLayout(self._told)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.Gap.S)
        below.addWidget(self._said)
        below.addWidget(self._undo)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.S, theme.Gap.M)
        column.setSpacing(theme.Gap.M)
        column.addLayout(head)
        column.addWidget(self._tab_row)
        column.addWidget(self._hint)
        column.addWidget(self._stack, 1)
        column.addWidget(self._told)
        self._body.setMinimumWidth(WIDTH + 2 * theme.Gap.L)

    def _made_tabs(self) -> dict[Lane, QPushButton]:
        group = QButtonGroup(self)
        lanes: tuple[Lane, ...] = ("near", "burst", "exact")
        made = {}
        for lane in lanes:
            tab = button("", partial(self.show_lane, lane), kind="quiet")
            tab.setCheckable(True)
            tab.setChecked(lane == self._lane)
            group.addButton(tab)
            made[lane] = tab
        return made

    def _groups(self, lane: Lane) -> list[OpenGroup]:
        found = () if self._standing is None else self._standing.groups
        return [group for group in found if group.lane == lane]

    def _sure(self) -> list[OpenGroup]:
        return [group for group in self._groups("near") if group.is_sure]

    def _on_standing(self, standing: DuplicateReview) -> None:
        self._standing = standing
        self._show()

    def _show(self) -> None:
        standing = self._standing
        if standing is None:
            return
        never = standing.looked_at is None and not self._groups(self._lane)
        self._stack.setCurrentWidget(self._first if never else self._scroll)
        # Files of the same bytes are known without a look.
        self._tab_row.setVisible(bool(standing.groups) or not never)
        self._hint.setVisible(not never)
        counts = {lane: formatting.count(len(self._groups(lane))) for lane in self._tabs}
        names: dict[Lane, str] = {
            "near": self.tr("Same picture ({count})"),
            "burst": self.tr("Bursts ({count})"),
            "exact": self.tr("Exact copies ({count})"),
        }
        for lane, tab in self._tabs.items():
            tab.setText(names[lane].format(count=counts[lane]))
        self._hint.setText(self._hint_text(standing))
        sure = len(self._sure())
        self._all.setVisible(self._lane == "near" and sure > 0)
        self._all.setText(self.tr("Keep the best of %Ln sure group(s)", "", sure))
        self._show_looking()
        self._fill(self._groups(self._lane))

    def _hint_text(self, standing: DuplicateReview) -> str:
        catalog = self.parts.book.catalog
        if self._lane == "exact":
            return self.tr(
                "These are one photo for Photosort already, so tags and stars hold for all of them. "
                "A click shows a file in the file manager."
            )
        if catalog is not None and len(catalog) != standing.looked_at:
            return self.tr("Photos came or went since it was looked through.")
        return self.tr(
            "Click what stays and what goes. What goes is marked as discarded, not deleted."
        )

    def _fill(self, groups: list[OpenGroup]) -> None:
        wanted = groups[: self._shown]
        for group in [group for group in self._cards if group not in wanted]:
            gone = self._cards.pop(group)
            gone.hide()
            self._list.removeWidget(gone)
            gone.deleteLater()
        for place, group in enumerate(wanted):
            if group not in self._cards:
                self._cards[group] = self._card(group)
            card = self._cards[group]
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)
        self._none.setVisible(not wanted)
        self._more.setVisible(len(groups) > len(wanted))
        self._ask_pictures()

    def _card(self, group: OpenGroup) -> DuplicateCard:
        card = DuplicateCard(group)
        session, ids = self.parts.session, [copy.photo_id for copy in group.copies]
        card.kept.connect(
            lambda kept: self._decide(lambda: duplicate_review.keep(session, ids, kept))
        )
        card.told_apart.connect(
            lambda: self._decide(lambda: duplicate_review.mark_not_duplicates(session, ids))
        )
        card.compare_asked.connect(partial(self.compare_asked.emit, ids))
        card.file_shown.connect(self.file_shown)
        card.set_pictures(self._pictures)
        return card

    def _show_more(self) -> None:
        self._shown += _MOST_CARDS
        self._show()

    def _ask_pictures(self) -> None:
        session, scale = self.parts.session, self.devicePixelRatioF()
        shown = {copy.photo_id for group in self._cards for copy in group.copies}
        self._pictures = {one: held for one, held in self._pictures.items() if one in shown}
        wanted = sorted(shown - self._pictures.keys())
        if not wanted:
            return

        def work(_job: Job) -> dict[int, QImage]:
            from photosort.usecases.photos import thumbnails

            found = thumbnails.stored(session, wanted, round(WIDTH * scale))
            return {
                one: jpeg_image(picture.jpeg)
                for one, picture in found.items()
                if picture.jpeg is not None
            }

        self.parts.runner.latest(
            "duplicate pictures", session.lanes.reads, work, self._on_pictures, owner=self
        )

    def _on_pictures(self, pictures: dict[int, QImage]) -> None:
        self._pictures |= pictures
        for card in self._cards.values():
            card.set_pictures(pictures)

    # What is decided

    def _decide(self, work: Callable[[], ChangeSet]) -> None:
        def carried_out() -> ChangeSet:
            # Before anybody hears of the change on the window's thread.
            change = work()
            if change.history_id is not None:
                self._mine.add(change.history_id)
            return change

        self.parts.changes.carry_out(carried_out)

    def _on_change(self, change: ChangeSet) -> None:
        if change.history_id in self._mine:
            self._say(None if change.taken_back else change)

    def _say(self, change: ChangeSet | None) -> None:
        self._said.setText("" if change is None else formatting.translate(change.action))
        self._told.setVisible(change is not None)
        if change is not None:
            announce(self._said, self._said.text())

    # Looking

    def _on_progress(self, progress: Progress) -> None:
        share = f" {progress.done * 100 // progress.total} %" if progress.total else ""
        self._progress.setText(f"{formatting.translate(progress.phase)}{share}")

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_found(self) -> None:
        # No change of the user's, but the left panel counts the groups; this page reads again with it.
        self.parts.changes.made.emit(ChangeSet())
        self.refresh()

    def _on_looked(self) -> None:
        self._job = None
        self._progress.setText("")
        self._show_looking()

    def _show_looking(self) -> None:
        looking = self._job is not None
        standing = self._standing
        known = standing is not None and standing.looked_at is not None
        self._stop.setVisible(looking)
        self._look.setVisible(known and not looking)
        self._first.setEnabled(not looking)
