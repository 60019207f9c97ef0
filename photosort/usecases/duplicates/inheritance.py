"""What a photo that stays takes over from its duplicates that go: whatever it does not have itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.domain.photos import Flag, Source
from photosort.domain.tags import TagState
from photosort.sentences import Sentence, counted_photos, quoted
from photosort.store.db import history
from photosort.store.tables import albums, photos, tags
from photosort.usecases.photos.decisions import decide, decide_each

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Photo
    from photosort.store.db.database import Store
    from photosort.store.tables.photos import UserChange, UserValues

# Dates that nobody wrote as the date of taking: a better one of a copy is welcome.
_GUESSED = frozenset({Source.NAME, Source.DIGITIZED, Source.FOLDER})


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


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What is taken over; empty or None = nothing."""

    tags: tuple[str, ...] = ()
    albums: tuple[tuple[int, str], ...] = ()
    rating: int | None = None
    title: str | None = None
    caption: str | None = None
    date: tuple[str, int | None, Source] | None = None
    place: tuple[float, float] | None = None

    def sentences(self) -> list[Sentence]:
        """All of it, each part in a few words."""
        said = []
        if self.rating is not None:
            said.append(
                Sentence("{count:,} star", count=1)
                if self.rating == 1
                else Sentence("{count:,} stars", count=self.rating)
            )
        if self.tags:
            said.append(Sentence("tags: {names}", names=", ".join(self.tags)))
        if self.albums:
            names = ", ".join(name for _, name in self.albums)
            said.append(Sentence("albums: {names}", names=names))
        if self.title is not None:
            said.append(Sentence("title {title}", title=quoted(self.title)))
        if self.caption is not None:
            said.append(Sentence("caption {caption}", caption=quoted(self.caption)))
        if self.date is not None:
            said.append(Sentence("date {date}", date=self.date[0].replace("T", " ")))
        if self.place is not None:
            said.append(Sentence("place"))
        return said

    def values(self) -> UserChange:
        """What is decided about the photo that stays, but for tags and albums."""
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


def inherited(keeper: Belongings, others: Iterable[Belongings]) -> Inheritance:
    """What a photo takes over from others: the first one's, where several have it; of stars the most."""
    going = list(others)
    own = {name.casefold() for name in (*keeper.tags, *keeper.rejected)}
    in_albums = {album for album, _ in keeper.albums}
    dates = [one.date for one in going if one.date is not None and _is_better(one, keeper)]
    return Inheritance(
        tags=tuple(
            dict.fromkeys(name for one in going for name in one.tags if name.casefold() not in own)
        ),
        albums=tuple(
            dict.fromkeys(held for one in going for held in one.albums if held[0] not in in_albums)
        ),
        rating=None
        if keeper.rating is not None
        else max((one.rating for one in going if one.rating is not None), default=None),
        title=None if keeper.title else next((one.title for one in going if one.title), None),
        caption=None
        if keeper.caption
        else next((one.caption for one in going if one.caption), None),
        date=min(dates, key=lambda date: date[2].rank, default=None),
        place=None
        if keeper.place or keeper.is_placeless
        else next((one.place for one in going if one.place), None),
    )


def discard(store: Store, groups: Sequence[tuple[int, Sequence[int]]], *, actor: str) -> ChangeSet:
    """Marks photos as discarded, and gives those that stay what they had, as one entry of the history.

    Args:
        store: the writing connection.
        groups: the photo that stays, and those that go.
        actor: "window" or "command".
    """
    going = list(dict.fromkeys(one for _, others in groups for one in others))
    action = Sentence("Discarded duplicates: {photos}", photos=counted_photos(len(going)))
    ids = [one for keeper, others in groups for one in (keeper, *others)]
    known = {one.id: one for one in photos.get(store, dict.fromkeys(ids))}
    with history.recording(store, action, actor) as changes:
        had = belongings(store, known)
        decide(store, going, {"flag": Flag.DISCARD}, action=action, actor=actor)
        for keeper, others in groups:
            taken = inherited(had[keeper], [had[one] for one in others])
            _give(store, keeper, taken, action, actor)
    return changes.result


def _give(store: Store, keeper: int, taken: Inheritance, action: Sentence, actor: str) -> None:
    if taken.tags:
        said = {name: [keeper] for name in taken.tags}
        tags.set_tag_state(store, said, TagState.CONFIRMED, origin="user", actor=actor)
    for album_id, _ in taken.albums:
        albums.add(store, album_id, [keeper], actor=actor)
    values = taken.values()
    if values:
        decide_each(store, {keeper: values}, action=action, actor=actor)


def _is_better(one: Belongings, keeper: Belongings) -> bool:
    """Whether a date is worth more than that of the photo that stays."""
    if keeper.date is None or one.date is None:
        return one.date is not None
    source, own = one.date[2], keeper.date[2]
    if own in _GUESSED:
        return source.rank < own.rank
    return source is Source.USER and own is not Source.USER


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
