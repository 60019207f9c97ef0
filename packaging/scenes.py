"""What the pictures of the documentation show: journeys through the window, one after the other."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shown_photos
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QSlider
from studio import Studio

from photosort.domain.tags import TagState
from photosort.gui.panels import sources
from photosort.gui.widgets.model_card import ModelCard
from photosort.usecases.albums import user_albums

ROOT = Path(__file__).parent.parent
# Of the photos: their small pictures are on screen, and the others still wait.
_SOME_READ = 8


def play(studio: Studio) -> list[str]:
    """Plays every scene that has a wanted picture, in an order in which each finds what it needs.

    A scene that fails takes only its own pictures with it.

    Returns:
        The names of the scenes that failed.
    """
    begin(studio)
    failed = []
    for scene, names in _SCENES:
        if not studio.film.has(*names):
            continue
        try:
            scene(studio)
        except Exception:
            traceback.print_exc()
            failed.append(scene.__name__)
            studio.come_back()
    return failed


def begin(studio: Studio) -> None:
    """The first ten minutes: nothing, a folder, reading, what can be tried."""
    window = studio.window
    studio.take("welcome")
    window.intake.add_folders([str(studio.photos)])
    strip = window.workspace.status.worker
    studio.wait(lambda: strip._bar.isVisible() and strip._bar.value() >= _SOME_READ)
    studio.take("reading", at_work=True)
    studio.wait(lambda: not window.is_indexing)
    studio.wait(lambda: window.can_suggest)
    if studio.film.has("first-card"):
        studio.wait(window.workspace.first_card.isVisible, seconds=120)
        studio.take("first-card")
    window.workspace.first_card.close_card()
    studio.settle()


def browsing(studio: Studio) -> None:
    """The photos, one of them selected, and what is known of it."""
    window = studio.window
    changes = window._library.changes
    changes.say("cat", [studio.photo("chelsea_1"), studio.photo("chelsea_3")], TagState.CONFIRMED)
    changes.say("Rex", [studio.photo("chelsea_2")], TagState.CONFIRMED)
    # The small built-in model sees people where there are none; some answers fit_feedback it better.
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
    changes.say("people", [studio.photo(name) for name in wrong], TagState.REJECTED)
    right = ("astronaut_1", "camera_1")
    changes.say("people", [studio.photo(name) for name in right], TagState.CONFIRMED)
    changes.rate([studio.photo("chelsea_1"), studio.photo("china_1")], 4)
    changes.rate([studio.photo("astronaut_1")], 5)
    studio.settle()
    window.workspace.toast.hide()
    studio.select("chelsea_1")
    studio.take("photos")
    studio.select("china_1", "china_2", "china_3")
    window.centre.grid.verticalScrollBar().setValue(0)
    studio.take("several")


def why_a_tag(studio: Studio) -> None:
    """See a tag, read why, reject it, others change, undo."""
    window = studio.window
    chosen = _with_reasons(studio)
    if chosen is None:
        raise RuntimeError("no suggested tag has reasons")
    photo, name = chosen
    window.centre.grid.go_to_photo(photo)
    studio.settle()
    studio.wait(lambda: name in window.workspace.information.tags._chips)
    chip = window.workspace.information.tags.chip(name)
    chip.why_asked.emit(name)
    studio.take("tag-why")
    chip.answered.emit(name, False)
    studio.settle(1.0)
    studio.take("tag-rejected")
    window.photos.undo()
    studio.settle(1.0)
    studio.take("tag-undone")
    window.workspace.toast.hide()
    window.workspace.information.tags.chip(name).why_asked.emit(name)


def _with_reasons(studio: Studio) -> tuple[int, str] | None:
    """A suggestion that is wrong and has reasons; else whichever has most of them."""
    window = studio.window
    best: tuple[bool, int, int, str] | None = None
    for photo in window.book.catalog.ids.tolist():
        for tag in window._library.model.suggestions(photo):
            is_wrong = (photo, tag.name) in {
                (studio.photo("flower_3"), "food"),
                (studio.photo("flower_2"), "food"),
            }
            one = (is_wrong, len(tag.why), photo, tag.name)
            if tag.why and (best is None or one > best):
                best = one
    return None if best is None else best[2:]


def searching(studio: Studio) -> None:
    """Strong matches, weaker ones, chips, nothing, typing."""
    window = studio.window
    studio.ask("a building")
    studio.select("china_1")
    studio.take("search")
    window._library.browser.toggle_weaker()
    studio.settle()
    studio.take("search-weaker")
    window._library.browser.toggle_weaker()
    studio.ask("a cup of coffee on:2022 -people")
    studio.select("coffee_1")
    studio.take("search-why")
    studio.ask("submarine")
    studio.take("search-nothing")
    studio.ask("")
    studio.select("rocket_1")
    window.commands["similar"].trigger()
    studio.wait(lambda: window.shown.asked.example is not None)
    studio.type("at night")
    studio.take("search-alike")
    window.workspace.search.field.clear()
    studio.type("coffee 2022 without people")
    studio.take("search-ghosts")
    window.workspace.search.field.clear()
    studio.type("camera:")
    studio.take("search-completion")
    window.workspace.search.field.clear()
    for text in ("a rocket at night", "place:Lisbon a man with a camera", "coffee on:2022"):
        window.workspace.search._on_submitted(text)
    studio.ask("")
    window.centre.grid.setFocus()
    window.navigation.go_to_search()
    studio.settle()
    studio.take("search-recent")
    window.workspace.search.field.hide_completions()
    studio.ask("a flower on:2022")
    with studio.dialog(window.commands["save-search"].trigger):
        studio.take("search-save")
    studio.ask("")


def large(studio: Studio) -> None:
    """One photo large: information, where a search matched, slideshow; and several side by side."""
    window = studio.window
    loupe = window._library.large.loupe
    studio.select("rocket_1")
    window.photos.open_current()
    studio.take("loupe")
    loupe._show_information(True)
    studio.take("loupe-information")
    loupe._show_information(False)
    loupe.closed.emit(loupe.current_photo())
    studio.ask("a cup of coffee")
    studio.select("coffee_1")
    window.photos.open_current()
    studio.settle(1.5)
    loupe.show_heat()
    studio.wait(lambda: loupe.view.heat is not None)
    studio.take("loupe-where")
    loupe._show_heat(False)
    loupe.closed.emit(loupe.current_photo())
    studio.ask("")
    studio.select("china_1")
    window.photos.open_current()
    studio.settle(1.5)
    # Long enough for both pictures to show the same photo.
    loupe.slideshow.set_interval_s(600)
    loupe._toggle_slideshow()
    studio.take("slideshow", at_work=True)
    loupe.slideshow.stop()
    loupe.closed.emit(loupe.current_photo())
    studio.select("china_1", "china_2", "china_3")
    window.commands["compare"].trigger()
    studio.take("compare")
    window._library.large.compare.closed.emit()
    studio.settle()


def tagging(studio: Studio) -> None:
    """Review, the page of all tags, many suggestions at once."""
    window = studio.window
    page = studio.page(sources.REVIEW)
    studio.wait(lambda: len(page._photos.arrangement), seconds=60)
    studio.take("review")
    if "food" in [page._tags.itemData(row) for row in range(page._tags.count())]:
        page.ask_about("food")
        studio.rest()
    asked = page._photos.arrangement.ids.tolist()
    flowers = [photo for photo in asked if "flower" in window.book.paths(np.array([photo]))[0].name]
    page._grid.select_photos(flowers[:1] or asked[-1:])
    page.answer(TagState.REJECTED)
    studio.settle(1.2)
    studio.take("review-answered")
    window.photos.undo()
    studio.settle()
    window.workspace.toast.hide()
    page = studio.page(sources.TAGS)
    studio.wait(lambda: page._rows)
    page._search.setText("cat")
    studio.settle()
    found = page._model.match(
        page._model.index(0, 0),
        Qt.ItemDataRole.DisplayRole,
        "cat",
        1,
        Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
    )
    page._tree.setCurrentIndex(page._shown.mapFromSource(found[0]))
    studio.take("tags")
    window.navigation.go_to(sources.EVERYTHING)
    studio.settle()
    window.centre.grid.selection.clear()
    with studio.dialog(window.commands["tag-many"].trigger) as dialog:
        studio.wait(lambda: dialog._batch is not None)
        dialog.findChild(QSlider).setValue(60)
        studio.take("tag-many")


def grouping(studio: Studio) -> None:
    """Albums: none yet, themes, inside one, suggestions, events, places, own, map."""
    window = studio.window
    page = studio.page(sources.ALBUMS)
    studio.take("albums-none")
    page.look()
    studio.wait(lambda: page._job is None and page._shelf is not None and page._shelf.is_grouped)
    studio.settle(1.0)
    studio.take("albums")
    inside = {card.parent for card in page._shelf.cards}
    themes = [one for one in page._shelf.cards if one.kind == "theme" and one.parent is None]
    page.open_album(max(themes, key=lambda one: (one.id not in inside, one.size)).id)
    studio.take("album")
    page.go_up()
    page.show_tab("event")
    studio.take("albums-events")
    page.show_tab("place")
    studio.take("albums-places")
    session = window._library.session
    window._library.changes.carry_out(
        lambda: user_albums.create(
            session, "For grandmother", [studio.photo("chelsea_2"), studio.photo("flower_1")]
        )[1]
    )
    studio.settle()
    page.show_tab("own")
    studio.take("albums-own")
    page.show_tab("map")
    studio.wait(lambda: page.map._job is None and len(page.map.map._ids), seconds=120)
    studio.settle(1.0)
    studio.take("map")
    shown = page.map.map
    middle = QPointF(shown.width() / 2, shown.height() / 2)
    shown.zoom_at(2.5, middle)
    studio.take("map-near")
    window.navigation.go_to(sources.EVERYTHING)
    studio.settle()


def suggesting(studio: Studio) -> None:
    """What photos that arrived later would change in the albums."""
    window = studio.window
    shown_photos.more(studio.photos)
    window.intake.update_all()
    studio.wait(lambda: not window.is_indexing)
    studio.rest()
    page = studio.page(sources.ALBUMS)
    page.show_tab("theme")
    studio.wait(lambda: page._job is None and page._shelf.suggestions)
    studio.take("albums-suggestion")
    window.navigation.go_to(sources.EVERYTHING)


def duplicates(studio: Studio) -> None:
    """Photos that are there more than once, and the same file in two places."""
    window = studio.window
    page = studio.page(sources.DUPLICATES)
    studio.take("duplicates-none")
    shown_photos.copied(studio.photos)
    window.intake.update_all()
    studio.wait(lambda: not window.is_indexing)
    page = studio.page(sources.DUPLICATES)
    page.look()
    studio.wait(lambda: page._job is None and page._cards, seconds=120)
    studio.rest()
    studio.take("duplicates")
    page.show_lane("exact")
    studio.take("duplicates-bytes")
    window.navigation.go_to(sources.EVERYTHING)
    studio.settle()


def dialogs(studio: Studio) -> None:
    """Menus and dialogs."""
    window = studio.window
    studio.select("china_1", "china_2", "china_3")
    own = os.environ["HOME"]
    # Where somebody's copies go is nobody else's business.
    os.environ["HOME"] = "/home/maria"
    with studio.dialog(window.commands["export"].trigger):
        studio.take("export")
    os.environ["HOME"] = own
    with studio.dialog(window.commands["new-album"].trigger):
        studio.take("album-new")
    with studio.dialog(window.commands["preferences"].trigger) as dialog:
        names = ("folders", "model", "tags", "look", "speed")
        for number, name in enumerate(names):
            dialog.show_page(number)
            studio.take(f"preferences-{name}")
    with studio.dialog(window.commands["shortcuts"].trigger):
        studio.take("keys")
    with studio.dialog(window.commands["about"].trigger):
        studio.take("about")
    window.workspace.menu_button.click()
    studio.take("menu")
    _close_menu(studio)
    window.centre.grid.menu_asked.emit(window.centre.grid.mapToGlobal(QPoint(220, 160)))
    studio.take("menu-photo")
    _close_menu(studio)


def _close_menu(studio: Studio) -> None:
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()
    studio.settle(0.2)


def problems(studio: Studio) -> None:
    """Files that cannot be used, and when there are none."""
    window = studio.window
    studio.page(sources.PROBLEMS)
    studio.take("problems-none")
    shown_photos.broken(studio.photos)
    window.intake.update_all()
    studio.wait(lambda: not window.is_indexing)
    studio.page(sources.PROBLEMS)
    studio.take("problems")


def models(studio: Studio) -> None:
    """The picture models: all, one on its way, one that failed, a file that is none, a change of model."""
    sys.path.insert(0, str(ROOT))
    from tests.fixtures.loopback_hub import LoopbackHub, serve, silence, web_page

    page = studio.page(sources.MODELS)
    studio.wait(lambda: page.findChildren(ModelCard))
    studio.take("models")
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
        studio.wait(lambda: card._bar.value() > 100, seconds=90)
        studio.take("models-download", at_work=True)
        page.stop_downloads()
        released.set()
        studio.wait(lambda: not page._jobs, seconds=60)
        hub.once = [web_page] * 12
        page._download("ViT-B-32-256-DataComp")
        studio.wait(lambda: not page._jobs, seconds=120)
        studio.take("models-failed")
    no_model = studio.home / "holiday.safetensors"
    no_model.write_bytes(b"these are no tensors")
    page.import_from(no_model)
    studio.settle(2.0)
    page.findChild(_scroll_area()).verticalScrollBar().setValue(100_000)
    studio.take("models-import")
    if studio.film.has("models-upgrade"):
        _upgrade(studio)


def _plain(handler: object, content: bytes) -> None:
    from tests.fixtures.loopback_hub import answer

    answer(handler, content)


def _scroll_area() -> type:
    from PySide6.QtWidgets import QScrollArea

    return QScrollArea


def _upgrade(studio: Studio) -> None:
    from tests.fixtures import tiny_clip

    page = studio.page(sources.MODELS)
    page.findChild(_scroll_area()).verticalScrollBar().setValue(0)
    folder = tiny_clip.cached(steps=40)
    page.import_from(folder)
    studio.wait(lambda: any("tiny" in name for name in page._cards), seconds=60)
    name = next(name for name in page._cards if "tiny" in name)
    studio.settle()
    page._use(name)
    worker = studio.window._library.worker
    studio.wait(lambda: studio.window.is_indexing, seconds=60)
    worker.pause(on=True)
    studio.settle()
    page.refresh()
    studio.take("models-upgrade", at_work=True)
    worker.pause(on=False)
    studio.wait(lambda: not studio.window.is_indexing)


_SCENES: tuple[tuple[Callable[[Studio], None], tuple[str, ...]], ...] = (
    (browsing, ("photos", "several")),
    (why_a_tag, ("tag-why", "tag-rejected", "tag-undone")),
    (
        searching,
        (
            "search",
            "search-weaker",
            "search-why",
            "search-nothing",
            "search-alike",
            "search-ghosts",
            "search-completion",
            "search-recent",
            "search-save",
        ),
    ),
    (large, ("loupe", "loupe-information", "loupe-where", "slideshow", "compare")),
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
