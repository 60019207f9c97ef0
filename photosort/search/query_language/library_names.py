"""What a library holds that words may name: the values that completion and ghost chips draw on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from photosort.domain.query import Field

_SHORTEST_PART = 3


def folded(text: str) -> str:
    """What two spellings of a name share: case and the width of white space do not count."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class LibraryNames:
    """Names that occur in a library, each list with the most used first.

    Build one when the library changes, not for each key: its look-up table is made once.

    Attributes:
        places: as shown, parts parted by commas ("Lisbon, Portugal").
        aliases: other words for tags, translations among them, to the tag's name.
        years: years in which photos were taken.
    """

    tags: Sequence[str] = ()
    albums: Sequence[str] = ()
    places: Sequence[str] = ()
    cameras: Sequence[str] = ()
    lenses: Sequence[str] = ()
    folders: Sequence[str] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    years: Sequence[int] = ()

    def values(self, of: Field) -> Sequence[str]:
        """The names that a field takes in this library, none for fields of the language's own values."""
        return {
            Field.TAG: self.tags,
            Field.ALBUM: self.albums,
            Field.PLACE: self.places,
            Field.NEAR: self.places,
            Field.CAMERA: self.cameras,
            Field.LENS: self.lenses,
            Field.FOLDER: self.folders,
        }.get(of, ())

    @cached_property
    def named(self) -> Mapping[str, tuple[Field, str]]:
        """Folded words to the filter that they name: a place before an album, a camera and a tag.

        A place answers to each of its parts, a camera also to its maker, a tag also to its aliases.
        """
        table: dict[str, tuple[Field, str]] = {}
        for spelling, of, value in self._spellings():
            if spelling:
                table.setdefault(spelling, (of, value))
        return table

    @cached_property
    def longest_name(self) -> int:
        """Words in the longest name of `named`."""
        return max((len(name.split()) for name in self.named), default=0)

    def _spellings(self) -> Iterator[tuple[str, Field, str]]:
        for place in self.places:
            yield folded(place), Field.PLACE, place
            for part in place.split(","):
                yield folded(part), Field.PLACE, part.strip()
        for album in self.albums:
            yield folded(album), Field.ALBUM, album
        for camera in self.cameras:
            yield folded(camera), Field.CAMERA, camera
            maker = camera.split(maxsplit=1)[:1]
            if maker and len(maker[0]) >= _SHORTEST_PART:
                yield folded(maker[0]), Field.CAMERA, maker[0]
        for tag in self.tags:
            yield folded(tag), Field.TAG, tag
        for alias, tag in self.aliases.items():
            yield folded(alias), Field.TAG, tag
