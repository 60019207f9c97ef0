"""Reads the app's own YAML of tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from photosort.domain.tags import Tag
from photosort.errors import InputProblem
from photosort.sentences import Sentence
from photosort.tagging.entries import Entry, clean, clean_name

PACKS = (
    "everyday",
    "travel",
    "nature",
    "food",
    "family events",
    "sports",
    "pets",
    "city",
    "work and documents",
)

_PACKS_OF_NONE = ("everyday",)
_KEYS = (
    "name",
    "group",
    "hand_only",
    "prompt",
    "aliases",
    "often",
    "packs",
    "sentences",
    "descriptors",
    "children",
)
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
# More than the deepest allowed tree needs.
_MAX_NESTING = 100

# The base loader makes a string of every scalar (a tag named `no` stays one) and never an object.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def yaml_entries(text: str, source: str) -> Iterator[Entry]:
    """The entries of a YAML file, each parent before its children.

    Args:
        text: a list of tags (or one tag), each a mapping or just a name.
        source: name of the file, for messages.

    Raises:
        InputProblem: not YAML, or a value that cannot be used; names the line.
    """
    root = _parse(text, source)
    if root is None:
        return
    trees = [root] if root.is_mapping or isinstance(root.value, str) else root.value
    pending: list[tuple[_Node, str | None]] = [(node, None) for node in reversed(trees)]
    while pending:
        node, parent = pending.pop()
        entry, children = _yaml_entry(node, parent, source)
        yield entry
        pending.extend((child, entry.tag.name) for child in reversed(children))


@dataclass(frozen=True, slots=True)
class _Node:
    """A piece of a YAML file: a word, or a list; a mapping's list alternates keys and values."""

    line: int
    value: str | list[_Node]
    is_mapping: bool = False


def _parse(text: str, source: str) -> _Node | None:
    """The file's one document, or None if it is empty.

    Events instead of `yaml.compose`, which takes twice as long and, being recursive in C, ends the
    process on 100,000 open brackets.
    """
    root: _Node | None = None
    within: list[list[_Node]] = []
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.ScalarEvent):
                node = _Node(line, event.value)
            elif isinstance(event, yaml.CollectionStartEvent):
                node = _Node(line, [], isinstance(event, yaml.MappingStartEvent))
            elif isinstance(event, yaml.AliasEvent):
                raise InputProblem(
                    Sentence(
                        "{source}, line {line}: references (*) are not possible here.",
                        source=source,
                        line=line,
                    )
                )
            else:
                if isinstance(event, yaml.CollectionEndEvent):
                    within.pop()
                continue
            if within:
                within[-1].append(node)
            elif root is None:
                root = node
            else:
                raise InputProblem(
                    Sentence(
                        "{source}, line {line}: a second document begins here.",
                        source=source,
                        line=line,
                    )
                )
            if isinstance(node.value, list):
                within.append(node.value)
                if len(within) > _MAX_NESTING:
                    raise InputProblem(
                        Sentence(
                            "{source}, line {line}: lists are nested too deeply.",
                            source=source,
                            line=line,
                        )
                    )
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputProblem(
            Sentence(
                "{source}, line {line}: this is not sound YAML: {reason}.",
                source=source,
                line=line,
                reason=error.problem,
            ),
            str(error),
        ) from error
    except yaml.YAMLError as error:
        raise InputProblem(
            Sentence("{source} is not sound YAML.", source=source), str(error)
        ) from error
    return root


def _yaml_entry(node: _Node, parent: str | None, source: str) -> tuple[Entry, list[_Node]]:
    place = f"{source}, line {node.line}"
    if isinstance(node.value, str):
        return Entry(Tag(clean_name(node.value, place), parent), source, node.line), []
    if not node.is_mapping:
        raise InputProblem(
            Sentence("{place}: here stands a list where a tag should be.", place=place)
        )
    given = _Given({}, source)
    for key, value in zip(node.value[::2], node.value[1::2], strict=True):
        at = f"{source}, line {key.line}"
        if not isinstance(key.value, str) or key.value not in _KEYS:
            shown = key.value if isinstance(key.value, str) else "a list"
            raise InputProblem(
                Sentence(
                    "{at}: {shown} is unknown; a tag has {known}.",
                    at=at,
                    shown=shown,
                    known=", ".join(_KEYS),
                )
            )
        if key.value in given.values:
            raise InputProblem(
                Sentence("{at}: {key} stands twice in one tag.", at=at, key=key.value)
            )
        given.values[key.value] = value
    packs = given.words("packs") or _PACKS_OF_NONE
    for pack in packs:
        if pack not in PACKS:
            raise InputProblem(
                Sentence(
                    "{place}: there is no pack {pack}; there are {known}.",
                    place=place,
                    pack=pack,
                    known=", ".join(PACKS),
                )
            )
    often = given.word("often") or "1"
    if often not in {"0", "1", "2", "3"}:
        raise InputProblem(
            Sentence("{place}: often is 0, 1, 2 or 3, not {often}.", place=place, often=often)
        )
    tag = Tag(
        name=clean_name(given.word("name"), place),
        parent=parent,
        prompt=given.word("prompt"),
        aliases=given.words("aliases"),
        sentences=given.words("sentences"),
        descriptors=given.words("descriptors"),
        often=int(often),
        packs=packs,
        is_group=given.flag("group"),
        hand_only=given.flag("hand_only"),
    )
    return Entry(tag, source, node.line), given.nodes("children")


@dataclass(frozen=True, slots=True)
class _Given:
    """What a YAML mapping says of one tag, taken out in the type that each key needs."""

    values: dict[str, _Node]
    source: str

    def word(self, key: str) -> str:
        node = self.values.get(key)
        return "" if node is None else self._text(node, key)

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._text(node, key) for node in self.nodes(key)))

    def flag(self, key: str) -> bool:
        word = self.word(key).casefold() or "false"
        if word not in _TRUTH:
            raise InputProblem(
                Sentence(
                    "{place}: {key} is true or false.", place=self._place(self.values[key]), key=key
                )
            )
        return _TRUTH[word]

    def nodes(self, key: str) -> list[_Node]:
        node = self.values.get(key)
        if node is None or node.value == "":
            return []
        if isinstance(node.value, str) or node.is_mapping:
            raise InputProblem(
                Sentence("{place}: {key} is a list.", place=self._place(node), key=key)
            )
        return node.value

    def _text(self, node: _Node, key: str) -> str:
        if not isinstance(node.value, str) or not node.value.strip():
            raise InputProblem(
                Sentence("{place}: {key} needs plain words here.", place=self._place(node), key=key)
            )
        return clean(node.value, self._place(node))

    def _place(self, node: _Node) -> str:
        return f"{self.source}, line {node.line}"
