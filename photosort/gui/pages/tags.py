"""The page of tags: list, packs, which are suggested, and a form to change one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from photosort.domain.tags import Tag
from photosort.gui.base import formatting, theme
from photosort.gui.pages.keywords_card import KeywordsCard
from photosort.gui.pages.page_switching import CentrePage, PageParts
from photosort.gui.pages.tag_form import TagForm
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.flow import Flow
from photosort.progress import Job
from photosort.search.query_language.writer import quoted_value
from photosort.usecases.tags import own_keywords, vocabulary_editing

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.usecases.tags.vocabulary_editing import Overview, PackRow, TagRow

_KEY = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1
_FILES = "*.txt *.yaml *.yml"
_TREE_WIDTH = 320
_FORM_WIDTH = 300


class TagsPage(CentrePage):
    """A tree of all tags with a search line, switches for packs, and a form for the chosen tag."""

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._rows: dict[str, TagRow] = {}
        self._chosen = ""
        self._notes: tuple[str, ...] = ()
        self._trying: Job | None = None
        self._packs: dict[str, QPushButton] = {}
        self._said = label(role="second", wraps=True)
        self._switches = Flow(gap=theme.Gap.S)
        self._card = KeywordsCard()
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Find a tag"))
        self._search.setAccessibleName(self.tr("Find a tag"))
        self._search.setClearButtonEnabled(True)
        self._model = QStandardItemModel(0, 3, self)
        self._model.setHorizontalHeaderLabels(
            [self.tr("Tag"), self.tr("Photos"), self.tr("Suggested")]
        )
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._model)
        self._shown.setFilterRole(_WORDS)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setRecursiveFilteringEnabled(True)
        self._tree = QTreeView()
        self._form = TagForm()
        self._build()
        self._search.textChanged.connect(self._on_search)
        self._tree.selectionModel().currentChanged.connect(self._on_chosen)
        self._card.suggest_asked.connect(self._suggest_keywords)
        parts.changes.made.connect(self._on_change)
        self._form.saved.connect(self._save)
        self._form.switched.connect(self._switch)
        self._form.removed.connect(self._remove)
        self._form.photos_asked.connect(
            lambda name: self.source_asked.emit(f"tag:{quoted_value(name)}")
        )
        self.setFocusProxy(self._search)

    def refresh(self) -> None:
        """Reads all tags again."""
        session = self.parts.session
        self.parts.runner.latest(
            "tags-page",
            session.lanes.reads,
            lambda _job: vocabulary_editing.load_vocabulary(session),
            self._fill,
            owner=self,
        )

        self.parts.runner.latest(
            "own-keywords",
            session.lanes.reads,
            lambda _job: own_keywords.evaluate_keywords(session),
            self._card.show_keywords,
            owner=self,
        )

    def _suggest_keywords(self) -> None:
        session = self.parts.session
        job = Job()

        def work() -> ChangeSet:
            return own_keywords.suggest(session, job=job).change

        self._trying = job
        self.parts.runner.watch(job, self._card.show_progress, owner=self)
        self._do(work)

    def _on_change(self) -> None:
        # Else the last progress is told after what came of it.
        if self._trying is not None:
            self.parts.runner.unwatch(self._trying)
            self._trying = None

    def _build(self) -> None:
        self._tree.setModel(self._shown)
        self._tree.setAccessibleName(self.tr("Tags"))
        self._tree.setProperty("surface", "window")
        self._tree.setProperty("columns", "several")
        self._tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._tree.setUniformRowHeights(True)
        self._tree.setAllColumnsShowFocus(True)
        header = self._tree.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in (1, 2):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.L)
        column.setSpacing(theme.Gap.M)
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.S)
        row.addWidget(label(self.tr("Tags"), theme.Text.TITLE, strong=True))
        row.addStretch(1)
        row.addWidget(button(self.tr("Import\u2026"), self._import))
        row.addWidget(button(self.tr("Export\u2026"), self._export))
        row.addWidget(button(self.tr("New tag"), self._begin, icon="plus"))
        column.addLayout(row)
        column.addWidget(self._said)
        column.addWidget(self._card)
        column.addWidget(self._switches)
        left = QWidget()
        held = QVBoxLayout(left)
        held.setContentsMargins(0, 0, theme.Gap.M, 0)
        held.setSpacing(theme.Gap.S)
        held.addWidget(self._search)
        held.addWidget(self._tree, 1)
        parted = QSplitter(Qt.Orientation.Horizontal)
        parted.setChildrenCollapsible(False)
        parted.setHandleWidth(1)
        parted.addWidget(left)
        parted.addWidget(self._form)
        parted.setStretchFactor(0, 1)
        parted.setStretchFactor(1, 1)
        parted.setSizes([_TREE_WIDTH, _FORM_WIDTH])
        self._form.setMinimumWidth(_FORM_WIDTH)
        left.setMinimumWidth(_TREE_WIDTH)
        column.addWidget(parted, 1)

    # What is shown

    def _fill(self, found: Overview) -> None:
        self._rows = {row.tag.key: row for row in found.tags}
        # Corrections in a list that was just imported are reported once.
        self._said.setText(" ".join(self._notes) or self._sentence(found))
        self._notes = ()
        self._show_packs(found.packs)
        opened = self._opened()
        place = self._tree.verticalScrollBar().value()
        self._model.removeRows(0, self._model.rowCount())
        made: dict[str, QStandardItem] = {}
        for row in found.tags:
            items = self._items(row)
            above = made.get(row.tag.parent.casefold()) if row.tag.parent else None
            (above or self._model.invisibleRootItem()).appendRow(items)
            made[row.tag.key] = items[0]
        for key in opened & made.keys():
            self._tree.setExpanded(self._shown.mapFromSource(made[key].index()), True)
        self._tree.verticalScrollBar().setValue(place)
        self._form.set_tags([row.tag.name for row in found.tags])
        if self._chosen in made:
            self._tree.setCurrentIndex(self._shown.mapFromSource(made[self._chosen].index()))
            self._show_form()
        elif not self._form.is_new:
            self._form.show_nothing()

    def _sentence(self, found: Overview) -> str:
        every = formatting.count(found.in_use)
        if found.offered is None:
            return self.tr("{count} tags are in use.").format(count=every)
        said = {
            "measured": self.tr(
                "{model} offers {offered} of {count} tags: those at which it was measured to be good. "
                "The others are found by searching, and are offered once your answers show that they are right."
            ),
            "before": self.tr(
                "{model} offers {offered} of {count} tags: those that the model before it offered. "
                "The others are found by searching, and are offered once your answers show that they are right."
            ),
            "answers": self.tr(
                "{model} was never measured, so it offers a tag only once your answers show that it is right: "
                "{offered} of {count} so far. Say yes or no to a few photos under Review. "
                "The others are found by searching."
            ),
        }[found.grounds]
        return said.format(
            model=_model_name(found.model), offered=formatting.count(found.offered), count=every
        )

    def _show_packs(self, packs: tuple[PackRow, ...]) -> None:
        for pack in packs:
            switch = self._packs.get(pack.name)
            if switch is None:
                switch = self._packs[pack.name] = button("", kind="pack")
                switch.setCheckable(True)
                # PySide hands a partial no arguments of the signal.
                switch.clicked.connect(lambda on, name=pack.name: self._switch_pack(name, on=on))
                self._switches.add(switch)
            name = pack_name(pack.name)
            switch.setText(f"{name}  {formatting.count(pack.count)}")
            switch.setChecked(pack.on)
            switch.setAccessibleName(
                self.tr("Tags of {pack}, {count}").format(
                    pack=name, count=formatting.count(pack.count)
                )
            )

    def _items(self, row: TagRow) -> list[QStandardItem]:
        tag = row.tag
        name = QStandardItem(tag.name)
        name.setData(tag.key, _KEY)
        name.setData(" ".join((tag.name, *tag.aliases)), _WORDS)
        count = QStandardItem(formatting.count(row.confirmed) if row.confirmed else "")
        count.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        state = QStandardItem(self._state(row))
        items = [name, count, state]
        for item in items:
            item.setEditable(False)
            if not row.in_use:
                item.setForeground(theme.colour("text_off"))
        return items

    def _state(self, row: TagRow) -> str:
        if row.tag.is_group:
            return ""
        if not row.in_use:
            return self.tr("switched off")
        if row.tag.hand_only:
            return self.tr("by hand")
        return self.tr("offered") if row.offered else ""

    def _opened(self) -> set[str]:
        found: set[str] = set()
        waiting = [self._shown.index(n, 0) for n in range(self._shown.rowCount())]
        while waiting:
            index = waiting.pop()
            if self._tree.isExpanded(index):
                found.add(str(index.data(_KEY)))
                rows = self._shown.rowCount(index)
                waiting += [self._shown.index(n, 0, index) for n in range(rows)]
        return found

    # What the user does

    def _on_search(self, text: str) -> None:
        self._shown.setFilterFixedString(text.strip())
        if text.strip():
            self._tree.expandAll()

    def _on_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        key = str(now.siblingAtColumn(0).data(_KEY)) if now.isValid() else ""
        if key and key != self._chosen:
            self._chosen = key
            self._show_form()

    def _show_form(self) -> None:
        row = self._rows[self._chosen]
        self._form.show_tag(
            row.tag,
            enabled=row.enabled,
            is_own=row.origin != "shipped",
            confirmed=row.confirmed,
            rejected=row.rejected,
        )

    def _begin(self) -> None:
        above = self._rows.get(self._chosen)
        self._tree.clearSelection()
        self._chosen = ""
        self._form.begin(above.tag.name if above is not None and above.tag.is_group else "")

    def _save(self, name: str, tag: Tag) -> None:
        session = self.parts.session
        self._chosen = tag.key
        if name:
            self._do(lambda: vocabulary_editing.edit_tag(session, name, tag))
        else:
            self._do(lambda: vocabulary_editing.add_tag(session, tag))

    def _switch(self, name: str, on: bool) -> None:  # noqa: FBT001 (a slot)
        session = self.parts.session
        self._do(lambda: vocabulary_editing.switch_tags(session, [name], on=on))

    def _remove(self, name: str) -> None:
        session = self.parts.session
        self._chosen = ""
        self._do(lambda: vocabulary_editing.remove_tag(session, name))

    def _switch_pack(self, pack: str, *, on: bool) -> None:
        session = self.parts.session
        self._do(lambda: vocabulary_editing.switch_pack(session, pack, on=on))

    def _import(self) -> None:
        title = self.tr("Import tags")
        kinds = self.tr("Lists of tags ({endings})").format(endings=_FILES)
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            session = self.parts.session

            def work() -> ChangeSet:
                taken = vocabulary_editing.import_tags(session, Path(path))
                self._notes = taken.notes
                return taken.change

            self._do(work)

    def _export(self) -> None:
        title = self.tr("Export tags")
        kinds = self.tr("Lists of tags ({endings})").format(endings=_FILES)
        path, _ = QFileDialog.getSaveFileName(self, title, "tags.yaml", kinds)
        if path:
            session = self.parts.session
            self.parts.runner.run(
                session.lanes.reads,
                lambda _job: vocabulary_editing.export_tags(session, Path(path)),
                lambda count: self._said.setText(
                    self.tr("%Ln tag(s) written to {file}.", "", count).format(file=path)
                ),
                owner=self,
            )

    def _do(self, work: Callable[[], ChangeSet]) -> None:
        self.parts.changes.carry_out(work)


def pack_name(pack: str) -> str:
    """A pack in the language of the window."""
    return {
        "everyday": QCoreApplication.translate("packs", "Everyday"),
        "travel": QCoreApplication.translate("packs", "Travel"),
        "nature": QCoreApplication.translate("packs", "Nature"),
        "food": QCoreApplication.translate("packs", "Food"),
        "family events": QCoreApplication.translate("packs", "Family events"),
        "sports": QCoreApplication.translate("packs", "Sports"),
        "pets": QCoreApplication.translate("packs", "Pets"),
        "city": QCoreApplication.translate("packs", "City"),
        "work and documents": QCoreApplication.translate("packs", "Work and documents"),
    }[pack]


def _model_name(model: str) -> str:
    if model == "starter":
        return QCoreApplication.translate("packs", "The starter")
    return QCoreApplication.translate("packs", "The picture model {name}").format(name=model)
