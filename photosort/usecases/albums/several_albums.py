"""Changes of several albums at once, each one entry of the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from photosort.domain.texts import folded
from photosort.errors import InputProblem
from photosort.sentences import Sentence, quoted
from photosort.store.db import history
from photosort.store.tables import albums
from photosort.usecases.albums.user_albums import refuse_taken

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store
    from photosort.store.tables.albums import AlbumRow
    from photosort.usecases.session.session import Session


def merge(session: Session, album_ids: Sequence[int], name: str) -> ChangeSet:
    """Moves the photos of several albums into the largest of them, which gets a name; the others are deleted.

    Raises:
        InputProblem: fewer than two, one is not there or finds its photos by a search, or the name is taken.
    """

    def work(store: Store) -> ChangeSet:
        rows = _rows(store, album_ids)
        if len(rows) < 2 or any(row.kind == "smart" for row in rows):
            raise InputProblem(Sentence("These albums cannot be merged."))
        target = max(rows, key=lambda row: row.size)
        others = [row for row in rows if row.id != target.id]
        # The name of one that goes may be the one that stays.
        if all(folded(row.name) != folded(name.strip()) for row in others):
            refuse_taken(store, name, but=target.id)
        action = Sentence("Merged {count:,} albums into {name}", count=len(rows), name=quoted(name))
        with history.recording(store, action, session.actor) as changes:
            for row in others:
                photo_ids = albums.photos_of(store, row.id)
                albums.add(store, target.id, photo_ids, actor=session.actor)
                albums.delete(store, row.id, actor=session.actor)
            if name.strip() != target.name:
                albums.rename(store, target.id, name, actor=session.actor)
        return changes.result

    return session.write(work)


def delete(session: Session, album_ids: Sequence[int]) -> ChangeSet:
    """Removes albums; their photos stay, and no grouping makes them again.

    Raises:
        InputProblem: one of them is not there.
    """

    def work(store: Store) -> ChangeSet:
        rows = _rows(store, album_ids)
        if len(rows) == 1:
            return albums.delete(store, rows[0].id, actor=session.actor)
        action = Sentence("Deleted {count:,} albums", count=len(rows))
        with history.recording(store, action, session.actor) as changes:
            for row in rows:
                albums.delete(store, row.id, actor=session.actor)
        return changes.result

    return session.write(work)


def pin(session: Session, names: Mapping[int, str]) -> ChangeSet:
    """Keeps automatic albums in the sidebar, by the names that they are shown by; they go on growing.

    Args:
        session: the open library.
        names: id of each album to its name in the language of the user.

    Raises:
        InputProblem: one of them is not there.
    """

    def work(store: Store) -> ChangeSet:
        rows = _rows(store, list(names))
        taken = {folded(row.name): row.id for row in albums.list_all(store)}
        if len(rows) == 1:
            action = Sentence("Pinned {name} to the sidebar", name=quoted(names[rows[0].id]))
        else:
            action = Sentence("Pinned {count:,} albums to the sidebar", count=len(rows))
        with history.recording(store, action, session.actor) as changes:
            for row in rows:
                name = names[row.id]
                is_free = taken.setdefault(folded(name), row.id) == row.id
                changes.update(
                    "albums", [row.id], {"name": name if is_free else row.name, "name_pinned": 1}
                )
        return changes.result

    return session.write(work)


def unpin(session: Session, album_ids: Sequence[int]) -> ChangeSet:
    """Takes automatic albums out of the sidebar; they are called again what the program calls them.

    Raises:
        InputProblem: one of them is not there.
    """

    def work(store: Store) -> ChangeSet:
        rows = _rows(store, album_ids)
        if len(rows) == 1:
            action = Sentence("Removed {name} from the sidebar", name=quoted(rows[0].name))
        else:
            action = Sentence("Removed {count:,} albums from the sidebar", count=len(rows))
        with history.recording(store, action, session.actor) as changes:
            changes.update("albums", [row.id for row in rows], {"name_pinned": 0})
        return changes.result

    return session.write(work)


def _rows(store: Store, album_ids: Sequence[int]) -> list[AlbumRow]:
    known = {row.id: row for row in albums.list_all(store)}
    missing = [album_id for album_id in album_ids if album_id not in known]
    if missing:
        raise InputProblem(Sentence("This album is not there any more."), f"albums {missing}")
    return [known[album_id] for album_id in dict.fromkeys(album_ids)]
