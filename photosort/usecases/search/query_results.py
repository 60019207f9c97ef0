"""Answers queries: filters from the library's columns, descriptions by pictures and by words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import FileState
from photosort.domain.query import (
    And,
    Description,
    Field,
    Like,
    Or,
    Query,
    Sort,
    SortKey,
)
from photosort.domain.tags import TagState
from photosort.domain.texts import folded
from photosort.errors import InputProblem
from photosort.media.formats import media_of
from photosort.progress import Job
from photosort.search.cutoff import ABSENT, STRONG, Verdict, most_possible
from photosort.search.filtering import UNDATED, Columns, evaluate, passing
from photosort.search.lexical import SURE_OF_WORDS, meaningful, sure_of_words
from photosort.search.looks import spoken_looks
from photosort.search.query_language import TimeAndPlace, parse, time_and_place
from photosort.search.query_language.writer import term_text
from photosort.sentences import Sentence
from photosort.store.tables import contents, filters, fulltext, place_names, tags
from photosort.store.tables.photos import NO_DATE, NO_RATING
from photosort.store.vectors.score_columns import SCORES
from photosort.tagging.scoring import SHOWN
from photosort.usecases.photos import photo_table
from photosort.usecases.photos.photo_paths import display_paths, photos_below
from photosort.usecases.search.query_translation import Note, translate_query
from photosort.usecases.search.unknown_names import tag_named, unknown_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.domain.query import Term
    from photosort.store.db.database import Store
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.region_scorer import RegionScorer
    from photosort.usecases.search.similarity import SearchResult, TextScores
    from photosort.usecases.session.session import Session

    Mask = NDArray[np.bool_]
    Probabilities = NDArray[np.float32]

# The photos of which a machine suggests one of these tags (by key).
Suggested = Callable[[set[str]], "NDArray[np.int64]"]

_MOST_BY_WORDS = 20_000
_TYPES = {"jpg": "jpeg", "jpe": "jpeg", "tif": "tiff", "heif": "heic"}
_SAID = (TagState.CONFIRMED.value, TagState.IMPORTED.value)


# What only looks like a description that names a place or a date is a possible match.
_POSSIBLE = STRONG - 0.01

# More than any library has photos.
_ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Example:
    """Photos that are searched by, as one example.

    Attributes:
        paths: photos in or outside the library, or parts of them, as `like:` takes them.
        words_share: how much the words of the query count beside it, 0 to 1.
    """

    paths: tuple[str, ...]
    words_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    Attributes:
        ids: int64 array of photos: good matches, possible ones, the rest; within each in the order asked for.
        probabilities: float32 array of the shape of `ids`; None when the query only filters.
        verdict: how sure the answer is.
        strong: how many of `ids` are good matches; all of them when the query only filters.
        possible: how many of `ids` after those are possible matches.
        by_sight: descriptions were compared with the pictures, not only with names, tags and captions.
        searchable: photos of the library that have vectors; all of them when the query only filters.
        notes: descriptions that were read otherwise than they were typed, or could not be read.
    """

    ids: NDArray[np.int64]
    probabilities: Probabilities | None
    verdict: Verdict
    strong: int
    possible: int
    by_sight: bool
    searchable: int
    notes: tuple[Note, ...] = ()


def search(
    session: Session,
    text: str,
    *,
    limit: int,
    folder: str | None = None,
    include_weak: bool = False,
    closest: int = 0,
) -> SearchResult:
    """Photos that answer a query, best first, as far as good matches go.

    Args:
        session: the open library.
        text: a query in the query language.
        limit: most photos returned.
        folder: only photos below this folder; never moves the cut-off.
        include_weak: go on beyond the good matches.
        closest: how many of the most probable photos to return where none is a good match.

    Raises:
        InputProblem: the query is empty or not well formed (with a position), or the folder is not in the
            library.
        ModelUnavailable: the encoder cannot be loaded.
    """
    from photosort.usecases.search.similarity import Asked, Hit, SearchResult, TextScores

    if not text.strip():
        raise InputProblem(Sentence("Say what the photos should show."), position=0)
    query = parse(text)
    allowed = None if folder is None else photos_below(session, [folder])
    asked = Asked(query, photo_table.load(session), suggested_by(session), TextScores(session))
    update_fulltext(session)
    found = answer(
        session,
        query,
        asked.catalog,
        allowed=allowed,
        suggested=asked.suggested,
        # Making the first suggestions takes longer than a search may; those that were made once are at hand.
        likely=asked.suggested if (session.paths.derived / SCORES).exists() else None,
        scores=asked.scores,
    )
    if found.strong or include_weak or found.probabilities is None:
        shown = np.arange(len(found.ids) if include_weak else found.strong)
    else:
        # The most probable ones, in the order asked for.
        shown = np.sort(np.argsort(-found.probabilities, kind="stable")[:closest])
    shown = shown[:limit]
    ids = found.ids[shown].tolist()
    paths = display_paths(session, ids)
    scores = (
        [None] * len(ids) if found.probabilities is None else found.probabilities[shown].tolist()
    )
    return SearchResult(
        tuple(
            Hit(photo_id, paths[photo_id], score, "strong" if place < found.strong else "weak")
            for place, (photo_id, score) in enumerate(zip(ids, scores, strict=True))
            if photo_id in paths
        ),
        verdict=found.verdict,
        strong=found.strong,
        possible=found.possible,
        searchable=found.searchable,
        total=len(asked.catalog),
        asked=asked,
        notes=found.notes,
    )


def suggested_by(session: Session) -> Suggested:
    """What a machine suggests, made ready when a query first asks for it."""

    def photos(keys: set[str]) -> NDArray[np.int64]:
        from photosort.usecases.tags.suggestions import open_suggestions, ready_suggestions

        return (ready_suggestions(session) or open_suggestions(session, Job())).photos(keys)

    return photos


def update_fulltext(session: Session) -> None:
    """Makes names, tags and captions that changed lately searchable."""
    if session.read(fulltext.pending):
        while session.write(fulltext.update_pending):
            pass


def answer(
    session: Session,
    query: Query,
    catalog: Catalog,
    *,
    allowed: Sequence[int] | None = None,
    by_sight: bool = True,
    suggested: Suggested | None = None,
    likely: Suggested | None = None,
    example: Example | None = None,
    cutoff: float = STRONG,
    scores: TextScores | None = None,
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
        likely: the same, as evidence for a description that is the word of a tag.
        example: a photo that the others are to be like, besides.
        cutoff: the probability from which a photo is a good match.
        scores: collects the scores of descriptions, for the explanation of the answer.

    Raises:
        InputProblem: `like:` or the example names a file that is no picture.
        ModelUnavailable: the encoder cannot be loaded.
    """
    share = 0.5
    if example is not None:
        query, share = with_example(query, example), example.words_share
    looking = _Looking(session, catalog, query, by_sight=by_sight, likely=likely, scores=scores)
    columns = columns_of(session, catalog, suggested)
    # A photo that nobody has looked at yet may or may not show something: what counts is what is sure.
    bounds = [
        evaluate(
            query,
            columns,
            looking.describe(unknown),
            looking.like(unknown),
            words_share=share,
            edit=looking.edit(unknown, share),
        )
        for unknown in (0.0, 1.0)
    ]
    passes = bounds[0][1]
    probabilities = np.minimum(bounds[0][0], bounds[1][0])
    keep = passes & (probabilities > 0)
    if allowed is not None:
        keep &= np.isin(catalog.ids, np.asarray(allowed, dtype=np.int64))
    rows = np.flatnonzero(keep)
    unknown = unknown_names(session.reader(), query)
    if query.is_filter_only:
        rows = rows[_order(catalog, rows, query.sort or Sort(SortKey.DATE))]
        return Answer(
            catalog.ids[rows],
            None,
            Verdict.GOOD,
            len(rows),
            0,
            by_sight=False,
            searchable=len(catalog),
            notes=unknown,
        )
    rows = rows[np.argsort(-probabilities[rows], kind="stable")]
    strong = int(np.count_nonzero(probabilities[rows] >= cutoff))
    possible = min(len(rows) - strong, most_possible(looking.searchable))
    if query.sort is not None and query.sort.key is not SortKey.RELEVANCE:
        # What is a possible match is up to how probable it is, whatever the order they are shown in.
        parts = np.split(rows, [strong, strong + possible])
        rows = np.concatenate([part[_order(catalog, part, query.sort)] for part in parts])
    absent = query.root is not None and looking.is_absent(query.root)
    return Answer(
        catalog.ids[rows],
        probabilities[rows],
        Verdict.GOOD if strong else Verdict.ABSENT if absent else Verdict.UNSURE,
        strong,
        possible,
        by_sight,
        looking.searchable,
        (*unknown, *looking.notes),
    )


def with_example(query: Query, example: Example) -> Query:
    """The query with the example beside all else that it asks for."""
    likes = tuple(Like(path) for path in example.paths)
    if query.root is None:
        root: Term = likes[0] if len(likes) == 1 else And(likes)
    elif isinstance(query.root, And):
        root = And((*query.root.terms, *likes))
    else:
        root = And((query.root, *likes))
    return replace(query, root=root)


class _Looking:
    """Descriptions and likenesses as probabilities in the order of a catalog, each worked out once."""

    def __init__(
        self,
        session: Session,
        catalog: Catalog,
        query: Query,
        *,
        by_sight: bool,
        likely: Suggested | None,
        scores: TextScores | None,
    ) -> None:
        self._session = session
        self._catalog = catalog
        self._query = query
        self._by_sight = by_sight
        self._likely = likely
        self._scores = scores
        self._close_look: RegionScorer | None = None
        self._known: dict[tuple[object, ...], tuple[Probabilities, Mask]] = {}
        self._unseen: set[str] = set()
        self._absent: set[str] = set()
        self.searchable = len(catalog)
        self.notes: list[Note] = []

    def is_absent(self, term: Term) -> bool:
        """Whether nothing in the library looks like what a term describes, once its descriptions were looked up."""
        if isinstance(term, Description):
            return term.text in self._absent
        if isinstance(term, And):
            return any(map(self.is_absent, term.terms))
        return isinstance(term, Or) and all(map(self.is_absent, term.terms))

    def describe(self, unknown: float) -> Callable[[str, bool], Probabilities]:
        def described(text: str, unwanted: bool) -> Probabilities:  # noqa: FBT001 (`evaluate` calls it so)
            look_up = partial(self._described, text, unwanted=unwanted)
            return self._filled((text, unwanted), look_up, unknown)

        return described

    def like(self, unknown: float) -> Callable[[tuple[str, ...]], Probabilities]:
        return lambda paths: self._filled(
            ("like", *paths), partial(self._by_likeness, paths), unknown
        )

    def edit(
        self, unknown: float, share: float
    ) -> Callable[[tuple[str, ...], str], Probabilities | None]:
        def edited(paths: tuple[str, ...], text: str) -> Probabilities | None:
            if not self._by_sight:
                return None
            from photosort.usecases.search import similarity

            key = ("edit", text, *paths)
            if key not in self._known:
                found = similarity.edited_alike(self._session, paths, text, share)
                if found is None:
                    return None
                self.searchable = len(found.ids)
                self._known[key] = self._spread(found.ids, found.probabilities)
            return self._filled(key, lambda: self._known[key], unknown)

        return edited

    def _filled(
        self,
        key: tuple[object, ...],
        look_up: Callable[[], tuple[Probabilities, Mask]],
        unknown: float,
    ) -> Probabilities:
        if key not in self._known:
            self._known[key] = look_up()
        probabilities, known = self._known[key]
        return np.where(known, probabilities, np.float32(unknown)).astype(np.float32)

    def _described(self, text: str, *, unwanted: bool) -> tuple[Probabilities, Mask]:
        """A description; the place and the date in it part good matches from what only looks alike."""
        parted = TimeAndPlace(text, ()) if unwanted else self._time_and_place(text)
        if not parted.filters:
            return self._seen_or_named(text, unwanted=unwanted)
        columns = columns_of(self._session, self._catalog)
        there = np.logical_and.reduce([passing(Query(one), columns) for one in parted.filters])
        plain, known = self._seen_or_named(text, unwanted=False)
        by_words, _ = self._by_words(text)
        elsewhere = np.maximum(np.minimum(plain, _POSSIBLE), by_words)
        if parted.rest:
            self._absent.discard(text)
            wanted, compared = self._seen_or_named(parted.rest, unwanted=False)
            if parted.rest in self._absent:
                self._absent.add(text)
        else:
            wanted, compared = np.full_like(plain, SURE_OF_WORDS), np.ones_like(known)
        meant = [term_text(term) for term in parted.filters]
        self.notes.append(Note(text, meant=" ".join([*meant, parted.rest]).strip()))
        return np.where(there, wanted, elsewhere), np.where(there, compared, known)

    def _time_and_place(self, text: str) -> TimeAndPlace:
        store = self._session.reader()
        today = datetime.now().astimezone().date()
        return time_and_place(text, lambda name: place_names.is_named(store, name), today)

    def _seen_or_named(self, text: str, *, unwanted: bool) -> tuple[Probabilities, Mask]:
        """By pictures and by words; the two kinds of evidence are taken as independent."""
        by_words, said = self._by_words(text)
        by_tag, tagged = self._by_suggestion(text)
        # A confirmed tag is a word, too; the two are one piece of evidence.
        by_words, said = np.maximum(by_words, by_tag), said | tagged
        if not self._by_sight:
            return by_words, said
        asked, text = text, self._read(text)
        if self._session.encoders.current.info.knows_looks:
            seen, known = self._by_sight_alone(text, unwanted=unwanted)
        else:
            seen, known = self._by_sight_and_looks(text, unwanted=unwanted)
        if self._compared(text) in self._unseen and by_words.max(initial=0) < STRONG:
            self._absent.add(asked)
        return 1 - (1 - seen) * (1 - by_words), known | said

    def _read(self, text: str) -> str:
        """The description as the encoder reads it; what there is to say of that is kept."""
        languages = self._session.encoders.current.info.languages
        store = self._session.reader()
        text, note = translate_query(text, languages, lambda word: tags.is_named(store, word))
        if note is not None and note not in self.notes:
            self.notes.append(note)
        return text

    def _by_sight_and_looks(self, text: str, *, unwanted: bool) -> tuple[Probabilities, Mask]:
        """Words for a look are measured from the pixels; where that was not done, all words are compared."""
        looks, rest = spoken_looks(text)
        if not looks:
            return self._by_sight_alone(text, unwanted=unwanted)
        store = self._session.reader()
        measured = [self._spread(*contents.having_look(store, look)) for look in looks]
        seen = np.prod([found for found, _ in measured], axis=0, dtype=np.float32)
        known = np.logical_and.reduce([there for _, there in measured])
        if rest:
            of_rest, compared = self._by_sight_alone(rest, unwanted=unwanted)
            seen, known = seen * of_rest, known & compared
        if known.all():
            return seen, known
        plain, compared = self._by_sight_alone(text, unwanted=unwanted)
        return np.where(known, seen, plain), known | compared

    def _by_sight_alone(self, text: str, *, unwanted: bool) -> tuple[Probabilities, Mask]:
        # Brings the vector index along, which filters do not need.
        from photosort.usecases.search import similarity

        if self._scores is None:
            self._scores = similarity.TextScores(self._session)
        found = self._scores.described(text, unwanted=unwanted, close_look=self._look())
        self.searchable = len(found.ids)
        if found.presence is not None and found.presence < ABSENT:
            self._unseen.add(text)
        return self._spread(found.ids, found.probabilities)

    def _look(self) -> RegionScorer | None:
        """What also sees the parts of pictures, for a query that names something unwanted; None for others."""
        if self._close_look is None and self._query.descriptions(unwanted=True):
            from photosort.usecases.search.region_scorer import RegionScorer

            wanted = self._query.descriptions(unwanted=False)
            self._close_look = RegionScorer(
                self._session, [self._compared(self._read(text)) for text in wanted]
            )
        return self._close_look

    def _compared(self, text: str) -> str:
        """The words of a description that are compared with pictures: those of a look are not."""
        if self._session.encoders.current.info.knows_looks:
            return text
        looks, rest = spoken_looks(text)
        return rest if looks and rest else text

    def _by_words(self, text: str) -> tuple[Probabilities, Mask]:
        update_fulltext(self._session)
        held = self._session.read(lambda store: fulltext.shares(store, meaningful(text)))
        ids = np.fromiter(held, np.int64, len(held))
        share = np.fromiter(held.values(), np.float32, len(held))
        order = np.argsort(ids)
        return self._spread(ids[order], sure_of_words(share[order]))

    def _by_suggestion(self, text: str) -> tuple[Probabilities, Mask]:
        """By the tag of that very word, as far as one is suggested and nobody denied it."""
        store = self._session.reader()
        ids = np.empty(0, np.int64)
        if self._likely is not None and filters.tags_at_or_below(store, tag_named(store, text)):
            ids = np.sort(_ids(store, self._likely, Field.TAG, text))
        return self._spread(ids, np.full(len(ids), SHOWN, np.float32))

    def _by_likeness(self, paths: tuple[str, ...]) -> tuple[Probabilities, Mask]:
        from photosort.usecases.search import similarity

        found = similarity.alike(self._session, paths)
        self.searchable = len(found.ids)
        return self._spread(found.ids, found.probabilities)

    def _spread(self, ids: NDArray[np.int64], found: Probabilities) -> tuple[Probabilities, Mask]:
        spread = np.zeros(len(self._catalog), np.float32)
        known = np.zeros(len(self._catalog), np.bool_)
        places = np.searchsorted(self._catalog.ids, ids)
        there = places < len(self._catalog)
        there[there] = self._catalog.ids[places[there]] == ids[there]
        spread[places[there]] = found[there]
        known[places[there]] = True
        return spread, known


def columns_of(session: Session, catalog: Catalog, suggested: Suggested | None = None) -> Columns:
    """What filters ask about the photos of a catalog."""
    table = catalog.table

    def named(field: Field, value: str) -> Mask:
        return _named(session.reader(), catalog, suggested, field, value)

    return Columns(
        taken_ms=np.where(table.taken_sort == NO_DATE, UNDATED, table.taken_sort),
        taken_last_ms=photo_table.last_moments(table),
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
        return photo_table.state_mask(catalog, FileState(value))
    if field is Field.IS:
        decided = filters.with_any_tag(store, (TagState.CONFIRMED, TagState.REJECTED))
        return ~np.isin(catalog.ids, decided)
    return np.isin(catalog.ids, _ids(store, suggested, field, value))


def _ids(store: Store, suggested: Suggested | None, field: Field, value: str) -> NDArray[np.int64]:
    if field is Field.TAG:
        value = tag_named(store, value)
        said = filters.with_tag(store, value, _SAID)
        if suggested is None:
            return said
        rejected = filters.with_tag(store, value, (TagState.REJECTED.value,))
        keys = filters.tags_at_or_below(store, value)
        # No key at all would ask for every photo that any tag is suggested on.
        if not keys:
            return said
        likely = suggested(keys)
        return np.union1d(said, np.setdiff1d(likely, rejected))
    if field is Field.ALBUM:
        return filters.in_album(store, value)
    if field in {Field.CAMERA, Field.LENS}:
        return filters.with_text(store, field, value)
    if field is Field.STATE:
        if value == TagState.SUGGESTED:
            return np.empty(0, np.int64) if suggested is None else suggested(set())
        return filters.with_any_tag(store, (value,))
    if field is Field.HAS:
        return _having(store, value)
    # A place is told by the names of its coordinates, by folders, captions and keywords: all are words.
    return np.array([found for found, _ in fulltext.search(store, value, _MOST_BY_WORDS)], np.int64)


def _having(store: Store, what: str) -> NDArray[np.int64]:
    if what == "tag":
        return filters.with_any_tag(store, _SAID)
    if what == "caption":
        return filters.with_caption(store)
    if what == "motion":
        return np.union1d(
            filters.with_role(store, "motion"), filters.with_more(store, "has_motion")
        )
    return filters.with_more(store, "is_hdr" if what == "hdr" else what)


def _in_folder(catalog: Catalog, value: str) -> Mask:
    """Photos in the folder and below it: an absolute path, or the name of any folder on the way."""
    wanted = folded(value.rstrip("/"))
    is_path = Path(value).is_absolute()
    inside = []
    for folder_id, (root_id, relative) in catalog.folders.items():
        root = catalog.roots.get(root_id)
        if root is None:
            continue
        path = folded(f"{root.path}/{relative}".rstrip("/"))
        if is_path:
            held = path == wanted or path.startswith(f"{wanted}/")
        else:
            below = folded(f"/{root.path.rsplit('/', 1)[-1]}/{relative}/")
            held = f"/{wanted}/" in below
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


def photos_of_query(session: Session, query: str) -> list[int]:
    """The photos that answer a query as far as good matches go, best first.

    Raises:
        InputProblem: the query is empty or not well formed.
        ModelUnavailable: the encoder cannot be loaded.
    """
    return [hit.photo_id for hit in search(session, query, limit=_ALL).hits]
