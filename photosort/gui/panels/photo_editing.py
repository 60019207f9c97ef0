"""Previews and carries out what the information panel's editors ask for: dates, places, texts and kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from photosort.domain.dates import precision_of, wall_clock_ms
from photosort.errors import PhotosortError
from photosort.gui.base import formatting
from photosort.gui.widgets.edit_box import DateEdit, DateWish, EditBox, Editor, TextWish

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Kind, Metadata, Photo
    from photosort.gui.base.runner import Runner
    from photosort.gui.controllers.decisions import Changes
    from photosort.progress import Job
    from photosort.usecases.photos.date_changes import Dates
    from photosort.usecases.photos.place_changes import Place
    from photosort.usecases.session.session import Session


R = TypeVar("R")


class PhotoEditing(QObject):
    """Works out in the reading lane what a wish would change, and hands it to the use cases as one undo step."""

    def __init__(
        self,
        box: EditBox,
        runner: Runner,
        selected: Callable[[], Sequence[int]],
        current: Callable[[], int],
    ) -> None:
        """Begins to serve the editors.

        Args:
            box: the editors, which own this.
            runner: runs the reading.
            selected: the photos that are selected now.
            current: the one of them that the user looks at.
        """
        super().__init__(box)
        self._box = box
        self._runner = runner
        self._selected = selected
        self._current = current
        self._session: Session | None = None
        self._changes: Changes | None = None
        self._ids: list[int] = []
        self._dates: Dates = {}
        self._place: Place | None = None
        self._copied: tuple[Place, str] | None = None
        # The selection is gone for a moment while the photos are swapped.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._on_settled)
        box.opened.connect(self._on_opened)
        box.date.previewed.connect(self._preview_date)
        box.date.applied.connect(self._change_date)
        box.place.previewed.connect(self._preview_place)
        box.place.applied.connect(lambda _wish: self._set_place(self._place))
        box.place.removed.connect(lambda: self._set_place(None))
        box.place.copied.connect(self._copy_place)
        box.place.pasted.connect(self._paste_place)
        box.text.previewed.connect(self._preview_text)
        box.text.applied.connect(self._change_text)
        box.kind.previewed.connect(self._preview_kind)
        box.kind.applied.connect(self._change_kind)

    def open_library(self, session: Session, changes: Changes) -> None:
        """Edits photos of a library from now on."""
        self._session, self._changes = session, changes

    def follow_selection(self) -> None:
        """Closes the editor once other photos are selected."""
        self._settled.start()

    def _on_settled(self) -> None:
        chosen = self._selected()
        # Mostly there is nothing to compare: of 100,000 photos it takes 60 ms.
        if len(chosen) != len(self._ids) or set(chosen) != set(self._ids):
            self._box.close_editor()

    def _on_opened(self, key: str) -> None:
        """Tells an editor what is known now."""
        ids = list(self._selected())
        current = self._current()
        # What is set for "this one" is the photo that the user looks at.
        self._ids = [current, *(one for one in ids if one != current)] if current in ids else ids
        box = self._box
        if key == "date":
            self._read(lambda said: box.date.set_date(_typed(said[0]) if len(said) == 1 else ""))
        elif key == "place":
            copied = "" if self._copied is None else self._copied[1]
            box.place.set_place(is_known=False, copied=copied)
            self._read(
                lambda said: box.place.set_place(
                    is_known=any(one.latitude is not None for one in said), copied=copied
                )
            )
        elif key == "text":
            self._read(self._show_texts)
        else:
            self._read_photos(self._show_kind)

    def _show_texts(self, said: list[Metadata]) -> None:
        titles, captions = {one.title or "" for one in said}, {one.caption or "" for one in said}
        self._box.text.set_texts(
            titles.pop() if len(titles) == 1 else "", captions.pop() if len(captions) == 1 else ""
        )

    # Dates

    def _preview_date(self, wish: DateWish) -> None:
        if not wish.text and wish.how is not DateEdit.PLACE:
            self._box.date.show_problem("")
            return
        ids = self._ids

        def work(session: Session) -> tuple[Dates, str]:
            dates = _dates(session, ids, wish)
            return dates, _dates_said(ids, dates, _photos(session, ids[:1])[0].effective)

        def then(found: tuple[Dates, str]) -> None:
            self._dates = found[0]
            self._box.date.show_preview(found[1])

        self._work_out(self._box.date, work, then)

    def _change_date(self, _wish: DateWish) -> None:
        dates = self._dates

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.photos import date_changes

            return date_changes.change_dates(session, dates)

        self._carry_out(work)

    # Places

    def _preview_place(self, text: str) -> None:
        if not text:
            self._box.place.show_problem("")
            return

        def work(_session: Session) -> tuple[Place, str]:
            from photosort.usecases.photos import place_changes

            is_numbers = any(letter.isdigit() for letter in text)
            place = (place_changes.parse_place if is_numbers else place_changes.place_of_town)(text)
            return place, _place_said(place)

        def then(found: tuple[Place, str]) -> None:
            self._place = found[0]
            self._box.place.show_preview(found[1])

        self._work_out(self._box.place, work, then)

    def _copy_place(self) -> None:
        ids = self._ids

        def work(session: Session) -> tuple[Place, str]:
            from photosort.usecases.photos import place_changes

            place = place_changes.place_of_photo(session, ids[0])
            return place, _place_said(place)

        def then(found: tuple[Place, str]) -> None:
            self._copied = found
            self._box.place.show_problem("")
            self._box.place.set_place(is_known=True, copied=found[1])

        self._work_out(self._box.place, work, then)

    def _paste_place(self) -> None:
        if self._copied is not None:
            self._set_place(self._copied[0])

    def _set_place(self, place: Place | None) -> None:
        ids = self._ids

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.photos import place_changes

            return place_changes.set_place(session, ids, place)

        self._carry_out(work)

    # Texts

    def _preview_text(self, wish: TextWish) -> None:
        editor = self._box.text
        if wish == TextWish():
            editor.show_problem("")
        elif len(self._ids) > 1:
            editor.show_preview(formatting.photos(len(self._ids)))
        else:
            editor.show_preview("")

    def _change_text(self, wish: TextWish) -> None:
        ids = self._ids

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.photos import decisions

            texts: decisions.Texts = {}
            if wish.title is not None:
                texts["title"] = wish.title
            if wish.caption is not None:
                texts["caption"] = wish.caption
            return decisions.describe(session, ids, texts)

        self._carry_out(work)

    # Kinds

    def _show_kind(self, photos: list[Photo]) -> None:
        kinds = {photo.kind for photo in photos}
        self._box.kind.set_kind(kinds.pop() if len(kinds) == 1 else None)

    def _preview_kind(self, _wish: Kind | None) -> None:
        editor = self._box.kind
        if editor.is_chosen:
            editor.show_preview(formatting.photos(len(self._ids)))
        else:
            editor.show_problem("")

    def _change_kind(self, wish: Kind | None) -> None:
        ids = self._ids

        def work(session: Session) -> ChangeSet:
            from photosort.usecases.photos import decisions

            return decisions.correct_kind(session, ids, wish)

        self._carry_out(work)

    # Inside

    def _read(self, then: Callable[[list[Metadata]], None]) -> None:
        self._read_photos(lambda photos: then([photo.effective for photo in photos]))

    def _read_photos(self, then: Callable[[list[Photo]], None]) -> None:
        session, ids = self._session, self._ids
        if session is not None and ids:
            lane = session.lanes.reads
            self._runner.latest(
                "editing", lane, lambda _job: _photos(session, ids), then, owner=self
            )

    def _work_out(
        self, editor: Editor, work: Callable[[Session], R], then: Callable[[R], None]
    ) -> None:
        session = self._session
        if session is None or not self._ids:
            return

        def in_lane(_job: Job) -> R:
            return work(session)

        def failed(error: Exception) -> bool:
            if isinstance(error, PhotosortError):
                editor.show_problem(formatting.translate(error.user_message))
            return isinstance(error, PhotosortError)

        lane = session.lanes.reads
        self._runner.latest("edit preview", lane, in_lane, then, owner=self, failed=failed)

    def _carry_out(self, work: Callable[[Session], ChangeSet]) -> None:
        session, changes = self._session, self._changes
        if session is not None and changes is not None and self._ids:
            changes.carry_out(lambda: work(session))


def _photos(session: Session, photo_ids: Sequence[int]) -> list[Photo]:
    """What is known of photos now, in the order of their ids."""
    from photosort.usecases.details import details_of

    return [details_of(session, photo_id).photo for photo_id in photo_ids]


def _dates(session: Session, photo_ids: Sequence[int], wish: DateWish) -> Dates:
    """What a wish makes of the dates."""
    from photosort.usecases.photos import date_changes

    match wish.how:
        case DateEdit.SET:
            return date_changes.set_to(photo_ids, date_changes.parse_date(wish.text))
        case DateEdit.SHIFT:
            return date_changes.shifted(session, photo_ids, date_changes.parse_shift(wish.text))
        case DateEdit.ALONG:
            date = date_changes.parse_date(wish.text)
            return date_changes.moved_along(session, photo_ids, date)
        case DateEdit.ZONE:
            return date_changes.in_zone(session, photo_ids, wish.text)
        case DateEdit.PLACE:
            return date_changes.in_zone(session, photo_ids, None)


def _typed(said: Metadata) -> str:
    """A date as the field reads it."""
    return (said.taken_at or "").replace("T", " ")[:16]


def _date_said(taken_at: str | None) -> str:
    taken_ms = wall_clock_ms(taken_at)
    if taken_at is None or taken_ms is None:
        return QCoreApplication.translate("editing", "no date")
    return formatting.moment(taken_ms, precision_of(taken_at))


def _dates_said(photo_ids: Sequence[int], dates: Dates, before: Metadata) -> str:
    """What would change: the first photo's date before and after, and how many others change with it."""
    first = dates[photo_ids[0]]
    said = f"{_date_said(before.taken_at)} \u2192 {_date_said(first.taken_at)}"
    if first.offset_min is not None and first.offset_min != before.offset_min:
        said += f" ({_offset(first.offset_min)})"
    if len(photo_ids) == 1:
        return said
    more = len(photo_ids) - 1
    others = QCoreApplication.translate("editing", "and %Ln more photo(s)", "", more)
    return f"{said}\n{others}"


def _offset(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _place_said(place: Place) -> str:
    from photosort.usecases.photos import place_changes

    where = f"{place[0]:.4f}, {place[1]:.4f}"
    name = str(place_changes.name_of(place))
    return f"{name} ({where})" if name else where
