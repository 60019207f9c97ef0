"""Makes the pictures of the documentation from the real window: `make screenshots`.

Each picture stands at the end of a journey on photos that scikit-image and scikit-learn ship (`shown_photos`,
`scenes`, `studio`). One process a scale, because Qt reads it when it starts; under an X server of its own where
Xvfb and openbox are installed, else on the display there is, else offscreen.

To look at everything, in another language or at another scale, without touching the documentation:

    python packaging/screenshots.py --into /tmp/looks --language de --scale 3 [--only albums --only map]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import display

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
_SIZE = (1280, 800)
# Twice as sharp, a window of 2560 x 1440 pixels.
_SHARP_SIZE = (1280, 720)
_BOTH, _LIGHT, _DARK = ("light", "dark"), ("light",), ("dark",)
# The pictures that the documentation has, by scale.
KEPT: dict[int, dict[str, tuple[str, ...]]] = {
    1: {
        "welcome": _LIGHT,
        "reading": _LIGHT,
        "first-card": _LIGHT,
        "several": _LIGHT,
        "tag-why": _LIGHT,
        "tag-rejected": _LIGHT,
        "tag-undone": _LIGHT,
        "search": _LIGHT,
        "search-weaker": _LIGHT,
        "search-why": _LIGHT,
        "search-nothing": _LIGHT,
        "search-alike": _LIGHT,
        "search-ghosts": _LIGHT,
        "search-completion": _LIGHT,
        "search-recent": _LIGHT,
        "search-save": _LIGHT,
        "loupe": _DARK,
        "loupe-information": _DARK,
        "loupe-where": _DARK,
        "slideshow": _DARK,
        "compare": _DARK,
        "review": _LIGHT,
        "review-answered": _DARK,
        "tags": _LIGHT,
        "tag-many": _LIGHT,
        "albums-none": _LIGHT,
        "albums": _LIGHT,
        "album": _LIGHT,
        "albums-events": _LIGHT,
        "albums-places": _LIGHT,
        "albums-own": _LIGHT,
        "albums-suggestion": _LIGHT,
        "duplicates": _LIGHT,
        "map": _DARK,
        "map-near": _LIGHT,
        "models": _LIGHT,
        "models-download": _LIGHT,
        "models-failed": _DARK,
        "models-import": _LIGHT,
        "models-upgrade": _LIGHT,
        "problems": _LIGHT,
        "problems-none": _LIGHT,
        "export": _LIGHT,
        "preferences-folders": _LIGHT,
        "preferences-look": _DARK,
        "keys": _LIGHT,
        "menu-photo": _LIGHT,
    },
    2: {"photos": _BOTH, "search": _LIGHT, "albums": _DARK},
}


def shoot(options: argparse.Namespace) -> None:
    """Plays the scenes in this process, which has its scale already."""
    import scenes
    import shown_photos
    from studio import SCHEMES, Film, Studio

    wanted = None if options.into else KEPT[options.scale]
    folder = options.into or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    suffix = "" if options.scale == 1 else f"@{options.scale}x"
    ending = "png" if options.into else "webp"
    film = Film(
        folder, ending, suffix, wanted, tuple(options.scheme or SCHEMES), tuple(options.only)
    )
    with tempfile.TemporaryDirectory(prefix="photosort-shots-") as work:
        photos = shown_photos.photos(Path(work, "Pictures"))
        size = _SIZE if options.scale == 1 else _SHARP_SIZE
        home = Path(work, "home")
        studio = Studio(home, photos, film, language=options.language, size=size)
        try:
            failed = scenes.play(studio)
        finally:
            studio.close()
    if failed:
        raise SystemExit(f"no pictures of: {', '.join(failed)}")


def run(scale: int, options: argparse.Namespace) -> None:
    """A process for one scale, on a screen that is large enough."""
    width, height = (scale * edge + 200 for edge in _SIZE)
    if display.can_start():
        place = display.screen(width, height)
    else:
        own = os.environ | ({} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"})
        place = nullcontext(own)
    command = [sys.executable, __file__, "--here", "--scale", str(scale)]
    command += ["--language", options.language]
    for name in options.only:
        command += ["--only", name]
    for scheme in options.scheme or ():
        command += ["--scheme", scheme]
    if options.into:
        command += ["--into", str(options.into)]
    with place as environment:
        environment |= {"QT_SCALE_FACTOR": str(scale), "PYTHONPATH": str(ROOT)}
        subprocess.run(command, env=environment, cwd=ROOT, check=True)


def main() -> None:
    """Makes the pictures that the documentation has, or those that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, help="every picture in both schemes, into this folder")
    parser.add_argument("--language", default="en")
    parser.add_argument("--scheme", action="append", help="with --into, light or dark alone")
    parser.add_argument("--scale", type=int, action="append", help="1, 2 or 3; may be repeated")
    parser.add_argument(
        "--only", action="append", default=[], help="names that begin so; may be repeated"
    )
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        (options.scale,) = options.scale
        shoot(options)
        return
    for scale in options.scale or ([1] if options.into else list(KEPT)):
        run(scale, options)


if __name__ == "__main__":
    main()
