"""A small real library: photos that scikit-image and scikit-learn ship, with dates, copies, companions, damage."""

import io
import json
import os
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
import skimage
import sklearn
from PIL import Image

from photosort.cli.main import build_parser, main
from photosort.embed.load import load_encoder
from photosort.usecases.session import encoder_pool
from tools.command_json import faults, row_of

SHIPPED = {
    "astronaut": Path(skimage.__file__).parent / "data" / "astronaut.png",
    "cat": Path(skimage.__file__).parent / "data" / "chelsea.png",
    "coffee": Path(skimage.__file__).parent / "data" / "coffee.png",
    "rocket": Path(skimage.__file__).parent / "data" / "rocket.jpg",
    "motorcycle": Path(skimage.__file__).parent / "data" / "motorcycle_left.png",
    "temple": Path(sklearn.__file__).parent / "datasets" / "images" / "china.jpg",
    "flower": Path(sklearn.__file__).parent / "datasets" / "images" / "flower.jpg",
}


def save_jpeg(name: str, path: Path, *, taken: str = "") -> None:
    """One of the shipped photos as a JPEG with an EXIF date ("2022:05:15 18:42:07")."""
    exif = Image.Exif()
    if taken:
        exif[0x8769] = {0x9003: taken}
        exif[0x010F], exif[0x0110] = "Nikon", "D500"
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(SHIPPED[name]) as picture:
        picture.convert("RGB").save(path, quality=88, exif=exif)


@pytest.fixture
def photos(tmp_path):
    """A folder of photos as people have them."""
    folder = tmp_path / "photos"
    save_jpeg("cat", folder / "pets" / "IMG_0001.jpg", taken="2021:03:04 10:00:00")
    save_jpeg("coffee", folder / "2022" / "IMG_0002.jpg", taken="2022:05:15 18:42:07")
    save_jpeg("rocket", folder / "2022" / "IMG_0003.jpg", taken="2022:05:16 09:00:00")
    save_jpeg("motorcycle", folder / "2023" / "IMG_0004.jpg", taken="2023:07:14 12:00:00")
    save_jpeg("temple", folder / "2023" / "trip to Běijīng" / "IMG_0005.jpg")
    save_jpeg("flower", folder / "2023" / "IMG_20230801_101500.jpg")
    save_jpeg("astronaut", folder / "people" / "portrait.jpg", taken="2020:01:02 03:04:05")
    (folder / "2023" / "notes.txt").write_text("not a photo")
    return folder


@dataclass
class Ran:
    """What one command did."""

    status: int
    out: str
    err: str
    rows: list[dict] = field(default_factory=list)


@pytest.fixture(scope="session")
def starter(tmp_path_factory):
    """The starter encoder, loaded once for all journeys."""
    return load_encoder("starter", models_dir=tmp_path_factory.mktemp("models"), threads=1)


@pytest.fixture
def photosort(tmp_path, starter, monkeypatch):
    """Runs the command line in this process, on a library of the test's own."""
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: starter)
    return partial(run_command, tmp_path / "home")


def run_command(home: Path, *arguments: object) -> Ran:
    """Runs the command line in this process, on the library of a folder."""
    out, err = io.StringIO(), io.StringIO()
    given = [str(argument) for argument in arguments]
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["--home", str(home), "--library", str(home / "library.db"), *given])
    ran = Ran(status, out.getvalue(), err.getvalue())
    if "--json" in given:
        ran.rows = [json.loads(line) for line in ran.out.splitlines()]
    if ran.rows:
        kind = row_of(build_parser().parse_args(given))
        assert [fault for row in ran.rows for fault in faults(row, kind)] == []
    return ran


# Of each file its date; the cat has a copy elsewhere, whose name is not UTF-8.
TAKEN = {
    "pets/cat.jpg": "2021:03:04 10:00:00",
    "2022/coffee.jpg": "2022:05:15 18:42:07",
    "2022/rocket.jpg": "2022:05:16 09:00:00",
    "people/astronaut.jpg": "",
}
ODD = os.fsdecode(b"caf\xe9.jpg")


@pytest.fixture(scope="session")
def kept(tmp_path_factory, starter):
    """A library and its photos, indexed once; tests take copies of the library and leave the photos alone."""
    folder = tmp_path_factory.mktemp("kept")
    photos = folder / "photos"
    for name, taken in TAKEN.items():
        save_jpeg(Path(name).stem, photos / name, taken=taken)
    (photos / "elsewhere").mkdir()
    shutil.copy(photos / "pets" / "cat.jpg", photos / "elsewhere" / ODD)
    (photos / "cut.jpg").write_bytes((photos / "2022" / "coffee.jpg").read_bytes()[:20_000])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder_pool, "load_encoder", lambda name, **options: starter)
        ran = run_command(folder / "home", "index", photos, "--json")
    return folder, ran


@pytest.fixture
def run(kept, tmp_path, starter, monkeypatch):
    """Runs commands on a copy of the library that is kept."""
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: starter)
    shutil.copytree(kept[0] / "home", tmp_path / "home")
    return partial(run_command, tmp_path / "home")


@pytest.fixture
def shipped():
    """Names of the shipped photos and `save_jpeg`, to add more."""
    return save_jpeg


@pytest.fixture
def indexed(photos, photosort):
    """The photos, indexed."""
    ran = photosort("index", photos, "--json")
    assert ran.status == 0, ran.err
    return photos
