"""A small library of photos for screenshots, the accessibility journey and the smoke test: scikit-image and scikit-learn ship them.

Each stands in the library as people have it: in a folder, with a date, a camera and a place, most of them two or
three times in different framings, as somebody takes a subject more than once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import skimage
import sklearn
from PIL import Image

_EXIF_DETAILS, _EXIF_PLACE = 0x8769, 0x8825
_MAKER, _MODEL, _TAKEN = 0x010F, 0x0110, 0x9003


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture and where it was taken.

    Attributes:
        name: file name of the picture that is shipped.
        folder: where its copies lie in the library.
        taken: EXIF's date of the first copy; each further one is twenty seconds later.
        place: latitude and longitude in degrees, or None.
        frames: what each copy shows, as parts of width and height: left, upper, right, lower.
        camera: maker and model.
        number: of the first copy, in the names of their files.
    """

    name: str
    folder: str
    taken: str
    place: tuple[float, float] | None = None
    frames: tuple[tuple[float, float, float, float], ...] = ((0, 0, 1, 1),)
    camera: tuple[str, str] = ("Nikon", "D500")
    number: int = 1


_ALL = (0.0, 0.0, 1.0, 1.0)
_PHONE = ("Google", "Pixel 6")
_CAPE = (28.3922, -80.6077)
_PEKING = (39.9042, 116.4074)
_LISBON = (38.7223, -9.1393)
_SHOTS = (
    Shot("astronaut.png", "2021 Cape Canaveral", "2021:03:06 10:02:11", _CAPE, (_ALL, (0.1, 0, 0.8, 0.75), (0, 0, 0.9, 0.9))),
    Shot("rocket.jpg", "2021 Cape Canaveral", "2021:03:06 18:40:32", _CAPE, (_ALL, (0, 0.15, 1, 0.95), (0.1, 0.1, 0.9, 1), (0.2, 0, 1, 0.9))),
    Shot("moon.png", "2021 Cape Canaveral", "2021:03:06 22:14:05", _CAPE, (_ALL, (0, 0, 0.7, 0.7))),
    Shot("hubble_deep_field.jpg", "2021 Cape Canaveral", "2021:03:06 23:01:40", None, (_ALL, (0.2, 0.2, 0.9, 0.9))),
    Shot("camera.png", "2021 Lisbon", "2021:05:15 11:20:00", _LISBON, (_ALL, (0.05, 0.05, 0.85, 0.95), (0.15, 0, 0.95, 0.8))),
    Shot("chelsea.png", "Home", "2022:02:19 09:12:44", None, (_ALL, (0.15, 0, 1, 0.95), (0, 0.05, 0.85, 1), (0.1, 0, 0.95, 0.9)), _PHONE),
    Shot("coffee.png", "Home", "2022:02:19 09:31:02", None, (_ALL, (0.1, 0.05, 0.95, 1), (0.05, 0, 0.8, 0.9), (0.15, 0, 1, 0.95)), _PHONE),
    Shot("flower.jpg", "Home", "2022:02:20 16:05:55", None, (_ALL, (0.1, 0, 0.9, 0.95), (0.2, 0.1, 1, 1), (0, 0.1, 0.85, 1)), _PHONE),
    Shot("page.png", "Home", "2022:02:21 08:02:00", None, (_ALL,), _PHONE),
    Shot("motorcycle_left.png", "2022 Garage", "2022:05:30 12:10:00", _LISBON, (_ALL, (0.05, 0, 0.9, 1), (0, 0.1, 0.95, 1))),
    Shot("motorcycle_right.png", "2022 Garage", "2022:05:30 12:12:10", _LISBON, (_ALL, (0.1, 0.1, 1, 0.95), (0.05, 0, 1, 0.9))),
    Shot("china.jpg", "2022 Beijing", "2022:07:14 14:22:36", _PEKING, (_ALL, (0.05, 0.1, 0.85, 1), (0.2, 0, 1, 0.9), (0, 0.2, 0.7, 1), (0.1, 0, 0.9, 0.85))),
)  # fmt: skip

_LATER = (
    Shot("china.jpg", "2022 Beijing", "2022:07:14 14:40:10", _PEKING, ((0.03, 0, 0.95, 0.95), (0, 0.05, 0.9, 0.95), (0.08, 0.05, 1, 1)), number=6),
    Shot("coffee.png", "Home", "2022:03:05 10:02:00", None, ((0.02, 0, 0.97, 0.97), (0, 0.03, 0.92, 1)), _PHONE, number=5),
)  # fmt: skip


def write_photos(folder: Path) -> Path:
    """Writes the photos as JPEGs with dates, cameras and places into a folder, and returns it."""
    _write(_SHOTS, folder)
    return folder


def add_later_photos(folder: Path) -> None:
    """Adds photos that were taken a little later."""
    _write(_LATER, folder)


def _write(shots: Sequence[Shot], folder: Path) -> None:
    shipped = (
        Path(skimage.__file__).parent / "data",
        Path(sklearn.__file__).parent / "datasets" / "images",
    )
    for shot in shots:
        source = next((d / shot.name for d in shipped if (d / shot.name).exists()), None)
        if source is None:
            continue
        with Image.open(source) as picture:
            whole = picture.convert("RGB")
        for number, frame in enumerate(shot.frames):
            taken = _later(shot.taken, 20 * number)
            name = f"IMG_{taken[5:10].replace(':', '')}_{source.stem}_{shot.number + number}.jpg"
            target = folder / shot.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            left, upper, right, lower = frame
            box = (
                round(left * whole.width),
                round(upper * whole.height),
                round(right * whole.width),
                round(lower * whole.height),
            )
            whole.crop(box).save(target, quality=92, exif=_exif(shot, taken))


def add_copies(folder: Path) -> None:
    """Adds what a messenger sent back: two photos made smaller, one of them cut; and one copied by hand."""
    sent = folder / "Received"
    sent.mkdir(exist_ok=True)
    first, second, third = sorted(folder.rglob("IMG_*.jpg"))[:9:4]
    with Image.open(first) as picture:
        picture.convert("RGB").resize((picture.width // 2, picture.height // 2)).save(
            sent / "photo_5318.jpg", quality=70
        )
    with Image.open(second) as picture:
        width, height = picture.size
        cut = (width // 12, height // 12, width - width // 12, height - height // 16)
        picture.convert("RGB").crop(cut).save(sent / "photo_5320.jpg", quality=85)
    (sent / f"Copy of {third.name}").write_bytes(third.read_bytes())


def add_broken_files(folder: Path) -> None:
    """Adds what no program can show: a photo that ends in the middle of its header, and an empty one."""
    whole = next(iter(sorted(folder.rglob("*.jpg")))).read_bytes()
    (folder / "Home" / "IMG_0301_torn.jpg").write_bytes(whole[:200])
    (folder / "Home" / "IMG_0302_empty.jpg").write_bytes(b"")


def _exif(shot: Shot, taken: str) -> Image.Exif:
    exif = Image.Exif()
    exif[_EXIF_DETAILS] = {_TAKEN: taken}
    exif[_MAKER], exif[_MODEL] = shot.camera
    if shot.place is not None:
        latitude, longitude = shot.place
        exif[_EXIF_PLACE] = {
            1: "N" if latitude >= 0 else "S",
            2: _degrees(latitude),
            3: "E" if longitude >= 0 else "W",
            4: _degrees(longitude),
        }
    return exif


def _degrees(angle: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds, as EXIF wants them."""
    minutes, seconds = divmod(abs(angle) * 3600, 60)
    degrees, minutes = divmod(minutes, 60)
    return degrees, minutes, seconds


def _later(taken: str, seconds: int) -> str:
    hours, minutes, begun = (int(part) for part in taken[11:].split(":"))
    minutes, begun = minutes + (begun + seconds) // 60, (begun + seconds) % 60
    return f"{taken[:11]}{hours:02}:{minutes:02}:{begun:02}"
