"""Photos side by side: zoomed and moved together, judged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosort.domain.photos import Flag
from photosort.gui.base import formatting, theme
from photosort.gui.compare.pane import ComparePane
from photosort.gui.grid.model import PhotoBook
from photosort.gui.loupe.commands import Commands, Key
from photosort.gui.loupe.dark_buttons import dark_button
from photosort.gui.loupe.marks_bar import MOST_STARS
from photosort.gui.loupe.photo_view import KEY_STEP
from photosort.gui.loupe.pictures import PictureCache, PictureProvider

FEWEST = 2
MOST = 4
_SETTLE_MS = 60
_BAR_HEIGHT = 44
_Key = Qt.Key


class CompareView(QWidget):
    """Two to four photos at once, of any number; it changes nothing itself.

    Of more than four, those that wait come in as the best is kept: it stays, the others go.

    Signals:
        closed: the user goes back (int: the photo that was kept last, -1 for none).
        kept: one photo (id: int) is the best, and the others (list of ids) are to be discarded.
        rating_set: the user rates a photo (id: int, 0 to 5).
        flag_set: the user picks or discards a photo (id: int, `Flag` or None).
        current_photo_changed: the keys act on another photo (id: int).

    Attributes:
        pictures: what is held in memory.
    """

    closed = Signal(int)
    kept = Signal(int, list)
    rating_set = Signal(int, int)
    flag_set = Signal(int, object)
    current_photo_changed = Signal(int)

    def __init__(
        self, book: PhotoBook, pictures: PictureProvider, parent: QWidget | None = None
    ) -> None:
        """Makes an empty comparison.

        Args:
            book: what is known of the photos, from memory.
            pictures: decodes photos and has their thumbnails.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._book = book
        self._panes: list[ComparePane] = []
        self._waiting: list[int] = []
        self._current = 0
        self._is_following = False
        self.pictures = PictureCache(pictures, parent=self)
        self.pictures.arrived.connect(self._on_arrived)
        self._settle_timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle_timer.timeout.connect(self._ask)
        theme.darken(self)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_look(self, "surface", "loupe")
        self.setAccessibleName(self.tr("Compare"))
        self._more = QLabel()
        theme.set_text(self._more, theme.Text.BODY, role="second")
        self._percent = QLabel()
        theme.set_text(self._percent, theme.Text.SMALL, role="second")
        self._together = dark_button(
            "link", self.tr("Zoom and move together"), hint="L", checkable=True
        )
        self._together.setChecked(True)
        self._together.toggled.connect(self._on_together_toggled)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.Gap.XS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.Gap.XS, 0, theme.Gap.XS, theme.Gap.XS)
        whole.setSpacing(0)
        whole.addWidget(self._made_bar())
        whole.addLayout(self._grid, 1)
        self._commands = Commands(self)
        self._add_commands()

    def open(self, photo_ids: Sequence[int]) -> None:
        """Shows the first of these photos; the others wait.

        Raises:
            ValueError: fewer than two.
        """
        if len(photo_ids) < FEWEST:
            raise ValueError(f"{len(photo_ids)} photos cannot be compared")
        self._take_out(self._panes)
        self._waiting = list(photo_ids)
        self._fill_up()
        self._make_current(0)

    def keep_best(self) -> None:
        """Keeps the current photo and discards those beside it; the next ones come, or the comparison ends."""
        best = self.current_photo()
        others = [pane for pane in self._panes if pane.photo_id != best]
        if not others:
            return
        self.kept.emit(best, [pane.photo_id for pane in others])
        if not self._waiting:
            self.closed.emit(best)
            return
        self._take_out(others)
        self._fill_up()
        self._make_current(0)

    def photos(self) -> list[int]:
        """The photos that are compared."""
        return [pane.photo_id for pane in self._panes]

    def panes(self) -> list[ComparePane]:
        """Their panes."""
        return list(self._panes)

    def current_photo(self) -> int:
        """The photo that the keys act on, or -1."""
        return self._panes[self._current].photo_id if self._panes else -1

    def update_photos(self, photo_ids: Iterable[int]) -> None:
        """Shows again what the book says of these photos."""
        changed = set(photo_ids)
        for place, pane in enumerate(self._panes, start=1):
            if pane.photo_id in changed:
                pane.show_words(place, len(self._panes))
                pane.show_pictures(self.pictures)

    def set_single_letters(self, *, on: bool) -> None:
        """Switches the commands that are one letter or figure on or off."""
        self._commands.set_single_letters(on=on)

    def commands(self) -> list[QAction]:
        """All commands with their texts and keys, for the sheet of shortcuts."""
        return self._commands.actions

    def _made_bar(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(_BAR_HEIGHT)
        line = QHBoxLayout(bar)
        line.setContentsMargins(theme.Gap.XS, 0, theme.Gap.XS, 0)
        line.setSpacing(theme.Gap.XS)
        back = dark_button("chevron-left", self.tr("Back to the photos"), hint="Esc")
        back.clicked.connect(self._close)
        keep = dark_button("pick", self.tr("Keep the framed photo, discard the others"), hint="K")
        keep.clicked.connect(self.keep_best)
        title = QLabel(self.tr("Compare"))
        theme.set_text(title, theme.Text.BODY)
        farther = dark_button("zoom-out", self.tr("Zoom out"), hint="-")
        closer = dark_button("zoom-in", self.tr("Zoom in"), hint="+")
        fit = dark_button("fit", self.tr("Show the whole photos"), hint="Z")
        actual = dark_button("actual-size", self.tr("Actual size"), hint="Ctrl+1")
        farther.clicked.connect(partial(self._zoom, 1 / KEY_STEP))
        closer.clicked.connect(partial(self._zoom, KEY_STEP))
        fit.clicked.connect(self._fit)
        actual.clicked.connect(self._actual)
        line.addWidget(back)
        line.addWidget(title)
        line.addWidget(self._more)
        line.addStretch(1)
        line.addWidget(keep)
        line.addSpacing(theme.Gap.M)
        for widget in (farther, self._percent, closer, fit, actual, self._together):
            line.addWidget(widget)
        return bar

    def _add_commands(self) -> None:
        add = self._commands.add
        for place in range(MOST):
            key = QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key(_Key.Key_1.value + place))
            text = self.tr("Photo {place} of the comparison").format(place=place + 1)
            add(text, [key], partial(self._make_current, place))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ahead, back = (_Key.Key_Left, _Key.Key_Right)[:: 1 if mirrored else -1]
        add(self.tr("Next photo"), [ahead, _Key.Key_Down], partial(self._step, 1), repeats=True)
        add(self.tr("Previous photo"), [back, _Key.Key_Up], partial(self._step, -1), repeats=True)
        control = Qt.KeyboardModifier.ControlModifier
        closer: list[Key] = [_Key.Key_Plus, _Key.Key_Equal]
        add(self.tr("Zoom in"), closer, partial(self._zoom, KEY_STEP), repeats=True)
        add(self.tr("Zoom out"), [_Key.Key_Minus], partial(self._zoom, 1 / KEY_STEP), repeats=True)
        add(self.tr("Show the whole photos"), [QKeyCombination(control, _Key.Key_0)], self._fit)
        add(self.tr("Actual size"), [QKeyCombination(control, _Key.Key_1)], self._actual)
        add(self.tr("Whole photos or actual size"), [_Key.Key_Z], self._toggle, letter=True)
        add(self.tr("Zoom and move together"), [_Key.Key_L], self._together.toggle, letter=True)
        for stars in range(MOST_STARS + 1):
            key_of_stars = Qt.Key(_Key.Key_0.value + stars)
            text = self.tr("%n star(s)", "", stars) if stars else self.tr("No rating")
            add(text, [key_of_stars], partial(self._rate, stars), letter=True)
        add(self.tr("Pick"), [_Key.Key_P], partial(self._mark, Flag.PICK), letter=True)
        add(self.tr("Discard"), [_Key.Key_X], partial(self._mark, Flag.DISCARD), letter=True)
        add(self.tr("Clear flag"), [_Key.Key_U], partial(self._mark, None), letter=True)
        keep = self.tr("Keep the framed photo, discard the others")
        add(keep, [_Key.Key_K], self.keep_best, letter=True)
        add(self.tr("Back"), [_Key.Key_Escape], self._close)

    # Panes

    def _arrange(self) -> None:
        """Two and three stand in a line, four in a square."""
        columns = 2 if len(self._panes) == MOST else len(self._panes)
        for place, pane in enumerate(self._panes):
            self._grid.addWidget(pane, place // columns, place % columns)
            pane.show_words(place + 1, len(self._panes))
        waiting = len(self._waiting)
        self._more.setText(self.tr("%Ln more to come", "", waiting) if waiting else "")
        self._settle_timer.start()

    def _fill_up(self) -> None:
        """Shows the photos that wait, as far as there is room."""
        room = MOST - len(self._panes)
        for photo_id in self._waiting[:room]:
            self._panes.append(self._made_pane(photo_id))
        self._waiting = self._waiting[room:]
        self._arrange()

    def _made_pane(self, photo_id: int) -> ComparePane:
        pane = ComparePane(photo_id, self._book)
        pane.activated.connect(partial(self._on_activated, pane))
        pane.removed.connect(partial(self._on_removed, pane))
        pane.view.framed.connect(partial(self._on_framed, pane))
        pane.marks.rating_chosen.connect(partial(self._rate_in, pane))
        pane.marks.flag_chosen.connect(partial(self._mark_in, pane))
        return pane

    def _take_out(self, panes: Sequence[ComparePane]) -> None:
        for pane in list(panes):
            self._panes.remove(pane)
            self._grid.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
        self._current = 0

    def _close(self) -> None:
        self.closed.emit(-1)

    def _on_removed(self, pane: ComparePane) -> None:
        if len(self._panes) + len(self._waiting) <= FEWEST:
            self._close()
            return
        place = self._panes.index(pane)
        self._take_out([pane])
        self._fill_up()
        self._make_current(min(place, len(self._panes) - 1))

    def _on_activated(self, pane: ComparePane) -> None:
        self._make_current(self._panes.index(pane))

    def _step(self, by: int) -> None:
        if self._panes:
            self._make_current((self._current + by) % len(self._panes))

    def _make_current(self, place: int) -> None:
        if not 0 <= place < len(self._panes):
            return
        self._current = place
        for other, pane in enumerate(self._panes):
            pane.set_current(current=other == place)
        self._panes[place].view.setFocus(Qt.FocusReason.TabFocusReason)
        self.setFocusProxy(self._panes[place].view)
        self._show_percent()
        self.current_photo_changed.emit(self.current_photo())

    # Zoom

    def _zoom(self, factor: float) -> None:
        for pane in self._acted_on():
            pane.view.zoom(factor)

    def _fit(self) -> None:
        for pane in self._acted_on():
            pane.view.fit()

    def _actual(self) -> None:
        for pane in self._acted_on():
            pane.view.zoom_to(1.0)

    def _toggle(self) -> None:
        for pane in self._acted_on():
            pane.view.toggle()

    def _acted_on(self) -> list[ComparePane]:
        """The current pane; the others follow it."""
        return self._panes[self._current : self._current + 1]

    def _on_framed(self, pane: ComparePane) -> None:
        self._settle_timer.start()
        if pane not in self._panes or self._is_following:
            return
        self._follow(pane)
        self._show_percent()

    def _follow(self, led_by: ComparePane) -> None:
        framing = led_by.view.framing
        if framing is None or not self._together.isChecked():
            return
        self._is_following = True
        try:
            for pane in self._panes:
                own = pane.view.framing
                if pane is not led_by and own is not None:
                    pane.view.set_framing(own.like(framing))
        finally:
            self._is_following = False

    def _on_together_toggled(self, together: bool) -> None:  # noqa: FBT001 (a slot of toggled)
        if together and self._panes:
            self._follow(self._panes[self._current])

    def _show_percent(self) -> None:
        framing = self._panes[self._current].view.framing if self._panes else None
        self._percent.setText("" if framing is None else formatting.percent(framing.scale))

    # Pictures

    def _ask(self) -> None:
        if not self.isVisible():
            return
        needed = [pane.wanted(self.pictures) for pane in self._panes]
        # All thumbnails, then all whole photos, then what is looked at closely.
        longest = max(map(len, needed), default=0)
        self.pictures.want([w[i] for i in range(longest) for w in needed if i < len(w)])
        for pane in self._panes:
            self._show(pane)

    def _on_arrived(self, photo_id: int) -> None:
        for pane in self._panes:
            if pane.photo_id == photo_id:
                self._show(pane)

    def _show(self, pane: ComparePane) -> None:
        """Paints what there is of a photo; one that is new follows the others, and not they it."""
        is_new = pane.view.framing is None
        self._is_following = is_new
        try:
            pane.show_pictures(self.pictures)
        finally:
            self._is_following = False
        if is_new:
            self._join(pane)

    def _join(self, pane: ComparePane) -> None:
        """A photo that comes later is framed as the others are."""
        leader = self._panes[self._current]
        framing, own = leader.view.framing, pane.view.framing
        if pane is not leader and framing is not None and own is not None:
            self._follow(leader)
        self._show_percent()

    # Decisions

    def _rate(self, stars: int) -> None:
        if self._panes:
            self.rating_set.emit(self.current_photo(), stars)

    def _mark(self, flag: Flag | None) -> None:
        if self._panes:
            self.flag_set.emit(self.current_photo(), flag)

    def _rate_in(self, pane: ComparePane, stars: int) -> None:
        self.rating_set.emit(pane.photo_id, stars)

    def _mark_in(self, pane: ComparePane, flag: Flag | None) -> None:
        self.flag_set.emit(pane.photo_id, flag)

    def showEvent(self, event: QShowEvent) -> None:
        """Asks for what is now visible."""
        super().showEvent(event)
        self._settle_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Lets go of the pictures."""
        super().hideEvent(event)
        self._settle_timer.stop()
        self.pictures.clear()
