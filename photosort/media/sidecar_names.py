"""Matches sidecars to pictures of one folder by name alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from photosort.domain.texts import composed
from photosort.media.edited_names import split_number, takeout_originals_of
from photosort.media.formats import (
    MEDIA_BY_EXTENSION,
    SIDECAR_EXTENSIONS,
    extension_of,
    media_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Google Takeout cuts the name of its JSON, without ".json" and without a number, to this many characters.
_TAKEOUT_LIMIT = 46
_TAKEOUT_SUFFIX = ".supplemental-metadata"


class SidecarNames:
    """The sidecars of one folder, ready to be asked for each picture.

    XMP may be named `IMG.JPG.xmp` (darktable, digiKam) or `IMG.xmp` (Adobe); Takeout's JSON
    `IMG.jpg.json`, `IMG.jpg.supplemental-metadata.json`, cut short, and `IMG.jpg(1).json` for `IMG(1).jpg`.
    Beside a raw file `IMG.xmp` is that file's, since Adobe writes it for no other: `IMG.jpg` may be another photo.

    The exact name wins. A name in another case, or with its accents decomposed, counts where nothing matches exactly
    and only one picture of the folder could be meant.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Takes in what lies in the folder.

        Args:
            names: the sidecars and, where there is one, the pictures; all else is passed over.
        """
        self._spellings = (_Spelling(str), _Spelling(composed), _Spelling(_folded))
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Takes in one more name."""
        extension = extension_of(name)
        media = MEDIA_BY_EXTENSION.get(extension)
        for spelling in self._spellings:
            if extension == ".xmp":
                spelling.xmp[spelling.key(name[:-4])] = name
            elif extension == ".json":
                spelling.json[split_number(spelling.key(name[:-5]))] = name
            elif media is not None:
                spelling.add_picture(name, is_raw=media == "raw")

    def remove_xmp(self, name: str) -> None:
        """Forgets an XMP file that is gone."""
        for spelling in self._spellings:
            spelling.xmp.pop(spelling.key(name[:-4]), None)

    def of(self, picture: str) -> tuple[str, ...]:
        """Names of a picture's sidecars, the one that names it most exactly first."""
        found = (self._own_xmp(picture), self._shared_xmp(picture), self._takeout(picture))
        return tuple(dict.fromkeys(name for name in found if name is not None))

    def to_write(self, picture: str) -> str:
        """The XMP to write for a picture: an existing one that belongs to it alone, otherwise a new name."""
        own = self._own_xmp(picture)
        if own is not None:
            return own
        stem, is_raw = _stem(picture), _is_raw(picture)
        pictures = self._spellings[-1]
        is_only_one = (pictures.raws if is_raw else pictures.count)[_folded(stem)] <= 1
        shared = self._shared_xmp(picture)
        if shared is not None and is_only_one:
            return shared
        return f"{stem if is_raw and is_only_one else picture}.xmp"

    def _own_xmp(self, picture: str) -> str | None:
        for spelling in self._spellings:
            found = spelling.xmp.get(spelling.key(picture))
            if found is not None:
                return found if spelling.means_only(picture) else None
        return None

    def _shared_xmp(self, picture: str) -> str | None:
        """The XMP that bears the name without extension, if it can mean this picture."""
        stem, is_raw = _stem(picture), _is_raw(picture)
        for spelling in self._spellings:
            key = spelling.key(stem)
            found = spelling.xmp.get(key)
            if found is not None:
                may_share = is_raw or not spelling.raws[key]
                return found if may_share and spelling.means_only_stem(stem) else None
        return None

    def _takeout(self, picture: str) -> str | None:
        if not self._spellings[0].json:
            return None
        stem, extension = _stem(picture), picture[len(_stem(picture)) :]
        for original in (stem, *takeout_originals_of(composed(stem))):
            for spelling in self._spellings:
                found = spelling.takeout(original, extension)
                if found is not None:
                    return found if spelling.means_only(picture) else None
        return None


def owners_of(names: Iterable[str]) -> dict[str, set[str]]:
    """The keyword files and the like among the names of a folder, each with the pictures that it belongs to."""
    listed = list(names)
    known = SidecarNames(listed)
    owners: dict[str, set[str]] = defaultdict(set)
    by_stem: dict[str, set[str]] = defaultdict(set)
    for name in listed:
        if media_of(name) is not None:
            for sidecar in known.of(name):
                owners[sidecar].add(name)
            for stem in (name, name.rpartition(".")[0]):
                by_stem[stem.casefold()].add(name)
    for name in listed:
        extension = extension_of(name)
        # XMP and Takeout's JSON have rules of their own.
        if extension in SIDECAR_EXTENSIONS - {".xmp", ".json"}:
            pictures = by_stem.get(name[: -len(extension)].casefold())
            if pictures:
                owners[name] |= pictures
    return owners


class _Spelling:
    """The names of a folder as they are, composed, or in one case.

    Attributes:
        key: brings a name into this spelling.
        xmp: name of the XMP file by its name without ".xmp".
        json: name of the JSON file by its name without ".json" and number, and by the number.
        count: pictures by their name without extension.
        raws: raw files among them.
    """

    def __init__(self, key: Callable[[str], str]) -> None:
        self.key = key
        self.xmp: dict[str, str] = {}
        self.json: dict[tuple[str, str], str] = {}
        self.count: Counter[str] = Counter()
        self.raws: Counter[str] = Counter()
        self._pictures: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)

    def add_picture(self, name: str, *, is_raw: bool) -> None:
        """Takes in the name of a picture."""
        stem = self.key(_stem(name))
        self.count[stem] += 1
        self.raws[stem] += is_raw
        self._pictures[self.key(name)].add(name)
        self._stems[stem].add(_stem(name))

    def means_only(self, picture: str) -> bool:
        """Whether no other picture has the same name in this spelling."""
        return self._pictures.get(self.key(picture), set()) <= {picture}

    def means_only_stem(self, stem: str) -> bool:
        """The same for names without extension."""
        return self._stems.get(self.key(stem), set()) <= {stem}

    def takeout(self, stem: str, extension: str) -> str | None:
        """The JSON that Google Takeout wrote for a picture of this name."""
        whole = self.key(stem)
        # Without extension: a picture that was uploaded so gets its extension from Google.
        endings = (self.key(extension), "") if self.count[whole] <= 1 else (self.key(extension),)
        for core, number in dict.fromkeys((split_number(whole), (whole, ""))):
            for ending in endings:
                found = self._cut(core + ending, number)
                if found is not None:
                    return found
        return None

    def _cut(self, name: str, number: str) -> str | None:
        longest = name + _TAKEOUT_SUFFIX
        for length in range(len(longest), len(name) - 1, -1):
            found = self.json.get((longest[:length], number))
            if found is not None:
                return found
        # A long name is cut inside itself; a short one is never taken for another's beginning.
        if len(name) > _TAKEOUT_LIMIT:
            return self.json.get((name[:_TAKEOUT_LIMIT], number))
        return None


def _folded(name: str) -> str:
    return composed(name).lower()


def _stem(picture: str) -> str:
    stem, dot, _ = picture.rpartition(".")
    return stem if dot else picture


def _is_raw(picture: str) -> bool:
    return MEDIA_BY_EXTENSION.get(extension_of(picture)) == "raw"
