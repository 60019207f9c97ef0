"""What an index run wants of a file, each in one call that a child process can carry out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from photosort.domain.photos import Source
from photosort.errors import InputProblem
from photosort.media.decode import decode
from photosort.media.formats import extension_of
from photosort.media.header import read_header
from photosort.media.looks import looks
from photosort.media.metadata import merge
from photosort.media.sidecar import load_sidecars

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from photosort.domain.photos import Metadata
    from photosort.domain.pictures import Decoded, InputSpec
    from photosort.media.formats import Media
    from photosort.media.header import Header
    from photosort.media.sidecar import Beside

# The preview of a HEIC costs ten times its dates; the window makes those that are looked at.
_COSTLY_PREVIEWS = frozenset({".heic", ".heif", ".hif"})


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a file and its sidecars say.

    Attributes:
        header: of the file; None where it cannot be read.
        problem: why it cannot be read, or None.
        sidecars: those that can be used, the most exact first.
        sidecar_problems: path and sentence of each that cannot.
        beside: what the sidecars say, or None where there is none.
    """

    header: Header | None
    problem: InputProblem | None
    sidecars: tuple[Beside, ...]
    sidecar_problems: tuple[tuple[Path, str], ...]
    beside: Metadata | None


def read_head(path: Path, media: Media, sidecars: Sequence[Path], *, previews: bool = True) -> Head:
    """Reads the head of a file and the sidecars beside it.

    Args:
        path: the file.
        media: what its name promised.
        sidecars: the most exact first.
        previews: False leaves them out.
    """
    said, problems = load_sidecars(sidecars)
    beside = merge([(Source.SIDECAR, one.says) for one in said]) if said else None
    header: Header | None = None
    problem: InputProblem | None = None
    try:
        header = read_header(
            path,
            media,
            previews=previews and extension_of(path.name) not in _COSTLY_PREVIEWS,
            beside=None if beside is None else beside.orientation,
        )
    except InputProblem as error:
        problem = error
    return Head(header, problem, said, problems, beside)


def read_picture(
    path: Path, spec: InputSpec, *, media: Media, is_fresh: bool = True, beside: int | None = None
) -> Decoded:
    """Decodes a file and looks at its pixels.

    Args:
        path: the file.
        spec: the pixels that the encoder wants.
        media: what its name promised.
        is_fresh: thumbnails and metadata are wanted, too.
        beside: the EXIF orientation that a keyword file says, or None.

    Raises:
        Unreadable: the file cannot be decoded.
        NoDecoder: it is a video.
    """
    decoded = decode(
        path, spec, media=media, thumbnails=is_fresh, read_metadata=is_fresh, beside=beside
    )
    return replace(decoded, looks=looks(decoded.pixels))
