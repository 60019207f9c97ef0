"""Demonstration photos for a first look: those that scikit-image and scikit-learn ship.

A package of Photosort has copies of them.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from photosort.errors import EnvironmentProblem
from photosort.paths import resources
from photosort.safe_files import write_whole
from photosort.sentences import Sentence

# Those of the shipped pictures that are photos of something; the others are test patterns and microscopy.
_CHOSEN = frozenset(
    [
        "astronaut",
        "brick",
        "camera",
        "chelsea",
        "clock_motion",
        "coffee",
        "coins",
        "grass",
        "gravel",
        "hubble_deep_field",
        "moon",
        "motorcycle_left",
        "page",
        "rocket",
        "china",
        "flower",
    ]
)
_SHIPPED = (("skimage", "data"), ("sklearn", "datasets/images"))


def is_available() -> bool:
    """Whether the photos are here: with a package of Photosort, or with both Python packages."""
    return (resources() / "demonstration").is_dir() or len(_sources()) == len(_SHIPPED)


def demonstration_photos(folder: Path) -> Path:
    """Copies the demonstration photos of the packages that are installed.

    Args:
        folder: where to; made if need be.

    Returns:
        The folder.

    Raises:
        EnvironmentProblem: they cannot be copied.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in _sources():
            for picture in sorted(source.iterdir()):
                if picture.stem in _CHOSEN and not os.path.lexists(folder / picture.name):
                    write_whole(folder / picture.name, picture.read_bytes())
    except OSError as error:
        raise EnvironmentProblem(
            Sentence("The demonstration photos cannot be copied to {folder}.", folder=folder),
            detail=str(error),
        ) from error
    return folder


def _sources() -> list[Path]:
    """Where the pictures lie; the packages are found without importing them, which takes a second."""
    bundled = resources() / "demonstration"
    if bundled.is_dir():
        return [bundled]
    found = []
    for package, inside in _SHIPPED:
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            place = Path(spec.origin).parent / inside
            if place.is_dir():
                found.append(place)
    return found
