from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from photosort.domain.encoders import EncoderInfo
from photosort.domain.photos import Metadata, Root
from photosort.domain.pictures import InputSpec
from photosort.store.db.database import Store
from photosort.store.tables import contents, files, photos, roots
from photosort.store.tables.contents import NewContent
from photosort.store.tables.files import NewFile
from photosort.store.tables.photos import Effective


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def store(library: Path) -> Iterator[Store]:
    opened = Store.open(library)
    yield opened
    opened.close()


@pytest.fixture
def root(store: Store) -> Root:
    added, _ = roots.add(store, "/photos", volume="disk-1", marker="1:2", actor="command")
    return added


AddPhoto = Callable[..., int]


@pytest.fixture
def add_photo(store: Store, root: Root) -> AddPhoto:
    """Adds a photo with one file and one content; returns the photo's id."""

    def add(relative: str, metadata: Metadata | None = None, **facts: object) -> int:
        metadata = metadata or Metadata()
        key = relative.encode("utf-8", "surrogateescape")
        (content_id,) = contents.insert(store, [NewContent(key, 1000, metadata=metadata)])
        (photo_id,) = photos.insert(store, [Effective(metadata)])
        new = {"size_bytes": 1000, "mtime_ns": 5, "root_id": root.id, **facts}
        files.insert(
            store,
            [NewFile(relative=relative, content_id=content_id, photo_id=photo_id, **new)],  # type: ignore[arg-type]
        )
        photos.choose_main(store, [photo_id])
        return photo_id

    return add


@pytest.fixture
def encoder() -> EncoderInfo:
    return EncoderInfo(
        name="tiny",
        version="aa" * 32,
        dims={"semantic": 8, "visual": 4},
        stored_spaces=("semantic", "visual"),
        input=InputSpec(edge_px=8),
    )
