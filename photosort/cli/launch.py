"""`make run`: the window where there is a display, the same work in the terminal where there is none."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from photosort.cli.exits import SOME_FILES_FAILED
from photosort.cli.main import main
from photosort.usecases.session.demonstration import demonstration_photos

# The demonstration photos show it.
_FOUND = "a cup of coffee"


def launch(folders: list[str], demonstration: Path) -> int:
    """Opens the folders in the window, or indexes and tags them and shows the result.

    Args:
        folders: the folders; none = a few demonstration photos, with a library of their own.
        demonstration: the folder of those, which is made once and used again.
    """
    arguments: list[str] = []
    if not folders:
        library = demonstration / "home" / "library.db"
        folders = [str(demonstration_photos(demonstration / "photos"))]
        arguments = ["--home", str(library.parent), "--library", str(library)]
        print(f"No PHOTOS given: showing demonstration photos in {folders[0]}")
        print(f"Their library is {library}; `make clean` removes both.", flush=True)
    if has_display():
        return main([*arguments, "app", *folders])
    print("There is no display here, so the same work is done in the terminal.", flush=True)
    status = main([*arguments, "index", *folders])
    if status > SOME_FILES_FAILED:
        return status
    tagged = main([*arguments, "tag", "--limit", "3", *folders])
    if arguments:
        print(f'\n$ photosort search "{_FOUND}"', flush=True)
        main([*arguments, "search", _FOUND, "--limit", "3"])
    print(
        f"\nSearch them with: {shlex.join(['.venv/bin/photosort', *arguments, 'search', _FOUND])}"
    )
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
    raise SystemExit(launch(sys.argv[2:], Path(sys.argv[1]).absolute()))
