"""Names of imported files in the folders that they go to: nothing is replaced, and what goes together stays together."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.texts import folded
from photosort.errors import InputProblem
from photosort.media.file_names import MOST_BYTES, cut
from photosort.media.formats import SIDECAR_EXTENSIONS, extension_of, media_of
from photosort.media.siblings import SiblingFacts, group, names_of
from photosort.media.sidecar_names import owners_of
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from photosort.usecases.importing.source import SourcePhoto

_MOST_NUMBERS = 100_000
# Whether what lies at the second path is the copy of the first.
IsOurs = Callable[[Path, Path], bool]
# Adds a number to a name: at the end of its stem; where that would part what goes together, elsewhere.
_Numbering = Callable[[str, int], str]


class TargetFolder:
    """The names in a folder that photos go to, with those that were given during this import."""

    def __init__(self, path: Path) -> None:
        """Reads the folder, if it is there already."""
        self.path = path
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        if path.is_dir():
            self.take(one.name for one in path.iterdir())

    def take(self, names: Iterable[str]) -> None:
        """From now on these names are taken."""
        for name in names:
            self._names[folded(name)] = name
            for stem in _stems(name):
                self._by_stem[stem].add(folded(name))

    def name(
        self, photos: Sequence[tuple[SourcePhoto, str]], is_ours: IsOurs, *, resumes: bool
    ) -> dict[Path, str]:
        """A name for each file of photos that share a name, all with the same number where they need one.

        Args:
            photos: those that come into this folder, each with what is to stand before its names.
            is_ours: whether what lies at a path in this folder is the copy of a file.
            resumes: some of them may lie here already.

        Returns:
            The name in this folder by the path on the source, also of files that lie there already.

        Raises:
            InputProblem: a hundred thousand names are taken.
        """
        photo, prefix = photos[0]
        first = prefix + photo.files[0].path.name
        # Where nothing of them can lie here, a thousand pictures of one name need not try each number again.
        start = 1 if resumes else self._numbers.get(folded(first), 1)
        for number in range(start, start + _MOST_NUMBERS):
            for names in _names(photos, number):
                if self._is_free(photos, names, is_ours):
                    self._numbers[folded(first)] = number
                    return names
                if any(map(self.holds, names.values())):
                    break  # the next number, before another way to write this one
        raise InputProblem(
            Sentence(
                "There is no free name left for {name} in {folder}.", name=first, folder=self.path
            )
        )

    def holds(self, name: str) -> bool:
        """Whether a name is taken."""
        return folded(name) in self._names

    def _is_free(
        self,
        photos: Sequence[tuple[SourcePhoto, str]],
        names: Mapping[Path, str],
        is_ours: IsOurs,
    ) -> bool:
        """Whether no other file has one of these names, and nothing here would be taken for a part of these photos."""
        mine = {folded(name): path for path, name in names.items()}
        near = {
            there
            for name in names.values()
            for stem in _stems(name)
            for there in self._by_stem.get(stem, ())
        }
        foreign = []
        for there in near:
            path, name = mine.get(there), self._names[there]
            if path is None:
                foreign.append(name)
            elif not is_ours(path, self.path / name):
                return False
        return not foreign or _stay_apart(foreign, photos, names)


def _stay_apart(
    foreign: Sequence[str], photos: Sequence[tuple[SourcePhoto, str]], names: Mapping[Path, str]
) -> bool:
    """Whether files of other photos stay what they are beside these, and these beside them."""
    others = [
        SiblingFacts(name, media) for name in foreign if (media := media_of(name)) is not None
    ]
    mine = _facts(photos, names)
    if _parts([*others, *mine]) != _parts(others) | _parts(mine):
        return False
    # A clip may be that of a picture here whose moment nobody knows at this point.
    stems = {(_stem(one.relative).casefold(), one.media == "video") for one in others}
    if any((_stem(one.relative).casefold(), one.media != "video") in stems for one in mine):
        return False
    own = set(names.values())
    owners = owners_of([*foreign, *own])
    return all(owners[name] <= own for name in own if name in owners) and not any(
        owners[name] & own for name in foreign if name in owners
    )


def _parts(facts: Sequence[SiblingFacts]) -> set[frozenset[str]]:
    """Which of these files are one photo."""
    return {frozenset(one.relative for one in members) for members in group(facts)}


def _names(photos: Sequence[tuple[SourcePhoto, str]], number: int) -> list[dict[Path, str]]:
    """Names with a number, in all ways that keep together what is together, the usual one first."""
    tried = [_with_number(photos, number, way) for way in (_WAYS if number > 1 else _WAYS[:1])]
    return [names for names in tried if _keeps_together(photos, names)] or tried[:1]


def _keeps_together(photos: Sequence[tuple[SourcePhoto, str]], names: Mapping[Path, str]) -> bool:
    wanted = {frozenset(names[file.path] for file in photo.files) for photo, _ in photos}
    return wanted == _parts(_facts(photos, names))


def _with_number(
    photos: Sequence[tuple[SourcePhoto, str]], number: int, way: _Numbering
) -> dict[Path, str]:
    names: dict[Path, str] = {}
    for photo, prefix in photos:
        own = {
            file.path.name: _shortened(
                prefix + (way(file.path.name, number) if number > 1 else file.path.name)
            )
            for file in photo.files
        }
        names.update({file.path: own[file.path.name] for file in photo.files})
        for path, owner in photo.beside:
            if owner in own:
                names.setdefault(path, _beside(path.name, owner, own[owner]))
    return names


def _facts(
    photos: Sequence[tuple[SourcePhoto, str]], names: Mapping[Path, str]
) -> list[SiblingFacts]:
    """What is known of files, under their new names."""
    facts = []
    for photo, _ in photos:
        for file in photo.files:
            takeout = file.facts.takeout
            name = None if takeout is None else takeout.rpartition("/")[2]
            facts.append(replace(file.facts, relative=names[file.path], takeout=name))
    return facts


def _beside(name: str, owner: str, renamed: str) -> str:
    """The name of a keyword file whose picture is called otherwise now."""
    if owner == renamed:
        return name
    stem, new_stem = _stem(owner), _stem(renamed)
    for old, new in ((owner, renamed), (stem, new_stem)):
        if name[: len(old)].casefold() == old.casefold():
            return new + name[len(old) :]
    # Google's numbers and cuts: the whole name says it plainly.
    return renamed + extension_of(name)


def _stem(name: str) -> str:
    return name[: -len(extension_of(name))] if "." in name else name


def _stems(name: str) -> set[str]:
    """What a file and what belongs to it have in common in their names; nothing for other files."""
    media = media_of(name)
    if media is not None:
        return {stem for _, stem in names_of(SiblingFacts(name, media))} | {folded(_stem(name))}
    if extension_of(name) not in SIDECAR_EXTENSIONS:
        return set()
    picture = _stem(name)
    return {folded(picture)} | (_stems(picture) if media_of(picture) is not None else set())


def _shortened(name: str) -> str:
    """A name that file systems take, with its ending."""
    ending = extension_of(name) if "." in name else ""
    ending = name[len(name) - len(ending) :]
    stem = name[: len(name) - len(ending)]
    return cut(stem, MOST_BYTES - len(os.fsencode(ending))) + ending


def _at_end(name: str, number: int) -> str:
    stem = _stem(name)
    return f"{stem} ({number}){name[len(stem) :]}"


def _at_first_point(name: str, number: int) -> str:
    """A Pixel's names say behind a point what each file is: "PXL_1.RAW-01.COVER.jpg"."""
    stem, point, rest = name.partition(".")
    return f"{stem} ({number}){point}{rest}"


def _in_front(name: str, number: int) -> str:
    return f"({number}) {name}"


_WAYS: tuple[_Numbering, ...] = (_at_end, _at_first_point, _in_front)
