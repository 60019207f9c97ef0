"""Which names of a query the library does not know, and the nearest ones that it does."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from photosort.domain.query import Field, Filter, Near
from photosort.domain.texts import folded
from photosort.store.tables import filters, fulltext, place_names
from photosort.tagging import lexicon
from photosort.usecases.search.located_photos import find_place
from photosort.usecases.search.query_translation import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from photosort.domain.query import Query
    from photosort.store.db.database import Store

_NEAREST = 3
# Share of letters that two spellings have in common, from which one may be a slip of the other.
_ALIKE = 0.75


def unknown_names(store: Store, query: Query) -> tuple[Note, ...]:
    """The tags, albums, cameras, lenses and places that a query names and the library does not have."""
    notes: dict[Note, None] = {}
    for leaf, _ in query.leaves():
        if isinstance(leaf, Filter) and isinstance(leaf.value, Near):
            if find_place(store, leaf.value.place) is None:
                near = _nearest(leaf.value.place, place_names.names(store))
                notes[Note(leaf.value.place, unknown=Field.PLACE.value, near=near)] = None
            continue
        if not isinstance(leaf, Filter) or not isinstance(leaf.value, str):
            continue
        is_known = _KNOWN.get(leaf.field)
        if is_known is not None and not is_known(store, leaf.value):
            near = _nearest(leaf.value, _NAMES[leaf.field](store))
            notes[Note(leaf.value, unknown=leaf.field.value, near=near)] = None
    return tuple(notes)


def tag_named(store: Store, word: str) -> str | None:
    """The name of the tag that a word means: the tag's own, or that of a word of another language."""
    if filters.is_tag(store, word):
        return word
    translated = lexicon.translate(word)
    return translated if translated and filters.is_tag(store, translated) else None


def _nearest(said: str, names: Iterable[str]) -> tuple[str, ...]:
    by_spelling = {folded(name): name for name in names}
    found = get_close_matches(folded(said), by_spelling, n=_NEAREST, cutoff=_ALIKE)
    return tuple(by_spelling[name] for name in found)


def _is_within(said: str, names: Iterable[str]) -> bool:
    return any(folded(said) in folded(name) for name in names)


_KNOWN: dict[Field, Callable[[Store, str], bool]] = {
    Field.TAG: lambda store, said: tag_named(store, said) is not None,
    Field.ALBUM: filters.is_album,
    Field.CAMERA: lambda store, said: _is_within(said, filters.cameras(store)),
    Field.LENS: lambda store, said: _is_within(said, filters.lenses(store)),
    # Folders, captions and keywords name places, too.
    Field.PLACE: lambda store, said: bool(fulltext.search(store, said, 1)),
}
_NAMES: dict[Field, Callable[[Store], list[str]]] = {
    Field.TAG: filters.tag_words,
    Field.ALBUM: filters.album_names,
    Field.CAMERA: filters.cameras,
    Field.LENS: filters.lenses,
    Field.PLACE: place_names.names,
}
