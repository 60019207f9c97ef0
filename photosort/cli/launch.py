"""`make run`: the window where there is a display, the same work in the terminal where there is none."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from photosort.cli.main import main


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
    if status > 1:
        return status
    tagged = main([*arguments, "tag", "--limit", "3", *folders])
    print('\nSearch them with: .venv/bin/photosort search "people on the beach"')
    return max(status, tagged)


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("QT_QPA_PLATFORM")
    )


def demonstration_photos(folder: Path) -> Path:
    """Copies the photos that scikit-image and scikit-learn ship into a folder."""
    import skimage
    import sklearn

    folder.mkdir(parents=True, exist_ok=True)
    shipped = (
        Path(skimage.__file__).parent / "data",
        Path(sklearn.__file__).parent / "datasets" / "images",
    )
    for source in shipped:
        for picture in sorted(source.iterdir()):
            if picture.suffix.lower() in {".jpg", ".jpeg", ".png"}:
                shutil.copyfile(picture, folder / picture.name)
    return folder


if __name__ == "__main__":
    raise SystemExit(launch(sys.argv[1:]))
