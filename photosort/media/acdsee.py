"""ACDSee's categories: a tree of keywords, as a text of XML inside of XMP."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CATEGORIES = "Xmp.acdsee.categories"
_ASSIGNED = "Assigned"
_CATEGORY = "Category"


def category_paths(text: str) -> list[str]:
    """The categories that a photo is in, levels parted by "|"; none of a text that is damaged."""
    tree = _parsed(text)
    return [] if tree is None else list(_assigned(tree))


def changed_categories(text: str, stays: Callable[[str], bool], add: Iterable[str]) -> str:
    """The text with other categories; "" where none is left, as it was where it is damaged.

    Args:
        text: as it stands in XMP.
        stays: whether a path stays.
        add: paths, levels parted by "|".
    """
    tree = _parsed(text)
    if tree is None:
        return text
    before = list(_assigned(tree))
    fresh = [path for path in add if path not in before]
    if not fresh and all(map(stays, before)):
        return text
    _leave(tree, stays)
    for path in fresh:
        node = tree
        for level in path.split("|"):
            node = _child(node, level)
        node.set(_ASSIGNED, "1")
    if not len(tree):
        return ""
    # digiKam looks for the tags as texts: an empty element that closes itself would shift its levels.
    return ElementTree.tostring(tree, encoding="unicode", short_empty_elements=False)


def _parsed(text: str) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return None


def _name(node: ElementTree.Element) -> str:
    return (node.text or "").strip()


def _assigned(node: ElementTree.Element, above: str = "") -> Iterator[str]:
    for child in node.findall(_CATEGORY):
        path = f"{above}{_name(child)}"
        if child.get(_ASSIGNED) == "1" and _name(child):
            yield path
        yield from _assigned(child, f"{path}|")


def _leave(node: ElementTree.Element, stays: Callable[[str], bool], above: str = "") -> None:
    """Takes out what does not stay, with the levels that then hold nothing."""
    for child in node.findall(_CATEGORY):
        path = f"{above}{_name(child)}"
        _leave(child, stays, f"{path}|")
        if child.get(_ASSIGNED) == "1" and not stays(path):
            child.set(_ASSIGNED, "0")
        if child.get(_ASSIGNED) != "1" and not len(child):
            node.remove(child)


def _child(node: ElementTree.Element, name: str) -> ElementTree.Element:
    for child in node.findall(_CATEGORY):
        if _name(child) == name:
            return child
    child = ElementTree.SubElement(node, _CATEGORY, {_ASSIGNED: "0"})
    child.text = name
    return child
