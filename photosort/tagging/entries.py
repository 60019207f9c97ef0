"""Entries of tag files, and how they are merged into one valid tree."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass

from photosort.domain.tags import Tag
from photosort.domain.texts import composed
from photosort.errors import InputProblem
from photosort.sentences import Sentence

# A longer name is prose: the file is not a list of tags.
_MAX_NAME = 100
_MAX_DEPTH = 30
_EXAMPLES = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A tag as it stands in one place of a file.

    Attributes:
        tag: its definition there.
        source: name of the file.
        line: counted from 1.
        is_implied: it is only named as the way to another one (`animals` in `animals|dog`).
    """

    tag: Tag
    source: str
    line: int
    is_implied: bool = False

    @property
    def place(self) -> str:
        """Where it stands, in the user's words."""
        return f"{self.source}, line {self.line}"


def assemble(
    entries: Iterable[Entry], *, merge: bool, max_tags: int
) -> tuple[tuple[Tag, ...], tuple[str, ...]]:
    """Puts entries together into a sound tree.

    Args:
        entries: each names its parent, which came before it.
        merge: True puts what occurs twice together and notes it, False refuses it.
        max_tags: more are refused.

    Returns:
        The tags, unique by key, in the order of their first entry; notes, a sentence each.

    Raises:
        InputProblem: a cycle, too many tags or levels, or (without `merge`) a repetition.
    """
    tags: dict[str, Tag] = {}
    first: dict[str, Entry] = {}
    repeated: list[str] = []
    moved: list[str] = []
    dropped: list[str] = []
    for entry in entries:
        tag, key = entry.tag, entry.tag.key
        _check_place(tag, tags, entry.place)
        if key not in tags:
            tags[key], first[key] = tag, entry
        elif not merge:
            raise InputProblem(
                Sentence(
                    "{place}: {tag} is already at {first}.",
                    place=entry.place,
                    tag=tag.name,
                    first=first[key].place,
                )
            )
        else:
            old = tags[key]
            if not entry.is_implied:
                repeated.append(f"{tag.name} (line {entry.line})")
            if tag.parent and old.parent and tag.parent.casefold() != old.parent.casefold():
                moved.append(f"{tag.name} under {old.parent}, not {tag.parent}")
            tags[key] = _merged(
                old, tag, is_group=old.is_group and (entry.is_implied or tag.is_group)
            )
        if len(tags) > max_tags:
            raise InputProblem(
                Sentence(
                    "{place}: these are more than {most:,} tags, the most that a vocabulary can have; please split or shorten the file.",
                    place=entry.place,
                    most=max_tags,
                )
            )
    # A tag that got its parent late has put more levels above what stood under it.
    for key, entry in first.items():
        _check_place(tags[key], tags, entry.place)
    owners: dict[str, str] = {}
    for key, tag in tags.items():
        kept: list[str] = []
        for alias in tag.aliases:
            word = alias.casefold()
            if word in tags or word in owners:
                if not merge:
                    raise InputProblem(
                        Sentence(
                            "{place}: {alias}, an alias of {tag}, is taken by {owner}.",
                            place=first[key].place,
                            alias=alias,
                            tag=tag.name,
                            owner=tags[word].name if word in tags else owners[word],
                        )
                    )
                if word != key and owners.get(word) != tag.name:
                    dropped.append(f"{alias} for {tag.name}")
                continue
            owners[word] = tag.name
            kept.append(alias)
        if len(kept) != len(tag.aliases):
            tags[key] = dataclasses.replace(tag, aliases=tuple(kept))
    notes = (
        _note(repeated, "1 repeated tag was merged", "{n} repeated tags were merged"),
        _note(
            moved,
            "1 tag with two parents kept the first",
            "{n} tags with two parents kept the first",
        ),
        _note(dropped, "1 alias is another tag's word", "{n} aliases are other tags' words"),
    )
    return tuple(tags.values()), tuple(note for note in notes if note)


def _check_place(tag: Tag, tags: dict[str, Tag], place: str) -> None:
    depth = 1
    parent = tag.parent
    while parent is not None:
        if parent.casefold() == tag.key:
            raise InputProblem(
                Sentence(
                    "{place}: {tag} stands under itself; remove one of the lines that make the circle.",
                    place=place,
                    tag=tag.name,
                )
            )
        depth += 1
        if depth > _MAX_DEPTH:
            raise InputProblem(
                Sentence(
                    "{place}: tags are nested more than {most} levels deep.",
                    place=place,
                    most=_MAX_DEPTH,
                )
            )
        parent = tags[parent.casefold()].parent


def _merged(old: Tag, new: Tag, *, is_group: bool) -> Tag:
    return dataclasses.replace(
        old,
        parent=old.parent or new.parent,
        prompt=old.prompt or new.prompt,
        aliases=_union(old.aliases, new.aliases),
        sentences=_union(old.sentences, new.sentences),
        descriptors=_union(old.descriptors, new.descriptors),
        is_group=is_group,
        hand_only=old.hand_only or new.hand_only,
    )


def _union(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def _note(items: list[str], one: str, many: str) -> str:
    if not items:
        return ""
    rest = len(items) - _EXAMPLES
    more = f" and {rest:,} more" if rest > 0 else ""
    said = one if len(items) == 1 else many.format(n=f"{len(items):,}")
    return f"{said}: {', '.join(items[:_EXAMPLES])}{more}."


def clean(text: str, place: str) -> str:
    """One spelling of words: composed letters, single blanks.

    Raises:
        InputProblem: control characters.
    """
    words = " ".join(composed(text).split())
    if _CONTROL.search(words):
        raise InputProblem(
            Sentence("{place}: there are unreadable characters in this line.", place=place),
            repr(text),
        )
    return words


def clean_name(text: str, place: str) -> str:
    """A tag's name in one spelling.

    Raises:
        InputProblem: empty, too long, or with a character that other programs split names at.
    """
    name = clean(text, place)
    if not name:
        raise InputProblem(Sentence("{place}: a tag has no name.", place=place))
    if len(name) > _MAX_NAME:
        raise InputProblem(
            Sentence("{place}: a tag has at most {most} characters.", place=place, most=_MAX_NAME),
            name,
        )
    if "|" in name:
        raise InputProblem(
            Sentence(
                "{place}: a tag's name cannot have a vertical bar: {name}.", place=place, name=name
            )
        )
    return name
