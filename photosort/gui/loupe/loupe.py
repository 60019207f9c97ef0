"""The loupe: one photo large, its neighbours one key away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QKeyCombination, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from photosort.domain.photos import Flag, Kind
from photosort.domain.pictures import Box
from photosort.gui.base import formatting, theme
from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement
from photosort.gui.grid.model import PhotoBook, PhotoListModel
from photosort.gui.grid.thumbnails import ThumbnailProvider
from photosort.gui.loupe import picture_choice
from photosort.gui.loupe.bars import Bars
from photosort.gui.loupe.commands import Commands, Key
from photosort.gui.loupe.filmstrip import Filmstrip
from photosort.gui.loupe.histogram import Histogram
from photosort.gui.loupe.information import InformationOverlay
from photosort.gui.loupe.marks_bar import MOST_STARS
from photosort.gui.loupe.pan_zoom import PanZoom
from photosort.gui.loupe.photo_view import KEY_STEP, PhotoView
from photosort.gui.loupe.pictures import Picture, PictureCache, PictureProvider, Wanted
from photosort.gui.loupe.slideshow import Slideshow
from photosort.gui.loupe.tag_entry import TagEntry
from photosort.gui.loupe.tones import Tones
from photosort.gui.loupe.top_bar import TopBar
from photosort.gui.widgets.basics import announce
from photosort.gui.widgets.completing import Completion

_PAN_PX = 80
# While the wheel turns, what it passes is not decoded.
_SETTLE_MS = 60
# Where one goes next is ready: two photos ahead, one behind.
_AHEAD = (1, -1, 2)

_Key = Qt.Key
_Shift = Qt.KeyboardModifier.ShiftModifier
_Ctrl = Qt.KeyboardModifier.ControlModifier


class Loupe(QWidget):
    """Shows photos one at a time; it changes nothing itself and asks for what it needs.

    Signals:
        closed: the user goes back (int: the photo that was shown last, -1 for none).
        current_photo_changed: another photo is shown (id: int).
        rating_set: the user rates a photo (id: int, 0 to 5).
        flag_set: the user picks or discards a photo (id: int, `Flag` or None).
        information_asked: what is known of a photo (id: int) is to come by `set_information`.
        full_screen_asked: the window is to use the whole screen (bool), or no longer.
        open_asked: a video (id: int) is to be opened in the system's player.
        menu_asked: a context menu for the current photo (QPoint, global).
        heat_asked: where the search matched a photo (id: int) is to come by `set_heat`.
        tones_asked: how bright the picture (`Picture`) of a photo (id: int) is, is to come by `set_tones`.
        part_asked: photos like a part of one (id: int, `Box`) are to be found.
        trash_asked: a photo (id: int) is to go to the wastebasket.
        tag_added: the user gives a photo (id: int) a tag (name: str).
        completions_asked: what was typed so far (str) for it; answer with `set_completions`.

    Attributes:
        view: the surface on which the photo is painted.
        filmstrip: all photos in one line.
        slideshow: one photo after the other.
        pictures: what is held in memory.
    """

    closed = Signal(int)
    current_photo_changed = Signal(int)
    rating_set = Signal(int, int)
    flag_set = Signal(int, object)
    information_asked = Signal(int)
    full_screen_asked = Signal(bool)
    open_asked = Signal(int)
    menu_asked = Signal(QPoint)
    heat_asked = Signal(int)
    tones_asked = Signal(int, object)
    part_asked = Signal(int, object)
    trash_asked = Signal(int)
    tag_added = Signal(int, str)
    completions_asked = Signal(str)

    def __init__(
        self,
        book: PhotoBook,
        pictures: PictureProvider,
        thumbnails: ThumbnailProvider,
        parent: QWidget | None = None,
    ) -> None:
        """Makes an empty loupe.

        Args:
            book: what is known of the photos, from memory.
            pictures: decodes photos and has their thumbnails.
            thumbnails: makes the small pictures of the filmstrip.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._book = book
        self._row = -1
        self._shows_heat = False
        self._measured: Picture | None = None
        self._advances = False
        self._show_takes_screen = self._show_leaves = False
        self._commands = Commands(self)
        self._model = PhotoListModel(book, self)
        self.pictures = PictureCache(pictures, parent=self)
        self.pictures.arrived.connect(self._on_arrived)
        self.slideshow = Slideshow(self)
        self.slideshow.advanced.connect(self._on_advanced)
        self.slideshow.changed.connect(self._on_slideshow_changed)
        self._settle_timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle_timer.timeout.connect(self._ask)
        theme.darken(self)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.set_look(self, "surface", "loupe")
        self.setAccessibleName(self.tr("Loupe"))
        self.view = PhotoView()
        self.view.framed.connect(self._on_framed)
        self.view.clicked.connect(self._on_clicked)
        self.view.boxed.connect(self._on_boxed)
        PanZoom(self.view, self.slideshow)
        self.filmstrip = Filmstrip(self._model, thumbnails)
        theme.set_look(self.filmstrip, "surface", "loupe")
        self.filmstrip.photo_chosen.connect(self._show_row)
        self._bar = TopBar()
        self._bars = Bars(self, self._bar, self.filmstrip, self.slideshow)
        self._information = InformationOverlay(self.view)
        self._information.hide()
        self._histogram = Histogram(self.view)
        self._histogram.hide()
        self._tag_entry = TagEntry(self.view)
        self._tag_entry.submitted.connect(self._on_tag)
        self._tag_entry.left.connect(self._on_tags_left)
        self._tag_entry.completions_asked.connect(self.completions_asked)
        self._connect_bar()
        self._add_commands()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addWidget(self.view, 1)
        whole.addWidget(self.filmstrip)
        self.view.setMouseTracking(True)
        self.setMouseTracking(True)
        self.setFocusProxy(self.view)

    # What it shows

    def open(self, ids: NDArray[np.int64], photo_id: int) -> None:
        """Shows one photo of some.

        Args:
            ids: int64 array of the photos in order; dividers are passed over.
            photo_id: the one to show; the first if it is not among them.
        """
        photos = ids[ids != DIVIDER_ID]
        self._model.set_arrangement(Arrangement(photos))
        self._row = -1
        self._show_row(max(0, self._model.arrangement.row_of(photo_id)))

    @property
    def photo_ids(self) -> NDArray[np.int64]:
        """The photos that the arrow keys lead through, in order."""
        return self._model.arrangement.ids

    def set_photos(self, ids: NDArray[np.int64]) -> None:
        """Takes over another list, because photos came or went; the current one stays if it is still there."""
        current, row = self.current_photo(), self._row
        self._model.set_arrangement(Arrangement(ids[ids != DIVIDER_ID]))
        count = self._model.rowCount()
        found = self._model.arrangement.row_of(current)
        if not count:
            self._close()
            return
        self._row = -1 if found < 0 else found
        self._show_row(found if found >= 0 else min(row, count - 1))

    def update_photos(self, photo_ids: Iterable[int], *, files: bool = False) -> None:
        """Shows again what the book says of these photos.

        Args:
            photo_ids: what changed.
            files: their files changed too, so that their pictures are made again.
        """
        changed = set(photo_ids)
        self._model.update_photos(changed)
        if files:
            self.pictures.forget(changed)
            self.filmstrip.thumbnails.forget(changed)
        if self.current_photo() in changed:
            self._show_words()
            if files:
                # Another picture may have another shape.
                self.view.start_over()
                self._ask()
            self._refresh()
            if self._information.isVisibleTo(self.view):
                self.information_asked.emit(self.current_photo())

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Offers completions for the tag that is typed."""
        self._tag_entry.set_completions(completions)

    def set_information(self, photo_id: int, rows: Sequence[tuple[str, str]]) -> None:
        """What is known of a photo, as names and values; of one that is no longer shown it is dropped."""
        if photo_id == self.current_photo():
            self._information.set_rows(rows)
            self._place_information()

    def set_heat(self, photo_id: int, heat: QImage | None, said: str) -> None:
        """Where the search matched a photo; of one that is no longer shown it is dropped.

        Args:
            photo_id: the photo.
            heat: laid over it; None where there is nothing to show.
            said: the place, or why there is none, as a sentence.
        """
        if photo_id == self.current_photo() and self._shows_heat:
            self.view.show_heat(heat)
            self.view.show_hint(said)
            announce(self.view, said)

    def set_tones(self, photo_id: int, picture: Picture, tones: Tones) -> None:
        """How bright a picture is; of one that is no longer shown it is dropped."""
        if photo_id == self.current_photo() and picture is self._measured:
            self._histogram.set_tones(tones)
            self.view.show_marks(replace(picture, image=tones.marks))

    def current_photo(self) -> int:
        """The photo that is shown, or -1."""
        return self._model.photo_id(self._row)

    @property
    def position(self) -> tuple[int, int]:
        """Place of the photo, from 1, and number of photos."""
        return self._row + 1, self._model.rowCount()

    def set_advance(self, *, on: bool) -> None:
        """Whether the next photo comes once one was given stars or a flag."""
        self._advances = on

    def set_single_letters(self, *, on: bool) -> None:
        """Switches the commands that are one letter or figure on or off."""
        self._commands.set_single_letters(on=on)

    def commands(self) -> list[QAction]:
        """All commands with their texts and keys, for the sheet of shortcuts."""
        return self._commands.actions

    def set_full_screen(self, *, on: bool) -> None:
        """Follows the window: on the whole screen the bars go while nothing is done."""
        self._bars.set_full_screen(on=on)

    # Going from photo to photo

    def step(self, by: int) -> None:
        """Goes on or back by some photos, as far as there are any."""
        count = self._model.rowCount()
        if count:
            self._show_row(min(max(self._row + by, 0), count - 1))

    def _show_row(self, row: int) -> None:
        if row == self._row or not 0 <= row < self._model.rowCount():
            return
        self._row = row
        self._measured = None
        self._histogram.set_tones(None)
        self.slideshow.photo_changed()
        self.view.start_over()
        self.filmstrip.go_to(row)
        self._show_words()
        self._refresh()
        self._ask()
        photo = self.current_photo()
        self.current_photo_changed.emit(photo)
        if self._information.isVisibleTo(self.view):
            self.information_asked.emit(photo)
        if self._shows_heat:
            self.heat_asked.emit(photo)
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self.view, self.view.accessibleName())
            QAccessible.updateAccessibility(event)

    def _show_words(self) -> None:
        photo = self.current_photo()
        if photo < 0:
            return
        marks = self._book.marks(photo)
        place, count = self.position
        position = self.tr("{place} of {count}").format(
            place=formatting.count(place), count=formatting.count(count)
        )
        # Name, date and place; what follows is told by tags and stars.
        title, _, _ = self._book.describe(photo).partition(";")
        self._bar.set_photo(title, position, marks.rating, marks.flag)
        index = self._model.index(self._row)
        self.view.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    # Pictures

    def _ask(self) -> None:
        """Asks for what the current photo needs, then for its neighbours."""
        photo = self.current_photo()
        if photo < 0 or not self.isVisible():
            return
        wanted = self._wanted(photo)
        framing = self.view.framing
        if framing is not None and self._can_decode(photo):
            layers = picture_choice.layers(self.pictures, photo, framing)
            closer = picture_choice.detail_for_zoom(photo, framing, layers.finest)
            wanted += [] if closer is None else [closer]
        for by in _AHEAD:
            neighbour = self._model.photo_id(self._row + by)
            if neighbour >= 0:
                wanted += self._wanted(neighbour)
        self.pictures.want(wanted)
        self._refresh()

    def _wanted(self, photo: int) -> list[Wanted]:
        first = [picture_choice.thumbnail(photo)]
        if self._can_decode(photo):
            first.append(picture_choice.fitted(photo, self.view.view_size()))
        return first

    def _can_decode(self, photo: int) -> bool:
        return picture_choice.can_decode(self._book.marks(photo))

    def _refresh(self) -> None:
        photo = self.current_photo()
        layers = picture_choice.layers(self.pictures, photo, self.view.framing)
        self.view.show_layers(layers)
        self._measure()
        self._say(photo, layers)
        framing = self.view.framing
        self._bar.set_percent(None if framing is None else framing.scale)
        if layers.size is not None or layers.problem or not self._can_decode(photo):
            self.slideshow.photo_shown()

    def _say(self, photo: int, layers: picture_choice.Layers) -> None:
        text, icon = picture_choice.message(self._book.marks(photo), layers)
        self.view.show_message(text, icon=icon)
        note = ""
        if layers.finest < 1:
            note = self.tr("Shown at {percent} of its size at most: the photo is very large.")
            note = note.format(percent=formatting.percent(layers.finest))
        self.view.show_note(note)

    def _measure(self) -> None:
        """Asks for the histogram of what is painted, once for each picture."""
        picture = self.view.finest_picture
        if picture is None or picture is self._measured or self._histogram.isHidden():
            return
        self._measured = picture
        self.tones_asked.emit(self.current_photo(), picture)

    def _on_arrived(self, photo_id: int) -> None:
        if photo_id == self.current_photo():
            had_size = self.view.framing is not None
            self._refresh()
            if not had_size and self.view.framing is not None:
                self._settle_timer.start()

    def _on_framed(self) -> None:
        framing = self.view.framing
        self._bar.set_percent(None if framing is None else framing.scale)
        self._settle_timer.start()
        self._place_information()

    # What the user asks for

    def _connect_bar(self) -> None:
        bar = self._bar
        bar.back_asked.connect(self._close)
        bar.fit_asked.connect(self.view.fit)
        bar.actual_asked.connect(partial(self.view.zoom_to, 1.0))
        bar.closer_asked.connect(partial(self.view.zoom, KEY_STEP))
        bar.farther_asked.connect(partial(self.view.zoom, 1 / KEY_STEP))
        bar.slideshow_asked.connect(self._toggle_slideshow)
        bar.information_toggled.connect(self._show_information)
        bar.heat_toggled.connect(self._show_heat)
        bar.histogram_toggled.connect(self._show_histogram)
        bar.part_asked.connect(self._begin_box)
        bar.full_screen_toggled.connect(self.full_screen_asked)
        bar.marks.rating_chosen.connect(self._rate)
        bar.marks.flag_chosen.connect(self._mark)

    def _add_commands(self) -> None:
        add = self._commands.add
        right, left = _Key.Key_Right, _Key.Key_Left
        ahead, back = (left, right) if self._is_mirrored() else (right, left)
        step = self.step
        add(self.tr("Next photo"), [ahead, _Key.Key_PageDown], partial(step, 1), repeats=True)
        add(self.tr("Previous photo"), [back, _Key.Key_PageUp], partial(step, -1), repeats=True)
        add(self.tr("First photo"), [_Key.Key_Home], partial(self._show_row, 0))
        add(self.tr("Last photo"), [_Key.Key_End], self._show_last)
        self._add_zoom_commands()
        for stars in range(MOST_STARS + 1):
            key = Qt.Key(_Key.Key_0.value + stars)
            text = self.tr("%n star(s)", "", stars) if stars else self.tr("No rating")
            add(text, [key], partial(self._rate, stars), letter=True)
        add(self.tr("Pick"), [_Key.Key_P], partial(self._mark, Flag.PICK), letter=True)
        add(self.tr("Discard"), [_Key.Key_X], partial(self._mark, Flag.DISCARD), letter=True)
        add(self.tr("Clear flag"), [_Key.Key_U], partial(self._mark, None), letter=True)
        add(self.tr("Move to wastebasket\u2026"), [_Key.Key_Delete], self._ask_for_trash)
        add(self.tr("Add tag\u2026"), [_Key.Key_T], self._tag_entry.begin, letter=True)
        add(self.tr("Information"), [_Key.Key_I], self._toggle_information, letter=True)
        add(self.tr("Show where it matched"), [_Key.Key_H], self._toggle_heat, letter=True)
        add(self.tr("Histogram and clipping"), [_Key.Key_J], self.toggle_histogram, letter=True)
        add(self.tr("Search by a part of the photo"), [_Key.Key_B], self._begin_box, letter=True)
        add(self.tr("Full screen"), [_Key.Key_F11], self._toggle_full_screen)
        add(self.tr("Full screen"), [_Key.Key_F], self._toggle_full_screen, letter=True)
        add(self.tr("Slideshow"), [_Key.Key_F5], self._toggle_slideshow)
        add(self.tr("Pause the slideshow, or go back"), [_Key.Key_Space], self._on_space)
        add(self.tr("Play the video"), [_Key.Key_Return, _Key.Key_Enter], self._play)
        add(self.tr("Back"), [_Key.Key_Escape], self._on_escape)
        add(self.tr("Back to the photos"), [_Key.Key_G], self._close, letter=True)

    def _add_zoom_commands(self) -> None:
        add, view = self._commands.add, self.view
        plus = (_Key.Key_Plus, _Key.Key_Equal)
        closer: list[Key] = [*plus, *(QKeyCombination(_Ctrl, key) for key in plus)]
        farther: list[Key] = [_Key.Key_Minus, QKeyCombination(_Ctrl, _Key.Key_Minus)]
        add(self.tr("Zoom in"), closer, partial(view.zoom, KEY_STEP), repeats=True)
        add(self.tr("Zoom out"), farther, partial(view.zoom, 1 / KEY_STEP), repeats=True)
        add(self.tr("Show the whole photo"), [QKeyCombination(_Ctrl, _Key.Key_0)], view.fit)
        add(
            self.tr("Actual size"), [QKeyCombination(_Ctrl, _Key.Key_1)], partial(view.zoom_to, 1.0)
        )
        add(self.tr("Whole photo or actual size"), [_Key.Key_Z], view.toggle, letter=True)
        for text, key, x, y in (
            (self.tr("Look further left"), _Key.Key_Left, _PAN_PX, 0),
            (self.tr("Look further right"), _Key.Key_Right, -_PAN_PX, 0),
            (self.tr("Look further up"), _Key.Key_Up, 0, _PAN_PX),
            (self.tr("Look further down"), _Key.Key_Down, 0, -_PAN_PX),
        ):
            add(text, [QKeyCombination(_Shift, key)], partial(view.pan, x, y), repeats=True)

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _show_last(self) -> None:
        self._show_row(self._model.rowCount() - 1)

    def _rate(self, stars: int) -> None:
        if self.current_photo() >= 0:
            self.rating_set.emit(self.current_photo(), stars)
            self._advance()

    def _mark(self, flag: Flag | None) -> None:
        if self.current_photo() >= 0:
            self.flag_set.emit(self.current_photo(), flag)
            self._advance()

    def _advance(self) -> None:
        if self._advances:
            self.step(1)

    def _ask_for_trash(self) -> None:
        if self.current_photo() >= 0:
            self.trash_asked.emit(self.current_photo())

    def _on_tag(self, name: str) -> None:
        if self.current_photo() >= 0:
            self.tag_added.emit(self.current_photo(), name)
            said = self.tr("Added the tag {tag}").format(tag=name)
            self.view.show_hint(said)
            announce(self.view, said)

    def _on_tags_left(self) -> None:
        self.view.show_hint("")
        self.view.setFocus()

    def _play(self) -> None:
        photo = self.current_photo()
        if self._book.marks(photo).kind is Kind.VIDEO:
            self.open_asked.emit(photo)

    def _on_clicked(self) -> None:
        if self.slideshow.is_running:
            self.slideshow.toggle_pause()

    def _on_space(self) -> None:
        if self.slideshow.is_running:
            self.slideshow.toggle_pause()
        else:
            self._close()

    def _on_escape(self) -> None:
        if self.view.is_boxing:
            self.view.end_box()
            self.view.show_hint("")
        elif self.slideshow.is_running:
            self._end_slideshow()
        elif self._bars.is_full_screen:
            self.full_screen_asked.emit(False)
        else:
            self._close()

    def _close(self) -> None:
        self.slideshow.stop()
        if self._bars.is_full_screen:
            self.full_screen_asked.emit(False)
        self.closed.emit(self.current_photo())

    # Slideshow, full screen, information

    def start_slideshow(self, *, leaves: bool = False) -> None:
        """Shows one photo after the other on the whole screen.

        Args:
            leaves: at its end the user goes back to the photos, instead of the loupe.
        """
        self._show_leaves = leaves
        self._show_takes_screen = not self._bars.is_full_screen
        self.view.fit()
        self._show_histogram(False)
        self.slideshow.start()
        self._refresh()
        if self._show_takes_screen:
            self.full_screen_asked.emit(True)

    def _toggle_slideshow(self) -> None:
        if self.slideshow.is_running:
            self._end_slideshow()
        else:
            self.start_slideshow()

    def _end_slideshow(self) -> None:
        self.slideshow.stop()
        self.view.fit()
        if self._show_leaves:
            self._close()
        elif self._show_takes_screen:
            self.full_screen_asked.emit(False)

    def _on_advanced(self) -> None:
        last = self._row + 1 >= self._model.rowCount()
        self._show_row(0 if last else self._row + 1)

    def _on_slideshow_changed(self) -> None:
        if QAccessible.isActive():
            running = self.slideshow.is_running and not self.slideshow.is_paused
            text = self.tr("Slideshow on") if running else self.tr("Slideshow paused")
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, text))

    def _toggle_full_screen(self) -> None:
        self.full_screen_asked.emit(not self._bars.is_full_screen)

    def _toggle_information(self) -> None:
        self._show_information(shown=self._information.isHidden())

    def _show_information(self, shown: bool) -> None:  # noqa: FBT001 (a slot of toggled)
        self._information.setVisible(shown)
        self._bar.set_information(shown=shown)
        self._place_information()
        if shown and self.current_photo() >= 0:
            self.information_asked.emit(self.current_photo())

    def show_heat(self) -> None:
        """Shows where the search matched, as the key does."""
        self._show_heat(True)

    def _toggle_heat(self) -> None:
        self._show_heat(not self._shows_heat)

    def _show_heat(self, shown: bool) -> None:  # noqa: FBT001 (a slot of toggled)
        self._shows_heat = shown
        self._bar.set_heat(shown=shown)
        self.view.show_heat(None)
        self.view.show_hint("")
        if shown and self.current_photo() >= 0:
            self.heat_asked.emit(self.current_photo())

    @property
    def has_histogram(self) -> bool:
        """Whether the histogram is shown."""
        return not self._histogram.isHidden()

    def toggle_histogram(self) -> None:
        """Shows or hides the histogram and the marks of what is clipped."""
        self._show_histogram(self._histogram.isHidden())

    def _show_histogram(self, shown: bool) -> None:  # noqa: FBT001 (a slot of toggled)
        self._histogram.setVisible(shown)
        self._bar.set_histogram(shown=shown)
        self._measured = None
        self.view.show_marks(None)
        self._place_information()
        self._measure()

    def _begin_box(self) -> None:
        self.view.begin_box()
        if self.view.is_boxing:
            self.view.show_hint(self.tr("Drag a box around what to look for."))

    def _on_boxed(self, box: Box | None) -> None:
        self.view.show_hint("")
        if box is not None and self.current_photo() >= 0:
            self.part_asked.emit(self.current_photo(), box)

    def _place_information(self) -> None:
        gap = theme.Gap.M
        height = self._information.wanted_height(self.view.height() - 2 * gap)
        self._information.setFixedHeight(max(0, height))
        x = gap if self._is_mirrored() else self.view.width() - self._information.width() - gap
        self._information.move(x, gap)
        across = self.view.width() - self._histogram.width() - gap if self._is_mirrored() else gap
        self._histogram.move(across, self.view.height() - self._histogram.height() - gap)
        self._tag_entry.place()

    # Events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Brings the bars back."""
        super().mouseMoveEvent(event)
        self._bars.on_pointer()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu of the photo."""
        at_pointer = event.reason() == QContextMenuEvent.Reason.Mouse
        middle = self.view.mapToGlobal(self.view.rect().center())
        self.menu_asked.emit(event.globalPos() if at_pointer else middle)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the information in its corner."""
        super().resizeEvent(event)
        self._place_information()

    def showEvent(self, event: QShowEvent) -> None:
        """Asks for what is now visible."""
        super().showEvent(event)
        self.view.setFocus()
        self._settle_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Lets go of everything that takes memory or time."""
        super().hideEvent(event)
        self.slideshow.stop()
        self._settle_timer.stop()
        self._bars.stop()
        self.pictures.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_bar"):
            self._show_words()
