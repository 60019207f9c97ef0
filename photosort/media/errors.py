"""Sentences for the user why a file could not be used."""

from __future__ import annotations

import errno

from photosort.errors import InputProblem
from photosort.sentences import Sentence, reason_of


class Unreadable(InputProblem):
    """A file that cannot be turned into a picture; the message becomes its row in `problems`."""


class NotGiven(Unreadable):
    """A file that the system would not give now; nothing is known of its bytes, so it is tried again."""


class NoDecoder(InputProblem):
    """A file that is fine, but that nothing here decodes: a video. Not a problem of the user's."""


# Decoders raise an OSError of their own, without a number, and a damaged file may send them to an impossible place.
_OF_THE_BYTES = {None, errno.EINVAL, errno.EOVERFLOW, errno.EISDIR}


def unreadable_file(error: OSError) -> Unreadable:
    """The sentence for a file that the system would not give us: `NotGiven` where another attempt may."""
    if isinstance(error, FileNotFoundError):
        message = Sentence("The file is no longer there.")
    elif isinstance(error, PermissionError):
        message = Sentence("You have no permission to read this file.")
    elif isinstance(error, IsADirectoryError):
        message = Sentence("This is a folder, not a picture.")
    elif error.errno in {errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE}:
        message = Sentence("The disk could not read this file.")
    else:
        message = Sentence("The file could not be read: {reason}.", reason=reason_of(error))
    kind = Unreadable if error.errno in _OF_THE_BYTES else NotGiven
    return kind(message, repr(error))


EMPTY = Sentence("The file is empty.")
NOT_A_PICTURE = Sentence("This is not a picture, whatever its name says.")
TRUNCATED = Sentence("The picture is cut short: the end of the file is missing.")
DAMAGED = Sentence("The picture is damaged and cannot be decoded.")
OTHER_HEIF = Sentence("This kind of HEIF picture cannot be decoded yet.")
NO_PREVIEW = Sentence("The raw file holds no preview and cannot be developed.")
TOO_COMPLEX = Sentence("The picture would take far too long to decode.")


def too_large(width: int, height: int, limit_px: float) -> Unreadable:
    """The sentence for a picture whose pixels would not fit into the memory that decoding may take."""
    return Unreadable(
        Sentence(
            "The picture is too large to decode: {width:,} x {height:,} pixels "
            "({megapixels:,.0f} megapixels; the limit is {limit:,.0f}).",
            width=width,
            height=height,
            megapixels=width * height / 1e6,
            limit=limit_px / 1e6,
        )
    )
