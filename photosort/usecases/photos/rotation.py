"""Photos rotated by the user: a decision of the library, for all files of a photo; the files stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from photosort.domain.photos import FileState, Role
from photosort.errors import InputProblem
from photosort.media.formats import media_of
from photosort.media.orientation import combined
from photosort.sentences import Sentence, counted_photos
from photosort.store.db import history
from photosort.store.tables import contents, files, photos
from photosort.usecases.photos import metadata_merge

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store
    from photosort.store.tables.files import FileMetadata
    from photosort.usecases.session.session import Session

Way = Literal["left", "right", "none"]

# EXIF orientations that mean a quarter turn of a picture that is upright.
_LEFT, _RIGHT = 8, 6


def rotate(session: Session, photo_ids: Sequence[int], way: Way) -> ChangeSet:
    """Rotates photos by a quarter turn, or shows them as their files say again, as one entry of the history.

    Args:
        session: the open library.
        photo_ids: which photos; videos among them stay as they are.
        way: "none" takes all rotations back.

    Raises:
        InputProblem: they are all videos, or not there now.
    """
    change = session.write(lambda store: _rotate(store, photo_ids, way, session.actor))
    follow(session, change)
    return change


def follow(session: Session, change: ChangeSet) -> None:
    """Has pictures made again that a change, an undo or a redo shows turned otherwise."""

    def forget(store: Store) -> set[bytes]:
        held = files.get(store, change.turned).values()
        known = contents.get(store, [one.content_id for one in held if one.content_id is not None])
        metadata_merge.forget_pictures(store, held)
        return {one.quick_key for one in known.values()}

    if change.turned:
        session.thumbnails.forget_previews(session.write(forget))


def _rotate(store: Store, photo_ids: Sequence[int], way: Way, actor: str) -> ChangeSet:
    said = files.metadata_of_files(store, photo_ids)
    wanted = {
        one.file.id: _turned(one, way)
        for of_photo in said.values()
        for one in of_photo
        if _can_turn(of_photo) and _is_picture(one)
    }
    if not wanted:
        raise InputProblem(
            Sentence("Only pictures can be rotated, and only while their drive is connected.")
        )
    count = sum(map(_can_turn, said.values()))
    of = counted_photos(count)
    action = {
        "left": Sentence("Rotate {photos} to the left", photos=of),
        "right": Sentence("Rotate {photos} to the right", photos=of),
        "none": Sentence("Take back the rotation of {photos}", photos=of),
    }[way]
    with history.recording(store, action, actor) as changes:
        files.record_orientations(changes, wanted)
        shown = metadata_merge.merge_sources(store, photo_ids)
        photos.set_user(store, {}, shown, action=action, actor=actor)
    return changes.result


def _can_turn(of_photo: Iterable[FileMetadata]) -> bool:
    """Whether the file that a photo is shown by can be looked at again."""
    first = next(iter(of_photo))
    return _is_picture(first) and first.file.state is FileState.PRESENT


def _is_picture(one: FileMetadata) -> bool:
    return one.file.role is not Role.MOTION and media_of(one.file.relative) != "video"


def _turned(one: FileMetadata, way: Way) -> int | None:
    """The orientation that a file gets; None where that is the one which it has without the user."""
    beside = one.from_sidecar
    own = (beside.orientation if beside is not None else None) or one.from_file.orientation or 1
    if way == "none":
        return None
    turned = combined(one.file.user_orientation or own, _LEFT if way == "left" else _RIGHT)
    return None if turned == own else turned
