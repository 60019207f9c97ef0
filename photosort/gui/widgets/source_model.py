"""Tree model of the left panel: folders, time, albums, tags, searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from photosort.gui.base import formatting

KEY = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
ICON = Qt.ItemDataRole.UserRole + 2
IS_SECTION = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the tree.

    Attributes:
        key: what it is ("folder:12/2023", "tag:dog"); unique in the tree.
        title: what the row says.
        count: photos in it, or None where that is not known or of no use.
        icon: name of an icon, or "".
        children: rows below it.
        is_section: a heading that cannot be chosen; without children it is not shown at all.
        takes_photos: photos may be dropped on it.
        is_dimmed: it is not there now (an unplugged drive).
        hint: more about it for the tool tip (the whole path), or "".
    """

    key: str
    title: str
    count: int | None = None
    icon: str = ""
    children: tuple[Source, ...] = ()
    is_section: bool = False
    takes_photos: bool = False
    is_dimmed: bool = False
    hint: str = ""


@dataclass(eq=False, slots=True)
class _Node:
    source: Source
    parent: _Node | None
    row: int
    number: int
    children: list[_Node] = field(default_factory=list)


class SourceModel(QAbstractItemModel):
    """The tree of sources. Another tree is told to the views as what differs from the one before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Qt's indexes carry a number, not a pointer, and none is used twice: one that is out of date then finds
        # the root.
        self._numbers = count()
        self._root = _Node(Source("", ""), None, 0, next(self._numbers))
        self._nodes = {self._root.number: self._root}
        self._by_key: dict[str, _Node] = {}

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Shows another tree. Sections without rows are left out.

        Rows that are the very objects of the tree before cost nothing.

        Raises:
            ValueError: two rows have the same key.
        """
        shown = [source for source in sources if source.children or not source.is_section]
        # Everything that goes, goes first: a row may come back below another one.
        self._remove_lost(self._root, shown)
        self._bring_up_to_date(self._root, shown)

    def set_count(self, key: str, photos: int) -> None:
        """Changes the number of photos of one row, if it is there."""
        node = self._by_key.get(key)
        if node is not None and node.source.count != photos:
            node.source = replace(node.source, count=photos)
            index = self._index(node)
            self.dataChanged.emit(index, index)

    def source(self, index: Index) -> Source:
        """The source of a row."""
        return self._node(index).source

    def index_of(self, key: str) -> QModelIndex:
        """Where a source stands; an invalid index if it is not there."""
        node = self._by_key.get(key)
        return QModelIndex() if node is None else self._index(node)

    def keys(self) -> Iterator[str]:
        """The keys of all rows."""
        return iter(self._by_key)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """As Qt asks for it."""
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self._index(children[row])

    @overload
    def parent(self) -> QObject | None: ...

    @overload
    def parent(self, child: Index) -> QModelIndex: ...

    def parent(self, child: Index | None = None) -> QObject | QModelIndex | None:
        """The row above a row; without one, the owner of the model."""
        if child is None:
            return super().parent()
        above = self._node(child).parent if child.isValid() else None
        if above is None or above is self._root:
            return QModelIndex()
        return self._index(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows below a row."""
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, count, icon, and all of it in words for screen readers."""
        if not index.isValid():
            return None
        source = self._node(index).source
        if role == Qt.ItemDataRole.AccessibleTextRole:
            has_count = source.count is not None and not source.is_section
            return (
                f"{source.title}, {formatting.photos(source.count or 0)}"
                if has_count
                else source.title
            )
        return {
            int(Qt.ItemDataRole.DisplayRole): source.title,
            int(Qt.ItemDataRole.ToolTipRole): source.hint or None,
            int(KEY): source.key,
            int(COUNT): source.count,
            int(ICON): source.icon,
            int(IS_SECTION): source.is_section,
        }.get(int(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Sections cannot be chosen; albums and tags take photos."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        source = self._node(index).source
        flags = Qt.ItemFlag.ItemIsEnabled
        if not source.is_section:
            flags |= Qt.ItemFlag.ItemIsSelectable
        if source.takes_photos:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def _index(self, node: _Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node.number)

    def _node(self, index: Index) -> _Node:
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def _remove_lost(self, node: _Node, sources: Sequence[Source]) -> None:
        """Takes away the rows below a node that are gone, or would stand in another order."""
        wanted = {source.key: source for source in sources}
        there = {child.source.key for child in node.children}
        stays = [child.source.key for child in node.children if child.source.key in wanted]
        order = [key for key in wanted if key in there]
        kept = {key for key, at in zip(stays, order, strict=True) if key == at}
        for first, last in _runs([child.source.key not in kept for child in node.children]):
            self.beginRemoveRows(self._above(node), first, last)
            for child in node.children[first : last + 1]:
                self._forget(child)
            del node.children[first : last + 1]
            _number_rows(node.children, first)
            self.endRemoveRows()
        for child in node.children:
            after = wanted[child.source.key].children
            if child.source.children is not after:
                self._remove_lost(child, after)

    def _bring_up_to_date(self, node: _Node, sources: Sequence[Source]) -> None:
        """Adds the new rows below a node, and tells of those that say something else than before."""
        kept = {child.source.key for child in node.children}
        is_new = [source.key not in kept for source in sources]
        self._check_keys(sources, is_new)
        # From the first on, each stands where it will stay.
        for first, last in reversed(_runs(is_new)):
            self.beginInsertRows(self._above(node), first, last)
            node.children[first:first] = [
                self._grown(source, node) for source in sources[first : last + 1]
            ]
            _number_rows(node.children, first)
            self.endInsertRows()
        changed = [
            child.row
            for child, source in zip(node.children, sources, strict=True)
            if child.source is not source and self._change(child, source)
        ]
        if changed:
            # One signal for all of them: views read again what is on screen.
            first_child, last_child = node.children[changed[0]], node.children[changed[-1]]
            self.dataChanged.emit(self._index(first_child), self._index(last_child))

    def _change(self, node: _Node, source: Source) -> bool:
        """Lets a row stand for something else; whether that is seen in the row itself."""
        before, node.source = node.source, source
        if before.children is not source.children:
            self._bring_up_to_date(node, source.children)
        return _seen(before) != _seen(source)

    def _check_keys(self, sources: Sequence[Source], is_new: Sequence[bool]) -> None:
        seen = {source.key for source, new in zip(sources, is_new, strict=True) if not new}
        if len(seen) < len(sources) - sum(is_new):
            raise ValueError(f"two sources are called alike: {[source.key for source in sources]}")
        seen.clear()
        for source, new in zip(sources, is_new, strict=True):
            for key in _keys(source) if new else ():
                if key in seen or key in self._by_key:
                    raise ValueError(f"two sources are called {key!r}")
                seen.add(key)

    def _grown(self, source: Source, parent: _Node) -> _Node:
        """A node with all below it; its place is given to it by who takes it in."""
        node = _Node(source, parent, 0, next(self._numbers))
        self._nodes[node.number] = node
        self._by_key[source.key] = node
        node.children = [self._grown(child, node) for child in source.children]
        _number_rows(node.children, 0)
        return node

    def _forget(self, node: _Node) -> None:
        del self._nodes[node.number]
        del self._by_key[node.source.key]
        for child in node.children:
            self._forget(child)

    def _above(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self._index(node)


def _number_rows(children: Sequence[_Node], first: int) -> None:
    for row in range(first, len(children)):
        children[row].row = row


def _seen(source: Source) -> tuple[object, ...]:
    """What a row shows of its source."""
    return (
        source.title,
        source.count,
        source.icon,
        source.is_section,
        source.takes_photos,
        source.is_dimmed,
        source.hint,
        bool(source.children),
    )


def _keys(source: Source) -> Iterator[str]:
    """The keys of a row and of all below it."""
    yield source.key
    for child in source.children:
        yield from _keys(child)


def _runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """The runs of True, the last first: first and last place of each."""
    found: list[tuple[int, int]] = []
    for place, is_marked in enumerate(marks):
        if not is_marked:
            continue
        if found and found[-1][1] == place - 1:
            found[-1] = found[-1][0], place
        else:
            found.append((place, place))
    return found[::-1]
