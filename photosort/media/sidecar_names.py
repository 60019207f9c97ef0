"""Which sidecar belongs to which picture of one folder, by name alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from photosort.media.formats import MEDIA_BY_EXTENSION, extension_of

if TYPE_CHECKING:
    from collections.abc import Iterable

# Google Takeout cuts the name of its JSON, without ".json" and without a number, to this many characters.
_TAKEOUT_LIMIT = 46
_TAKEOUT_SUFFIX = ".supplemental-metadata"
_NUMBERED = re.compile(r"^(.*)(\(\d+\))$", re.DOTALL)
# Takeout gives an edited copy no JSON of its own; the word follows the language of the account.
_EDITED = (
    "-edited",
    "-bearbeitet",
    "-modifié",
    "-editado",
    "-modificato",
    "-bewerkt",
    "-redigerad",
)


class SidecarNames:
    """The sidecars of one folder, ready to be asked for each picture.

    XMP may be named `IMG.JPG.xmp` (darktable, digiKam) or `IMG.xmp` (Adobe); Takeout's JSON
    `IMG.jpg.json`, `IMG.jpg.supplemental-metadata.json`, cut short, and `IMG.jpg(1).json` for `IMG(1).jpg`.
    Beside a raw file `IMG.xmp` is that file's, since Adobe writes it for no other: `IMG.jpg` may be another photo.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Takes in what lies in the folder.

        Args:
            names: the sidecars and, where there is one, the pictures; all else is passed over.
        """
        self._xmp: dict[str, str] = {}
        self._json: dict[tuple[str, str], str] = {}
        self._pictures: Counter[str] = Counter()
        self._raws: Counter[str] = Counter()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Takes in one more name."""
        lower = name.lower()
        if lower.endswith(".xmp"):
            self._xmp[lower[:-4]] = name
        elif lower.endswith(".json"):
            self._json[_split_number(lower[:-5])] = name
        elif (media := MEDIA_BY_EXTENSION.get(extension_of(lower))) is not None:
            stem = lower.rpartition(".")[0]
            self._pictures[stem] += 1
            self._raws[stem] += media == "raw"

    def remove_xmp(self, name: str) -> None:
        """Forgets an XMP file that is gone."""
        self._xmp.pop(name.lower()[:-4], None)

    def of(self, picture: str) -> tuple[str, ...]:
        """Names of a picture's sidecars, the one that names it most exactly first."""
        lower = picture.lower()
        stem, _, extension = lower.rpartition(".")
        bases = (lower, stem) if self._may_share(lower, stem) else (lower,)
        found = [self._xmp[base] for base in bases if base in self._xmp]
        if self._json:
            takeout = self._takeout(stem, extension)
            if takeout is not None:
                found.append(takeout)
        return tuple(found)

    def to_write(self, picture: str) -> str:
        """The XMP to write for a picture: one that is there and its own, else a new name of its own."""
        lower = picture.lower()
        stem = lower.rpartition(".")[0]
        if lower in self._xmp:
            return self._xmp[lower]
        is_raw = MEDIA_BY_EXTENSION.get(extension_of(lower)) == "raw"
        is_only_one = (self._raws if is_raw else self._pictures)[stem] <= 1
        if stem in self._xmp and is_only_one:
            return self._xmp[stem]
        return f"{picture[: len(stem)] if is_raw and is_only_one else picture}.xmp"

    def _may_share(self, lower: str, stem: str) -> bool:
        """Whether a sidecar named by the stem alone can mean this picture."""
        return not self._raws[stem] or MEDIA_BY_EXTENSION.get(extension_of(lower)) == "raw"

    def _takeout(self, stem: str, extension: str) -> str | None:
        core, number = _split_number(stem)
        for edited in _EDITED:
            core = core.removesuffix(edited)
        full = f"{core}.{extension}"
        longest = full + _TAKEOUT_SUFFIX
        for length in range(len(longest), len(full) - 1, -1):
            name = self._json.get((longest[:length], number))
            if name is not None:
                return name
        # A long name is cut inside itself; a short one is never taken for another's beginning.
        if len(full) > _TAKEOUT_LIMIT:
            return self._json.get((full[:_TAKEOUT_LIMIT], number))
        return None


def _split_number(base: str) -> tuple[str, str]:
    match = _NUMBERED.match(base)
    return (match[1], match[2]) if match else (base, "")
