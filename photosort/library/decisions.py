"""What the user decides about photos: rating, flag, words, kind. Each is one entry of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from photosort.domain.photos import Flag, Kind
from photosort.errors import InputProblem
from photosort.library import effective
from photosort.store import files, photos
from photosort.store.photos import UserChange, UserValues

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.library.session import Session
    from photosort.store.database import Store


def rate(session: Session, photo_ids: Sequence[int], rating: int | None) -> ChangeSet:
    """Rates photos from -1 (rejected) to 5; None goes back to what the files say.

    Raises:
        InputProblem: no such rating.
    """
    if rating is not None and not -1 <= rating <= 5:
        raise InputProblem(f"A rating lies between -1 and 5; {rating} does not.")
    verb = "Take back the rating of" if rating is None else f"Rate {rating}:"
    return _decide(session, photo_ids, {"rating": rating}, verb)


def flag(session: Session, photo_ids: Sequence[int], value: Flag | None) -> ChangeSet:
    """Marks photos as pick or discard, or takes the mark away."""
    verb = {Flag.PICK: "Pick", Flag.DISCARD: "Discard", None: "Unmark"}[value]
    return _decide(session, photo_ids, {"flag": value}, verb)


def describe(
    session: Session, photo_ids: Sequence[int], *, title: str | None, caption: str | None
) -> ChangeSet:
    """Sets title and caption; None goes back to what the files say."""
    return _decide(session, photo_ids, {"title": title, "caption": caption}, "Describe")


def correct_kind(session: Session, photo_ids: Sequence[int], kind: Kind | None) -> ChangeSet:
    """Says what sort of pictures these are; None goes back to the guess."""
    return _decide(session, photo_ids, {"kind": kind}, "Correct the kind of")


def correct_date(session: Session, photo_ids: Sequence[int], taken_at: str | None) -> ChangeSet:
    """Sets the wall-clock time of photos (ISO 8601); None goes back to what the files say."""
    return _decide(session, photo_ids, {"taken_at": taken_at}, "Correct the date of")


def _decide(session: Session, photo_ids: Sequence[int], change: UserChange, verb: str) -> ChangeSet:
    count = len(photo_ids)
    action = f"{verb} {count:,} {'photo' if count == 1 else 'photos'}"
    return session.write(
        lambda store: decide(store, photo_ids, change, action=action, actor=session.actor)
    )


def decide(
    store: Store, photo_ids: Sequence[int], change: UserChange, *, action: str, actor: str
) -> ChangeSet:
    """Writes decisions and what the photos show with them, as one entry of the history.

    Args:
        store: the writing connection.
        photo_ids: the photos.
        change: the same for all of them.
        action: words for the history.
        actor: "window" or "command".
    """
    with store.atomic():
        shown = {}
        if set(change) != {"flag"}:
            said = files.said(store, photo_ids)
            own = photos.user_values(store, photo_ids)
            shown = {
                photo_id: effective.of_files(
                    said[photo_id], _changed(own.get(photo_id, UserValues()), change)
                )
                for photo_id in photo_ids
                if photo_id in said
            }
        return photos.set_user(
            store, dict.fromkeys(photo_ids, change), shown, action=action, actor=actor
        )


def _changed(before: UserValues, change: UserChange) -> UserValues:
    values: dict[str, Any] = {name: value for name, value in change.items() if name != "flag"}
    return replace(before, **values)
