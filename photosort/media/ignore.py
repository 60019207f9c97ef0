"""Which folders and files a scan leaves out: the default list and `.photosortignore` files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.safe_files import read_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".photosortignore"
NO_MEDIA_FILE = ".nomedia"
_LARGEST_BYTES = 1024 * 1024

# Compared in lower case. Hidden folders (".Trash-1000", ".thumbnails", ".dtrash") need no entry.
_FOLDERS = frozenset(
    {
        "@eadir",  # Synology: thumbnails
        "@recycle",  # QNAP
        "#recycle",  # Synology
        "#snapshot",
        "$recycle.bin",
        "recycler",
        "system volume information",
        "lost+found",
        "__macosx",  # resource forks from archives
        "captureone",  # previews and settings beside the photos
        "node_modules",
    }
)
_FOLDER_ENDINGS = (".lrdata", ".lrcat-data", ".cocatalogdb", ".imovielibrary", ".fcpbundle", ".app")
_LIBRARIES = (".photoslibrary", ".photolibrary", ".aplibrary", ".migratedphotolibrary")
# Inside a library of Apple Photos, iPhoto or Aperture only the person's own files are photos; the rest is
# previews, faces and databases.
_LIBRARY_ORIGINALS = frozenset({"originals", "masters"})


def ignored_by_default(name: str, *, is_folder: bool, parent: str = "") -> bool:
    """Whether the default list leaves something out.

    Args:
        name: name of the file or folder, without its path.
        is_folder: which of the two it is.
        parent: name of the folder that holds it.
    """
    if name.startswith("."):
        return True
    if not is_folder:
        return parent.lower().endswith(_LIBRARIES)
    lower = name.lower()
    if parent.lower().endswith(_LIBRARIES):
        return lower not in _LIBRARY_ORIGINALS
    return lower in _FOLDERS or lower.endswith(_FOLDER_ENDINGS)


class IgnoreFile:
    """One `.photosortignore`: the patterns of a `.gitignore`, for the folder it lies in and all below.

    A pattern with `!` brings back what the default list or a file further up leaves out.
    """

    def __init__(self, folder: str, spec: GitIgnoreSpec) -> None:
        self._skip = len(folder)
        self._spec = spec

    @classmethod
    def read(cls, path: Path, folder: str) -> IgnoreFile:
        """The patterns in a file.

        Args:
            path: the file.
            folder: path of its folder below the root, "" or ending in "/".

        Raises:
            OSError: the file cannot be read.
            ValueError: a pattern makes no sense.
        """
        from pathspec import GitIgnoreSpec

        data = read_whole(path, limit_bytes=_LARGEST_BYTES)
        text = data.decode("utf-8-sig", "surrogateescape")
        return cls(folder, GitIgnoreSpec.from_lines(text.splitlines()))

    def says(self, relative: str) -> bool | None:
        """True: leave it out; False: take it; None: no rule applies. Folders end in "/"."""
        return self._spec.check_file(relative[self._skip :]).include


def is_ignored(relative: str, *, by_default: bool, files: Sequence[IgnoreFile]) -> bool:
    """Weighs the default list against the ignore files; the innermost file has the last word."""
    for file in reversed(files):
        said = file.says(relative)
        if said is not None:
            return said
    return by_default
