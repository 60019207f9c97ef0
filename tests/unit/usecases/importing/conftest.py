"""A camera card with photos, and imports of it into a library whose encoder sees colours only."""

from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from photosort.progress import Job
from photosort.usecases.importing import template
from photosort.usecases.importing.copying import copy
from photosort.usecases.importing.known_contents import KnownContents
from photosort.usecases.importing.registering import register
from photosort.usecases.importing.source import look


@pytest.fixture
def card(tmp_path):
    """The card's folder."""
    made = tmp_path / "card" / "DCIM"
    made.mkdir(parents=True)
    return made.parent


@pytest.fixture
def to(tmp_path):
    """Where photos go; it does not exist yet."""
    return tmp_path / "Pictures"


@pytest.fixture
def draw(card):
    """Draws a photo, unlike all others, on the card: `draw("100A/IMG_0001.JPG", "2022:05:14 10:00:00")`."""
    shades = count(1)

    def make(name: str, taken: str = "", camera: str = "") -> Path:
        path = card / "DCIM" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        exif = Image.Exif()
        if taken:
            exif[0x8769] = {0x9003: taken}
        if camera:
            exif[0x010F], exif[0x0110] = camera.split(" ", 1)
        number = next(shades)
        picture = Image.new("RGB", (48, 32), (number * 37 % 256, number * 101 % 256, number))
        picture.save(path, "JPEG", exif=exif)
        return path

    return make


@pytest.fixture
def bring(session, card, to):
    """Imports the card: `bring("{year}")`."""

    def run(chosen: str = template.DEFAULT, *, job: Job | None = None, into=to, **options):
        handle = job or Job()
        known = KnownContents(session, into, check=lambda: None)
        found = look(str(card), known, job=Job())
        return copy(session, found, into, template.parse(chosen), job=handle, **options)

    return run


@pytest.fixture
def bring_in(session, bring):
    """Imports the card and registers what came; gives the run and the change."""

    def run(chosen: str = template.DEFAULT):
        done = bring(chosen)
        return done, register(session, done, job=Job()).change

    return run


@pytest.fixture
def there(to):
    """Everything below the target, by relative path."""

    def read() -> list[str]:
        return sorted(one.relative_to(to).as_posix() for one in to.rglob("*") if one.is_file())

    return read
