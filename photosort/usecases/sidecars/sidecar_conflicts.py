"""Conflicts: what was changed both in the library and in a keyword file since they last agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from photosort.domain.tags import TagState
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.tables import files, roots, sidecars, tags
from photosort.store.tables.sidecars import RATING, Written
from photosort.store.tables.tags import AssignedTag
from photosort.usecases.photos import decisions, metadata_merge
from photosort.usecases.photos.photo_paths import absolute_path

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session


Side = Literal["library", "file"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that was changed both in the library and in a keyword file since they last agreed.

    Attributes:
        path: the photo's file.
        what: the keyword, or "" for the stars.
    """

    photo_id: int
    path: str
    what: str


def conflicts(session: Session) -> list[Conflict]:
    """All that library and keyword files disagree about."""

    def work(store: Store) -> list[Conflict]:
        ids = sidecars.in_conflict(store)
        where = {root.id: root.path for root in roots.list_all(store)}
        held = files.of_photos(store, ids)
        return [
            found
            for photo_id, ours in sidecars.of_photos(store, ids).items()
            for file in held[photo_id]
            if file.id in ours
            for found in conflicts_of(photo_id, absolute_path(where, file), ours[file.id])
        ]

    return session.read(work)


def resolve_conflicts(session: Session, photo_ids: Iterable[int], side: Side) -> None:
    """Ends the conflicts of photos; what the library then says is for `write` to write.

    Args:
        session: the open library.
        photo_ids: whose.
        side: who is right; "file" takes over what the keyword files say.
    """
    ids = list(photo_ids)
    session.write(lambda store: _resolve_conflicts(store, ids, side, session.actor))


def _resolve_conflicts(store: Store, photo_ids: Sequence[int], side: Side, actor: str) -> None:
    said = tags.tag_paths(store, photo_ids)
    with store.atomic():
        for photo_id, ours in sidecars.of_photos(store, photo_ids).items():
            for own in ours.values():
                if not own.conflicts:
                    continue
                sidecars.put(store, replace(own, conflicts=()))
                if side == "file":
                    _believe_file(store, photo_id, own, said.get(photo_id, []), actor)
        if side == "file":
            metadata_merge.refresh(store, photo_ids)


def _believe_file(
    store: Store, photo_id: int, own: Written, said: list[AssignedTag], actor: str
) -> None:
    with history.recording(store, Sentence("Took over what keyword files say"), actor):
        for tag in said:
            if tag.state is TagState.REJECTED and tag.words & set(own.conflicts):
                tags.set_tag_state(store, {tag.key: [photo_id]}, None, origin="user", actor=actor)
        if RATING in own.conflicts:
            action = Sentence("Took over the stars of a keyword file")
            decisions.decide(store, [photo_id], {"rating": None}, action=action, actor=actor)


def conflicts_of(photo_id: int, path: str, own: Written) -> list[Conflict]:
    """The conflicts of one keyword file."""
    return [Conflict(photo_id, path, "" if what == RATING else what) for what in own.conflicts]
