"""A library of one-coloured photos, indexed with the encoder that sees colours only."""

from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from photosort.library import encoders, indexing
from photosort.library.session import Session
from photosort.progress import Job
from tests.fixtures.colours import COLOURS, ColourEncoder


@pytest.fixture
def encoder(monkeypatch):
    """The encoder in use; it sees colours only."""
    made = ColourEncoder()
    monkeypatch.setattr(encoders, "load_encoder", lambda name, **options: made)
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
        indexing.index(session, [str(folder)], job=Job())
        return folder

    return make


@pytest.fixture
def named(session):
    """The names of photos, by their ids."""
    from photosort.library import browsing

    def read(photo_ids) -> list[str]:
        catalog = browsing.load(session)
        return [catalog.names[catalog.row(int(photo_id))] for photo_id in photo_ids]

    return read
