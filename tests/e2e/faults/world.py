"""A tiny library with photos as people have them, and what steps of a scenario do to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from photosort.media.sidecar_writing import SidecarChange, write_sidecar
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.settings import Settings
from photosort.threads.child_processes import ChildProcesses
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session import encoder_pool
from photosort.usecases.session.session import Session
from tests.fixtures.colours import COLOURS, ColourEncoder
from tests.fixtures.reading import call_here

_EDGE_PX = 32
_PHOTOS = tuple(f"{'day' if n < 5 else 'trip'}/{n:02}.jpg" for n in range(9))


@dataclass
class World:
    """Where everything lies while a scenario goes on.

    Attributes:
        folder: holds all of it.
        encoder: sees colours only.
    """

    folder: Path
    encoder: ColourEncoder = field(default_factory=ColourEncoder)
    _session: Session | None = None

    def __post_init__(self) -> None:
        """Lets every session of this process use the encoder, and read files here, where the kill hits."""
        encoder_pool.load_encoder = lambda name, **options: self.encoder
        ChildProcesses.call = call_here

    @property
    def photos(self) -> Path:
        """The folder of photos."""
        return self.folder / "photos"

    @property
    def paths(self) -> LibraryPaths:
        """The library."""
        home = self.folder / "home"
        return LibraryPaths(library=home / "library.db", home=home)

    @property
    def settings(self) -> Settings:
        """Keyword files follow, in one thread."""
        return replace(Settings(), write_keyword_files=True, threads=1)

    @property
    def session(self) -> Session:
        """The open library."""
        if self._session is None:
            self._session = Session(self.paths, actor="command", chosen=self.settings)
        return self._session

    def close(self) -> None:
        """Closes it."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def ids(self, *numbers: int) -> list[int]:
        """Photos by their numbers."""
        return [photo_at(self.session, os.fspath(self.photos / _PHOTOS[n])) for n in numbers]

    def index(self, *folders: Path, reread: bool = False) -> None:
        """Brings the library up to date."""
        index(self.session, [os.fspath(one) for one in folders], job=Job(), reread=reread)

    def draw(self, name: str, colour: tuple[int, int, int], taken: str = "") -> Path:
        """A photo of one colour."""
        path = self.photos / name
        path.parent.mkdir(parents=True, exist_ok=True)
        exif = Image.Exif()
        if taken:
            exif[0x8769] = {0x9003: taken}
        Image.new("RGB", (_EDGE_PX, _EDGE_PX), colour).save(path, exif=exif)
        return path

    def build(self) -> None:
        """Draws the photos and makes the library."""
        colours = list(COLOURS.values())
        for number, name in enumerate(_PHOTOS):
            shade = tuple(min(255, part + number) for part in colours[number % 4])
            day = "2022:05:14" if number < 5 else "2022:08:02"
            self.draw(name, (shade[0], shade[1], shade[2]), f"{day} 10:0{number}:00")
        (self.photos / "copies").mkdir()
        shutil.copy(self.photos / _PHOTOS[0], self.photos / "copies" / "00.jpg")
        (self.photos / "cut.jpg").write_bytes((self.photos / _PHOTOS[1]).read_bytes()[:300])
        write_sidecar(self.photos / "day" / "01.jpg.xmp", SidecarChange(add=("beach",), rating=2))
        self.index(self.photos)
        self.close()

    def originals(self) -> dict[str, bytes]:
        """Every photo with its bytes."""
        return {
            os.fspath(path.relative_to(self.photos)): path.read_bytes()
            for path in sorted(self.photos.rglob("*.jpg"))
        }


@dataclass(frozen=True)
class Step:
    """One thing that a user does.

    Attributes:
        does: it.
        is_gradual: where it is killed, part of what it changes may be done.
    """

    does: Callable[[World], object]
    is_gradual: bool = False


@dataclass(frozen=True)
class Scenario:
    """Steps that follow each other.

    Attributes:
        name: of a kind of use cases.
        steps: each is one change of what a person decided, or none.
        prepare: what is done before, undisturbed.
        finish: what the user does after the next start; says what is wrong then.
        kills: at least so many of a test's kills are its own.
    """

    name: str
    steps: tuple[Step, ...]
    prepare: Callable[[World], object] = lambda world: None
    finish: Callable[[World], list[str]] = lambda world: []
    kills: int = 2
