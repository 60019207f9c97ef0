"""All albums with what is known of them, in the order in which they are read: a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.domain.albums import Evidence
from photosort.library import saving
from photosort.library.album_words import name_of
from photosort.library.albums import photos_of
from photosort.library.geography import PlaceBranch, tree
from photosort.library.kinds_shown import SHOWN_KINDS
from photosort.library.places import shown_paths
from photosort.store import albums, grouping

if TYPE_CHECKING:
    from photosort.domain.albums import Title
    from photosort.library.saving import SmartAlbum
    from photosort.library.session import Session
    from photosort.store.albums import AlbumRow
    from photosort.store.grouping import SuggestionRow

_KINDS = ("event", "theme", "manual")


@dataclass(frozen=True, slots=True)
class AlbumEntry:
    """One album.

    Attributes:
        id: of the album; below zero that of a saved search, so that no two entries share one.
        parent: id of the album that holds it, or None.
        depth: 0 at the top.
        cover: path of the photo that stands for it, or None for an empty album.
        others: names that would do as well.
        photos: paths, only of albums that hold no others.
    """

    id: int
    name: str
    kind: str
    parent: int | None
    depth: int
    size: int
    cover: str | None
    why: tuple[Evidence, ...]
    others: tuple[str, ...]
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlbumCard:
    """One album as the window shows it.

    Attributes:
        id: of the album; below zero that of a saved search.
        cover: the photo that stands for it, or None for an empty album.
        begin_ms: when its first photo was taken, milliseconds since 1970, or None.
        end_ms: when its last one was, or None.
        query: what a saved search looks for, else None.
        title: its name in parts; None if a person or an older version gave the name.
    """

    id: int
    name: str
    kind: str
    parent: int | None
    size: int
    cover: int | None
    begin_ms: int | None
    end_ms: int | None
    query: str | None
    why: tuple[Evidence, ...] = ()
    others: tuple[Title, ...] = ()
    title: Title | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the albums' page shows.

    Attributes:
        is_grouped: a grouping was ever made.
        cards: all albums.
        suggestions: what waits for an answer.
        places: countries with their regions with their towns.
        others: photos of other kinds, which are in no automatic album.
    """

    is_grouped: bool
    cards: tuple[AlbumCard, ...]
    suggestions: tuple[SuggestionRow, ...]
    places: tuple[PlaceBranch, ...]
    others: int


def shelf(session: Session) -> Shelf:
    """Reads the albums' page."""
    rows = session.read(albums.every)
    first = session.read(grouping.facts)
    whys = session.read(lambda store: grouping.reasons(store, [row.id for row in rows]))
    titles = session.read(grouping.titles)
    cards = []
    for row in rows:
        begin, end, photo = first.get(row.id, (None, None, None))
        why, others = whys.get(row.id, ([], []))
        cards.append(
            AlbumCard(
                row.id, row.name, row.kind, row.parent_id, row.size, row.cover_photo_id or photo,
                begin, end, None, tuple(why), tuple(others), titles.get(row.id),
            )
        )  # fmt: skip
    cards += [
        AlbumCard(-one.id, one.name, "smart", None, 0, None, None, None, one.query)
        for one in saving.every(session)
    ]
    return Shelf(
        session.read(grouping.is_grouped),
        tuple(cards),
        tuple(session.read(grouping.suggestions)),
        tree(session),
        session.read(lambda store: grouping.count_outside(store, [*SHOWN_KINDS])),
    )


def list_albums(session: Session) -> list[AlbumEntry]:
    """All albums, each followed by those inside it; a kind after the other, the largest first."""
    rows = session.read(albums.every)
    members = {row.id: photos_of(session, row.id) for row in rows}
    searches = saving.smart_albums(session)
    whys = session.read(lambda store: grouping.reasons(store, members))
    holders = {row.parent_id for row in rows}
    wanted = {row.cover_photo_id for row in rows if row.cover_photo_id is not None}
    for row in rows:
        wanted.update(members[row.id] if row.id not in holders else members[row.id][:1])
    for one in searches:
        wanted.update(one.photo_ids.tolist())
    paths = shown_paths(session, wanted)
    entries = []
    for row, depth in _in_order(rows, {row.id: len(members[row.id]) for row in rows}):
        held = members[row.id]
        cover = row.cover_photo_id or (held[0] if held else None)
        why, others = whys.get(row.id, ([], []))
        entries.append(
            AlbumEntry(
                row.id, row.name, row.kind, row.parent_id, depth, len(held),
                None if cover is None else paths.get(cover),
                tuple(why), tuple(map(name_of, others)),
                () if row.id in holders else tuple(paths[one] for one in held if one in paths),
            )
        )  # fmt: skip
    return entries + [_of_search(one, paths) for one in searches]


def _of_search(found: SmartAlbum, paths: Mapping[int, str]) -> AlbumEntry:
    held = tuple(paths[one] for one in found.photo_ids.tolist() if one in paths)
    return AlbumEntry(
        id=-found.search.id,
        name=found.search.name,
        kind="smart",
        parent=None,
        depth=0,
        size=len(found.photo_ids),
        cover=held[0] if held else None,
        why=(Evidence("query", 1.0, found.search.query),),
        others=(),
        photos=held,
    )


def _in_order(rows: list[AlbumRow], sizes: dict[int, int]) -> Iterator[tuple[AlbumRow, int]]:
    known = {row.id for row in rows}
    inside: dict[int | None, list[AlbumRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (_KINDS.index(row.kind), -sizes[row.id], row.name)):
        inside[row.parent_id if row.parent_id in known else None].append(row)

    def below(parent: int | None, depth: int) -> Iterator[tuple[AlbumRow, int]]:
        for row in inside.get(parent, ()):
            yield row, depth
            yield from below(row.id, depth + 1)

    return below(None, 0)
