"""All albums with their counts, covers and dates, as a tree in display order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.domain.albums import Evidence
from photosort.domain.texts import folded
from photosort.store.tables import albums, automatic_albums
from photosort.usecases.albums.english_names import name_of_album
from photosort.usecases.albums.picture_kinds import SHOWN_KINDS
from photosort.usecases.albums.user_albums import photos_of
from photosort.usecases.photos.photo_paths import display_paths
from photosort.usecases.photos.place_naming import PlaceBranch, tree
from photosort.usecases.search import saved_searches

if TYPE_CHECKING:
    from photosort.domain.albums import AlbumSuggestion, Title
    from photosort.store.tables.albums import AlbumRow
    from photosort.usecases.search.saved_searches import SmartAlbum
    from photosort.usecases.session.session import Session

_KINDS = ("event", "theme", "manual")


@dataclass(frozen=True, slots=True)
class AlbumEntry:
    """One album.

    Attributes:
        id: of the album; below zero that of a saved search, so that no two entries share one.
        parent: id of the album that holds it, or None.
        depth: 0 at the top.
        cover: path of the cover photo, or None for an empty album.
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
        cover: the cover photo, or None for an empty album.
        begin_ms: when its first photo was taken, milliseconds since 1970, or None.
        end_ms: when its last one was, or None.
        query: the query of a saved search, else None.
        title: its name in parts; None if a person or an older version gave the name.
        is_pinned: it is in the sidebar, by a name that no machine changes.
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
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class OpenAlbum:
    """One album with what stands around it.

    Attributes:
        above: the album that holds it, or None.
        parts: the albums inside it, the largest first.
    """

    card: AlbumCard
    above: AlbumCard | None
    parts: tuple[AlbumCard, ...]


@dataclass(frozen=True, slots=True)
class AlbumShelves:
    """All that the albums' page shows.

    Attributes:
        is_grouped: a grouping was ever made.
        cards: all albums.
        suggestions: suggestions without an answer.
        places: countries with their regions with their towns.
        others: photos of other kinds, which are in no automatic album.
    """

    is_grouped: bool
    cards: tuple[AlbumCard, ...]
    suggestions: tuple[AlbumSuggestion, ...]
    places: tuple[PlaceBranch, ...]
    others: int


def load_shelves(session: Session) -> AlbumShelves:
    """Reads the albums' page."""
    return AlbumShelves(
        session.read(automatic_albums.is_grouped),
        tuple(_cards(session)),
        tuple(session.read(automatic_albums.suggestions)),
        tree(session),
        session.read(lambda store: automatic_albums.count_outside(store, [*SHOWN_KINDS])),
    )


def load_album(session: Session, name: str) -> OpenAlbum | None:
    """The album of a name, as `album:` in a query knows it; None where there is none."""
    cards = _cards(session)
    wanted = folded(name)
    card = next((one for one in cards if one.query is None and folded(one.name) == wanted), None)
    if card is None:
        return None
    above = next((one for one in cards if one.id == card.parent), None)
    parts = sorted(
        (one for one in cards if one.parent == card.id), key=lambda one: (-one.size, one.name)
    )
    return OpenAlbum(card, above, tuple(parts))


def _cards(session: Session) -> list[AlbumCard]:
    rows = session.read(albums.list_all)
    first = session.read(automatic_albums.facts)
    whys = session.read(lambda store: automatic_albums.reasons(store, [row.id for row in rows]))
    titles = session.read(automatic_albums.titles)
    cards = []
    for row in rows:
        begin, end, photo = first.get(row.id, (None, None, None))
        why, others = whys.get(row.id, ([], []))
        cards.append(
            AlbumCard(
                row.id, row.name, row.kind, row.parent_id, row.size, row.cover_photo_id or photo,
                begin, end, None, tuple(why), tuple(others), titles.get(row.id), row.name_pinned,
            )
        )  # fmt: skip
    cards += [
        AlbumCard(-one.id, one.name, "smart", None, 0, None, None, None, one.query)
        for one in saved_searches.list_all(session)
    ]
    return cards


def list_albums(session: Session) -> list[AlbumEntry]:
    """All albums, each followed by those inside it; a kind after the other, the largest first."""
    rows = session.read(albums.list_all)
    members = {row.id: photos_of(session, row.id) for row in rows}
    searches = saved_searches.smart_albums(session)
    whys = session.read(lambda store: automatic_albums.reasons(store, members))
    holders = {row.parent_id for row in rows}
    wanted = {row.cover_photo_id for row in rows if row.cover_photo_id is not None}
    for row in rows:
        wanted.update(members[row.id] if row.id not in holders else members[row.id][:1])
    for one in searches:
        wanted.update(one.photo_ids.tolist())
    paths = display_paths(session, wanted)
    entries = []
    for row, depth in _in_order(rows, {row.id: len(members[row.id]) for row in rows}):
        held = members[row.id]
        cover = row.cover_photo_id or (held[0] if held else None)
        why, others = whys.get(row.id, ([], []))
        entries.append(
            AlbumEntry(
                row.id, row.name, row.kind, row.parent_id, depth, len(held),
                None if cover is None else paths.get(cover),
                tuple(why), tuple(map(name_of_album, others)),
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
