"""The words that albums are named from, as vectors of the encoder in use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort import log
from photosort.albums.naming import WordBank
from photosort.albums.words import quantised, restored
from photosort.paths import resources
from photosort.progress import Job, Progress
from photosort.safe_files import replacing
from photosort.search.centring import centred
from photosort.search.cutoff import background_of_strangers, offset_of, probability
from photosort.sentences import Sentence
from photosort.store.db.failures import file_failures
from photosort.usecases.models.vocabulary_vectors import current_vocabulary, shipped_vocabulary
from photosort.usecases.search.query_vectors import QUERY_TEMPLATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder, References
    from photosort.domain.tags import Tag
    from photosort.usecases.session.session import Session

WORDS = resources() / "albums" / "words.txt"
SHIPPED_VECTORS = resources() / "starter" / "words.npz"
# A tag that WordNet does not know is as common as an ordinary word.
_COMMON_TAG = 4.0
_ACTIVITIES = "activity"
_TEXTS_A_BATCH = 128

_log = log.topic("albums")


@dataclass(frozen=True, slots=True)
class Word:
    """One line of the word file; see `WordBank`."""

    text: str
    common: float
    kinds: tuple[str, ...]
    everyday: str = ""


def read_words(path: Path = WORDS) -> list[Word]:
    """The words that come with Photosort."""
    return [_word(*line.split("\t")) for line in path.read_text("utf-8").splitlines()]


def _word(text: str, common: str, kinds: str = "", everyday: str = "") -> Word:
    return Word(text, float(common), tuple(filter(None, kinds.split("|"))), everyday)


def is_nameable(tag: Tag) -> bool:
    """Whether a tag can name an album: tag groups and hand-only tags do not describe a picture."""
    return not tag.is_group and not tag.hand_only


def name_vocabulary(session: Session, job: Job) -> WordBank:
    """The words and the tags that can be seen, with their vectors; those of a new encoder take a minute once.

    Raises:
        JobCancelled: while words were encoded.
    """
    return _bank(
        session.encoders.current,
        current_vocabulary(session),
        lambda name, texts: _vectors(session, name, texts, job),
    )


def bank_of(encoder: Encoder) -> WordBank:
    """The same with the shipped vocabulary, for an encoder without a library."""

    def vectors_of(_name: str, texts: Sequence[str]) -> NDArray[np.float32]:
        shipped = _read(SHIPPED_VECTORS, encoder.info.version, texts)
        return word_vectors(encoder, texts) if shipped is None else shipped

    return _bank(encoder, shipped_vocabulary(), vectors_of)


def _bank(
    encoder: Encoder,
    vocabulary: Iterable[Tag],
    vectors_of: Callable[[str, Sequence[str]], NDArray[np.float32]],
) -> WordBank:
    words = read_words()
    tags = {tag.key: tag for tag in vocabulary}
    names = {tag.key: tag.name for tag in tags.values() if is_nameable(tag)}
    known = {word.text.casefold(): word for word in words}
    added = sorted(name for key, name in names.items() if key not in known)
    every = [*words, *(Word(name, _COMMON_TAG, _kinds(name, known)) for name in added)]
    things = {key for key in names if _root(tags[key], tags).key != _ACTIVITIES}
    vectors = [vectors_of("words", [word.text for word in words]), vectors_of("tags", added)]
    return WordBank(
        words=[word.text for word in every],
        vectors=centred(np.concatenate(vectors), encoder.references.texts),
        common=np.array([word.common for word in every], dtype=np.float32),
        is_tag=np.array([word.text.casefold() in things for word in every]),
        kinds=[word.kinds for word in every],
        everyday=[_everyday(word, tags.get(word.text.casefold())) for word in every],
        likelihood=likelihood_of(encoder.references),
    )


def _root(tag: Tag, tags: Mapping[str, Tag]) -> Tag:
    while tag.parent is not None and tag.parent.casefold() in tags:
        tag = tags[tag.parent.casefold()]
    return tag


def _everyday(word: Word, tag: Tag | None) -> str:
    """A black cat is called a cat: the tag is one of its parent by its own words."""
    parent = None if tag is None else tag.parent
    if parent is not None and word.text.casefold().endswith(f" {parent.casefold()}"):
        return parent
    return word.everyday or word.text


def likelihood_of(
    references: References,
) -> Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]] | None:
    """A word is likely on a photo as a search for it would call the photo a match, in a library of strangers."""
    covariance, logistic, known = (
        references.covariance,
        references.search,
        references.search_offsets,
    )
    if covariance is None or logistic is None:
        return None

    def likelihood(photos: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.float32]:
        found = [
            probability(
                scores,
                background_of_strangers(scores, word, covariance),
                logistic,
                offset_of(word, 1, known),
            )
            for word, scores in zip(words, (photos @ words.T).T, strict=True)
        ]
        return np.stack(found, axis=1)

    return likelihood


def word_vectors(
    encoder: Encoder, words: Sequence[str], check: Callable[[], object] = lambda: None
) -> NDArray[np.float32]:
    """Words as searches would be encoded, not centred; float32 array, shape (n, dim), unit length."""
    found = np.zeros((len(words), encoder.info.dims["semantic"]), dtype=np.float32)
    # Texts of one length fill a batch without padding.
    order = sorted(range(len(words)), key=lambda place: len(words[place]))
    for start in range(0, len(order), _TEXTS_A_BATCH):
        check()
        batch = order[start : start + _TEXTS_A_BATCH]
        for template in QUERY_TEMPLATES:
            found[batch] += encoder.encode_texts([template.format(words[place]) for place in batch])
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12))


def texts_hash(words: Sequence[str]) -> str:
    """Hash of a list of words, so that vectors of another list are not used for it."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _vectors(session: Session, name: str, words: Sequence[str], job: Job) -> NDArray[np.float32]:
    own = session.paths.derived / f"{name}-{session.encoders.current.info.version[:16]}.npz"
    for path in (SHIPPED_VECTORS, own):
        found = _read(path, session.encoders.current.info.version, words)
        if found is not None:
            return found
    job.progress = Progress(Sentence("Learning the words for albums"), 0, len(words))
    vectors = word_vectors(session.encoders.current, words, job.check)
    codes, scales = quantised(vectors)
    own.parent.mkdir(parents=True, exist_ok=True)
    with file_failures(own), replacing(own, mode=0o600) as file:
        np.savez(
            file,
            allow_pickle=False,
            encoder=np.array(session.encoders.current.info.version),
            texts=np.array(texts_hash(words)),
            codes=codes,
            scales=scales,
        )
    return vectors


def _read(path: Path, version: str, words: Sequence[str]) -> NDArray[np.float32] | None:
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            if str(stored["encoder"]) == version and str(stored["texts"]) == texts_hash(words):
                return restored(stored["codes"], stored["scales"])
    except (OSError, ValueError, KeyError) as error:
        _log.warning("%s is damaged and is made again: %s", path.name, error)
    return None


def _kinds(name: str, known: dict[str, Word]) -> tuple[str, ...]:
    """The sorts of a tag, by the word of its singular."""
    singular = known.get(name.casefold().removesuffix("s"))
    return () if singular is None else singular.kinds
