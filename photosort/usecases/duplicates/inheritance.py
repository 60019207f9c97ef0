"""What a photo that stays takes over from its duplicates that go: whatever it does not have itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from photosort.domain.photos import Flag, Source
from photosort.sentences import Sentence, counted_photos
from photosort.store.db import history
from photosort.store.tables import photos
from photosort.usecases.photos.decisions import decide
from photosort.usecases.photos.metadata_set import Belongings, MetadataSet, belongings, give

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store

# Dates that nobody wrote as the date of taking: a better one of a copy is welcome.
_GUESSED = frozenset({Source.NAME, Source.DIGITIZED, Source.FOLDER})


def inherited(keeper: Belongings, others: Iterable[Belongings]) -> MetadataSet:
    """What a photo takes over from others: the first one's, where several have it; of stars the most."""
    going = list(others)
    own = {name.casefold() for name in (*keeper.tags, *keeper.rejected)}
    in_albums = {album for album, _ in keeper.albums}
    dates = [one.date for one in going if one.date is not None and _is_better(one, keeper)]
    return MetadataSet(
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
            give(store, [keeper], taken, action=action, actor=actor)
    return changes.result


def _is_better(one: Belongings, keeper: Belongings) -> bool:
    """Whether a date is worth more than that of the photo that stays."""
    if keeper.date is None or one.date is None:
        return one.date is not None
    source, own = one.date[2], keeper.date[2]
    if own in _GUESSED:
        return source.rank < own.rank
    return source is Source.USER and own is not Source.USER
