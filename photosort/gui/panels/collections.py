"""Albums, saved searches and folders of the left panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from photosort.domain.query import Field
from photosort.gui.base import desktop_open, icons
from photosort.gui.panels import sources
from photosort.search.query_language import chips
from photosort.usecases.albums import user_albums
from photosort.usecases.search import saved_searches

if TYPE_CHECKING:
    from photosort.domain.albums import SavedSearch
    from photosort.domain.changes import ChangeSet
    from photosort.gui.controllers.decisions import Changes
    from photosort.search.query_language import Chip
    from photosort.usecases.session.session import Session

_MOST_SAVED = 20
_LONGEST_SHOWN = 60
_ICON = 16


class CollectionsPanel(QObject):
    """Asks for names and passes them to the use cases, each one entry of the history.

    Signals:
        query_asked: a saved search is wanted (its key in the left panel: str).
        reread_asked: every file of a folder (path: str) is to be read again.
    """

    query_asked = Signal(str)
    reread_asked = Signal(str)

    def __init__(
        self,
        window: QWidget,
        selected: Callable[[], Sequence[int]],
        query: Callable[[], str],
    ) -> None:
        """Keeps nothing yet.

        Args:
            window: dialogs and menus belong to it.
            selected: the photos that are selected now.
            query: what is searched for now.
        """
        super().__init__(window)
        self._window = window
        self._selected = selected
        self._query = query
        self._session: Session | None = None
        self._changes: Changes | None = None
        self._albums: Sequence[str] = ()
        self._saved: Sequence[SavedSearch] = ()
        self._roots: dict[str, int] = {}

    def open_library(self, session: Session, changes: Changes) -> None:
        """Keeps in a library from now on."""
        self._session, self._changes = session, changes

    def set_known(self, names: Sequence[str], saved: Sequence[SavedSearch]) -> None:
        """Knows the names of the albums and the saved searches there are."""
        self._albums, self._saved = names, saved

    def set_folders(self, roots: Mapping[str, int]) -> None:
        """Knows the folders that the user added: path to id."""
        self._roots = dict(roots)

    # Searches

    def query_of(self, key: str) -> str | None:
        """The query of a saved search's row; None for any other row."""
        saved = self._saved_of(key)
        return None if saved is None else saved.query

    def save_search(self) -> None:
        """Asks for a name and saves what is searched for now."""
        query = self._query().strip()
        if query:
            about = self.tr("New photos that answer it appear in it by themselves.")
            self._ask(
                self.tr("Save this search"),
                self.tr("Save"),
                lambda name: self._carry_out(
                    lambda session: saved_searches.save(session, name, query)[1]
                ),
                name=query,
                about=about,
            )

    def fill_search_menu(self, menu: QMenu) -> None:
        """Saving what is searched for, and what was saved."""
        save = self._entry(menu, self.tr("Save this search\u2026"), self.save_search, "bookmark")
        save.setEnabled(bool(self._query().strip()))
        if self._saved:
            menu.addSeparator()
        for one in self._saved[:_MOST_SAVED]:
            ask = partial(self.query_asked.emit, sources.saved_key(one.id))
            self._entry(menu, _shortened(one.name), ask, "search")

    # Albums

    def new_album(self) -> None:
        """Asks for a name and makes an album of the selected photos."""
        ids = list(self._selected())
        self._ask(
            self.tr("New album"),
            self.tr("Create"),
            lambda name: self._carry_out(lambda session: user_albums.create(session, name, ids)[1]),
            about=self.tr("%Ln photo(s) will be in it.", "", len(ids)),
        )

    def put_into(self, key: str) -> None:
        """Puts the selected photos into the album of a row, if it is one."""
        name, ids = sources.album_of(key), list(self._selected())
        if name and ids:
            self._carry_out(lambda session: user_albums.add(session, name, ids))

    def fill_album_menu(self, menu: QMenu) -> None:
        """Where the selected photos can be put, and taken out of."""
        self._entry(menu, self.tr("New album\u2026"), self.new_album, "plus")
        if self._albums:
            menu.addSeparator()
        for name in self._albums:
            key = sources.album_key(name)
            self._entry(menu, _shortened(name), partial(self.put_into, key), "album")
        shown = [chip.value for chip in chips(self._query()) if _is_album(chip)]
        if shown:
            menu.addSeparator()
        for name in shown:
            text = self.tr("Remove from \u201c{name}\u201d").format(name=_shortened(name))
            self._entry(menu, text, partial(self._take_out, name), "minus")

    def _take_out(self, name: str) -> None:
        ids = list(self._selected())
        self._carry_out(lambda session: user_albums.remove_photos(session, name, ids))

    # The rows of the left panel

    def show_row_menu(self, key: str, point: QPoint) -> None:
        """The menu of an album, a saved search or a folder."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        album = sources.album_of(key)
        saved = self._saved_of(key)
        folder = sources.folder_of(key)
        if album:
            put = self._entry(
                menu, self.tr("Add the selected photos"), partial(self.put_into, key), "plus"
            )
            put.setEnabled(bool(self._selected()))
            menu.addSeparator()
            self._entry(menu, self.tr("Rename\u2026"), partial(self._rename_album, album), "edit")
            self._entry(menu, self.tr("Delete album"), partial(self._delete_album, album), "remove")
        elif saved is not None:
            self._entry(menu, self.tr("Rename\u2026"), partial(self._rename_saved, saved), "edit")
            self._entry(menu, self.tr("Delete"), partial(self._delete_saved, saved), "remove")
        elif folder:
            self._fill_folder_menu(menu, folder)
        else:
            menu.deleteLater()
            return
        menu.popup(point)

    def rename(self, key: str) -> None:
        """Asks for another name of the album or saved search of a row; other rows have none to give."""
        album, saved = sources.album_of(key), self._saved_of(key)
        if album:
            self._rename_album(album)
        elif saved is not None:
            self._rename_saved(saved)

    def _saved_of(self, key: str) -> SavedSearch | None:
        return next((one for one in self._saved if sources.saved_key(one.id) == key), None)

    def _fill_folder_menu(self, menu: QMenu, folder: str) -> None:
        show = partial(desktop_open.open_file, folder)
        self._entry(menu, self.tr("Show in file manager"), show, "folder")
        self._entry(menu, self.tr("Read again"), partial(self.reread_asked.emit, folder), "refresh")
        root = self._roots.get(folder)
        if root is not None:
            menu.addSeparator()
            remove = partial(self._remove_folder, root)
            self._entry(menu, self.tr("Remove from library"), remove, "remove")

    def _remove_folder(self, root: int) -> None:
        from photosort.usecases.photos import roots

        self._carry_out(lambda session: roots.remove(session, root))

    def _rename_album(self, album: str) -> None:
        self._ask(
            self.tr("Rename album"),
            self.tr("Rename"),
            lambda name: self._carry_out(lambda session: user_albums.rename(session, album, name)),
            name=album,
        )

    def _delete_album(self, album: str) -> None:
        self._carry_out(lambda session: user_albums.delete(session, album))

    def _rename_saved(self, saved: SavedSearch) -> None:
        self._ask(
            self.tr("Rename search"),
            self.tr("Rename"),
            lambda name: self._carry_out(
                lambda session: saved_searches.rename(session, saved.id, name)
            ),
            name=saved.name,
        )

    def _delete_saved(self, saved: SavedSearch) -> None:
        self._carry_out(lambda session: saved_searches.delete(session, saved.id))

    # Inside

    def _ask(
        self, title: str, verb: str, then: Callable[[str], None], *, name: str = "", about: str = ""
    ) -> None:
        from photosort.gui.dialogs.name import ask_name

        ask_name(self._window, title, verb, then, name=name, about=about)

    def _carry_out(self, work: Callable[[Session], ChangeSet]) -> None:
        session, changes = self._session, self._changes
        if session is not None and changes is not None:
            changes.carry_out(lambda: work(session))

    def _entry(self, menu: QMenu, text: str, act: Callable[[], object], icon: str = "") -> QAction:
        action = QAction(text.replace("&", "&&"), menu)
        if icon:
            action.setIcon(icons.icon(icon, edge_px=_ICON))
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        return action


def _is_album(chip: Chip) -> bool:
    return chip.field == Field.ALBUM and not chip.negated


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1].rstrip() + "\u2026"
