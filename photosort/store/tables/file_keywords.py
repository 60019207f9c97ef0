"""The keywords that files bring, as tags of the library, and which of them may be suggested for other photos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from photosort.domain.changes import ChangeSet
from photosort.domain.tags import Tag
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.db.bulk_rows import in_blocks, marks
from photosort.store.db.codec import now
from photosort.store.tables import tags

if TYPE_CHECKING:
    from photosort.store.db.database import Store

# Below these other programs keep the names of persons, whom vectors of whole photos cannot tell apart.
PEOPLE = frozenset(
    [
        "people",
        "persons",
        "person",
        "personen",
        "menschen",
        "leute",
        "personnes",
        "personas",
        "gente",
        "persone",
        "pessoas",
        "faces",
        "gesichter",
    ]
)
_PASSED = "own_keywords"


def import_keywords(store: Store, keywords: Mapping[int, Iterable[str]]) -> None:
    """Imports the keywords that files have now; the user's own decisions on the same tags stay.

    Args:
        store: a writable store.
        keywords: photo id to keywords, each a path from the root with levels parted by "|".
    """
    with store.atomic():
        had: set[tuple[int, int]] = set()
        for block in in_blocks(list(keywords)):
            had.update(
                store.rows(
                    "SELECT photo_id, tag_id FROM photo_tags WHERE state = 'imported'"
                    f" AND photo_id IN ({marks(block)})",
                    block,
                )
            )
        ids: dict[str, int] = {}
        wanted: set[tuple[int, int]] = set()
        for photo_id, paths in keywords.items():
            for path in paths:
                if path not in ids and path.strip("| "):
                    ids[path] = _of_path(store, path)
            wanted.update((photo_id, ids[path]) for path in paths if path in ids)
        store.executemany("DELETE FROM photo_tags WHERE photo_id = ? AND tag_id = ?", had - wanted)
        at = now()
        # In SQL: sqlite-utils 4.2's `insert_all(ignore=True)` fails where the only row is there already, because
        # it asks a table WITHOUT ROWID for its rowid.
        store.executemany(
            "INSERT OR IGNORE INTO photo_tags (photo_id, tag_id, state, origin, at)"
            " VALUES (?, ?, 'imported', 'file', ?)",
            ((photo_id, tag_id, at) for photo_id, tag_id in sorted(wanted - had)),
        )


def imported(store: Store) -> dict[str, list[int]]:
    """Key of each tag that files brought to the photos that have it there, by id."""
    found: dict[str, list[int]] = {}
    for key, photo_id in store.rows(
        "SELECT tags.key, photo_tags.photo_id FROM photo_tags JOIN tags ON tags.id = photo_tags.tag_id"
        " WHERE photo_tags.state = 'imported' ORDER BY photo_tags.tag_id, photo_tags.photo_id"
    ):
        found.setdefault(key, []).append(photo_id)
    return found


def only_imported(store: Store) -> frozenset[str]:
    """Keys of the tags of which files alone say that photos show them, and no person ever did."""
    return frozenset(
        row[0]
        for row in store.rows(
            "SELECT tags.key FROM photo_tags JOIN tags ON tags.id = photo_tags.tag_id"
            " GROUP BY photo_tags.tag_id"
            " HAVING sum(photo_tags.state = 'imported') AND NOT sum(photo_tags.state = 'confirmed')"
        )
    )


def passed(store: Store) -> frozenset[str] | None:
    """Keys of the user's own keywords that may be suggested; None while nobody asked which."""
    found = store.value("SELECT value FROM settings WHERE key = ?", [_PASSED])
    return None if found is None else frozenset(json.loads(found))


def allow(store: Store, keys: Sequence[str], *, actor: str) -> ChangeSet:
    """Lets these of the user's own keywords be suggested, and no others."""
    action = Sentence("Suggested {count:,} keywords of your files", count=len(keys))
    with history.recording(store, action, actor) as changes:
        changes.put("settings", [_PASSED], {"value": json.dumps(sorted(keys))})
    return changes.result


def _of_path(store: Store, path: str) -> int:
    """The tag that a keyword means; what the vocabulary lacks is added with its levels.

    "People|Rose" is a person, and no flower: where a tag of what photos show has the name, the person is set apart.
    """
    names = [name.strip() for name in path.split("|") if name.strip()]
    is_person = len(names) > 1 and names[0].casefold() in PEOPLE
    known = tags.find(store, names[-1])
    if known is not None and not (is_person and _is_shipped(store, known)):
        if is_person:
            # A word of which nothing is known but that files name it, until another file says who it is.
            store.execute(
                "UPDATE tags SET hand_only = 1 WHERE id = ? AND origin = 'imported' AND NOT edited",
                [known],
            )
        return known
    parent: int | None = None
    for name in names[:-1]:
        here = tags.find(store, name)
        if here is None:
            tag = Tag(name, hand_only=is_person and name != names[0])
            here = tags.insert(store, tag, parent, "imported")
        parent = here
    name = names[-1]
    if known is not None:
        name += tags.beside(str(store.value("SELECT name FROM tags WHERE id = ?", [parent])))
    here = tags.find(store, name)
    if here is None:
        here = tags.insert(store, Tag(name, hand_only=is_person), parent, "imported")
    return here


def _is_shipped(store: Store, tag_id: int) -> bool:
    return bool(store.value("SELECT origin = 'shipped' FROM tags WHERE id = ?", [tag_id]))
