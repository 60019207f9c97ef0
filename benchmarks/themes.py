"""Automatic themes judged by captions: photos in no theme, and whether the names of the others are right.

The held-back photos of `captioned_more` as a library. What counts is the narrowest album that holds a photo: its name is
right for the photo if two of its five captions say it, a word that `resources/albums/words.txt` puts below it, or, of
people, another word for them; it is wrong if no caption does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.held_back import indexed
from benchmarks.search.phrases import Judge, stem
from photosort.progress import Job
from photosort.usecases.albums.album_plan import plan_albums
from photosort.usecases.albums.name_vocabulary import read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_SAID_BY = 2


def report(data: Path) -> dict[str, float]:
    """Measures, prints every theme, and returns the figures."""
    with indexed(data) as library:
        planned = [
            album for album in plan_albums(library.session, Job())[0] if album.kind == "theme"
        ]
    said = _Said(library.captions)
    in_theme = np.zeros(len(library.ids), np.bool_)
    state = np.zeros(len(library.ids))
    for album in planned:
        # Parents come first, so what a narrower album says replaces what a wider one does.
        rows = np.flatnonzero(np.isin(library.ids, album.photos))
        in_theme[rows] = True
        word = album.title.what if album.title is not None and album.title.is_word else ""
        if word:
            times = said.times(word)[rows]
            state[rows] = np.where(times >= _SAID_BY, 1, np.where(times == 0, -1, 0))
            right, wrong = (state[rows] > 0).mean(), (state[rows] < 0).mean()
            print(f"    {len(rows):4} right {right:.2f} wrong {wrong:.2f} {album.name}")
    in_them = max(1, int(in_theme.sum()))
    return {
        "themes_outside": round(1 - float(in_theme.mean()), 4),
        "themes_right": round(float((state > 0).sum()) / in_them, 4),
        "themes_wrong": round(float((state < 0).sum()) / in_them, 4),
        "themes_albums": len(planned),
    }


class _Said:
    """How many captions of each photo say a word, or one below it."""

    def __init__(self, captions: Sequence[Sequence[str]]) -> None:
        self._count = len(captions)
        self._judges = list(_each_caption(captions))
        self._below: dict[str, set[str]] = {}
        for word in read_words():
            for sort in (word.text, *word.kinds):
                self._below.setdefault(sort.lower(), set()).add(word.text.lower())

    def times(self, word: str) -> NDArray[np.int64]:
        """How many captions of each photo say it."""
        name = word.lower()
        ways = {tuple(map(stem, one.split())) for one in (name, *self._below.get(name, ()))}
        count = np.zeros(self._count, np.int64)
        for judge in self._judges:
            said = [np.logical_and.reduce([judge.names(part) for part in way]) for way in ways]
            count += np.logical_or.reduce(said)
        return count


def _each_caption(captions: Sequence[Sequence[str]]) -> Iterator[Judge]:
    """A judge of the first captions of all photos, one of the second ones, and so on."""
    for number in range(max(map(len, captions))):
        yield Judge([own[number : number + 1] for own in captions])
