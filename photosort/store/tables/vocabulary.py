"""The vocabulary as the user changes it. Each change is one entry of the history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from photosort.domain.changes import ChangeSet
from photosort.domain.tags import Tag
from photosort.errors import InputProblem
from photosort.sentences import Sentence, quoted
from photosort.store.db import history
from photosort.store.tables import tags
from photosort.store.tables.tags import PACKS_OFF, KeptTag, packs_off, values_of

if TYPE_CHECKING:
    from photosort.store.db.database import Store

_MOST_LEVELS = 30


def switch_pack(store: Store, pack: str, *, on: bool, actor: str) -> ChangeSet:
    """Switches a pack on or off."""
    off = packs_off(store)
    wanted = sorted(off - {pack} if on else off | {pack})
    what = Sentence("the tags of {pack}", pack=quoted(pack))
    with history.recording(store, _switching(what, on=on), actor) as changes:
        changes.put("settings", [PACKS_OFF], {"value": json.dumps(wanted)})
    return changes.result


def switch(store: Store, names: Sequence[str], *, on: bool, actor: str) -> ChangeSet:
    """Switches tags on or off; their states on photos stay.

    Raises:
        InputProblem: there is no such tag.
    """
    known = _by_key(store)
    ids = [_known(known, name).id for name in names]
    if len(names) == 1:
        what = Sentence("the tag {tag}", tag=quoted(names[0]))
    else:
        what = Sentence("{count:,} tags", count=len(names))
    with history.recording(store, _switching(what, on=on), actor) as changes:
        changes.update("tags", ids, {"enabled": int(on)})
    return changes.result


def _switching(what: Sentence, *, on: bool) -> Sentence:
    return (
        Sentence("Switched on {tags}", tags=what)
        if on
        else Sentence("Switched off {tags}", tags=what)
    )


def add(store: Store, tag: Tag, *, actor: str) -> ChangeSet:
    """Adds a tag of the user's own.

    Raises:
        InputProblem: one of its words is taken, or its parent does not exist.
    """
    known = _by_key(store)
    _check_words(known, tag, None)
    parent_id = None if tag.parent is None else _known(known, tag.parent).id
    with history.recording(
        store, Sentence("Added the tag {tag}", tag=quoted(tag.name)), actor
    ) as changes:
        _insert(changes, tag, parent_id)
    return changes.result


def edit(store: Store, name: str, tag: Tag, *, actor: str) -> ChangeSet:
    """Changes a tag's words, texts or parent; its states on photos stay.

    Args:
        store: a writable store.
        name: the tag as it is called now.
        tag: all that it is from now on.
        actor: "window" or "command".

    Raises:
        InputProblem: no such tag, a word that is taken, or a place below itself.
    """
    known = _by_key(store)
    before = _known(known, name)
    _check_words(known, tag, before)
    parent_id = None
    if tag.parent is not None:
        parent = _known(known, tag.parent)
        _check_place(known, before, parent)
        parent_id = parent.id
    with history.recording(
        store, Sentence("Edited the tag {tag}", tag=quoted(tag.name)), actor
    ) as changes:
        # An edit that changes nothing does not cut the tag off from updates.
        if tag != before.tag:
            values = {**values_of(tag), "key": tag.key, "parent_id": parent_id, "edited": 1}
            changes.update("tags", [before.id], values)
    return changes.result


def remove(store: Store, name: str, *, actor: str) -> ChangeSet:
    """Removes one of the user's own tags with its states on photos; its children move up.

    Raises:
        InputProblem: no such tag, or it came with Photosort and can only be switched off.
    """
    gone = _known(_by_key(store), name)
    if gone.origin == "shipped":
        raise InputProblem(
            Sentence(
                "'{name}' came with Photosort and can be switched off, not removed.", name=name
            )
        )
    with history.recording(
        store, Sentence("Removed the tag {tag}", tag=quoted(name)), actor
    ) as changes:
        changes.delete(
            "photo_tags",
            store.rows("SELECT photo_id, tag_id FROM photo_tags WHERE tag_id = ?", [gone.id]),
        )
        below = [row[0] for row in store.rows("SELECT id FROM tags WHERE parent_id = ?", [gone.id])]
        changes.update("tags", below, {"parent_id": gone.parent_id})
        changes.delete("tags", [gone.id])
    return changes.result


def import_tags(store: Store, new: Sequence[Tag], *, action: Sentence, actor: str) -> ChangeSet:
    """Adds tags from a list and fills in those that are there; nothing that is there is lost.

    A word of the list that a tag has already, as its name or an alias, means that tag: texts that the list brings
    take the place of the tag's, aliases join its own, its place in the tree stays.

    Args:
        store: a writable store.
        new: the tags, parents before children.
        action: words for the history.
        actor: "window" or "command".
    """
    known = {one.tag.key: (one.id, one.tag) for one in tags.list_all(store)}
    # Every word and the tag that has it; a name counts before an alias.
    owner = {alias.casefold(): key for key, (_, tag) in known.items() for alias in tag.aliases}
    owner.update({key: key for key in known})
    with history.recording(store, action, actor) as changes:
        for tag in new:
            key = owner.get(tag.key)
            free = tuple(a for a in tag.aliases if a.casefold() not in owner)
            if key is None:
                parent_id = None if tag.parent is None else known[owner[tag.parent.casefold()]][0]
                made = replace(tag, aliases=free)
                key, known[tag.key] = tag.key, (_insert(changes, made, parent_id), made)
                owner[key] = key
            else:
                tag_id, old = known[key]
                filled = replace(
                    old,
                    prompt=tag.prompt or old.prompt,
                    aliases=(*old.aliases, *free),
                    sentences=tag.sentences or old.sentences,
                    descriptors=tag.descriptors or old.descriptors,
                    hand_only=tag.hand_only or old.hand_only,
                )
                if filled != old:
                    changes.update("tags", [tag_id], {**values_of(filled), "edited": 1})
                    known[key] = (tag_id, filled)
            owner.update(dict.fromkeys((alias.casefold() for alias in free), key))
    return changes.result


def _insert(changes: history.Recorder, tag: Tag, parent_id: int | None) -> int:
    values = {**values_of(tag), "key": tag.key, "parent_id": parent_id, "origin": "user"}
    (tag_id,) = changes.insert("tags", {name: [value] for name, value in values.items()})
    return tag_id


def _by_key(store: Store) -> dict[str, KeptTag]:
    return {one.tag.key: one for one in tags.list_all(store)}


def _known(known: dict[str, KeptTag], name: str) -> KeptTag:
    found = known.get(name.strip().casefold())
    if found is None:
        raise InputProblem(Sentence("There is no tag '{name}'.", name=name))
    return found


def _check_words(known: dict[str, KeptTag], tag: Tag, before: KeptTag | None) -> None:
    """Refuses names and aliases that another tag has."""
    wanted = {tag.key, *(alias.casefold() for alias in tag.aliases)}
    for one in known.values():
        if before is not None and one.id == before.id:
            continue
        for word in (one.tag.name, *one.tag.aliases):
            if word.casefold() in wanted:
                raise InputProblem(
                    Sentence(
                        "'{word}' is a word of the tag '{tag}' already.",
                        word=word,
                        tag=one.tag.name,
                    )
                )


def _check_place(known: dict[str, KeptTag], tag: KeptTag, parent: KeptTag) -> None:
    by_id = {one.id: one for one in known.values()}
    step: KeptTag | None = parent
    for _ in range(_MOST_LEVELS):
        if step is None:
            return
        if step.id == tag.id:
            raise InputProblem(Sentence("'{tag}' cannot stand below itself.", tag=tag.tag.name))
        step = None if step.parent_id is None else by_id[step.parent_id]
    raise InputProblem(Sentence("Tags are nested more than {most} levels deep.", most=_MOST_LEVELS))
