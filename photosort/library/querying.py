"""Search with the query language: filters from the library's columns, descriptions by sight and by words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import FileState
from photosort.domain.query import Field, Query, Sort, SortKey
from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.library import browsing
from photosort.library.places import photos_below, shown_paths
from photosort.media.formats import media_of
from photosort.progress import Job
from photosort.search.cutoff import STRONG, SURE_OF_WORDS
from photosort.search.filtering import UNDATED, Columns, evaluate
from photosort.search.query import parse
from photosort.store import listings, words
from photosort.store.photos import NO_DATE, NO_RATING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.library.browsing import Catalog
    from photosort.library.searching import SearchResult
    from photosort.library.session import Session
    from photosort.store.database import Store

    Mask = NDArray[np.bool_]
    Probabilities = NDArray[np.float32]

# The photos of which a machine suggests one of these tags (by key).
Suggested = Callable[[set[str]], "NDArray[np.int64]"]

_MOST_BY_WORDS = 20_000
_TYPES = {"jpg": "jpeg", "jpe": "jpeg", "tif": "tiff", "heif": "heic"}
_SAID = (TagState.CONFIRMED.value, TagState.IMPORTED.value)


@dataclass(frozen=True, slots=True)
class Example:
    """A photo that is searched by.

    Attributes:
        path: a photo in or outside the library.
        words_share: how much the words of the query count beside it, 0 to 1.
    """

    path: str
    words_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    Attributes:
        ids: int64 array of photos, strong matches first; within both in the order asked for.
        probabilities: float32 array of the shape of `ids`; None when the query only filters.
        strong: how many of `ids` are good matches; all of them when the query only filters.
        by_sight: descriptions were compared with the pictures, not only with names, tags and captions.
        searchable: photos of the library that have vectors; all of them when the query only filters.
    """

    ids: NDArray[np.int64]
    probabilities: Probabilities | None
    strong: int
    by_sight: bool
    searchable: int


def search(
    session: Session,
    text: str,
    *,
    limit: int,
    folder: str | None = None,
    include_weak: bool = False,
) -> SearchResult:
    """Photos that answer a query, best first, as far as good matches go.

    Args:
        session: the open library.
        text: a query in the query language.
        limit: most photos returned.
        folder: only photos below this folder; never moves the cut-off.
        include_weak: go on beyond the good matches.

    Raises:
        InputProblem: the query is empty or not well formed (with a position), or the folder is not in the
            library.
        ModelUnavailable: the encoder cannot be loaded.
    """
    from photosort.library.searching import Hit, SearchResult

    if not text.strip():
        raise InputProblem("Say what the photos should show.", position=0)
    query = parse(text)
    allowed = None if folder is None else photos_below(session, [folder])
    catalog = browsing.load(session)
    found = answer(session, query, catalog, allowed=allowed, suggested=_suggested(session))
    shown = min(limit, len(found.ids) if include_weak else found.strong)
    ids = found.ids[:shown].tolist()
    paths = shown_paths(session, ids)
    scores = [None] * shown if found.probabilities is None else found.probabilities[:shown].tolist()
    return SearchResult(
        tuple(
            Hit(photo_id, paths[photo_id], score, "strong" if place < found.strong else "weak")
            for place, (photo_id, score) in enumerate(zip(ids, scores, strict=True))
            if photo_id in paths
        ),
        strong=found.strong,
        weak=len(found.ids) - found.strong,
        searchable=found.searchable,
        total=len(catalog),
    )


def _suggested(session: Session) -> Suggested:
    """What a machine suggests, made ready when a query first asks for it."""

    def photos(keys: set[str]) -> NDArray[np.int64]:
        from photosort.library.suggestions import open_suggestions

        return (session.suggestions or open_suggestions(session, Job())).photos(keys)

    return photos


def answer(
    session: Session,
    query: Query,
    catalog: Catalog,
    *,
    allowed: Sequence[int] | None = None,
    by_sight: bool = True,
    suggested: Suggested | None = None,
    example: Example | None = None,
    cutoff: float = STRONG,
) -> Answer:
    """The photos that answer a query.

    Args:
        session: the open library.
        query: what is asked for.
        catalog: the photos to look at.
        allowed: only these photos; never moves the cut-off.
        by_sight: compare descriptions with the pictures, for which the encoder is loaded if it is not yet;
            False answers at once from names, tags, captions and metadata.
        suggested: tags that a machine suggests, for `tag:` and `state:suggested`.
        example: a photo that the others are to be like, besides.
        cutoff: the probability from which a photo is a good match.

    Raises:
        InputProblem: `like:` or the example names a file that is no picture.
        ModelUnavailable: the encoder cannot be loaded.
    """
    looking = _Looking(session, catalog, by_sight=by_sight)
    columns = columns_of(session, catalog, suggested)
    # A photo that nobody has looked at yet may or may not show something: what counts is what is sure.
    low, passes = evaluate(query, columns, looking.describe(0.0), looking.like(0.0))
    high, _ = evaluate(query, columns, looking.describe(1.0), looking.like(1.0))
    probabilities = np.minimum(low, high)
    if example is not None:
        alike = looking.like(0.0)(example.path)
        share = 0.0 if query.is_filter_only else example.words_share
        probabilities = probabilities ** (2 * share) * alike ** (2 * (1 - share))
        probabilities = np.where(passes, probabilities, 0).astype(np.float32)
    keep = passes & (probabilities > 0)
    if allowed is not None:
        keep &= np.isin(catalog.ids, np.asarray(allowed, dtype=np.int64))
    rows = np.flatnonzero(keep)
    if query.is_filter_only and example is None:
        rows = rows[_order(catalog, rows, query.sort or Sort(SortKey.DATE))]
        return Answer(catalog.ids[rows], None, len(rows), by_sight=False, searchable=len(catalog))
    of_rows = probabilities[rows]
    if query.sort is None or query.sort.key is SortKey.RELEVANCE:
        order = np.argsort(-of_rows, kind="stable")
    else:
        order = _order(catalog, rows, query.sort)
        weak = of_rows[order] < cutoff
        order = np.concatenate([order[~weak], order[weak]])
    rows, of_rows = rows[order], of_rows[order]
    strong = int(np.count_nonzero(of_rows >= cutoff))
    return Answer(catalog.ids[rows], of_rows, strong, by_sight, looking.searchable)


class _Looking:
    """Descriptions and likenesses as probabilities in the order of a catalog, each worked out once."""

    def __init__(self, session: Session, catalog: Catalog, *, by_sight: bool) -> None:
        self._session = session
        self._catalog = catalog
        self._by_sight = by_sight
        self._known: dict[tuple[str, str], tuple[Probabilities, Mask]] = {}
        self.searchable = len(catalog)

    def describe(self, unknown: float) -> Callable[[str], Probabilities]:
        return lambda text: self._filled("describe", text, unknown)

    def like(self, unknown: float) -> Callable[[str], Probabilities]:
        return lambda path: self._filled("like", path, unknown)

    def _filled(self, how: str, text: str, unknown: float) -> Probabilities:
        key = (how, text)
        if key not in self._known:
            if how == "like":
                ids, found = self._by_likeness(text)
            elif self._by_sight:
                ids, found = self._by_pictures(text)
            else:
                ids, found = self._by_words(text)
            self._known[key] = self._spread(ids, found)
        probabilities, known = self._known[key]
        return np.where(known, probabilities, np.float32(unknown)).astype(np.float32)

    def _spread(self, ids: NDArray[np.int64], found: Probabilities) -> tuple[Probabilities, Mask]:
        spread = np.zeros(len(self._catalog), np.float32)
        known = np.zeros(len(self._catalog), np.bool_)
        places = np.searchsorted(self._catalog.ids, ids)
        there = places < len(self._catalog)
        there[there] = self._catalog.ids[places[there]] == ids[there]
        spread[places[there]] = found[there]
        known[places[there]] = True
        return spread, known

    def _by_pictures(self, text: str) -> tuple[NDArray[np.int64], Probabilities]:
        # Brings the vector index along, which filters do not need.
        from photosort.library import searching

        ranking = searching.rank(self._session, text)
        self.searchable = ranking.searchable
        seen, found = ranking.ids, ranking.probabilities
        by_words, sure = self._by_words(text)
        unseen = ~np.isin(by_words, seen)
        return np.concatenate([seen, by_words[unseen]]), np.concatenate([found, sure[unseen]])

    def _by_words(self, text: str) -> tuple[NDArray[np.int64], Probabilities]:
        held = words.search(self._session.reader(), text, _MOST_BY_WORDS)
        ids = np.array([photo_id for photo_id, _ in held], dtype=np.int64)
        # The better its place in the full-text ranking, the earlier it stands.
        sure = np.linspace(SURE_OF_WORDS, STRONG + 0.01, max(len(ids), 1))
        return ids, sure[: len(ids)].astype(np.float32)

    def _by_likeness(self, path: str) -> tuple[NDArray[np.int64], Probabilities]:
        from photosort.library import searching

        ranking = searching.rank_alike(self._session, path)
        self.searchable = ranking.searchable
        return ranking.ids, ranking.probabilities


def columns_of(session: Session, catalog: Catalog, suggested: Suggested | None = None) -> Columns:
    """What filters ask about the photos of a catalog."""
    table = catalog.table

    def named(field: Field, value: str) -> Mask:
        return _named(session.reader(), catalog, suggested, field, value)

    return Columns(
        taken_ms=np.where(table.taken_sort == NO_DATE, UNDATED, table.taken_sort),
        rating=np.where(table.rating == NO_RATING, 0, table.rating).astype(np.int8),
        kinds=table.kind.astype(np.int8),
        flags=table.flag.astype(np.int8),
        size_bytes=table.size_bytes,
        has_gps=table.has_gps,
        named=named,
    )


def _named(
    store: Store, catalog: Catalog, suggested: Suggested | None, field: Field, value: str
) -> Mask:
    if field is Field.FOLDER:
        return _in_folder(catalog, value)
    if field is Field.TYPE:
        return _of_type(catalog, value)
    if field is Field.IS and value in {FileState.OFFLINE, FileState.MISSING}:
        return browsing.state_mask(catalog, FileState(value))
    if field is Field.IS:
        decided = listings.with_any_tag(store, (TagState.CONFIRMED, TagState.REJECTED))
        return ~np.isin(catalog.ids, decided)
    return np.isin(catalog.ids, _ids(store, suggested, field, value))


def _ids(store: Store, suggested: Suggested | None, field: Field, value: str) -> NDArray[np.int64]:
    if field is Field.TAG:
        said = listings.with_tag(store, value, _SAID)
        if suggested is None:
            return said
        rejected = listings.with_tag(store, value, (TagState.REJECTED.value,))
        likely = suggested(listings.tags_at_or_below(store, value))
        return np.union1d(said, np.setdiff1d(likely, rejected))
    if field is Field.ALBUM:
        return listings.in_album(store, value)
    if field in {Field.CAMERA, Field.LENS}:
        return listings.with_text(store, field, value)
    if field is Field.STATE:
        if value == TagState.SUGGESTED:
            return np.empty(0, np.int64) if suggested is None else suggested(set())
        return listings.with_any_tag(store, (value,))
    if field is Field.HAS:
        return _having(store, value)
    # A place is told by the names of its coordinates, by folders, captions and keywords: all are words.
    return np.array([found for found, _ in words.search(store, value, _MOST_BY_WORDS)], np.int64)


def _having(store: Store, what: str) -> NDArray[np.int64]:
    if what == "tag":
        return listings.with_any_tag(store, _SAID)
    if what == "caption":
        return listings.with_caption(store)
    if what == "motion":
        return np.union1d(
            listings.with_role(store, "motion"), listings.with_more(store, "has_motion")
        )
    return listings.with_more(store, what)


def _in_folder(catalog: Catalog, value: str) -> Mask:
    """Photos in the folder and below it: an absolute path, or the name of any folder on the way."""
    wanted = value.rstrip("/").casefold()
    is_path = Path(value).is_absolute()
    inside = []
    for folder_id, (root_id, relative) in catalog.folders.items():
        root = catalog.roots.get(root_id)
        if root is None:
            continue
        path = f"{root.path}/{relative}".rstrip("/").casefold()
        if is_path:
            held = path == wanted or path.startswith(f"{wanted}/")
        else:
            held = f"/{wanted}/" in f"/{root.path.rsplit('/', 1)[-1]}/{relative}/".casefold()
        if held:
            inside.append(folder_id)
    return np.isin(catalog.table.folder, np.array(inside, np.int32))


def _of_type(catalog: Catalog, value: str) -> Mask:
    def matches(name: str) -> bool:
        extension = name.rpartition(".")[2].casefold()
        return _TYPES.get(extension, extension) == value or (
            value in {"raw", "video"} and media_of(name) == value
        )

    return np.fromiter(map(matches, catalog.names), np.bool_, len(catalog))


def _order(catalog: Catalog, rows: NDArray[np.intp], sort: Sort) -> NDArray[np.intp]:
    """Places in `rows` in an order; equal ones newest first."""
    table = catalog.table
    taken = table.taken_sort[rows]
    newest = np.where(taken == NO_DATE, np.iinfo(np.int64).max, -taken)
    key: NDArray[np.int64]
    if sort.key is SortKey.NAME:
        names = [catalog.names[row].casefold() for row in rows.tolist()]
        places = np.empty(len(names), np.int64)
        places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        key = places
    elif sort.key is SortKey.RATING:
        rating = table.rating[rows].astype(np.int64)
        key = -np.where(rating == NO_RATING, 0, rating)
    elif sort.key is SortKey.SIZE:
        key = -table.size_bytes[rows]
    else:
        key = (
            np.where(taken == NO_DATE, np.iinfo(np.int64).max, taken) if sort.backwards else newest
        )
        return np.lexsort((-table.ids[rows], key))
    return np.lexsort((-table.ids[rows], newest, -key if sort.backwards else key))
