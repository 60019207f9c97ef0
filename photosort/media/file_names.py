"""Names for files and folders that are made: such as every system takes, cut to what fits, numbered where one is taken."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The folder of photos whose date nobody knows.
UNDATED = "undated"
_LONGEST_NAME = 120
# What nearly every file system takes; one with encrypted names takes fewer, and says so.
MOST_BYTES = 255
# Forbidden on one of the systems that a drive may travel to.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def folder_name(name: str) -> str:
    """A name of an album, a tag or a camera as that of a folder, on every system."""
    cleaned = _FORBIDDEN.sub("_", name).strip(" .")
    cleaned = cut(cleaned[:_LONGEST_NAME], MOST_BYTES - 1).strip(" .") or "_"
    return f"_{cleaned}" if _RESERVED.match(cleaned) else cleaned


def numbered(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    """The wished path, then numbered ones: "IMG_1 (2).jpg"; long names are cut, for file systems count bytes."""
    for number in range(1, 100_000):
        end = suffix if number == 1 else f" ({number}){suffix}"
        yield folder / (cut(stem, MOST_BYTES - len(os.fsencode(end))) + end)


def cut(text: str, most_bytes: int) -> str:
    """As many whole characters of a name as fit."""
    encoded = os.fsencode(text)
    if len(encoded) <= most_bytes:
        return text
    shortened = encoded[: max(1, most_bytes)]
    # The first byte left out continues a character: that goes, too.
    while len(shortened) > 1 and encoded[len(shortened)] & 0b1100_0000 == 0b1000_0000:
        shortened = shortened[:-1]
    return os.fsdecode(shortened)
