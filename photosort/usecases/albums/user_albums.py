"""The user's own albums: made, filled, renamed and removed. Each is one entry of the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from photosort.errors import InputProblem
from photosort.sentences import Sentence
from photosort.store.tables import albums

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store
    from photosort.store.tables.albums import AlbumRow
    from photosort.usecases.session.session import Session


def list_all(session: Session) -> list[AlbumRow]:
    """All visible albums, by name."""
    return session.read(albums.list_all)


def named(session: Session, name: str) -> AlbumRow:
    """The album of a name, however it is capitalised.

    Raises:
        InputProblem: there is no such album.
    """
    return session.read(lambda store: _named(store, name))


def photos_of(session: Session, album_id: int) -> list[int]:
    """The photos of an album, in its order."""
    return session.read(lambda store: albums.photos_of(store, album_id))


def create(session: Session, name: str, photo_ids: Sequence[int] = ()) -> tuple[int, ChangeSet]:
    """Creates an album, with photos if given; returns its id and the change.

    Raises:
        InputProblem: the name is empty or taken. `album:` in a query knows albums by their names.
    """

    def write(store: Store) -> tuple[int, ChangeSet]:
        with store.atomic():
            refuse_taken(store, name)
            return albums.create(store, name, photo_ids, actor=session.actor)

    return session.write(write)


def add(session: Session, name: str, photo_ids: Sequence[int]) -> ChangeSet:
    """Puts photos into an album for good.

    Raises:
        InputProblem: there is no such album.
    """
    return session.write(
        lambda store: albums.add(store, _named(store, name).id, photo_ids, actor=session.actor)
    )


def remove_photos(session: Session, name: str, photo_ids: Sequence[int]) -> ChangeSet:
    """Takes photos out of an album; they stay in the library.

    Raises:
        InputProblem: there is no such album.
    """
    return session.write(
        lambda store: albums.remove_photos(
            store, _named(store, name).id, photo_ids, actor=session.actor
        )
    )


def rename(session: Session, name: str, to: str) -> ChangeSet:
    """Gives an album another name, which survives every new grouping.

    Raises:
        InputProblem: the name is empty or taken, or there is no such album.
    """

    def write(store: Store) -> ChangeSet:
        with store.atomic():
            album = _named(store, name)
            refuse_taken(store, to, but=album.id)
            return albums.rename(store, album.id, to, actor=session.actor)

    return session.write(write)


def delete(session: Session, name: str) -> ChangeSet:
    """Removes an album; its photos stay in the library.

    Raises:
        InputProblem: there is no such album.
    """
    return session.write(
        lambda store: albums.delete(store, _named(store, name).id, actor=session.actor)
    )


def _named(store: Store, name: str) -> AlbumRow:
    for album in albums.list_all(store):
        if album.name.casefold() == name.strip().casefold():
            return album
    raise InputProblem(Sentence("There is no album '{name}'.", name=name))


def refuse_taken(store: Store, name: str, *, but: int | None = None) -> None:
    """Makes sure that no other album has a name: `album:` in a query knows albums by their names.

    Raises:
        InputProblem: one has.
    """
    wanted = name.strip().casefold()
    if any(one.name.casefold() == wanted and one.id != but for one in albums.list_all(store)):
        raise InputProblem(Sentence("There is an album '{name}' already.", name=name.strip()))
