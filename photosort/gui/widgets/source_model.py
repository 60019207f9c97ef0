"""Where photos can be taken from: folders, time, albums, tags, searches, as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from photosort.gui import words

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
    """The tree of sources."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Qt's indexes carry a number, not a pointer: one that is out of date then finds the root.
        self._root = _Node(Source("", ""), None, 0, 0)
        self._nodes = [self._root]
        self._by_key: dict[str, _Node] = {}

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Shows another tree. Sections without rows are left out.

        Raises:
            ValueError: two rows have the same key.
        """
        self.beginResetModel()
        self._by_key.clear()
        self._root = _Node(Source("", ""), None, 0, 0)
        self._nodes = [self._root]
        self._grow(self._root, [s for s in sources if s.children or not s.is_section])
        self.endResetModel()

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
                f"{source.title}, {words.photos(source.count or 0)}" if has_count else source.title
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
        number = index.internalId() if index.isValid() else 0
        return self._nodes[number] if number < len(self._nodes) else self._root

    def _grow(self, node: _Node, sources: Sequence[Source]) -> None:
        for row, source in enumerate(sources):
            if source.key in self._by_key:
                raise ValueError(f"two sources are called {source.key!r}")
            child = _Node(source, node, row, len(self._nodes))
            self._nodes.append(child)
            node.children.append(child)
            self._by_key[source.key] = child
            self._grow(child, source.children)
