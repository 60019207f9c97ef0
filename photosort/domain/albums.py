"""Automatic albums as planned or suggested, before they are saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

AutomaticKind = Literal["event", "theme"]
# What `Evidence` can say; "said" is a sentence as older versions kept it.
EvidenceKind = Literal["dates", "place", "word", "query", "said"]


@dataclass(frozen=True, slots=True)
class Title:
    """What an automatic album is called, in parts, so that each face can word it in its own language.

    Attributes:
        what: a place, a word or a folder's name; "" where only the date tells.
        where: a place that stands after a word, or "".
        is_word: `what` is a word for what the photos show, which another language has another for.
        first_ms: the wall clock's milliseconds since 1970 of its first photo, or None where the date is no part.
        last_ms: the same of its last photo.
        with_hours: the time of day is a part.
        alike: for what no word tells: how many photos look alike, else 0.
        number: 2 and more for those that would be called like another album.
    """

    what: str = ""
    first_ms: int | None = None
    last_ms: int | None = None
    with_hours: bool = False
    alike: int = 0
    number: int = 1
    where: str = ""
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for an album; which of the values count depends on `kind`.

    Attributes:
        kind: "dates" (`count` photos from `first_ms` to `last_ms`), "place" (`share` of them have a position, most
            in `text`), "word" (`text` fits `share` of these and `of_rest` of the other photos), "query" (`text`
            finds them), "said" (`text` as it is).
        weight: how much it says, 0 to 1.
    """

    kind: EvidenceKind
    weight: float
    text: str = ""
    count: int = 0
    share: float = 0.0
    of_rest: float = 0.0
    first_ms: int | None = None
    last_ms: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedAlbum:
    """An album as a new grouping would make it.

    Attributes:
        photos: ids, in the order in which they are shown.
        parent: place in the list of planned albums of the one that holds it, or None.
        name: what it would be called, in English.
        title: the same in parts; None for an album that is there and keeps its word.
        others: names that would do as well.
        why: what speaks for it, the strongest first.
        cover: the photo that stands for it, or None for the first.
    """

    kind: AutomaticKind
    photos: tuple[int, ...]
    parent: int | None
    name: str = ""
    title: Title | None = None
    others: tuple[Title, ...] = ()
    why: tuple[Evidence, ...] = ()
    cover: int | None = None


@dataclass(frozen=True, slots=True)
class HeldAlbum:
    """An automatic album as the library keeps it.

    Attributes:
        machine: photos that a grouping put in.
        pinned: photos that a person put in.
        excluded: photos that a person took out.
        is_named: a person gave the name.
        is_hidden: a person removed it; it is kept so that it does not come back.
    """

    id: int
    kind: AutomaticKind
    parent: int | None
    name: str
    is_named: bool
    is_hidden: bool
    machine: frozenset[int]
    pinned: frozenset[int]
    excluded: frozenset[int]

    @property
    def is_touched(self) -> bool:
        """True if a person decided something about it."""
        return self.is_named or self.is_hidden or bool(self.pinned or self.excluded)


@dataclass(frozen=True, slots=True)
class AlbumChange:
    """What would change in one album.

    Attributes:
        album: its id.
        joins: photos that would join.
        leaves: photos that would leave; never one that a person put in.
    """

    album: int
    joins: tuple[int, ...] = ()
    leaves: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What a new grouping would change in the albums that are there.

    Attributes:
        changes: albums whose photos would change.
        new: places of the planned albums that would be made, parents first.
        photos: the photos of each of `new`: without those that a person put elsewhere.
        parents: for each of `new` the album that is there and would hold it, or None.
        gone: ids of albums that have no photos in common any more; never one that a person touched.
        same: id of each album that is there and shown to the place of the planned one that it is.
    """

    changes: tuple[AlbumChange, ...]
    new: tuple[int, ...]
    photos: tuple[tuple[int, ...], ...]
    parents: tuple[int | None, ...]
    gone: tuple[int, ...]
    same: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlbumDescription:
    """What an automatic album is called and why, as a new grouping says it.

    Attributes:
        title: the name in parts, or None as before.
        why: what speaks for the album.
    """

    title: Title | None
    why: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AlbumSuggestion:
    """One change that waits for a person's answer.

    Attributes:
        album_id: the album that would change, or None for a new one.
        joins: photos that would join.
        leaves: photos that would leave.
        album: what the new album would be, or None.
        parent_id: the album that would hold it, or None.
        described: what the album that would change is then called, and why; None as before.
    """

    id: int
    album_id: int | None
    joins: tuple[int, ...]
    leaves: tuple[int, ...]
    album: PlannedAlbum | None = None
    parent_id: int | None = None
    described: AlbumDescription | None = None


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name.

    Attributes:
        query: text in the query language.
        cutoff: probability from which a photo belongs to it, or None for the usual one.
    """

    id: int
    name: str
    query: str
    cutoff: float | None
