"""Names of albums: each class of `categories` as an album, in a library that holds photos of other sets besides.

A name counts 1 if it is the class or a synonym, 1/2 if it is a sort of thing that the class is (six steps below
WordNet's root and deeper), else 0; `halves/categories_names.json` says which those are, from WordNet.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.candidates import Given
from benchmarks.data import captioned, labelled
from photosort.albums.naming import Name, WordBank, name_groups
from photosort.usecases.albums.name_vocabulary import bank_of

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder

_HERE = Path(__file__).parent / "halves"
_STRANGERS = 300
_NEEDED_FIRST, _NEEDED_THREE, _NEEDED_FOUND = 0.6, 0.75, 0.85


def report(
    data: Path, encoder: Encoder, *, parts: Sequence[str] = ("tuning", "reported", "all")
) -> dict[str, float]:
    """Measures, prints beside what is needed, and returns the figures of each part."""
    bank = bank_of(encoder)
    figures: dict[str, float] = {}
    for part in parts:
        figures |= _of_part(data, encoder, bank, part)
    return figures


def _of_part(data: Path, encoder: Encoder, bank: WordBank, part: str) -> dict[str, float]:
    halves = json.loads((_HERE / "categories.json").read_text("utf-8"))
    known = json.loads((_HERE / "categories_names.json").read_text("utf-8"))
    classes = halves["tuning"] + halves["reported"] if part == "all" else halves[part]
    test = labelled(data / "categories")
    own = test.has.argmax(1)
    rows = [np.flatnonzero(own == test.labels.index(name)) for name in classes]
    strangers = captioned(data / "captioned").paths[:_STRANGERS]
    paths = [test.paths[row] for row in np.concatenate(rows)] + strangers
    photos = Given(encoder).gallery(paths).astype(np.float32)
    ends = np.cumsum([len(held) for held in rows])
    groups = [np.arange(end - len(held), end) for end, held in zip(ends, rows, strict=True)]
    found = name_groups(photos, groups, bank)
    marks = [
        [_mark(known[name], one.text) for one in names]
        for name, names in zip(classes, found, strict=True)
    ]
    first = float(np.mean([mark[0] if mark else 0 for mark in marks]))
    three = float(np.mean([max(mark, default=0) for mark in marks]))
    back = float(np.mean([bool(names) and names[0].is_first for names in found]))
    distinct = len({names[0].text for names in found if names}) == sum(map(bool, found))
    print(
        f"names, {part}: first {first:.3f} (needs {_NEEDED_FIRST}), first three {three:.3f}"
        f" (needs {_NEEDED_THREE}), found first by its name {back:.3f} (needs {_NEEDED_FOUND}),"
        f" {'no two alike' if distinct else 'SOME ALIKE'}; {len(classes)} albums"
    )
    for name, names, mark in zip(classes, found, marks, strict=True):
        print(f"    {name:16} {_shown(names, mark)}")
    measured = {"first": first, "three": three, "found": back}
    return {f"names_{part}_{name}": round(value, 4) for name, value in measured.items()}


def _shown(names: Sequence[Name], marks: Sequence[float]) -> str:
    return ", ".join(f"{one.text} ({mark:g})" for one, mark in zip(names, marks, strict=True))


def _mark(known: dict[str, list[str]], name: str) -> float:
    wanted = _plain(name)
    if wanted in map(_plain, known["exact"]):
        return 1.0
    return 0.5 if wanted in map(_plain, known["parents"]) else 0.0


def _plain(name: str) -> str:
    """Singular and plural are one."""
    name = name.casefold()
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
