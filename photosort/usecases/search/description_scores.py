"""Scores the descriptions and likenesses of one query: by the pictures, by words, by suggested tags, by place and date."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.query import And, Description, Field, Or, Query
from photosort.search.cutoff import ABSENT, STRONG
from photosort.search.filtering import passing
from photosort.search.lexical import SURE_OF_WORDS, meaningful, says_something, sure_of_words
from photosort.search.looks import spoken_looks
from photosort.search.query_language import TimeAndPlace, time_and_place
from photosort.search.query_language.writer import term_text
from photosort.store.tables import contents, filters, fulltext, place_names, tags
from photosort.tagging.scoring import SUGGESTION_THRESHOLD
from photosort.usecases.search.filter_columns import SAID, columns_of, named_ids, update_fulltext
from photosort.usecases.search.groups import FoundBy, Group
from photosort.usecases.search.query_translation import Note, translate_query
from photosort.usecases.search.unknown_names import tag_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from photosort.domain.query import Term
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.search.region_scorer import RegionScorer
    from photosort.usecases.search.similarity import TextScores
    from photosort.usecases.session.session import Session

    Mask = NDArray[np.bool_]
    Probabilities = NDArray[np.float32]

# What only looks like a description that names a place or a date is a possible match; what looks like "of the" at most.
_POSSIBLE = STRONG - 0.01


class DescriptionScores:
    """Descriptions and likenesses as probabilities in the order of a catalog, each worked out once."""

    def __init__(
        self,
        session: Session,
        catalog: Catalog,
        query: Query,
        *,
        by_sight: bool,
        suggested: Suggested | None,
        scores: TextScores | None,
    ) -> None:
        self._session = session
        self._catalog = catalog
        self._query = query
        self._by_sight = by_sight
        self._suggested = suggested
        self._scores = scores
        self._close_look: RegionScorer | None = None
        self._known: dict[tuple[object, ...], tuple[Probabilities, Mask]] = {}
        self._unseen: set[str] = set()
        self._absent: set[str] = set()
        self._groups: dict[str, dict[FoundBy, Group]] = {}
        self.searchable = len(catalog)
        self.notes: list[Note] = []

    def is_absent(self, term: Term) -> bool:
        """Whether nothing in the library looks like what a term describes, once its descriptions were looked up."""
        if isinstance(term, Description):
            return term.text in self._absent
        if isinstance(term, And):
            return any(map(self.is_absent, term.terms))
        return isinstance(term, Or) and all(map(self.is_absent, term.terms))

    def groups(self, text: str) -> list[Group]:
        """The photos that a description names by place, tag or words, once it was looked up; the surest first."""
        found = self._groups.get(text, {})
        return [found[kind] for kind in FoundBy if kind in found]

    def describe(self, unknown: float) -> Callable[[str, bool], Probabilities]:
        """What `evaluate` asks of descriptions; photos that nobody has looked at yet have the probability `unknown`."""

        def described(text: str, unwanted: bool) -> Probabilities:  # noqa: FBT001 (`evaluate` calls it so)
            look_up = partial(self._described, text, unwanted=unwanted)
            return self._filled((text, unwanted), look_up, unknown)

        return described

    def like(self, unknown: float) -> Callable[[tuple[str, ...]], Probabilities]:
        """What `evaluate` asks of examples."""
        return lambda paths: self._filled(
            ("like", *paths), partial(self._by_likeness, paths), unknown
        )

    def edit(
        self, unknown: float, share: float
    ) -> Callable[[tuple[str, ...], str], Probabilities | None]:
        """What `evaluate` asks of an example with something changed in it; `share` as in `Example.words_share`."""

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
        fitting = [passing(Query(one), columns) for one in parted.filters]
        if not all(mask.any() for mask in fitting):
            # Nothing was taken then or there: the words may mean something else.
            return self._seen_or_named(text, unwanted=False)
        there = np.logical_and.reduce(fitting)
        plain, known = self._seen_or_named(text, unwanted=False)
        by_words, _ = self._by_words(text)
        elsewhere = np.maximum(np.minimum(plain, _POSSIBLE), by_words)
        if says_something(parted.rest):
            self._absent.discard(text)
            wanted, compared = self._seen_or_named(parted.rest, unwanted=False)
            if parted.rest in self._absent:
                self._absent.add(text)
            self._groups[text] |= self._groups[parted.rest]
        else:
            for term in parted.filters:
                if term.field is Field.PLACE:
                    self._by_place(text, str(term.value))
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
        # A confirmed tag and a place are words, too; the three are one piece of evidence.
        named = [self._by_words(text), self._by_tag(text), self._by_place(text, text)]
        by_words = np.maximum.reduce([found for found, _ in named])
        said = np.logical_or.reduce([known for _, known in named])
        if not self._by_sight:
            return by_words, said
        asked, (text, is_read) = text, self._read(text)
        if self._session.encoders.current.info.knows_looks:
            seen, known = self._by_sight_alone(text, unwanted=unwanted)
        else:
            seen, known = self._by_sight_and_looks(text, unwanted=unwanted)
        is_named = by_words.max(initial=0) >= STRONG
        if not says_something(text):
            if not is_named:
                self._note(Note(asked, says_nothing=True))
            seen = np.zeros_like(seen) if unwanted else np.minimum(seen, _POSSIBLE)
        elif is_read and self._compared(text) in self._unseen and not is_named:
            self._absent.add(asked)
        return 1 - (1 - seen) * (1 - by_words), known | said

    def _read(self, text: str) -> tuple[str, bool]:
        """The description as the encoder reads it, and whether it does; what there is to say of that is kept."""
        languages = self._session.encoders.current.info.languages
        store = self._session.reader()
        text, note = translate_query(text, languages, lambda word: tags.is_named(store, word))
        if note is not None:
            self._note(note)
        return text, note is None or not note.language

    def _note(self, note: Note) -> None:
        if note not in self.notes:
            self.notes.append(note)

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
                self._session, [self._compared(self._read(text)[0]) for text in wanted]
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
        words = meaningful(text)
        held = self._session.read(lambda store: fulltext.shares(store, words))
        ids = np.fromiter(held, np.int64, len(held))
        share = np.fromiter(held.values(), np.float32, len(held))
        self._found(text, Group(FoundBy.NAME, words, ids[share >= 1]))
        return self._spread(ids, sure_of_words(share))

    def _by_tag(self, text: str) -> tuple[Probabilities, Mask]:
        """By the tag of that very word, as far as it is given, or suggested and nobody denied it."""
        store = self._session.reader()
        tag = tag_named(store, text)
        if tag is None:
            return self._spread(np.empty(0, np.int64), np.empty(0, np.float32))
        given = filters.with_tag(store, tag, SAID)
        self._found(text, Group(FoundBy.TAG, tags.name_of(store, tag) or tag, given))
        ids = named_ids(store, self._suggested, Field.TAG, tag)
        sure = np.where(np.isin(ids, given), SURE_OF_WORDS, SUGGESTION_THRESHOLD)
        return self._spread(ids, sure.astype(np.float32))

    def _by_place(self, text: str, place: str) -> tuple[Probabilities, Mask]:
        """By the place that a description, or what stands in it, names."""
        store = self._session.reader()
        name, taken = "", np.empty(0, np.int64)
        # Words are looked up in a tenth of the time that all places take.
        if fulltext.is_held(store, place, "metadata"):
            name, found = place_names.photos_in(store, place)
            taken = np.array(found, np.int64)
        self._found(text, Group(FoundBy.PLACE, name, taken))
        return self._spread(taken, np.full(len(taken), SURE_OF_WORDS, np.float32))

    def _found(self, text: str, group: Group) -> None:
        self._groups.setdefault(text, {})[group.found_by] = group

    def _by_likeness(self, paths: tuple[str, ...]) -> tuple[Probabilities, Mask]:
        from photosort.usecases.search import similarity

        found = similarity.alike(self._session, paths)
        self.searchable = len(found.ids)
        return self._spread(found.ids, found.probabilities)

    def _spread(self, ids: NDArray[np.int64], found: Probabilities) -> tuple[Probabilities, Mask]:
        """Probabilities of some photos, in any order, in the order of the catalog."""
        spread = np.zeros(len(self._catalog), np.float32)
        known = np.zeros(len(self._catalog), np.bool_)
        places = np.searchsorted(self._catalog.ids, ids)
        there = places < len(self._catalog)
        there[there] = self._catalog.ids[places[there]] == ids[there]
        spread[places[there]] = found[there]
        known[places[there]] = True
        return spread, known
