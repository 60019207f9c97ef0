"""Automatic albums: finds and names events and themes, and updates them as the library changes.

The first grouping is carried out. Later ones become suggestions, which a person applies or dismisses; nothing that
a person decided is ever changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from photosort.albums.album_matching import match_albums
from photosort.domain.albums import AlbumDescription, AlbumSuggestion, Regrouping
from photosort.errors import InputProblem
from photosort.sentences import Sentence, counted_photos, quoted
from photosort.store.db import history
from photosort.store.tables import albums, automatic_albums
from photosort.usecases.albums.album_plan import plan_albums, plan_arrivals
from photosort.usecases.albums.english_names import name_of_album
from photosort.usecases.albums.user_albums import refuse_taken

if TYPE_CHECKING:
    from photosort.domain.albums import PlannedAlbum, Title
    from photosort.domain.changes import ChangeSet
    from photosort.progress import Job
    from photosort.store.db.database import Store
    from photosort.store.db.history import Recorder
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a grouping did.

    Attributes:
        made: albums that were made.
        changed: albums whose photos changed.
        removed: albums that were removed.
        waiting: suggestions that wait for an answer.
    """

    made: int = 0
    changed: int = 0
    removed: int = 0
    waiting: int = 0


def group(
    session: Session, job: Job, *, rebuild: bool = False, is_asked_for: bool = True
) -> Grouped:
    """Groups the library the first time, or again if `rebuild`; otherwise suggests changes for new photos.

    Args:
        session: the open library.
        job: progress and cancel.
        rebuild: carry out a whole new grouping, around everything that a person decided, as one entry of the
            history.
        is_asked_for: False where it happens by itself: undo then passes it over.

    Raises:
        JobCancelled: nothing was changed.
    """
    if not rebuild and session.read(automatic_albums.is_grouped):
        return suggest(session, job)
    if not rebuild and session.read(automatic_albums.found_nothing):
        return Grouped()
    planned, judged = plan_albums(session, job)
    actor = session.actor if is_asked_for else history.BY_ITSELF
    return session.write(lambda store: _carry_out(store, planned, judged, actor))


def suggest(session: Session, job: Job) -> Grouped:
    """Suggests changes to albums for new photos, for the user to apply or dismiss.

    Raises:
        JobCancelled: the suggestions are those from before.
    """
    if not session.read(automatic_albums.has_arrivals):
        return Grouped(waiting=len(suggestions(session)))
    held = session.read(automatic_albums.held)
    waiting = {photo for row in suggestions(session) for photo in row.joins}
    since = session.read(automatic_albums.newest_grouped)
    planned = plan_arrivals(session, job, held, lambda photo: photo > since or photo in waiting)

    def work(store: Store) -> Grouped:
        found = match_albums(
            planned, automatic_albums.held(store), own=automatic_albums.user_albums(store)
        )
        rows = _without_dismissed(
            _as_suggestions(store, planned, found), automatic_albums.suggestions(store, "dismissed")
        )
        automatic_albums.suggest(store, rows)
        automatic_albums.set_newest_grouped(store)
        return Grouped(waiting=len(rows))

    return session.write(work)


def suggestions(session: Session) -> list[AlbumSuggestion]:
    """What waits for an answer."""
    return session.read(automatic_albums.suggestions)


def apply(session: Session, suggestion_id: int) -> ChangeSet:
    """Carries out a suggestion.

    Raises:
        InputProblem: it was answered already.
    """

    def work(store: Store) -> ChangeSet:
        row = _open(store, suggestion_id)
        with history.recording(store, _action(store, row), session.actor) as changes:
            if row.album is not None:
                made = _named_apart(store, [row.album])
                automatic_albums.add(changes, made, [row.joins], [row.parent_id], {})
            elif row.album_id is not None:
                automatic_albums.change(changes, row.album_id, row.joins, row.leaves)
                if row.described is not None:
                    _describe(store, changes, {row.album_id: row.described})
            automatic_albums.answer(changes, suggestion_id, "applied")
        return changes.result

    return session.write(work)


def dismiss(session: Session, suggestion_id: int) -> ChangeSet:
    """Says no to a suggestion; the same is not suggested again.

    Raises:
        InputProblem: it was answered already.
    """

    def work(store: Store) -> ChangeSet:
        _open(store, suggestion_id)
        with history.recording(store, Sentence("Dismissed a suggestion"), session.actor) as changes:
            automatic_albums.answer(changes, suggestion_id, "dismissed")
        return changes.result

    return session.write(work)


def merge(session: Session, album_id: int, into: int) -> ChangeSet:
    """Moves all photos of an album into another one and deletes the first.

    Raises:
        InputProblem: they are one, or one of them is not there or finds its photos by a search.
    """

    def work(store: Store) -> ChangeSet:
        source, target = _album(store, album_id), _album(store, into)
        if album_id == into or "smart" in {source.kind, target.kind}:
            raise InputProblem(Sentence("These two albums cannot be put together."))
        action = Sentence(
            "Merged {one} into {other}", one=quoted(source.name), other=quoted(target.name)
        )
        with history.recording(store, action, session.actor) as changes:
            albums.add(store, into, albums.photos_of(store, album_id), actor=session.actor)
            albums.delete(store, album_id, actor=session.actor)
        return changes.result

    return session.write(work)


def split(
    session: Session, album_id: int, photo_ids: Sequence[int], name: str
) -> tuple[int, ChangeSet]:
    """Moves photos of an album into a new one beside it; returns its id.

    Raises:
        InputProblem: the name is empty or taken, the album does not exist or is a saved search.
    """

    def work(store: Store) -> tuple[int, ChangeSet]:
        source = _album(store, album_id)
        if source.kind == "smart":
            raise InputProblem(
                Sentence("This album finds its photos by a search, so it cannot be split.")
            )
        refuse_taken(store, name)
        with history.recording(
            store, Sentence("Split {name}", name=quoted(source.name)), session.actor
        ) as changes:
            made, _ = albums.create(store, name, photo_ids, actor=session.actor)
            changes.update("albums", [made], {"kind": source.kind, "parent_id": source.parent_id})
            albums.remove_photos(store, album_id, photo_ids, actor=session.actor)
        return made, changes.result

    return session.write(work)


def remove_photos(session: Session, album_id: int, photo_ids: Sequence[int]) -> ChangeSet:
    """Takes photos out of an album and of those inside it; no grouping puts them back.

    Raises:
        InputProblem: there is no such album.
    """

    def work(store: Store) -> ChangeSet:
        every = albums.list_all(store)
        inside = {album_id}
        for album in every * 3:  # the tree is three levels deep
            if album.parent_id in inside:
                inside.add(album.id)
        name = _album(store, album_id).name
        action = Sentence(
            "Removed {photos} from {name}", photos=counted_photos(len(photo_ids)), name=quoted(name)
        )
        with history.recording(store, action, session.actor) as changes:
            for one in sorted(inside):
                held = set(albums.photos_of(store, one)) & set(photo_ids)
                if held:
                    albums.remove_photos(store, one, sorted(held), actor=session.actor)
        return changes.result

    return session.write(work)


def rename(session: Session, album_id: int, name: str) -> ChangeSet:
    """Gives an album a name, which survives every new grouping.

    Raises:
        InputProblem: the name is empty or taken, or there is no such album.
    """

    def work(store: Store) -> ChangeSet:
        refuse_taken(store, name, but=album_id)
        return albums.rename(store, album_id, name, actor=session.actor)

    return session.write(work)


def keep(session: Session, album_id: int) -> ChangeSet:
    """Turns an automatic album into the user's own: no grouping changes it any more.

    Raises:
        InputProblem: there is no such album.
    """

    def work(store: Store) -> ChangeSet:
        album = _album(store, album_id)
        photo_ids = albums.photos_of(store, album_id)
        action = Sentence("Made {name} an album of your own", name=quoted(album.name))
        with history.recording(store, action, session.actor) as changes:
            automatic_albums.make_own(changes, album_id, photo_ids)
            albums.add(store, album_id, photo_ids, actor=session.actor)
        return changes.result

    return session.write(work)


def _carry_out(
    store: Store, planned: Sequence[PlannedAlbum], judged: Mapping[str, set[int]], actor: str
) -> Grouped:
    found = match_albums(
        planned, automatic_albums.held(store), judged, automatic_albums.user_albums(store)
    )
    numbers = {index: number for number, index in enumerate(found.new)}
    with history.recording(store, Sentence("Grouped the photos into albums"), actor) as changes:
        automatic_albums.remove(changes, found.gone)
        for change in found.changes:
            automatic_albums.change(changes, change.album, change.joins, change.leaves)
        described = {one: _description(planned[index]) for one, index in found.same.items()}
        _describe(store, changes, described)
        made = _named_apart(store, [planned[index] for index in found.new])
        automatic_albums.add(changes, made, found.photos, found.parents, numbers)
    automatic_albums.suggest(store, [])
    automatic_albums.set_newest_grouped(store)
    if not automatic_albums.is_grouped(store):
        automatic_albums.set_found_nothing(store)
    return Grouped(len(made), len(found.changes), len(found.gone))


def _description(plan: PlannedAlbum) -> AlbumDescription:
    return AlbumDescription(plan.title, plan.why)


def _followed(plan: PlannedAlbum, title: Title | None) -> AlbumDescription:
    """What an album that photos join is called: its word stays, its dates follow."""
    if title is None or plan.title is None:
        return AlbumDescription(title, plan.why)
    first_ms, last_ms = plan.title.first_ms, plan.title.last_ms
    return AlbumDescription(replace(title, first_ms=first_ms, last_ms=last_ms), plan.why)


def _describe(store: Store, changes: Recorder, described: Mapping[int, AlbumDescription]) -> None:
    """What albums are called and why, now that their photos are others."""
    every = {album.id: album for album in albums.list_all(store)}
    names = {album.id: album.name.casefold() for album in every.values()}
    for album_id, one in described.items():
        title, name = one.title, ""
        if title is not None and not every[album_id].name_pinned:
            if title.alike:
                title = replace(title, alike=every[album_id].size)
            taken = {name for other, name in names.items() if other != album_id}
            name, number = _apart(name_of_album(replace(title, number=1)), taken)
            title = replace(title, number=number)
            names[album_id] = name.casefold()
        automatic_albums.describe(changes, album_id, name, replace(one, title=title))


def _named_apart(store: Store, made: Sequence[PlannedAlbum]) -> list[PlannedAlbum]:
    """The same albums with unique names, because `album:` finds them by name."""
    taken = {album.name.casefold() for album in albums.list_all(store)}
    apart = []
    for album in made:
        name, number = _apart(album.name, taken)
        taken.add(name.casefold())
        title = None if album.title is None else replace(album.title, number=number)
        apart.append(replace(album, name=name, title=title))
    return apart


def _apart(name: str, taken: Collection[str]) -> tuple[str, int]:
    """A free name, and the number appended to make it free."""
    number = 1
    free = name
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    return free, number


def _as_suggestions(
    store: Store, planned: Sequence[PlannedAlbum], found: Regrouping
) -> list[AlbumSuggestion]:
    titles = automatic_albums.titles(store)
    rows = []
    for one in found.changes:
        if one.joins:
            plan = planned[found.same[one.album]]
            described = _followed(plan, titles.get(one.album))
            rows.append(AlbumSuggestion(0, one.album, one.joins, (), described=described))
    for index, photos, parent in zip(found.new, found.photos, found.parents, strict=True):
        # A new album is suggested as a whole: its parts follow with the next grouping.
        if planned[index].parent is None or parent is not None:
            album = replace(planned[index], parent=None)
            rows.append(AlbumSuggestion(0, None, photos, (), album, parent))
    return rows


def _without_dismissed(
    rows: Sequence[AlbumSuggestion], dismissed: Sequence[AlbumSuggestion]
) -> list[AlbumSuggestion]:
    refused = {(row.album_id, photo) for row in dismissed for photo in row.joins}
    left = []
    for row in rows:
        joins = tuple(photo for photo in row.joins if (row.album_id, photo) not in refused)
        if len(joins) >= (len(row.joins) / 2 if row.album is not None else 1):
            left.append(replace(row, joins=joins if row.album is None else row.joins))
    return left


def _open(store: Store, suggestion_id: int) -> AlbumSuggestion:
    for row in automatic_albums.suggestions(store):
        if row.id == suggestion_id:
            return row
    raise InputProblem(
        Sentence("This suggestion was answered already."), f"suggestion {suggestion_id}"
    )


def _action(store: Store, row: AlbumSuggestion) -> Sentence:
    if row.album is not None:
        return Sentence("Created the album {name}", name=quoted(row.album.name))
    name = quoted(_album(store, row.album_id or 0).name)
    return Sentence("Added {photos} to {name}", photos=counted_photos(len(row.joins)), name=name)


def _album(store: Store, album_id: int) -> albums.AlbumRow:
    for album in albums.list_all(store):
        if album.id == album_id:
            return album
    raise InputProblem(Sentence("This album is not there any more."), f"album {album_id}")
