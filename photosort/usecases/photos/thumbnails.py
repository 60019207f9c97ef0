"""Thumbnails: stored ones, else the file's embedded preview, else made from the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.domain.photos import FileState
from photosort.domain.pictures import THUMBNAIL_EDGES_PX, InputSpec
from photosort.errors import InputProblem, PhotosortError
from photosort.media.formats import media_of
from photosort.sentences import Sentence
from photosort.store.tables import contents, filters

if TYPE_CHECKING:
    from photosort.store.tables.filters import PictureKey
    from photosort.usecases.session.session import Session

_log = log.topic("thumbnails")
_SMALL, _LARGE = THUMBNAIL_EDGES_PX
# The encoder's input is not wanted here; the smallest costs least.
_SPEC = InputSpec(edge_px=32)


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture of a photo.

    Attributes:
        jpeg: the picture, or None where there is none yet.
        key: what it is kept under; another key is another picture.
    """

    jpeg: bytes | None
    key: bytes | None


def stored(session: Session, photo_ids: Sequence[int], edge_px: int) -> dict[int, Picture]:
    """The stored pictures of photos, as near to an edge as there are; nothing is decoded.

    Args:
        session: the open library.
        photo_ids: which photos; those that are not in the library are left out.
        edge_px: longest edge that is needed.
    """
    keys = session.read(lambda store: filters.picture_keys(store, photo_ids))
    best, other = (_SMALL, _LARGE) if edge_px <= _SMALL else (_LARGE, _SMALL)
    hashes = {one.pixel_hash for one in keys.values() if one.pixel_hash is not None}
    held = session.thumbnails.get_many(hashes, best)
    held |= session.thumbnails.get_many(hashes - held.keys(), other) if hashes - held.keys() else {}
    quick = {
        one.quick_key
        for one in keys.values()
        if one.quick_key is not None and one.pixel_hash not in held
    }
    previews = session.thumbnails.previews(quick) if quick else {}
    return {photo_id: _picture(one, held, previews) for photo_id, one in keys.items()}


def _picture(one: PictureKey, held: dict[bytes, bytes], previews: dict[bytes, bytes]) -> Picture:
    if one.pixel_hash in held:
        return Picture(held[one.pixel_hash], one.pixel_hash)
    if one.quick_key in previews:
        return Picture(previews[one.quick_key], one.quick_key)
    return Picture(None, None)


def keys_of(session: Session, photo_ids: Sequence[int]) -> dict[int, bytes | None]:
    """What the final pictures of photos are kept under; None before they were decoded."""
    keys = session.read(lambda store: filters.picture_keys(store, photo_ids))
    return {photo_id: one.pixel_hash for photo_id, one in keys.items()}


def make(session: Session, photo_id: int, edge_px: int) -> Picture:
    """Makes the picture of a photo from its file and keeps it; called in the decode lane.

    A file that is away or cannot be read is an answer, not an error.
    """
    key = session.read(lambda store: filters.picture_keys(store, [photo_id])).get(photo_id)
    nothing = Picture(None, None)
    if key is None or key.state is not FileState.PRESENT:
        return nothing
    media = media_of(key.relative)
    if media is None or media == "video":
        return nothing
    from photosort.media.decode import decode

    path = Path(_root_path(session, key.root_id), key.relative)
    try:
        made = decode(
            path, _SPEC, media=media, read_metadata=False, beside=key.orientation
        ).thumbnails
    except PhotosortError as error:
        _log.debug("no thumbnail: %s", error.detail)
        return nothing
    if not made:
        return nothing
    best = made.get(_SMALL if edge_px <= _SMALL else _LARGE) or made[max(made)]
    if key.pixel_hash is not None:
        rows = [(key.pixel_hash, edge, jpeg) for edge, jpeg in made.items()]
        session.thumbnails.put(rows)
        return Picture(best, key.pixel_hash)
    if key.quick_key is not None:
        session.thumbnails.put_previews([(key.quick_key, made[min(made)])])
    return Picture(best, key.quick_key)


def _root_path(session: Session, root_id: int) -> str:
    from photosort.store.tables import roots

    return session.read(lambda store: roots.by_id(store, root_id)).path


def of_photo(session: Session, photo_id: int) -> bytes | None:
    """The largest stored picture of a photo as JPEG, or None."""
    found = stored(session, [photo_id], _LARGE).get(photo_id)
    return None if found is None else found.jpeg


def of_file(path: Path) -> bytes:
    """A small picture of a file that need not be in the library, as JPEG.

    Raises:
        InputProblem: it is no picture, or cannot be read as one.
    """
    media = media_of(path.name)
    if media is None:
        raise InputProblem(Sentence("{file} is not a picture.", file=path.name))
    from photosort.media.decode import decode

    made = decode(path, _SPEC, media=media, read_metadata=False).thumbnails
    return made[min(made)]


def keep_to_size(session: Session) -> int:
    """Removes the thumbnails that were not used for longest until the rest fits the user's limit.

    Those of offline files stay: they could not be made again.

    Returns:
        How many were removed.
    """
    limit_bytes = session.settings.thumbnail_cache_mb * 1_000_000
    if session.thumbnails.size_bytes() <= limit_bytes:
        return 0
    session.thumbnails.keep(session.read(contents.offline_keys))
    return session.thumbnails.evict(limit_bytes)
