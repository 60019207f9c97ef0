"""Keeps libtiff from writing to standard error, where `--json` callers and people read ours.

Pillow gives no way to say so: the library tells every damage in words of its own, hundreds of lines a file.
What is wrong with a file comes back as an exception all the same.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from PIL import Image

from photosort import log

# Beside Pillow in its wheels for Linux, within it in those for macOS; the one for Windows has it built in, and
# there it stays as it is.
_FOLDERS = ("../pillow.libs", ".dylibs")


def silence() -> bool:
    """Takes libtiff's handlers of errors and warnings away.

    Returns:
        Whether the library was found.
    """
    beside = Path(Image.__file__).parent
    for folder in _FOLDERS:
        for path in sorted((beside / folder).glob("libtiff*")):
            try:
                library = ctypes.CDLL(str(path))
                for name in ("TIFFSetErrorHandler", "TIFFSetWarningHandler"):
                    setter = getattr(library, name)
                    setter.argtypes, setter.restype = [ctypes.c_void_p], ctypes.c_void_p
                    setter(None)
            except (OSError, AttributeError) as error:
                log.topic("index").debug("libtiff stays loud: %r", error)
                continue
            return True
    return False
