"""`make run`: the window where there is a display, the same work in the terminal where there is none."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from photosort.cli.exits import SOME_FILES_FAILED
from photosort.cli.main import main
from photosort.usecases.session.demonstration import demonstration_photos


def launch(folders: list[str]) -> int:
    """Opens the folders in the window, or indexes and tags them and shows the result.

    Args:
        folders: the folders; none = a few demonstration photos in a temporary folder and a library there.
    """
    arguments: list[str] = []
    if not folders:
        place = Path(tempfile.mkdtemp(prefix="photosort-demo-"))
        folders = [str(demonstration_photos(place / "photos"))]
        arguments = ["--home", str(place / "home"), "--library", str(place / "home" / "library.db")]
        print(f"No PHOTOS given: showing demonstration photos in {folders[0]}")
    if has_display():
        return main([*arguments, "app", *folders])
    print("There is no display here, so the same work is done in the terminal.", flush=True)
    status = main([*arguments, "index", *folders])
    if status > SOME_FILES_FAILED:
        return status
    tagged = main([*arguments, "tag", "--limit", "3", *folders])
    print('\nSearch them with: .venv/bin/photosort search "people on the beach"')
    # A file that cannot be used is told above; the run itself has done its work.
    return 0 if tagged == SOME_FILES_FAILED else tagged


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform in {"win32", "darwin"}:
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform:
        return platform.partition(":")[0] not in {"offscreen", "minimal"}
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    raise SystemExit(launch(sys.argv[1:]))
