"""A library of one-coloured photos, indexed with the encoder that sees colours only."""

from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from photosort.progress import Job
from photosort.usecases.indexing import index_run
from photosort.usecases.session import encoder_pool
from photosort.usecases.session.session import Session
from tests.fixtures.colours import COLOURS, ColourEncoder


@pytest.fixture
def encoder(monkeypatch):
    """The encoder in use; it sees colours only."""
    made = ColourEncoder()
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: made)
    return made


@pytest.fixture
def session(places, encoder):
    """An empty library whose encoder sees colours only."""
    opened = Session(places, actor="command")
    yield opened
    opened.close()


@pytest.fixture
def add(session, tmp_path):
    """Adds photos of one colour each to the library: `add("red", "a.jpg", "b.jpg")`."""

    shades = count()

    def make(colour: str, *names: str) -> Path:
        folder = tmp_path / "photos"
        folder.mkdir(exist_ok=True)
        for name in names:
            number = next(shades) % 30
            shade = tuple(min(255, part + number) for part in COLOURS[colour])
            Image.new("RGB", (96, 64), shade).save(folder / name)
        index_run.index(session, [str(folder)], job=Job())
        return folder

    return make


@pytest.fixture
def named(session):
    """The names of photos, by their ids."""
    from photosort.usecases.photos import photo_table

    def read(photo_ids) -> list[str]:
        catalog = photo_table.load(session)
        return [catalog.names[catalog.row(int(photo_id))] for photo_id in photo_ids]

    return read
