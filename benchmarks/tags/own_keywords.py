"""Which of the user's own keywords pass, and how right they are on photos without any: `python -m benchmarks tags --part keywords`.

`categories` as a library: ten of each class's fifteen photos have a keyword that stands for the class but says nothing
(only examples count), twenty more keywords are strewn at random, as "from my phone" would be, and the other photos have
none. `captioned` lies beside them without keywords.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from benchmarks.data import labelled
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.store.tables import file_keywords
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.session import Session
from photosort.usecases.tags import own_keywords
from photosort.usecases.tags.suggestions import open_suggestions

_SEED = 7
_WITH_KEYWORD = 10
_RANDOM = 20
_RANDOM_PHOTOS = 15


def measure(data: Path) -> dict[str, float]:
    """The figures, by name; the folder holds the named sets."""
    with tempfile.TemporaryDirectory(prefix="photosort-keywords-") as work:
        home = Path(work)
        session = Session(LibraryPaths(library=home / "l.db", home=home), actor="command")
        try:
            return _measure(session, data)
        finally:
            session.close()


def _measure(session: Session, data: Path) -> dict[str, float]:
    index(session, [str(data / "categories"), str(data / "captioned")], job=Job())
    rng = np.random.default_rng(_SEED)
    photos: dict[str, list[int]] = {}
    given = labelled(data / "categories")
    for path, row in zip(given.paths, given.has, strict=True):
        label = given.labels[int(np.argmax(row))]
        photos.setdefault(label, []).append(photo_at(session, str(path)))
    kept = {label: rng.permutation(ids).tolist() for label, ids in photos.items()}
    keyworded = {label: ids[:_WITH_KEYWORD] for label, ids in kept.items()}
    left = {label: ids[_WITH_KEYWORD:] for label, ids in kept.items()}
    said: dict[int, list[str]] = {}
    for n, ids in enumerate(keyworded.values()):
        for photo_id in ids:
            said.setdefault(photo_id, []).append(f"my word {n}")
    every = sorted(said)
    for n in range(_RANDOM):
        for photo_id in rng.choice(every, _RANDOM_PHOTOS, replace=False).tolist():
            said[photo_id].append(f"anything {n}")
    session.write(lambda store: file_keywords.import_keywords(store, said))
    tried = own_keywords.suggest(session, job=Job())
    suggestions = open_suggestions(session, Job())
    words = {f"my word {n}": set(left[label]) for n, label in enumerate(keyworded)}
    passed = [key for key in tried.passed if key in words]
    found = {key: set(suggestions.photos({key}).tolist()) - said.keys() for key in words}
    of_classes = {photo_id for ids in left.values() for photo_id in ids}
    right = sum(len(found[key] & words[key]) for key in passed)
    wrong = sum(len((found[key] - words[key]) & of_classes) for key in passed)
    elsewhere = sum(len(found[key] - of_classes) for key in passed)
    return {
        "keywords of classes": len(words),
        "keywords of classes that pass": len(passed),
        "random keywords that pass": len(tried.passed) - len(passed),
        "precision": right / max(1, right + wrong),
        "recall": right / max(1, sum(len(words[key]) for key in passed)),
        "suggested elsewhere": elsewhere,
    }
