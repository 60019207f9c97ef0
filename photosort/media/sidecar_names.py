"""Which sidecar belongs to which picture of one folder, by name alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._xmp: dict[str, str] = {}
        self._json: dict[tuple[str, str], str] = {}
        for name in names:
            lower = name.lower()
            if lower.endswith(".xmp"):
                self._xmp[lower[:-4]] = name
            elif lower.endswith(".json"):
                self._json[_split_number(lower[:-5])] = name

    def of(self, picture: str) -> tuple[str, ...]:
        """Names of a picture's sidecars, the one that names it most exactly first."""
        lower = picture.lower()
        stem, _, extension = lower.rpartition(".")
        found = [self._xmp[base] for base in (lower, stem) if base in self._xmp]
        if self._json:
            takeout = self._takeout(stem, extension)
            if takeout is not None:
                found.append(takeout)
        return tuple(found)

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
