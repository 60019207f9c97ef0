"""The library's vocabulary, and the decisions of users and files about tags on photos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from photosort.domain.changes import ChangeSet
from photosort.domain.tags import Tag, TagState
from photosort.domain.texts import composed, folded
from photosort.sentences import Sentence, counted_photos, quoted
from photosort.store.db import history
from photosort.store.db.bulk_rows import delete_rows, in_blocks, marks
from photosort.store.db.codec import clean_text, now

if TYPE_CHECKING:
    from photosort.store.db.database import Store

_SHIPPED_HASH = "shipped_vocabulary"
# The row of `settings` that lists the packs that are switched off.
PACKS_OFF = "vocabulary_packs_off"
_COLUMNS = (
    "name", "prompt", "aliases", "sentences", "descriptors", "often", "packs", "is_group", "hand_only",
)  # fmt: skip


def shipped_hash(store: Store) -> str:
    """The hash of the shipped vocabulary that was taken in last, or ""."""
    return str(store.value("SELECT value FROM meta WHERE key = ?", [_SHIPPED_HASH]) or "")


def sync(store: Store, shipped: Sequence[Tag], shipped_hash: str) -> None:
    """Takes in the shipped vocabulary; what the user edited, added or switched off stays as it is.

    A tag that is no longer shipped is removed, unless the user decided on it or edited it.

    Args:
        store: a writable store.
        shipped: every tag, parents before children.
        shipped_hash: what `shipped_hash` answers from now on.
    """
    with store.atomic():
        _set_persons_apart(store, {tag.key for tag in shipped})
        ids = {row[0]: row[1] for row in store.rows("SELECT key, id FROM tags")}
        edited = {
            row[0] for row in store.rows("SELECT key FROM tags WHERE edited OR origin = 'user'")
        }
        for tag in shipped:
            parent = None if tag.parent is None else ids[tag.parent.casefold()]
            if tag.key not in ids:
                ids[tag.key] = insert(store, tag, parent, "shipped")
            elif tag.key not in edited:
                assignments = ", ".join(f"{name} = ?" for name in (*_COLUMNS, "parent_id"))
                store.execute(
                    f"UPDATE tags SET {assignments}, origin = 'shipped' WHERE key = ?",
                    [*_values(tag), parent, tag.key],
                )
        _forget(store, {tag.key for tag in shipped})
        hashed = {"key": _SHIPPED_HASH, "value": shipped_hash}
        store.db.table("meta").insert(hashed, replace=True)


@dataclass(frozen=True, slots=True)
class KeptTag:
    """A tag as the library keeps it.

    Attributes:
        tag: all that belongs to it; its parent is the one that was chosen, whether that is in use or not.
        enabled: the user did not switch it off.
        in_use: enabled, and one of its packs is on; a group is in use when a tag below it is.
        origin: "shipped", "user" or "imported".
        edited: the user changed it, so that updates of the shipped vocabulary leave it alone.
    """

    id: int
    parent_id: int | None
    tag: Tag
    enabled: bool
    in_use: bool
    origin: str
    edited: bool


def is_named(store: Store, word: str) -> bool:
    """Whether a word is the name or an alias of a tag; case does not count."""
    sql = (
        "SELECT 1 FROM tags WHERE name = ? COLLATE NOCASE OR EXISTS"
        " (SELECT 1 FROM json_each(tags.aliases) WHERE json_each.value = ? COLLATE NOCASE) LIMIT 1"
    )
    return store.value(sql, [word, word]) is not None


def packs_off(store: Store) -> frozenset[str]:
    """The packs that the user switched off."""
    found = store.value("SELECT value FROM settings WHERE key = ?", [PACKS_OFF])
    return frozenset(json.loads(found)) if found else frozenset()


def list_all(store: Store) -> list[KeptTag]:
    """All tags, parents before children."""
    return list(_list_all(*_rows_and_packs(store)))


def _rows_and_packs(store: Store) -> tuple[tuple[tuple[Any, ...], ...], frozenset[str]]:
    columns = ", ".join(_COLUMNS)
    rows = store.rows(
        f"SELECT id, parent_id, enabled, origin, edited, {columns} FROM tags ORDER BY id"
    )
    return tuple(rows), packs_off(store)


# The window counts tags with every batch of photos that is read; their texts hardly ever change.
@lru_cache(maxsize=2)
def _list_all(rows: tuple[tuple[Any, ...], ...], off: frozenset[str]) -> tuple[KeptTag, ...]:
    names = {row[0]: row[5] for row in rows}
    below: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in rows:
        below.setdefault(row[1], []).append(row)
    kept: dict[int, KeptTag] = {}
    waiting = below.get(None, [])[::-1]
    while waiting:
        row_id, parent_id, enabled, origin, edited, *columns = waiting.pop()
        tag = _tag(tuple(columns), None if parent_id is None else names[parent_id])
        # What the user brought belongs to no pack.
        is_on = origin != "shipped" or not off.issuperset(tag.packs)
        in_use = bool(enabled) and is_on and not tag.is_group
        kept[row_id] = KeptTag(row_id, parent_id, tag, bool(enabled), in_use, origin, bool(edited))
        waiting += below.get(row_id, [])[::-1]
    for one in [one for one in kept.values() if one.in_use]:
        step = one.parent_id
        while step is not None:
            above = kept[step]
            if above.tag.is_group and above.enabled:
                kept[step] = replace(above, in_use=True)
            step = above.parent_id
    return tuple(kept.values())


def as_shipped(store: Store) -> frozenset[str]:
    """Keys of the shipped tags that the user did not edit."""
    rows = store.rows("SELECT key FROM tags WHERE origin = 'shipped' AND NOT edited")
    return frozenset(row[0] for row in rows)


def enabled(store: Store) -> list[Tag]:
    """The tags in use, parents before children; what stands under one that is not moves up to the next that is."""
    return list(_enabled(*_rows_and_packs(store)))


@lru_cache(maxsize=2)
def _enabled(rows: tuple[tuple[Any, ...], ...], off: frozenset[str]) -> tuple[Tag, ...]:
    kept = {one.id: one for one in _list_all(rows, off)}
    found = []
    for one in kept.values():
        if not one.in_use:
            continue
        step = one.parent_id
        while step is not None and not kept[step].in_use:
            step = kept[step].parent_id
        parent = None if step is None else kept[step].tag.name
        found.append(replace(one.tag, parent=parent))
    return tuple(found)


def set_tag_state(
    store: Store,
    said: Mapping[str, Sequence[int]],
    state: TagState | None,
    *,
    origin: str,
    actor: str,
    new: Sequence[Tag] = (),
) -> ChangeSet:
    """Writes what somebody says of tags on photos, as one entry of the history.

    Args:
        store: a writable store.
        said: the tag's name, or an alias of it, to photo ids. A name that no tag has becomes the user's own.
        state: CONFIRMED or REJECTED; None removes the decision.
        origin: "user" or "batch".
        actor: "window" or "command".
        new: tags among `said` that the library does not have yet, complete.
    """
    count = len({photo_id for photo_ids in said.values() for photo_id in photo_ids})
    one = len(said) == 1
    what = quoted(next(iter(said))) if one else Sentence("{count:,} tags", count=len(said))
    on = counted_photos(count)
    if state is TagState.CONFIRMED:
        action = Sentence("Confirmed {tags} on {photos}", tags=what, photos=on)
    elif state is TagState.REJECTED:
        action = Sentence("Rejected {tags} on {photos}", tags=what, photos=on)
    else:
        action = Sentence("Cleared {tags} on {photos}", tags=what, photos=on)
    with history.recording(store, action, actor) as changes:
        details = {tag.key: tag for tag in new}
        at = now()
        for name, photo_ids in said.items():
            tag_id = find(store, name)
            if tag_id is None:
                tag = details.get(folded(name), Tag(composed(name)))
                tag_id = _insert_recorded(changes, store, tag)
            keys = [(photo_id, tag_id) for photo_id in photo_ids]
            if state is None:
                changes.delete("photo_tags", keys)
            else:
                keys = _without_answered(store, keys, state, origin)
                changes.put("photo_tags", keys, {"state": state.value, "origin": origin, "at": at})
    return changes.result


def _without_answered(
    store: Store, keys: Sequence[tuple[int, int]], state: TagState, origin: str
) -> list[tuple[int, int]]:
    """Photos and tags but those of which exactly this was said before: repeating it is no change.

    A person who says what a batch said before does say something new: that somebody looked.
    """
    held = {
        (photo_id, tag_id)
        for tag_id in {tag_id for _, tag_id in keys}
        for (photo_id,) in store.rows(
            "SELECT photo_id FROM photo_tags WHERE tag_id = ? AND state = ? AND origin = ?",
            [tag_id, state.value, origin],
        )
    }
    return [key for key in keys if key not in held]


def name_of(store: Store, word: str) -> str | None:
    """The name of the tag that a name or an alias means; None where there is none."""
    tag_id = find(store, word)
    if tag_id is None:
        return None
    return str(store.rows("SELECT name FROM tags WHERE id = ?", [tag_id])[0][0])


def of_photos(store: Store, photo_ids: Iterable[int]) -> dict[int, list[tuple[str, TagState]]]:
    """The tags of each photo: names and states, confirmed first, then by name."""
    order = {TagState.CONFIRMED: 0, TagState.IMPORTED: 1, TagState.REJECTED: 2}
    found: dict[int, list[tuple[str, TagState]]] = {}
    for block in in_blocks(list(photo_ids)):
        for photo_id, name, state in store.rows(
            "SELECT photo_tags.photo_id, tags.name, photo_tags.state FROM photo_tags"
            " JOIN tags ON tags.id = photo_tags.tag_id"
            f" WHERE photo_tags.photo_id IN ({marks(block)})",
            block,
        ):
            found.setdefault(photo_id, []).append((name, TagState(state)))
    for said in found.values():
        said.sort(key=lambda one: (order[one[1]], one[0].casefold()))
    return found


@dataclass(frozen=True, slots=True)
class AssignedTag:
    """A tag with a state on a photo, as other programs would write it.

    Attributes:
        path: levels from the root, parted by "|".
        words: its name and aliases, case-folded.
    """

    key: str
    path: str
    words: frozenset[str]
    state: TagState


def tag_paths(store: Store, photo_ids: Iterable[int]) -> dict[int, list[AssignedTag]]:
    """The assigned tags of each photo, by path; photos without any are left out."""
    rows: list[tuple[int, int, str]] = []
    for block in in_blocks(list(photo_ids)):
        rows += store.rows(
            "SELECT photo_id, tag_id, state FROM photo_tags"
            f" WHERE photo_id IN ({marks(block)}) ORDER BY photo_id, tag_id",
            block,
        )
    known = _with_ancestors(store, {tag_id for _, tag_id, _ in rows})
    found: dict[int, list[AssignedTag]] = {}
    for photo_id, tag_id, state in rows:
        found.setdefault(photo_id, []).append(_assigned_tag(known, tag_id, TagState(state)))
    return found


def by_names(store: Store, names: Iterable[str]) -> list[AssignedTag]:
    """Tags as other programs would write them; a name that no tag has is a path of one level."""
    found = []
    for name in names:
        tag_id = find(store, name)
        if tag_id is None:
            key = folded(name)
            found.append(AssignedTag(key, name, frozenset({key}), TagState.SUGGESTED))
            continue
        known = _with_ancestors(store, {tag_id})
        found.append(_assigned_tag(known, tag_id, TagState.SUGGESTED))
    return found


def _assigned_tag(
    known: Mapping[int, tuple[str, str, str, int | None, bool]], tag_id: int, state: TagState
) -> AssignedTag:
    key, _, aliases, *_ = known[tag_id]
    levels: list[str] = []
    step: int | None = tag_id
    while step is not None:
        _, name, _, above, is_person = known[step]
        # Other programs know a person that was set apart by the name alone.
        added = "" if above is None or not is_person else beside(known[above][1])
        is_apart = added and name.casefold().endswith(added.casefold())
        levels.append(name[: -len(added)] if is_apart else name)
        step = above
    words = frozenset((key, levels[0].casefold(), *(one.casefold() for one in json.loads(aliases))))
    return AssignedTag(key, "|".join(reversed(levels)), words, state)


def _with_ancestors(
    store: Store, tag_ids: set[int]
) -> dict[int, tuple[str, str, str, int | None, bool]]:
    """Key, name, aliases, parent, and whether it is applied by hand only, of tags and of all above them, by id."""
    known: dict[int, tuple[str, str, str, int | None, bool]] = {}
    missing = tag_ids
    while missing:
        for block in in_blocks(list(missing)):
            for row in store.rows(
                "SELECT id, key, name, aliases, parent_id, hand_only FROM tags"
                f" WHERE id IN ({marks(block)})",
                block,
            ):
                known[row[0]] = (row[1], row[2], row[3], row[4], bool(row[5]))
        missing = {row[3] for row in known.values() if row[3] is not None} - known.keys()
    return known


def photos_with(store: Store, names: Iterable[str], state: TagState) -> dict[str, list[int]]:
    """Tag key to the photos on which the tag has this state."""
    found: dict[str, list[int]] = {}
    for block in in_blocks([folded(name) for name in names]):
        for key, photo_id in store.rows(
            "SELECT tags.key, photo_tags.photo_id FROM tags"
            " JOIN photo_tags ON photo_tags.tag_id = tags.id"
            f" WHERE photo_tags.state = ? AND tags.key IN ({marks(block)})",
            [state.value, *block],
        ):
            found.setdefault(key, []).append(photo_id)
    return found


def answers(
    store: Store, keys: Iterable[str] | None = None, *, with_batches: bool = True
) -> dict[str, tuple[list[int], list[int]]]:
    """Tag key to the photos that show it and to those that do not, as people and files say, each by id.

    Args:
        store: any store.
        keys: only these tags; None = all with a decision.
        with_batches: also what was confirmed many at once, by its confidence alone.
    """
    sql = (
        "SELECT tags.key, photo_tags.state, photo_tags.photo_id FROM tags"
        " JOIN photo_tags ON photo_tags.tag_id = tags.id"
    )
    if not with_batches:
        sql += " AND photo_tags.origin <> 'batch'"
    order = " ORDER BY photo_tags.tag_id, photo_tags.photo_id"
    rows: list[tuple[Any, ...]] = []
    if keys is None:
        rows += store.rows(sql + order)
    else:
        for block in in_blocks(list(keys)):
            rows += store.rows(f"{sql} WHERE tags.key IN ({marks(block)}){order}", block)
    found: dict[str, tuple[list[int], list[int]]] = {}
    for key, state, photo_id in rows:
        yes, no = found.setdefault(key, ([], []))
        (no if state == TagState.REJECTED else yes).append(photo_id)
    return found


def counts(store: Store) -> dict[tuple[str, TagState], int]:
    """Tag key and state to the number of photos."""
    rows = store.rows(
        "SELECT tags.key, photo_tags.state, count(*) FROM photo_tags"
        " JOIN tags ON tags.id = photo_tags.tag_id GROUP BY photo_tags.tag_id, photo_tags.state"
    )
    return {(key, TagState(state)): count for key, state, count in rows}


def find(store: Store, name: str) -> int | None:
    """The tag of this name, else the one that has it as an alias."""
    key = folded(name.strip())
    found = store.value("SELECT id FROM tags WHERE key = ?", [key])
    if found is None:
        found = store.value(
            "SELECT tags.id FROM tags, json_each(tags.aliases) AS alias"
            " WHERE lower(alias.value) = ? ORDER BY tags.id",
            [key],
        )
    return None if found is None else int(found)


def beside(parent: str) -> str:
    """What a person's name has behind it who is called like a thing: "Rose (people)"."""
    return f" ({parent})"


def _set_persons_apart(store: Store, shipped: set[str]) -> None:
    """Renames persons whom files brought before a shipped tag of the same name came."""
    for tag_id, key, name, parent in store.rows(
        "SELECT tags.id, tags.key, tags.name, parents.name FROM tags"
        " JOIN tags AS parents ON parents.id = tags.parent_id"
        " WHERE tags.origin = 'imported' AND tags.hand_only AND NOT tags.edited"
    ):
        if key in shipped:
            apart = name + beside(parent)
            store.db.table("tags").update(tag_id, {"key": apart.casefold(), "name": apart})


def _forget(store: Store, shipped: set[str]) -> None:
    """Removes tags that are no longer shipped and that nobody has used."""
    gone = [
        row[0]
        for row in store.rows(
            "SELECT id, key FROM tags WHERE origin = 'shipped' AND NOT edited"
            " AND id NOT IN (SELECT tag_id FROM photo_tags)"
        )
        if row[1] not in shipped
    ]
    for block in in_blocks(gone):
        store.execute(
            f"UPDATE tags SET parent_id = NULL WHERE parent_id IN ({marks(block)})", block
        )
    delete_rows(store, "tags", gone)


def insert(store: Store, tag: Tag, parent_id: int | None, origin: str) -> int:
    """Adds a tag, which is no entry of the history, and returns its id."""
    names = ("key", *_COLUMNS, "parent_id", "origin")
    cursor = store.execute(
        f"INSERT INTO tags ({', '.join(names)}) VALUES ({marks(names)})",
        [tag.key, *_values(tag), parent_id, origin],
    )
    return int(cursor.lastrowid or 0)


def _insert_recorded(changes: history.Recorder, store: Store, tag: Tag) -> int:
    parent = None if tag.parent is None else find(store, tag.parent)
    values = {**values_of(tag), "key": tag.key, "parent_id": parent, "origin": "user"}
    (tag_id,) = changes.insert("tags", {name: [value] for name, value in values.items()})
    return tag_id


def values_of(tag: Tag) -> dict[str, Any]:
    """The columns that hold what belongs to a tag, its key and place in the tree apart."""
    return dict(zip(_COLUMNS, _values(tag), strict=True))


def _values(tag: Tag) -> list[Any]:
    return [
        clean_text(tag.name),
        tag.prompt,
        _list(tag.aliases),
        _list(tag.sentences),
        _list(tag.descriptors),
        tag.often,
        _list(tag.packs),
        int(tag.is_group),
        int(tag.hand_only),
    ]


def _list(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _tag(row: tuple[Any, ...], parent: str | None) -> Tag:
    return Tag(
        name=row[0],
        parent=parent,
        prompt=row[1],
        aliases=tuple(json.loads(row[2])),
        sentences=tuple(json.loads(row[3])),
        descriptors=tuple(json.loads(row[4])),
        often=row[5],
        packs=tuple(json.loads(row[6])),
        is_group=bool(row[7]),
        hand_only=bool(row[8]),
    )
