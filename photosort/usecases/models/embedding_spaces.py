"""The spaces that photos are searched in while the encoder changes: each photo in the newest one that it has.

A query is read by the text tower of each space. Where that tower is gone, a map fitted on sentences carries the
text of another one over (`search/carrying.py`); such a space is approximate, and the window says so.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from photosort import log
from photosort.domain.encoders import Logistic, References
from photosort.embed.load import STARTER
from photosort.errors import ModelUnavailable
from photosort.search.carrying import LEAST_SENTENCES, TextMap, fit_text_map
from photosort.search.centring import centred
from photosort.search.clauses import combined
from photosort.search.cutoff import (
    ESTIMATED,
    background,
    background_of_strangers,
    matches,
    offset_of,
    presence,
    probability,
    spread_over_reference,
)
from photosort.search.matching import LEAST_PHOTOS, LEAST_SHARED, exchanged, matched
from photosort.search.self_calibration import self_calibrated, shuffled
from photosort.store.tables import filters, settings
from photosort.store.vectors import text_vectors, vectors
from photosort.tagging.prompts import texts_of
from photosort.usecases.models import encoders
from photosort.usecases.models.vector_indexes import CentredIndex, open_index_of
from photosort.usecases.models.vocabulary_vectors import current_vocabulary, shipped_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder, Space
    from photosort.store.db.database import Store
    from photosort.store.vectors.vectors import Known
    from photosort.usecases.session.session import Session

    class Reader(Protocol):
        """The text side of an encoder."""

        @property
        def references(self) -> References:
            """The means for centring."""

        def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
            """Unit vectors, input order."""


_log = log.topic("search")

# Sentences that a map is fitted on: 2,000 cost the largest text tower a minute, and more add little.
_SENTENCES = 2_000
_CALIBRATION = "search_calibration"
# Descriptions and photos that two encoders' probabilities are matched on.
_MATCHED_TEXTS = 60
_MATCHED_PHOTOS = 2_000
# Names, and captions of the library, that it is calibrated with where no encoder was before; again when it has grown so.
_OWN_TEXTS = 200
_GROWTH = 2
_PHOTOS = "photos"
SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class EmbeddingSpace:
    """One encoder's part of the library.

    Attributes:
        encoder_id: row of the encoder.
        reader: reads queries into this space.
        encoder: sees pictures into this space; None where it cannot be loaded.
        opened: all photos that have vectors here.
        logistic: cosine to probability for queries.
        is_approximate: queries are carried over from another encoder.
    """

    encoder_id: int
    reader: Reader
    encoder: Encoder | None
    opened: CentredIndex
    logistic: Logistic
    is_approximate: bool = False

    def scored(
        self,
        vectors: NDArray[np.float32],
        *,
        words: float,
        unwanted: bool = False,
        beside_parts: bool = False,
    ) -> Scored:
        """How well every photo that was ever seen here fits a text.

        Args:
            vectors: float32 array, shape (dim,) or (clauses, dim), centred.
            words: of each clause, on average.
            unwanted: the text says what photos must not show, so that traces count, however common they are.
            beside_parts: the probabilities are to be comparable with those of parts of pictures.

        The background comes from all of them, not only from those that no newer space has, so that it does not
        drift while the encoder changes.
        """
        clauses, shown = np.atleast_2d(vectors), None
        scores = combined(np.stack([self.opened.index.scores(vector) for vector in clauses]))
        mean = np.asarray(clauses.mean(axis=0), np.float32)
        references = self.reader.references
        if unwanted:
            base = background_of_strangers(sample(scores), mean, references.covariance)
            found = probability(scores, base, self.logistic)
        else:
            base = background(sample(scores), mean, references.covariance)
            offset, cut = self.offset(clauses, words), references.cut
            if cut is not None and not self.is_approximate:
                spread = spread_over_reference(mean, references.covariance)
                shown = presence(scores, base, offset, words, cut, spread)
            if cut is None or beside_parts:
                found = probability(scores, base, self.logistic, offset)
            else:
                found = matches(scores, base, offset, words, cut)
        return Scored(self.opened.index.photo_ids, scores, found, shown)

    def offset(self, clauses: NDArray[np.float32], words: float) -> float:
        """What the log-odds of a text gain here.

        Args:
            clauses: float32 array, shape (clauses, dim), centred.
            words: of each clause, on average.
        """
        mean = np.asarray(clauses.mean(axis=0), np.float32)
        return offset_of(mean, words, self.reader.references.search_offsets)


@dataclass(frozen=True, slots=True)
class Scored:
    """Photos with what a query scores on them.

    Attributes:
        ids: int64 array, shape (n,).
        cosines: float32 array, shape (n,), each in the newest space that has the photo.
        probabilities: float32 array, shape (n,).
        presence: how probably the library shows what the query describes at all; None where no cut-off was
            fitted for the encoder.
    """

    ids: NDArray[np.int64]
    cosines: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    presence: float | None = None


def merged(parts: Sequence[Scored]) -> Scored:
    """One list of the photos of several spaces, each photo by the newest that has it.

    Args:
        parts: of each space, newest first; not empty.
    """
    older = parts[-1]
    for newer in reversed(parts[:-1]):
        found = newer.probabilities
        _, ours, theirs = np.intersect1d(newer.ids, older.ids, return_indices=True)
        if len(ours) >= LEAST_SHARED:
            found = exchanged(newer.cosines, ours, older.probabilities[theirs])
        left = ~np.isin(older.ids, newer.ids)
        older = Scored(
            np.concatenate([newer.ids, older.ids[left]]),
            np.concatenate([newer.cosines, older.cosines[left]]),
            np.concatenate([found, older.probabilities[left]]),
        )
    known = [part.presence for part in parts if part.presence is not None]
    return replace(older, presence=max(known) if len(known) == len(parts) else None)


class _SpaceKey(NamedTuple):
    """What open spaces were made from."""

    stamp: int
    encoder: str
    encoder_changes: int
    is_loaded: bool


class _HeldSpaces:
    """Open spaces and maps between their texts; each entry is replaced as a whole, so any thread may read it."""

    def __init__(self) -> None:
        self.spaces: dict[Space, tuple[_SpaceKey, list[EmbeddingSpace]]] = {}
        self.text_maps: dict[tuple[str, str], TextMap] = {}


def load_spaces(session: Session, space: Space = "semantic") -> list[EmbeddingSpace]:
    """The spaces that the library's photos are spread over, newest first; usually one.

    Raises:
        ModelUnavailable: the encoder in use cannot be loaded, and nothing can stand in for it.
    """
    held = session.holder(_HeldSpaces)
    key = _space_key(session)
    kept = held.spaces.get(space)
    if kept is not None and kept[0] == key:
        return kept[1]
    spaces = _open(session, space)
    # Opening may have loaded the encoder.
    held.spaces[space] = (key._replace(is_loaded=session.encoders.is_loaded), spaces)
    return spaces


def _space_key(session: Session) -> _SpaceKey:
    pool = session.encoders
    return _SpaceKey(session.read(vectors.stamp), pool.name_in_use, pool.changes, pool.is_loaded)


def sample(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """At most `SAMPLE` scores at equal distances: percentiles of more are no better, only slower."""
    return scores[:: max(1, len(scores) // SAMPLE)]


def _open(session: Session, space: Space) -> list[EmbeddingSpace]:
    known = session.read(vectors.known)
    lost: ModelUnavailable | None = None
    first: list[EmbeddingSpace] = []
    current_id: int | None = None
    try:
        encoder = session.encoders.current
    except ModelUnavailable as error:
        # Newest vectors first all the same: another text tower can stand in for the one that is gone.
        lost, name = error, session.encoders.name_in_use
        known.sort(key=lambda one: one.name != name)
    else:
        current_id = encoders.encoder_id(session, encoder)
        opened = open_index_of(
            session, current_id, _stored(space, encoder.info.stored_spaces), encoder.references
        )
        logistic = encoder.references.search or _kept_logistic(session, current_id) or ESTIMATED
        first.append(EmbeddingSpace(current_id, encoder, encoder, opened, logistic))
    covered = first[0].opened.index.photo_ids if first else np.empty(0, np.int64)
    for one in known:
        if one.id == current_id:
            continue
        found = _older(session, one, space, covered)
        if found is not None:
            first.append(found)
            covered = np.union1d(covered, found.opened.index.photo_ids)
    if not first and lost is not None:
        raise lost
    return first


def _older(
    session: Session, one: Known, space: Space, covered: NDArray[np.int64]
) -> EmbeddingSpace | None:
    """A space that still has photos of its own, or None."""
    loaded = _load(session, one)
    dim = one.dims["semantic"]
    references = (
        loaded.references
        if loaded is not None
        else References(
            photos={"semantic": np.zeros(dim, np.float32), "visual": np.zeros(dim, np.float32)},
            texts=np.zeros(dim, np.float32),
        )
    )
    opened = open_index_of(session, one.id, _stored(space, one.stored_spaces), references)
    if np.isin(opened.index.photo_ids, covered).all():
        return None
    reader: Reader | None = loaded or _stand_in(session, one, references)
    if reader is None:
        _log.info("no text tower for the space of %s", one.name)
        return None
    logistic = references.search or _kept_logistic(session, one.id) or ESTIMATED
    return EmbeddingSpace(one.id, reader, loaded, opened, logistic, is_approximate=loaded is None)


def _stored(space: Space, stored: Sequence[Space]) -> Space:
    return space if space in stored else "semantic"


def _load(session: Session, one: Known) -> Encoder | None:
    """The encoder of a space, if it can still be loaded and is still the same."""
    try:
        encoder = session.encoders.named(one.name)
    except ModelUnavailable:
        return None
    return encoder if encoder.info.version == one.version else None


class _StandIn:
    """Reads texts with another encoder and carries them into a space whose own text tower is gone."""

    def __init__(self, reader: Encoder, carried: TextMap, references: References) -> None:
        self.references = references
        self._reader = reader
        self._carried = carried

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors in the other space, approximately."""
        return self._carried.carry(self._reader.encode_texts(texts))


def _stand_in(session: Session, one: Known, references: References) -> _StandIn | None:
    for name in dict.fromkeys([session.encoders.name_in_use, STARTER]):
        try:
            reader = session.encoders.named(name)
        except ModelUnavailable:
            continue
        carried = _text_map(session, one, reader)
        if carried is not None:
            return _StandIn(reader, carried, references)
    return None


def _text_map(session: Session, one: Known, reader: Encoder) -> TextMap | None:
    """The map from an encoder's texts to another space, fitted on the texts that are kept from there."""
    key = (one.version, reader.info.version)
    text_maps = session.holder(_HeldSpaces).text_maps
    if key not in text_maps:
        sentences = map_sentences(session)
        go = _kept_texts(session, one, sentences)
        both = [text for text in sentences if text in go][:_SENTENCES]
        if len(both) < LEAST_SENTENCES:
            return None
        come = reader.encode_texts(both)
        text_maps[key] = fit_text_map(come, np.stack([go[text] for text in both]))
    return text_maps[key]


def map_sentences(session: Session) -> list[str]:
    """Texts of all kinds of things, of which every encoder keeps its vectors: the vocabulary's, spread evenly."""
    every = list(dict.fromkeys(t for tag in current_vocabulary(session) for t in texts_of(tag).all))
    return every[:: max(1, len(every) // _SENTENCES)][:_SENTENCES]


def _kept_texts(
    session: Session, one: Known, sentences: Sequence[str]
) -> dict[str, NDArray[np.float32]]:
    kept = text_vectors.get(session.reader(), one.id, sentences)
    missing = [text for text in sentences if text not in kept]
    return kept | shipped_vectors(one.version, missing)


def keep_texts(session: Session, encoder: Encoder) -> None:
    """Keeps what an encoder makes of the map's sentences, so that its space outlives its text tower."""
    encoder_id = encoders.encoder_id(session, encoder)
    sentences = map_sentences(session)
    shipped = shipped_vectors(encoder.info.version, sentences)
    known = text_vectors.get(session.reader(), encoder_id, sentences)
    missing = [text for text in sentences if text not in known and text not in shipped]
    if missing:
        fresh = dict(zip(missing, encoder.encode_texts(missing), strict=True))
        session.write(lambda store: text_vectors.put(store, encoder_id=encoder_id, vectors=fresh))


def widest_encoder(session: Session) -> Encoder:
    """The encoder with vectors of the most photos; the one in use where none has more.

    Raises:
        ModelUnavailable: the encoder in use cannot be loaded.
    """
    encoder = session.encoders.current
    known = session.read(vectors.known)
    counts = session.read(
        lambda store: {one.id: vectors.photos_with(store, [one.id]) for one in known}
    )
    best = max((counts[one.id] for one in known if one.version == encoder.info.version), default=0)
    for one in known:
        if counts[one.id] > best and (other := _load(session, one)) is not None:
            encoder, best = other, counts[one.id]
    return encoder


def calibrate(session: Session) -> None:
    """Fits the probabilities of the encoder in use where nobody measured them.

    To those of the encoder before where both have seen enough photos, else on the library itself.
    """
    encoder = session.encoders.current
    if encoder.references.search is not None:
        return
    spaces_known = session.read(vectors.known)
    encoder_id = encoders.encoder_id(session, encoder)
    for one in spaces_known:
        before = None if one.id == encoder_id else _load(session, one)
        if before is None:
            continue
        found = _matched(session, encoder, encoder_id, before, one.id)
        if found is not None:
            _use_logistic(session, encoder_id, asdict(found))
            return
    opened = open_index_of(session, encoder_id, "semantic", encoder.references).index
    count = len(opened.photo_ids)
    if count < LEAST_PHOTOS or not _is_outgrown(session, encoder_id, count):
        return
    photos = opened.rows(np.arange(0, count, max(1, count // _MATCHED_PHOTOS)))
    found = _calibrated_alone(session, encoder, photos)
    if found is not None:
        _use_logistic(session, encoder_id, asdict(found) | {_PHOTOS: count})


def _matched(
    session: Session, encoder: Encoder, encoder_id: int, before: Encoder, before_id: int
) -> Logistic | None:
    new = open_index_of(session, encoder_id, "semantic", encoder.references).index
    old = open_index_of(session, before_id, "semantic", before.references).index
    shared = np.intersect1d(new.photo_ids, old.photo_ids)
    if len(shared) < LEAST_PHOTOS:
        return None
    shared = shared[:: max(1, len(shared) // _MATCHED_PHOTOS)]
    new_rows, old_rows = new.rows_of(shared), old.rows_of(shared)
    # Names alone: what people type, and what both encoders were made to know.
    names = [tag.name for tag in current_vocabulary(session) if not tag.is_group]
    names = names[:: max(1, len(names) // _MATCHED_TEXTS)]
    old_logistic = before.references.search or _kept_logistic(session, before_id) or ESTIMATED
    ours = centred(encoder.encode_texts(names), encoder.references.texts)
    theirs = centred(before.encode_texts(names), before.references.texts)
    standing, logits = [], []
    for name, mine, other in zip(names, ours, theirs, strict=True):
        scores = new.scores(mine)
        base = background(sample(scores), mine, encoder.references.covariance)
        standing.append((scores[new_rows] - base.mean) / base.spread)
        scores = old.scores(other)
        base = background(sample(scores), other, before.references.covariance)
        offset = offset_of(other, len(name.split()), before.references.search_offsets)
        found = np.clip(probability(scores[old_rows], base, old_logistic, offset), 1e-6, 1 - 1e-6)
        logits.append(np.log(found / (1 - found)))
    return matched(np.stack(standing), np.stack(logits))


def _calibrated_alone(
    session: Session, encoder: Encoder, photos: NDArray[np.float32]
) -> Logistic | None:
    """The logistic that the library itself gives, by texts and shuffled ones; see `search/self_calibration.py`."""
    names = [tag.name for tag in current_vocabulary(session) if not tag.is_group]
    texts = _spread(names, _OWN_TEXTS) + _spread(session.read(filters.captions), _OWN_TEXTS)
    vectors = centred(encoder.encode_texts(texts), encoder.references.texts)
    covariance = encoder.references.covariance
    return self_calibrated(
        _standing_out(photos, vectors, covariance),
        _standing_out(photos, shuffled(vectors), covariance),
    )


def _standing_out(
    photos: NDArray[np.float32], texts: NDArray[np.float32], covariance: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """How far each photo stands out from each text: float32 array, shape (texts, photos)."""
    scores = texts @ photos.T
    bases = [background(own, text, covariance) for own, text in zip(scores, texts, strict=True)]
    means = np.array([base.mean for base in bases], np.float32)[:, None]
    spreads = np.array([base.spread for base in bases], np.float32)[:, None]
    return np.asarray((scores - means) / spreads, np.float32)


def _spread(texts: Sequence[str], count: int) -> list[str]:
    """At most so many of some texts, at equal distances."""
    return list(texts[:: max(1, -(-len(texts) // count))])


def _is_outgrown(session: Session, encoder_id: int, count: int) -> bool:
    """Whether a library has none, or twice the photos of when it was calibrated on itself."""
    kept = session.read(lambda store: settings.get(store, _CALIBRATION, {})).get(str(encoder_id))
    return kept is None or count >= _GROWTH * kept.get(_PHOTOS, np.inf)


def _kept_logistic(session: Session, encoder_id: int) -> Logistic | None:
    kept = session.read(lambda store: settings.get(store, _CALIBRATION, {}))
    found = kept.get(str(encoder_id))
    if found is None:
        return None
    return Logistic(**{name: value for name, value in found.items() if name != _PHOTOS})


def _use_logistic(session: Session, encoder_id: int, found: dict[str, float]) -> None:
    def keep(store: Store) -> None:
        kept = settings.get(store, _CALIBRATION, {})
        settings.put(store, _CALIBRATION, kept | {str(encoder_id): found})

    session.write(keep)
    session.holder(_HeldSpaces).spaces.pop("semantic", None)
