"""The user's decisions about photos: rating, flag, words, kind. Each is one entry of the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict

from photosort.domain.photos import Flag, Kind
from photosort.errors import InputProblem
from photosort.sentences import Sentence, counted_photos
from photosort.store.tables import files, photos
from photosort.store.tables.photos import Effective, UserChange, UserValues
from photosort.usecases.photos import metadata_merge

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session


def rate(session: Session, photo_ids: Sequence[int], rating: int | None) -> ChangeSet:
    """Rates photos from -1 (rejected) to 5; None goes back to what the files say.

    Raises:
        InputProblem: no such rating.
    """
    if rating is not None and not -1 <= rating <= 5:
        raise InputProblem(
            Sentence("A rating lies between -1 and 5; {rating} does not.", rating=rating)
        )
    of = counted_photos(len(photo_ids))
    if rating is None:
        action = Sentence("Cleared the rating of {photos}", photos=of)
    else:
        action = Sentence("Rated {rating}: {photos}", rating=rating, photos=of)
    return _decide(session, photo_ids, {"rating": rating}, action)


def flag(session: Session, photo_ids: Sequence[int], value: Flag | None) -> ChangeSet:
    """Marks photos as pick or discard, or takes the mark away."""
    of = counted_photos(len(photo_ids))
    action = {
        Flag.PICK: Sentence("Picked {photos}", photos=of),
        Flag.DISCARD: Sentence("Discarded {photos}", photos=of),
        None: Sentence("Cleared the flag of {photos}", photos=of),
    }[value]
    return _decide(session, photo_ids, {"flag": value}, action)


def keep_best(session: Session, best: int, others: Sequence[int]) -> ChangeSet:
    """Picks one photo and discards those that it was compared with, as one entry of the history."""
    changes: dict[int, UserChange] = {photo: {"flag": Flag.DISCARD} for photo in others}
    changes[best] = {"flag": Flag.PICK}
    action = Sentence("Kept the best of {photos}", photos=counted_photos(len(changes)))
    return session.write(
        lambda store: decide_each(store, changes, action=action, actor=session.actor)
    )


class Texts(TypedDict, total=False):
    """Title and caption; what is left out stays as it is, and None goes back to what the files say."""

    title: str | None
    caption: str | None


def describe(session: Session, photo_ids: Sequence[int], texts: Texts) -> ChangeSet:
    """Sets title, caption or both."""
    of = counted_photos(len(photo_ids))
    change: UserChange = {}
    if "title" in texts:
        change["title"] = texts["title"]
        action = Sentence("Changed the title of {photos}", photos=of)
    if "caption" in texts:
        change["caption"] = texts["caption"]
        action = Sentence("Changed the caption of {photos}", photos=of)
    if len(texts) != 1:
        action = Sentence("Changed title and caption of {photos}", photos=of)
    return _decide(session, photo_ids, change, action)


def correct_kind(session: Session, photo_ids: Sequence[int], kind: Kind | None) -> ChangeSet:
    """Sets what kind of picture photos are; None returns to the guess."""
    action = Sentence("Corrected the kind of {photos}", photos=counted_photos(len(photo_ids)))
    return _decide(session, photo_ids, {"kind": kind}, action)


def _decide(
    session: Session, photo_ids: Sequence[int], change: UserChange, action: Sentence
) -> ChangeSet:
    return session.write(
        lambda store: decide(store, photo_ids, change, action=action, actor=session.actor)
    )


def decide(
    store: Store, photo_ids: Sequence[int], change: UserChange, *, action: Sentence, actor: str
) -> ChangeSet:
    """Writes one decision about several photos, as one entry of the history. See `decide_each`."""
    return decide_each(store, dict.fromkeys(photo_ids, change), action=action, actor=actor)


def decide_each(
    store: Store, changes: Mapping[int, UserChange], *, action: Sentence, actor: str
) -> ChangeSet:
    """Writes decisions and what the photos show with them, as one entry of the history.

    Args:
        store: the writing connection.
        changes: what is decided, by photo id; every photo names the same fields.
        action: words for the history.
        actor: "window" or "command".
    """
    with store.atomic():
        shown = {}
        if any(set(change) != {"flag"} for change in changes.values()):
            shown = preview(store, changes)
        return photos.set_user(store, changes, shown, action=action, actor=actor)


def preview(store: Store, changes: Mapping[int, UserChange]) -> dict[int, Effective]:
    """What photos would show after decisions about them, by photo id."""
    said = files.metadata_of_files(store, changes)
    own = photos.user_values(store, changes)
    return {
        photo_id: metadata_merge.of_files(
            said[photo_id], _changed(own.get(photo_id, UserValues()), change)
        )
        for photo_id, change in changes.items()
        if photo_id in said
    }


def _changed(before: UserValues, change: UserChange) -> UserValues:
    values: dict[str, Any] = {name: value for name, value in change.items() if name != "flag"}
    return replace(before, **values)
