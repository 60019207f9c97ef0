"""Why a file could not be used, in sentences for the person whose file it is."""

from __future__ import annotations

import errno

from photosort.errors import InputProblem


class Unreadable(InputProblem):
    """A file that cannot be turned into a picture; the message becomes its row in `problems`."""


class NoDecoder(InputProblem):
    """A file that is fine, but that nothing here decodes: a video. Not a problem of the user's."""


def unreadable_file(error: OSError) -> Unreadable:
    """The sentence for a file that the system would not give us."""
    if isinstance(error, FileNotFoundError):
        message = "The file is no longer there."
    elif isinstance(error, PermissionError):
        message = "You have no permission to read this file."
    elif isinstance(error, IsADirectoryError):
        message = "This is a folder, not a picture."
    elif error.errno in {errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE}:
        message = "The disk could not read this file."
    else:
        message = f"The file could not be read: {error.strerror or error}."
    return Unreadable(message, repr(error))


EMPTY = "The file is empty."
NOT_A_PICTURE = "This is not a picture, whatever its name says."
TRUNCATED = "The picture is cut short: the end of the file is missing."
DAMAGED = "The picture is damaged and cannot be decoded."
NO_PREVIEW = "The raw file holds no preview and cannot be developed."
TOO_COMPLEX = "The picture would take far too long to decode."


def too_large(width: int, height: int, limit_px: float) -> Unreadable:
    """The sentence for a picture whose pixels would not fit into the memory that decoding may take."""
    return Unreadable(
        f"The picture is too large to decode: {width:,} x {height:,} pixels "
        f"({width * height / 1e6:,.0f} megapixels; the limit is {limit_px / 1e6:,.0f})."
    )
