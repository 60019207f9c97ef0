"""Metadata copied from one photo to others: tags, albums, stars, texts, date and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from photosort.domain.photos import Source
from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.sentences import Sentence, counted_photos, quoted
from photosort.store.db import history
from photosort.store.tables import albums, photos, tags
from photosort.usecases.photos.decisions import decide
from photosort.usecases.photos.place_naming import name_places

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Photo
    from photosort.store.db.database import Store
    from photosort.store.tables.photos import UserChange, UserValues
    from photosort.usecases.session.session import Session

Part = Literal["tags", "albums", "rating", "title", "caption", "date", "place"]


@dataclass(frozen=True, slots=True)
class MetadataSet:
    """What photos are given; empty or None = nothing.

    Attributes:
        tags: names.
        albums: ids and names.
        rating: 1 to 5.
        date: wall-clock time, offset and source.
        place: latitude and longitude.
    """

    tags: tuple[str, ...] = ()
    albums: tuple[tuple[int, str], ...] = ()
    rating: int | None = None
    title: str | None = None
    caption: str | None = None
    date: tuple[str, int | None, Source] | None = None
    place: tuple[float, float] | None = None

    def only(self, parts: Iterable[Part]) -> MetadataSet:
        """Those parts alone."""
        return MetadataSet(**{part: getattr(self, part) for part in parts})

    def parts(self) -> dict[Part, Sentence]:
        """All that it holds, each part in a few words."""
        said: dict[Part, Sentence] = {}
        if self.rating is not None:
            said["rating"] = (
                Sentence("{count:,} star", count=1)
                if self.rating == 1
                else Sentence("{count:,} stars", count=self.rating)
            )
        if self.tags:
            said["tags"] = Sentence("tags: {names}", names=", ".join(self.tags))
        if self.albums:
            names = ", ".join(name for _, name in self.albums)
            said["albums"] = Sentence("albums: {names}", names=names)
        if self.title is not None:
            said["title"] = Sentence("title {title}", title=quoted(self.title))
        if self.caption is not None:
            said["caption"] = Sentence("caption {caption}", caption=quoted(self.caption))
        if self.date is not None:
            said["date"] = Sentence("date {date}", date=self.date[0].replace("T", " "))
        if self.place is not None:
            said["place"] = Sentence("place")
        return said

    def values(self) -> UserChange:
        """What is decided about each photo, but for tags and albums."""
        change: UserChange = {}
        if self.rating is not None:
            change["rating"] = self.rating
        if self.title is not None:
            change["title"] = self.title
        if self.caption is not None:
            change["caption"] = self.caption
        if self.date is not None:
            change["taken_at"], change["offset_min"], _ = self.date
        if self.place is not None:
            change["latitude"], change["longitude"] = self.place
        return change


@dataclass(frozen=True, slots=True)
class Belongings:
    """What was said of a photo, by a person, another program or its file.

    Attributes:
        tags: names of the tags that are confirmed, or came with files.
        rejected: names of those that were rejected.
        albums: ids and names of the albums that it was put into by hand.
        rating: 1 to 5, or None.
        date: wall-clock time, offset and source, or None.
        place: latitude and longitude, or None.
        is_placeless: a person removed its place.
    """

    tags: tuple[str, ...] = ()
    rejected: frozenset[str] = frozenset()
    albums: tuple[tuple[int, str], ...] = ()
    rating: int | None = None
    title: str | None = None
    caption: str | None = None
    date: tuple[str, int | None, Source] | None = None
    place: tuple[float, float] | None = None
    is_placeless: bool = False

    def everything(self) -> MetadataSet:
        """All of it that can be given to other photos."""
        return MetadataSet(
            self.tags, self.albums, self.rating, self.title, self.caption, self.date, self.place
        )


def belongings(store: Store, known: Mapping[int, Photo]) -> dict[int, Belongings]:
    """What was said of photos, by id."""
    said = tags.of_photos(store, known)
    held = albums.put_by_hand(store, known)
    by_user = photos.user_values(store, known)
    return {
        photo_id: _belongings(
            photo, said.get(photo_id, []), held.get(photo_id, []), by_user[photo_id]
        )
        for photo_id, photo in known.items()
    }


def give(
    store: Store, photo_ids: Sequence[int], what: MetadataSet, *, action: Sentence, actor: str
) -> None:
    """Gives photos all of it, in place of what they have; tags and albums are added. Call it inside a recording.

    Args:
        store: the writing connection.
        photo_ids: which photos.
        what: what they get.
        action: words for the history.
        actor: "window" or "command".
    """
    if what.tags:
        said = dict.fromkeys(what.tags, photo_ids)
        tags.set_tag_state(store, said, TagState.CONFIRMED, origin="user", actor=actor)
    for album_id, _ in what.albums:
        albums.add(store, album_id, photo_ids, actor=actor)
    values = what.values()
    if values:
        decide(store, photo_ids, values, action=action, actor=actor)


def copied(session: Session, photo_id: int) -> MetadataSet:
    """Everything of a photo that can be given to others.

    Raises:
        InputProblem: the photo is not in the library any more.
    """

    def read(store: Store) -> Belongings:
        known = {one.id: one for one in photos.get(store, [photo_id])}
        if not known:
            raise InputProblem(Sentence("This photo is no longer in the library."))
        return belongings(store, known)[photo_id]

    return session.read(read).everything()


def paste(session: Session, photo_ids: Sequence[int], what: MetadataSet) -> ChangeSet:
    """Gives photos what was copied, in place of what they have, as one entry of the history; tags and albums are added.

    Raises:
        InputProblem: there is nothing to give.
    """
    if not what.parts():
        raise InputProblem(Sentence("There is nothing to paste: nothing is known of that photo."))
    action = Sentence("Paste metadata on {photos}", photos=counted_photos(len(photo_ids)))

    def write(store: Store) -> ChangeSet:
        with history.recording(store, action, session.actor) as changes:
            give(store, photo_ids, what, action=action, actor=session.actor)
        return changes.result

    made = session.write(write)
    name_places(session)
    return made


def _belongings(
    photo: Photo,
    said: Sequence[tuple[str, TagState]],
    held: Sequence[tuple[int, str]],
    by_user: UserValues,
) -> Belongings:
    shown = photo.effective
    date = None
    if shown.taken_at is not None:
        date = (shown.taken_at, shown.offset_min, shown.taken_source or Source.FOLDER)
    has_place = shown.latitude is not None and shown.longitude is not None
    return Belongings(
        tags=tuple(name for name, state in said if state is not TagState.REJECTED),
        rejected=frozenset(name for name, state in said if state is TagState.REJECTED),
        albums=tuple(held),
        rating=shown.rating or None,
        title=shown.title,
        caption=shown.caption,
        date=date,
        place=(shown.latitude or 0.0, shown.longitude or 0.0) if has_place else None,
        is_placeless=by_user.latitude is not None and not has_place,
    )
