"""Journeys through the window, one after the other: what the pictures of the documentation show."""

from __future__ import annotations

import os
import shutil
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QSlider

from photosort.domain.tags import TagState
from photosort.gui.dialogs.import_photos import ImportPhotosDialog
from photosort.gui.dialogs.preferences import PreferencesDialog
from photosort.gui.dialogs.tag_batch import TagBatchDialog
from photosort.gui.pages.albums import AlbumsPage
from photosort.gui.pages.duplicates import DuplicatesPage
from photosort.gui.pages.map_page import MapPage
from photosort.gui.pages.models import ModelsPage
from photosort.gui.pages.problems import ProblemsPage
from photosort.gui.pages.review import ReviewPage
from photosort.gui.pages.tags import TagsPage
from photosort.gui.panels import sources
from photosort.gui.widgets.model_card import ModelCard
from photosort.media.photo_sources import PhotoSource
from photosort.usecases.albums import user_albums as albums
from photosort.usecases.search.filter_choices import Aspect
from tools import sample_photos
from tools.screenshots.session import ScreenshotSession

# Of the photos: their small pictures are on screen, and the others still wait.
_SOME_READ = 8


def run(session: ScreenshotSession) -> list[str]:
    """Runs every journey that has a wanted picture, in an order in which each finds what it needs.

    A journey that fails takes only its own pictures with it.

    Returns:
        The names of the journeys that failed.
    """
    begin(session)
    failed = []
    for journey, names in _JOURNEYS:
        if not session.pictures.wants_any(*names):
            continue
        try:
            journey(session)
        except Exception:
            traceback.print_exc()
            failed.append(journey.__name__)
            session.return_to_photos()
    return failed


def begin(session: ScreenshotSession) -> None:
    """The first ten minutes: nothing, a folder, reading, what can be tried."""
    window = session.window
    session.take("welcome")
    window.intake.add_folders([str(session.photos)])
    strip = window.workspace.status.worker
    session.wait(lambda: strip._bar.isVisible() and strip._bar.value() >= _SOME_READ)
    session.take("reading", at_work=True)
    session.wait(lambda: not window.is_indexing)
    session.wait(lambda: window.can_suggest)
    if session.pictures.wants_any("first-card"):
        session.wait(window.workspace.first_card.isVisible, seconds=120)
        session.take("first-card")
    window.workspace.first_card.close_card()
    session.settle()


def browsing(session: ScreenshotSession) -> None:
    """The photos, one of them selected, and what is known of it."""
    window = session.window
    changes = session.library.changes
    changes.say("cat", [session.photo("chelsea_1"), session.photo("chelsea_3")], TagState.CONFIRMED)
    changes.say("Rex", [session.photo("chelsea_2")], TagState.CONFIRMED)
    # The small built-in model sees people where there are none; some answers teach it better.
    wrong = (
        "china_1",
        "coffee_1",
        "flower_1",
        "motorcycle_left_1",
        "hubble",
        "page",
        "chelsea_4",
        "rocket_1",
    )
    changes.say("people", [session.photo(name) for name in wrong], TagState.REJECTED)
    right = ("astronaut_1", "camera_1")
    changes.say("people", [session.photo(name) for name in right], TagState.CONFIRMED)
    changes.rate([session.photo("chelsea_1"), session.photo("china_1")], 4)
    changes.rate([session.photo("astronaut_1")], 5)
    session.settle()
    window.workspace.toast.hide()
    session.select("chelsea_1")
    session.take("photos")
    session.select("china_1", "china_2", "china_3")
    window.centre.grid.verticalScrollBar().setValue(0)
    session.take("several")


def why_a_tag(session: ScreenshotSession) -> None:
    """See a tag, read why, reject it, others change, undo."""
    window = session.window
    chosen = _with_reasons(session)
    if chosen is None:
        raise RuntimeError("no suggested tag has reasons")
    photo, name = chosen
    window.centre.grid.go_to_photo(photo)
    session.settle()
    session.wait(lambda: name in window.workspace.information.tags._chips)
    chip = window.workspace.information.tags.chip(name)
    chip.why_asked.emit(name)
    session.take("tag-why")
    chip.answered.emit(name, False)
    session.settle(1.0)
    session.take("tag-rejected")
    window.photos.undo()
    session.settle(1.0)
    session.take("tag-undone")
    window.workspace.toast.hide()
    window.workspace.information.tags.chip(name).why_asked.emit(name)


def _with_reasons(session: ScreenshotSession) -> tuple[int, str] | None:
    """A suggestion that is wrong and has reasons; else whichever has most of them."""
    best: tuple[bool, int, int, str] | None = None
    for photo in session.catalog.ids.tolist():
        for tag in session.library.model.suggestions(photo):
            is_wrong = (photo, tag.name) in {
                (session.photo("flower_3"), "food"),
                (session.photo("flower_2"), "food"),
            }
            one = (is_wrong, len(tag.why), photo, tag.name)
            if tag.why and (best is None or one > best):
                best = one
    return None if best is None else best[2:]


def searching(session: ScreenshotSession) -> None:
    """Good matches, possible ones, chips, nothing, typing."""
    window = session.window
    session.ask("a building")
    session.select("china_1")
    session.take("search")
    session.ask("a cup of coffee on:2022 -people")
    session.select("coffee_1")
    session.take("search-why")
    session.ask("submarine")
    session.take("search-nothing")
    session.ask("")
    session.select("rocket_1")
    window.commands["similar"].trigger()
    session.wait(lambda: window.shown is not None and window.shown.asked.example is not None)
    session.type_text("at night")
    session.take("search-alike")
    window.workspace.search.field.clear()
    session.type_text("coffee 2022 without people")
    session.take("search-ghosts")
    window.workspace.search.field.clear()
    session.type_text("camera:")
    session.take("search-completion")
    window.workspace.search.field.clear()
    for text in ("a rocket at night", "place:Lisbon a man with a camera", "coffee on:2022"):
        window.workspace.search._on_submitted(text)
    session.ask("")
    window.centre.grid.setFocus()
    window.navigation.go_to_search()
    session.settle()
    session.take("search-recent")
    window.workspace.search.field.hide_completions()
    filtering(session)
    session.ask("a flower on:2022")
    with session.dialog(window.commands["save-search"].trigger, QDialog):
        session.take("search-save")
    session.ask("")


def filtering(session: ScreenshotSession) -> None:
    """The filter bar with the choices of one button open."""
    window = session.window
    bar = window.workspace.filters
    session.ask("kind:photo", by_sight=False)
    window.commands["filters"].trigger()
    session.wait(lambda: bar._choices is not None and bar._choices.chosen(Aspect.KIND))
    button = bar._buttons[Aspect.CAMERA]
    button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
    session.take("search-filters")
    _close_menu(session)
    window.commands["filters"].trigger()


def stacking(session: ScreenshotSession) -> None:
    """A stack that is closed, and one that is open."""
    window = session.window
    for names in (("china_1", "china_2", "china_3"), ("flower_1", "flower_2", "flower_3")):
        session.select(*names)
        window.commands["stack"].trigger()
        session.rest()
    window.workspace.toast.hide()
    session.select("china")
    window.photos.toggle_stack()
    session.take("stack")
    for _ in range(2):
        window.photos.undo()
        session.rest()
    window.commands["stacks"].trigger()
    window.workspace.toast.hide()
    session.settle()


def large(session: ScreenshotSession) -> None:
    """One photo large: information, where a search matched, slideshow; and several side by side."""
    window = session.window
    loupe = session.library.large.loupe
    session.select("rocket_1")
    window.photos.open_current()
    session.take("loupe")
    loupe._show_information(True)
    session.take("loupe-information")
    loupe._show_information(False)
    loupe.toggle_histogram()
    session.wait(lambda: loupe._histogram.tones is not None)
    session.take("loupe-histogram")
    loupe.toggle_histogram()
    loupe.closed.emit(loupe.current_photo())
    session.ask("a cup of coffee")
    session.select("coffee_1")
    window.photos.open_current()
    session.settle(1.5)
    loupe.show_heat()
    session.wait(lambda: loupe.view.heat is not None)
    session.take("loupe-where")
    loupe._show_heat(False)
    loupe.closed.emit(loupe.current_photo())
    session.ask("")
    session.select("china_1")
    window.photos.open_current()
    session.settle(1.5)
    # Long enough for both pictures to show the same photo.
    loupe.slideshow.set_interval_s(600)
    # In the window, as large as the other pictures.
    loupe.slideshow.start()
    loupe._refresh()
    session.take("slideshow", at_work=True)
    loupe.slideshow.stop()
    loupe.closed.emit(loupe.current_photo())
    session.select("china_1", "china_2", "china_3")
    window.commands["compare"].trigger()
    session.take("compare")
    session.library.large.compare.closed.emit(-1)
    session.settle()


def tagging(session: ScreenshotSession) -> None:
    """Review, the page of all tags, many suggestions at once."""
    window = session.window
    page = session.page(sources.REVIEW, ReviewPage)
    session.wait(lambda: len(page._photos.arrangement), seconds=60)
    session.take("review")
    if "food" in [page._tags.itemData(row) for row in range(page._tags.count())]:
        page.ask_about("food")
        session.rest()
    asked = page._photos.arrangement.ids.tolist()
    flowers = [photo for photo in asked if "flower" in window.book.paths(np.array([photo]))[0].name]
    page._grid.select_photos(np.array(flowers[:1] or asked[-1:]))
    page.answer(TagState.REJECTED)
    session.settle(1.2)
    session.take("review-answered")
    window.photos.undo()
    session.settle()
    window.workspace.toast.hide()
    tags = session.page(sources.TAGS, TagsPage)
    session.wait(lambda: tags._rows)
    tags._search.setText("cat")
    session.settle()
    found = tags._model.match(
        tags._model.index(0, 0),
        Qt.ItemDataRole.DisplayRole,
        "cat",
        1,
        Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
    )
    tags._tree.setCurrentIndex(tags._shown.mapFromSource(found[0]))
    session.take("tags")
    window.navigation.go_to(sources.EVERYTHING)
    session.settle()
    window.centre.grid.selection.clear()
    with session.dialog(window.commands["tag-many"].trigger, TagBatchDialog) as dialog:
        session.wait(lambda: dialog._batch is not None)
        for slider in dialog.findChildren(QSlider):
            slider.setValue(60)
        session.take("tag-many")


def grouping(session: ScreenshotSession) -> None:
    """Albums: none yet, themes, inside one, suggestions, events, places, own, map."""
    window = session.window
    page = session.page(sources.ALBUMS, AlbumsPage)
    session.take("albums-none")
    page.look()
    session.wait(lambda: page._job is None and page._shelf is not None and page._shelf.is_grouped)
    session.settle(1.0)
    session.take("albums")
    cards = page._shelf.cards if page._shelf is not None else []
    inside = {card.parent for card in cards}
    themes = [one for one in cards if one.kind == "theme" and one.parent is None]
    page.open_album(max(themes, key=lambda one: (one.id not in inside, one.size)).id)
    session.settle()
    session.take("album")
    session.window.navigation.go_back()
    page.show_tab("event")
    session.take("albums-events")
    page.show_tab("place")
    session.take("albums-places")
    library = session.library.session
    session.library.changes.carry_out(
        lambda: albums.create(
            library, "For grandmother", [session.photo("chelsea_2"), session.photo("flower_1")]
        )[1]
    )
    session.settle()
    page.show_tab("own")
    session.take("albums-own")
    page.show_tab("map")
    session.wait(lambda: page.map._job is None and len(page.map.map._ids), seconds=120)
    session.settle(1.0)
    session.take("map")
    shown = page.map.map
    middle = QPointF(shown.width() / 2, shown.height() / 2)
    shown.zoom_at(2.5, middle)
    session.take("map-near")
    window.navigation.go_to(sources.EVERYTHING)
    session.settle()


def mapping(session: ScreenshotSession) -> None:
    """The map: all photos, and one photo that is to be put on it."""
    # Where no journey before this one closed it.
    session.window.workspace.first_card.close_card()
    page = session.page(sources.MAP, MapPage)
    session.wait(lambda: page.map.has_towns)
    session.settle()
    session.wait(lambda: page.map.is_whole)
    session.take("places")
    session.window.navigation.go_to(sources.EVERYTHING)
    session.window.centre.grid.select_photos(
        np.array([session.photo("coffee_1"), session.photo("flower_1")], np.int64)
    )
    session.window.commands["place-on-map"].trigger()
    page.show_place(38.72, -9.14)
    session.wait(lambda: page.map.takes_places and page.map.is_whole)
    session.take("places-tray")
    page.close_tray()
    session.window.navigation.go_to(sources.EVERYTHING)
    session.settle()


def suggesting(session: ScreenshotSession) -> None:
    """What photos that arrived later would change in the albums."""
    window = session.window
    sample_photos.add_later_photos(session.photos)
    window.intake.update_all()
    session.wait(lambda: not window.is_indexing)
    session.rest()
    page = session.page(sources.ALBUMS, AlbumsPage)
    page.show_tab("theme")
    session.wait(lambda: page._job is None and page._shelf is not None and page._shelf.suggestions)
    session.take("albums-suggestion")
    window.navigation.go_to(sources.EVERYTHING)


def duplicates(session: ScreenshotSession) -> None:
    """Photos that are there more than once, and the same file in two places."""
    window = session.window
    page = session.page(sources.DUPLICATES, DuplicatesPage)
    session.take("duplicates-none")
    sample_photos.add_copies(session.photos)
    window.intake.update_all()
    session.wait(lambda: not window.is_indexing)
    page = session.page(sources.DUPLICATES, DuplicatesPage)
    page.look()
    session.wait(lambda: page._job is None and page._cards, seconds=120)
    session.rest()
    session.take("duplicates")
    page.show_lane("exact")
    session.take("duplicates-bytes")
    window.navigation.go_to(sources.EVERYTHING)
    session.settle()


def importing(session: ScreenshotSession) -> None:
    """A card with some photos that are new and some that are not."""
    window = session.window
    card = session.home.parent / "EOS_DIGITAL"
    sample_photos.add_later_photos(card / "DCIM")
    for path in sorted(session.photos.rglob("*china_*.jpg"))[:3]:
        shutil.copy(path, card / "DCIM" / path.name)
    window.apply(replace(window.settings(), import_folder="/home/maria/Pictures"))
    with session.dialog(window.commands["import"].trigger, ImportPhotosDialog) as dialog:
        # Whatever else is connected to this machine.
        dialog._again.stop()
        dialog.show_sources([PhotoSource(card.name, card, is_phone=False)])
        session.wait(dialog._go.isEnabled)
        session.take("import")


def dialogs(session: ScreenshotSession) -> None:
    """Menus and dialogs."""
    window = session.window
    session.select("china_1", "china_2", "china_3")
    own = os.environ["HOME"]
    # Where somebody's copies go is nobody else's business.
    os.environ["HOME"] = "/home/maria"
    with session.dialog(window.commands["export"].trigger, QDialog):
        session.take("export")
    os.environ["HOME"] = own
    with session.dialog(window.commands["new-album"].trigger, QDialog):
        session.take("album-new")
    with session.dialog(window.commands["preferences"].trigger, PreferencesDialog) as dialog:
        names = ("folders", "model", "tags", "look", "speed")
        for number, name in enumerate(names):
            dialog.show_page(number)
            session.take(f"preferences-{name}")
    with session.dialog(window.commands["shortcuts"].trigger, QDialog):
        session.take("keys")
    with session.dialog(window.commands["about"].trigger, QDialog):
        session.take("about")
    window.workspace.menu_button.click()
    session.take("menu")
    _close_menu(session)
    window.centre.grid.menu_asked.emit(window.centre.grid.mapToGlobal(QPoint(220, 160)))
    session.take("menu-photo")
    _close_menu(session)


def _close_menu(session: ScreenshotSession) -> None:
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()
    session.settle(0.2)


def problems(session: ScreenshotSession) -> None:
    """Files that cannot be used, and when there are none."""
    window = session.window
    session.page(sources.PROBLEMS, ProblemsPage)
    session.take("problems-none")
    sample_photos.add_broken_files(session.photos)
    window.intake.update_all()
    session.wait(lambda: not window.is_indexing)
    session.page(sources.PROBLEMS, ProblemsPage)
    session.take("problems")


def models(session: ScreenshotSession) -> None:
    """The picture models: all, one on its way, one that failed, a file that is none, a change of model."""
    from tests.fixtures.loopback_hub import LoopbackHub, serve, silence, web_page

    page = session.page(sources.MODELS, ModelsPage)
    session.wait(lambda: page.findChildren(ModelCard))
    session.take("models")
    released = threading.Event()
    os.environ["no_proxy"] = "127.0.0.1"
    with serve(LoopbackHub()) as hub:
        repo = "timm/MobileCLIP2-S0-OpenCLIP"
        hub.add(repo, "open_clip_config.json", b"{}")
        hub.add(repo, "open_clip_model.safetensors", bytes(299_000_000))
        os.environ["PHOTOSORT_HUB"] = hub.url
        hub.once = [_plain, silence(released)]
        page._download("MobileCLIP2-S0")
        card = page._cards["MobileCLIP2-S0"]
        session.wait(lambda: card._bar.value() > 100, seconds=90)
        session.take("models-download", at_work=True)
        page.stop_downloads()
        released.set()
        session.wait(lambda: not page._jobs, seconds=60)
        hub.once = [web_page] * 12
        page._download("ViT-B-32-256-DataComp")
        session.wait(lambda: not page._jobs, seconds=120)
        session.take("models-failed")
    no_model = session.home / "holiday.safetensors"
    no_model.write_bytes(b"these are no tensors")
    page.import_from(no_model)
    session.settle(2.0)
    _scroll(page, to=100_000)
    session.take("models-import")
    if session.pictures.wants_any("models-upgrade"):
        _upgrade(session)


def _plain(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    from tests.fixtures.loopback_hub import answer

    answer(handler, content)


def _scroll(page: ModelsPage, *, to: int) -> None:
    for area in page.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(to)


def _upgrade(session: ScreenshotSession) -> None:
    from tests.fixtures import tiny_clip

    page = session.page(sources.MODELS, ModelsPage)
    _scroll(page, to=0)
    folder = tiny_clip.cached(steps=40)
    page.import_from(folder)
    session.wait(lambda: any("tiny" in name for name in page._cards), seconds=60)
    name = next(name for name in page._cards if "tiny" in name)
    session.settle()
    page._use(name)
    worker = session.library.worker
    session.wait(lambda: session.window.is_indexing, seconds=60)
    worker.pause(on=True)
    session.settle()
    page.refresh()
    session.take("models-upgrade", at_work=True)
    worker.pause(on=False)
    session.wait(lambda: not session.window.is_indexing)


_JOURNEYS: tuple[tuple[Callable[[ScreenshotSession], None], tuple[str, ...]], ...] = (
    (browsing, ("photos", "several")),
    (why_a_tag, ("tag-why", "tag-rejected", "tag-undone")),
    (
        searching,
        (
            "search",
            "search-why",
            "search-nothing",
            "search-alike",
            "search-ghosts",
            "search-completion",
            "search-recent",
            "search-save",
            "search-filters",
        ),
    ),
    (
        large,
        (
            "loupe",
            "loupe-information",
            "loupe-histogram",
            "loupe-where",
            "slideshow",
            "compare",
        ),
    ),
    (stacking, ("stack",)),
    (tagging, ("review", "review-answered", "tags", "tag-many")),
    (
        grouping,
        (
            "albums-none",
            "albums",
            "album",
            "albums-events",
            "albums-places",
            "albums-own",
            "map",
            "map-near",
        ),
    ),
    (mapping, ("places", "places-tray")),
    (importing, ("import",)),
    (suggesting, ("albums-suggestion",)),
    (duplicates, ("duplicates-none", "duplicates", "duplicates-bytes")),
    (
        dialogs,
        (
            "export",
            "album-new",
            *(f"preferences-{name}" for name in ("folders", "model", "tags", "look", "speed")),
            "keys",
            "about",
            "menu",
            "menu-photo",
        ),
    ),
    (problems, ("problems", "problems-none")),
    (
        models,
        ("models", "models-download", "models-failed", "models-import", "models-upgrade"),
    ),
)
