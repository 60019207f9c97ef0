"""Matches a new grouping to the existing albums: changes as little as it can, and nothing that the user decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from photosort.domain.albums import AlbumChange, HeldAlbum, PlannedAlbum, Regrouping

# An album is the same one if it shares so much with the planned one (intersection over union).
_SAME = 0.3
# A planned album most of whose photos a person has put elsewhere is not made.
_LEFT = 0.5
_FEWEST = 3
_SAME_AS_OWN = 0.7


def match_albums(
    planned: Sequence[PlannedAlbum],
    held: Sequence[HeldAlbum],
    judged: Mapping[str, Collection[int]] | None = None,
    own: Sequence[Collection[int]] = (),
) -> Regrouping:
    """Compares a new grouping with the albums that are there.

    Args:
        planned: the new grouping, parents before children.
        held: the automatic albums of the library, removed ones included.
        judged: for each kind the photos that the grouping examined; no others leave. A photo whose vector is
            still to come, or whose drive is away, stays where it is. None = all.
        own: the photos of each album that a person made; nothing much the same is made beside it.
    """
    same = _matched(planned, held)
    by_id = {album.id: album for album in held}
    elsewhere = _Elsewhere(held)
    changes: list[AlbumChange] = []
    new: list[int] = []
    photos: list[tuple[int, ...]] = []
    parents: list[int | None] = []
    unwanted: set[int] = set()
    for index, plan in enumerate(planned):
        if plan.parent in unwanted:
            unwanted.add(index)
            continue
        if index in same:
            album = by_id[same[index]]
            if album.is_hidden:
                unwanted.add(index)
            elif change := _change(plan, album, elsewhere, judged):
                changes.append(change)
            continue
        free = tuple(photo for photo in plan.photos if not elsewhere.holds(plan.kind, photo))
        if len(free) < max(_FEWEST, _LEFT * len(plan.photos)) or _is_there(plan, own):
            unwanted.add(index)
            continue
        new.append(index)
        photos.append(free)
        parents.append(None if plan.parent is None else same.get(plan.parent))
    found = set(same.values())
    gone = tuple(
        album.id
        for album in held
        if album.id not in found
        and not album.is_touched
        and (judged is None or album.machine <= set(judged[album.kind]))
    )
    shown = {album: index for index, album in same.items() if not by_id[album].is_hidden}
    return Regrouping(tuple(changes), tuple(new), tuple(photos), tuple(parents), gone, shown)


class _Elsewhere:
    """Which albums a person has put photos into."""

    def __init__(self, held: Sequence[HeldAlbum]) -> None:
        self._above = {album.id: album.parent for album in held}
        self._homes: dict[tuple[str, int], set[int]] = defaultdict(set)
        for album in held:
            if not album.is_hidden:
                for photo in album.pinned:
                    self._homes[album.kind, photo].add(album.id)

    def holds(self, kind: str, photo: int, *, beside: int | None = None) -> bool:
        """Whether the user put a photo into an album of a kind that is neither above nor below `beside`."""
        homes = self._homes.get((kind, photo))
        if not homes:
            return False
        return beside is None or not any(self._is_kin(home, beside) for home in homes)

    def _is_kin(self, one: int, other: int) -> bool:
        return other in self._line(one) or one in self._line(other)

    def _line(self, album: int | None) -> set[int]:
        line: set[int] = set()
        while album is not None and album not in line:
            line.add(album)
            album = self._above.get(album)
        return line


def _change(
    plan: PlannedAlbum,
    album: HeldAlbum,
    elsewhere: _Elsewhere,
    judged: Mapping[str, Collection[int]] | None,
) -> AlbumChange | None:
    known = album.machine | album.pinned | album.excluded
    joins = tuple(
        photo
        for photo in plan.photos
        if photo not in known and not elsewhere.holds(plan.kind, photo, beside=album.id)
    )
    leaving = album.machine - set(plan.photos)
    if judged is not None:
        leaving &= set(judged[album.kind])
    leaves = tuple(sorted(leaving))
    return AlbumChange(album.id, joins, leaves) if joins or leaves else None


def _is_there(plan: PlannedAlbum, own: Sequence[Collection[int]]) -> bool:
    photos = set(plan.photos)
    return any(len(photos & set(one)) >= _SAME_AS_OWN * len(photos | set(one)) for one in own)


def _matched(planned: Sequence[PlannedAlbum], held: Sequence[HeldAlbum]) -> dict[int, int]:
    """Index of a planned album to the id of the existing one it matches; each once, the most similar first."""
    sizes = {album.id: len(album.machine | album.pinned | album.excluded) for album in held}
    homes: dict[tuple[str, int], list[int]] = defaultdict(list)
    for album in held:
        for photo in album.machine | album.pinned | album.excluded:
            homes[album.kind, photo].append(album.id)
    pairs: list[tuple[float, int, int]] = []
    for index, plan in enumerate(planned):
        shared = Counter(
            album for photo in plan.photos for album in homes.get((plan.kind, photo), ())
        )
        pairs += [
            (count / (len(plan.photos) + sizes[album] - count), index, album)
            for album, count in shared.items()
        ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for alike, index, one in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if alike < _SAME:
            break
        if index not in found and one not in taken:
            found[index] = one
            taken.add(one)
    return found
