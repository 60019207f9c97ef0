"""Makes the pictures of the documentation from the real window: `make screenshots`.

Each picture stands at the end of a journey (`journeys`) through the window (`session`) on photos that scikit-image
and scikit-learn ship (`tools.sample_photos`). One process a scale, because Qt reads it when it starts; under an X
server of its own where Xvfb and openbox are installed, else on the display there is, else offscreen.

To look at everything, in another language or at another scale, without touching the documentation:

    python -m tools.screenshots --into /tmp/looks --language de --scale 3 [--only albums --only map]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tools import display
from tools.screenshots.pictures import KEPT, SCHEMES, PictureSet

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
_SIZE = (1280, 800)
# Twice as sharp, a window of 2560 x 1440 pixels.
_SHARP_SIZE = (1280, 720)


def take(options: argparse.Namespace) -> None:
    """Runs the journeys in this process, which has its scale already."""
    # Here, because Qt must not be loaded in the process that starts the X server.
    from tools import sample_photos
    from tools.screenshots import journeys
    from tools.screenshots.session import ScreenshotSession

    folder = options.into or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    pictures = PictureSet(
        folder,
        suffix=".png" if options.into else ".webp",
        scale_mark="" if options.scale == 1 else f"@{options.scale}x",
        kept=None if options.into else KEPT[options.scale],
        schemes=tuple(options.scheme or SCHEMES),
        only=tuple(options.only),
    )
    with tempfile.TemporaryDirectory(prefix="photosort-screenshots-") as work:
        photos = sample_photos.write_photos(Path(work, "Pictures"))
        session = ScreenshotSession(
            Path(work, "home"),
            photos,
            pictures,
            language=options.language,
            size=_SIZE if options.scale == 1 else _SHARP_SIZE,
        )
        try:
            failed = journeys.run(session)
        finally:
            session.close()
    if failed:
        raise SystemExit(f"no pictures of: {', '.join(failed)}")


def run(scale: int, options: argparse.Namespace) -> None:
    """A process for one scale, on a screen that is large enough."""
    width, height = (scale * edge + 200 for edge in _SIZE)
    screen: AbstractContextManager[dict[str, str]]
    if display.can_start():
        screen = display.screen(width, height)
    else:
        own = os.environ | ({} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"})
        screen = nullcontext(own)
    command = [sys.executable, "-m", "tools.screenshots", "--here", "--scale", str(scale)]
    command += ["--language", options.language]
    for name in options.only:
        command += ["--only", name]
    for scheme in options.scheme or ():
        command += ["--scheme", scheme]
    if options.into:
        command += ["--into", str(options.into)]
    with screen as environment:
        environment |= {"QT_SCALE_FACTOR": str(scale), "PYTHONPATH": str(ROOT)}
        subprocess.run(command, env=environment, cwd=ROOT, check=True)


def main() -> None:
    """Makes the pictures that the documentation has, or the requested ones."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots")
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
        take(options)
        return
    for scale in options.scale or ([1] if options.into else list(KEPT)):
        run(scale, options)


if __name__ == "__main__":
    main()
