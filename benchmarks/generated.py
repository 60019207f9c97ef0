"""A library of many photos without their pixels: real files to be scanned, made-up vectors to be searched."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import Metadata, Source
from photosort.media.identify import quick_key
from photosort.store.tables import contents, files, fulltext, photos
from photosort.store.tables.contents import NewContent
from photosort.store.tables.files import NewFile
from photosort.store.tables.photos import Effective
from photosort.store.vectors import vectors
from photosort.usecases.models import encoders
from photosort.usecases.photos import roots

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Space
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session

_FOLDER_SIZE = 200
_BATCH = 2000
_CLUSTERS = 400
_SPREAD = 0.6
_BEGIN = datetime(2008, 1, 1)  # noqa: DTZ001 -- wall-clock times carry no zone


def fill(session: Session, folder: Path, count: int, first: int = 0) -> None:
    """Writes `count` small files below a folder and registers them as read and encoded photos.

    The files hold no picture: whoever decodes one finds it damaged. The vectors lie in clusters, as photos'
    vectors do.

    Args:
        session: the open library.
        folder: where the files lie.
        count: how many photos.
        first: the number of the first one; more than 0 adds to what was filled in before.
    """
    write_files(folder, first + count)
    place = roots.add(session, str(folder))
    encoder_id = encoders.remember_loaded(session)
    dims = session.encoders.current.info.dims
    rng = np.random.default_rng(0)
    spaces = {
        space: clustered(rng, first + count, dims[space])
        for space in session.encoders.current.info.stored_spaces
    }
    for start in range(first, first + count, _BATCH):
        numbers = range(start, min(start + _BATCH, first + count))
        session.write(
            lambda store, n=numbers: _register(  # type: ignore[misc]
                store, place.root.id, folder, encoder_id, n, spaces
            )
        )
    while session.write(fulltext.update_pending):
        pass


def write_files(folder: Path, count: int) -> None:
    """Files of a kilobyte, a few hundred to a folder; those that are there stay."""
    for number in range(count):
        path = folder / relative(number)
        if number % _FOLDER_SIZE == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(b"\xff\xd8\xff" + number.to_bytes(8, "big") * 128)


def relative(number: int) -> str:
    """Path of the file of that number below its root."""
    part = number // _FOLDER_SIZE
    return f"{2008 + part % 16}/{part:04}/IMG_{number:06}.jpg"


def clustered(rng: np.random.Generator, count: int, dim: int) -> NDArray[np.float32]:
    """Unit vectors around a few hundred centres; float32 array, shape (count, dim)."""
    centres = rng.standard_normal((_CLUSTERS, dim), dtype=np.float32)
    rows = centres[rng.integers(0, _CLUSTERS, count)]
    rows = rows + _SPREAD * rng.standard_normal((count, dim), dtype=np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _register(
    store: Store,
    root_id: int,
    folder: Path,
    encoder_id: int,
    numbers: range,
    spaces: dict[Space, NDArray[np.float32]],
) -> None:
    paths = [folder / relative(number) for number in numbers]
    stats = [path.stat() for path in paths]
    shots = [
        Metadata(
            taken_at=(_BEGIN + timedelta(hours=1.4 * number)).isoformat(),
            taken_source=Source.EXIF,
            width=4000,
            height=3000,
        )
        for number in numbers
    ]
    with store.atomic():
        content_ids = contents.insert(
            store,
            [
                NewContent(
                    quick_key(p, s.st_size),
                    s.st_size,
                    pixel_hash=p.name.encode(),
                    metadata=shot,
                    decoded_at="2026-01-01",
                )
                for p, s, shot in zip(paths, stats, shots, strict=True)
            ],
        )
        photo_ids = photos.insert(store, [Effective(shot) for shot in shots])
        file_ids = files.insert(
            store,
            [
                NewFile(root_id, relative(n), s.st_size, s.st_mtime_ns, content_id=c, photo_id=p)
                for n, s, c, p in zip(numbers, stats, content_ids, photo_ids, strict=True)
            ],
        )
        photos.set_main(store, dict(zip(photo_ids, file_ids, strict=True)))
        vectors.put(
            store,
            encoder_id,
            (
                (content_id, {space: rows[number] for space, rows in spaces.items()})
                for content_id, number in zip(content_ids, numbers, strict=True)
            ),
        )
