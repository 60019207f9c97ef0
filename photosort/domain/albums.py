"""Albums that the machine makes, before they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from photosort.domain.tags import Reason

AutomaticKind = Literal["event", "theme"]


@dataclass(frozen=True, slots=True)
class PlannedAlbum:
    """An album as a new grouping would make it.

    Attributes:
        photos: ids, in the order in which they are shown.
        parent: place in the list of planned albums of the one that holds it, or None.
        name: what it would be called.
        others: names that would do as well.
        why: reasons, the strongest first.
        cover: the photo that stands for it, or None for the first.
    """

    kind: AutomaticKind
    photos: tuple[int, ...]
    parent: int | None
    name: str = ""
    others: tuple[str, ...] = ()
    why: tuple[Reason, ...] = ()
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
    """

    changes: tuple[AlbumChange, ...]
    new: tuple[int, ...]
    photos: tuple[tuple[int, ...], ...]
    parents: tuple[int | None, ...]
    gone: tuple[int, ...]
