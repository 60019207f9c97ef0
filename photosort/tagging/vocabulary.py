"""The vocabulary: which tags there are, how they hang together, and the files they come from."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from photosort.domain.tags import Tag
from photosort.errors import InputProblem
from photosort.safe_files import read_whole
from photosort.sentences import Sentence, reason_of
from photosort.tagging.entries import Entry, assemble
from photosort.tagging.entries_text import text_entries
from photosort.tagging.entries_yaml import yaml_entries

# The score columns of one float16 number a tag and photo then stay under 4 GB at 100,000 photos.
MAX_TAGS = 20_000
MAX_BYTES = 32 * 2**20

_DEFAULTS = {item.name: item.default for item in fields(Tag)}
_SAVED = ("prompt", "aliases", "often", "packs", "hand_only", "sentences", "descriptors")


@dataclass(frozen=True)
class Vocabulary:
    """Tags in a fixed order, which is also the order of every array that is made from them.

    Attributes:
        tags: the tags; each parent named by a tag is itself among them.
        notes: what was put right while reading, a sentence each, for the user.

    Raises:
        ValueError: two tags share a key, a parent is absent, or the tree has a cycle.
    """

    tags: tuple[Tag, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self._by_key) != len(self.tags):
            raise ValueError("two tags of a vocabulary share a name")
        sound: set[str] = set()
        for tag in self.tags:
            trail: list[str] = []
            step: Tag | None = tag
            while step is not None and step.key not in sound:
                if step.key in trail:
                    raise ValueError(f"the tag {step.name} stands under itself")
                trail.append(step.key)
                if step.parent is not None and step.parent.casefold() not in self._by_key:
                    raise ValueError(f"the parent of {step.name} is absent: {step.parent}")
                step = self._parent(step)
            sound.update(trail)

    def __len__(self) -> int:
        return len(self.tags)

    def __iter__(self) -> Iterator[Tag]:
        return iter(self.tags)

    def get(self, key: str) -> Tag | None:
        """The tag of that name, in any letter case."""
        return self._by_key.get(key.casefold())

    def find(self, word: str) -> Tag | None:
        """The tag that has this word as its name or, failing that, as an alias."""
        return self.get(word) or self._by_alias.get(word.casefold())

    def children(self, key: str | None) -> tuple[Tag, ...]:
        """The tags directly under one, in order; None gives the tops of the trees."""
        return self._children.get(None if key is None else key.casefold(), ())

    def ancestors(self, key: str) -> tuple[Tag, ...]:
        """The tag's parent, its parent, and so on to the top; empty for an unknown tag."""
        found: list[Tag] = []
        step = self.get(key)
        while step is not None and (step := self._parent(step)) is not None:
            found.append(step)
        return tuple(found)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that scores depend on: aliases, packs and notes leave it alone."""
        content = [
            (
                tag.name,
                tag.parent,
                tag.prompt,
                tag.sentences,
                tag.descriptors,
                tag.often,
                tag.is_group,
                tag.hand_only,
            )
            for tag in self.tags
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def _parent(self, tag: Tag) -> Tag | None:
        return None if tag.parent is None else self.get(tag.parent)

    @cached_property
    def _by_key(self) -> dict[str, Tag]:
        return {tag.key: tag for tag in self.tags}

    @cached_property
    def _by_alias(self) -> dict[str, Tag]:
        return {alias.casefold(): tag for tag in self.tags for alias in tag.aliases}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Tag, ...]]:
        found: dict[str | None, list[Tag]] = {}
        for tag in self.tags:
            parent = None if tag.parent is None else tag.parent.casefold()
            found.setdefault(parent, []).append(tag)
        return {parent: tuple(tags) for parent, tags in found.items()}


def load_vocabulary(paths: Iterable[Path]) -> Vocabulary:
    """Reads the app's own YAML files as one vocabulary, strictly: nothing is merged or dropped.

    Args:
        paths: the files, in the order that their tags shall have.

    Returns:
        The tags, files in the given order, parents before their children.

    Raises:
        InputProblem: a file is unreadable or not sound; names file and line.
    """
    entries: list[Entry] = []
    for path in paths:
        entries.extend(yaml_entries(_read_text(path), path.name))
    tags, _ = assemble(entries, merge=False, max_tags=MAX_TAGS)
    return Vocabulary(tags)


def read_user_file(path: Path) -> Vocabulary:
    """Reads a vocabulary that a user wrote or exported: text, or YAML by its ending.

    A text file has one tag a line. Indentation (two spaces or a tab) makes a child of the line
    above, and so does a path such as `animals|dog`. `#` begins a comment at the start of a line or
    between blanks. Keyword lists of Lightroom are such files: `{word}` is a synonym of the keyword
    above it and `[word]` a heading.

    What occurs twice is merged and said in `notes`: the first place in the tree stays.

    Raises:
        InputProblem: the file is unreadable, empty, too large, or has a cycle; names the line.
    """
    read = yaml_entries if path.suffix.casefold() in {".yaml", ".yml"} else text_entries
    entries = read(_read_text(path), path.name)
    tags, notes = assemble(entries, merge=True, max_tags=MAX_TAGS)
    if not tags:
        raise InputProblem(
            Sentence(
                "{file} holds no tags; write one tag a line, or give another file.", file=path.name
            ),
            str(path),
        )
    return Vocabulary(tags, notes)


def dump_yaml(vocabulary: Vocabulary) -> str:
    """The vocabulary as YAML that `read_user_file` reads back; defaults are left out."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    trees = [_tree(vocabulary, tag) for tag in vocabulary.children(None)]
    text: str = yaml.dump(trees, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text


def dump_text(vocabulary: Vocabulary) -> str:
    """The names as a list that `read_user_file` and Lightroom read back: levels by tabs, synonyms in braces."""
    lines: list[str] = []
    pending = [(tag, 0) for tag in reversed(vocabulary.children(None))]
    while pending:
        tag, depth = pending.pop()
        lines.append("\t" * depth + (f"[{tag.name}]" if tag.is_group else tag.name))
        lines += ["\t" * (depth + 1) + f"{{{alias}}}" for alias in tag.aliases]
        pending += [(child, depth + 1) for child in reversed(vocabulary.children(tag.key))]
    return "\n".join([*lines, ""])


def _tree(vocabulary: Vocabulary, tag: Tag) -> dict[str, Any]:
    node: dict[str, Any] = {"name": tag.name}
    if tag.is_group:
        node["group"] = True
    for name in _SAVED:
        value = getattr(tag, name)
        if value != _DEFAULTS[name]:
            node[name] = list(value) if isinstance(value, tuple) else value
    if children := vocabulary.children(tag.key):
        node["children"] = [_tree(vocabulary, child) for child in children]
    return node


def _read_text(path: Path) -> str:
    try:
        data = read_whole(path, limit_bytes=MAX_BYTES)
    except OSError as error:
        raise InputProblem(
            Sentence(
                "The vocabulary {file} cannot be read: {reason}.",
                file=path.name,
                reason=reason_of(error),
            ),
            repr(error),
        ) from error
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputProblem(
            Sentence(
                "{file}, line {line}: this is not UTF-8 text; please save the file as UTF-8.",
                file=path.name,
                line=line,
            ),
            repr(error),
        ) from error
    if "\0" in text:
        raise InputProblem(Sentence("{file} is not a text file.", file=path.name), str(path))
    return text
