"""The vocabulary in use, and its texts as vectors."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.paths import digest_of_files, resources
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import tags
from photosort.store.vectors import text_vectors
from photosort.tagging.prompts import TagTexts, prototypes, texts_of
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary
from photosort.usecases.models import encoders

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.usecases.session.session import Session

# A cancel is noticed within a second on a slow machine.
_TEXTS_A_BATCH = 128

SHIPPED_VECTORS = resources() / "starter" / "vocabulary.npz"
SHIPPED_DIRECTIONS = resources() / "starter" / "tag_directions.npz"


@dataclass(frozen=True, slots=True)
class TagVectors:
    """A vocabulary ready for scoring with one encoder.

    Attributes:
        vocabulary: the tags.
        texts: the texts of each tag, in the vocabulary's order.
        prototypes: float32 array, shape (tags, dim), unit length, centred.
        steepness: float32 array, shape (tags,), how much more than a text's a cosine with the prototype says.
        vectors: every text to its unit vector, not centred.
    """

    vocabulary: Vocabulary
    texts: tuple[TagTexts, ...]
    prototypes: NDArray[np.float32]
    steepness: NDArray[np.float32]
    vectors: dict[str, NDArray[np.float32]]


def shipped_files() -> list[Path]:
    """The files of the vocabulary that comes with Photosort."""
    found = (resources() / "vocabulary").glob("*.yaml")
    return sorted(path for path in found if not path.name.startswith("names_"))


def shipped_vocabulary() -> Vocabulary:
    """The vocabulary that comes with Photosort, as it is in its files."""
    files = tuple(shipped_files())
    return _parsed(files, digest_of_files(files))


def update_shipped_tags(session: Session) -> None:
    """Brings the tags of the library up to what is shipped, where that changed."""
    digest = digest_of_files(shipped_files())
    if session.read(tags.shipped_hash) != digest:
        shipped = shipped_vocabulary()
        session.write(lambda store: tags.sync(store, shipped.tags, digest))


def current_vocabulary(session: Session) -> Vocabulary:
    """The library's vocabulary: what is shipped, with the user's own tags and edits."""
    update_shipped_tags(session)
    return Vocabulary(tuple(session.read(tags.enabled)))


# A new library and the names of albums both need it, and parsing it takes 0.2 s.
@lru_cache(maxsize=1)
def _parsed(files: tuple[Path, ...], _digest: str) -> Vocabulary:
    return load_vocabulary(files)


def shipped_vectors(encoder_version: str, wanted: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """Vectors of vocabulary texts that came with Photosort, for the encoder they were made with.

    Ten thousand texts take a slow machine a minute, and every fresh library would wait for it.
    """
    if not SHIPPED_VECTORS.is_file():
        return {}
    with np.load(SHIPPED_VECTORS, allow_pickle=False) as shipped:
        if str(shipped["encoder"]) != encoder_version:
            return {}
        place = {key.tobytes(): row for row, key in enumerate(shipped["hashes"])}
        rows = shipped["vectors"].astype(np.float32)
    found = {text: place.get(text_vectors.text_hash(text)) for text in wanted}
    return {text: rows[row] for text, row in found.items() if row is not None}


@functools.cache
def _directions(encoder_version: str) -> dict[bytes, tuple[NDArray[np.float32], float]]:
    if not SHIPPED_DIRECTIONS.is_file():
        return {}
    with np.load(SHIPPED_DIRECTIONS, allow_pickle=False) as shipped:
        if str(shipped["encoder"]) != encoder_version:
            return {}
        rows = shipped["directions"].astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        keys = [key.tobytes() for key in shipped["texts"]]
        return dict(zip(keys, zip(rows, shipped["steepness"].tolist(), strict=True), strict=True))


def texts_hash(texts: TagTexts) -> bytes:
    """What the texts of a tag are known by together; 16 bytes."""
    return text_vectors.text_hash("\n".join(texts.all))


def with_directions(
    prototypes: NDArray[np.float32], texts: Sequence[TagTexts], encoder_version: str
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Replaces the prototypes of tags for which real captions fitted a better one (`tools/fit/tag_directions.py`).

    A tag whose texts the user has changed keeps what its texts say.

    Args:
        prototypes: float32 array, shape (tags, dim), unit length.
        texts: of each tag.
        encoder_version: of the encoder that the prototypes are for.

    Returns:
        The prototypes, and `TagVectors.steepness`.
    """
    known = _directions(encoder_version)
    made, steepness = prototypes.copy(), np.ones(len(prototypes), np.float32)
    for row, one in enumerate(texts):
        fitted = known.get(texts_hash(one)) if known else None
        if fitted is not None:
            made[row], steepness[row] = fitted
    return made, steepness


def tag_vectors(
    session: Session, vocabulary: Vocabulary, job: Job, encoder: Encoder | None = None
) -> TagVectors:
    """A vocabulary as vectors of an encoder; only texts not met before are encoded.

    Args:
        session: the open library.
        vocabulary: the tags.
        job: progress and cancel.
        encoder: None = the one in use.

    Raises:
        JobCancelled: what was encoded until then is kept.
    """
    spoken = tuple(texts_of(tag) for tag in vocabulary)
    encoder = encoder or session.encoders.current
    prompting = encoder.references.prompting
    wanted = dict.fromkeys(
        text
        for one in spoken
        # Descriptors are reasons even where they are no part of the score.
        for text in (one.all if prompting.sentences else (*one.names, *one.descriptors))
    )
    vectors_of = _vectors(session, encoder, wanted, job)
    of_texts = prototypes(spoken, vectors_of, encoder.references.texts, prompting)
    made, steepness = with_directions(of_texts, spoken, encoder.info.version)
    return TagVectors(vocabulary, spoken, made, steepness, vectors_of)


def _vectors(
    session: Session, encoder: Encoder, wanted: Iterable[str], job: Job
) -> dict[str, NDArray[np.float32]]:
    encoder_id = encoders.encoder_id(session, encoder)
    known = text_vectors.get(session.reader(), encoder_id, wanted)
    missing = [text for text in wanted if text not in known]
    if missing and (shipped := shipped_vectors(encoder.info.version, missing)):
        session.write(partial(text_vectors.put, encoder_id=encoder_id, vectors=shipped))
        known.update(shipped)
    # Texts of one length fill a batch without padding.
    missing = sorted((text for text in wanted if text not in known), key=len)
    for start in range(0, len(missing), _TEXTS_A_BATCH):
        job.check()
        job.progress = Progress(Sentence("Learning the words of the tags"), start, len(missing))
        batch = missing[start : start + _TEXTS_A_BATCH]
        fresh = dict(zip(batch, encoder.encode_texts(batch), strict=True))
        known.update(fresh)
        session.write(partial(text_vectors.put, encoder_id=encoder_id, vectors=fresh))
    return known
