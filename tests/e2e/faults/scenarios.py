"""What is killed: every use case that writes stands in one of these, or `test_faults` names it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from photosort.domain.albums import AlbumSuggestion
from photosort.domain.changes import ChangeSet
from photosort.domain.photos import Flag
from photosort.domain.tags import Tag, TagState
from photosort.media.sidecar_writing import SidecarChange, write_sidecar
from photosort.progress import Job
from photosort.store.tables import automatic_albums as album_rows
from photosort.store.vectors import vectors
from photosort.usecases import checking, exporting, undoing
from photosort.usecases.albums import (
    automatic_albums,
    library_map,
    name_vocabulary,
    several_albums,
    user_albums,
)
from photosort.usecases.duplicates import duplicate_review, stacks
from photosort.usecases.importing import copying, registering, source, template
from photosort.usecases.importing.known_contents import KnownContents
from photosort.usecases.models import embedding_spaces, encoder_change, installation
from photosort.usecases.photos import (
    date_changes,
    decisions,
    forgetting,
    metadata_set,
    place_changes,
    problems,
    roots,
    rotation,
)
from photosort.usecases.search import (
    filter_columns,
    first_searches,
    recent_searches,
    saved_searches,
)
from photosort.usecases.session import backups, demonstration, recovery
from photosort.usecases.sidecars import sidecar_conflicts, sidecar_sync
from photosort.usecases.tags import batch, own_keywords, score_scales, tagging, vocabulary_editing
from photosort.usecases.tags.tagging import SidecarWish
from tests.e2e.faults.world import Scenario, Step, World

_OWN_TAG = Tag("our garden", prompt="garden")


def follow(change: Callable[[World], ChangeSet | None]) -> Callable[[World], None]:
    """A decision, and keyword files that follow it, as command line and window have it."""

    def decide(world: World) -> None:
        made = change(world)
        if made is not None:
            sidecar_sync.follow(world.session, made)

    return decide


def step(does: Callable[[World], object]) -> Step:
    """A step that is done whole or not at all."""
    return Step(does)


def gradual(does: Callable[[World], object]) -> Step:
    """A step of which a part may be done."""
    return Step(does, is_gradual=True)


def _tag(name: str, state: TagState | None, *numbers: int) -> Step:
    return step(follow(lambda w: tagging.set_tag_state(w.session, name, w.ids(*numbers), state)))


def _decide_by_command(world: World) -> None:
    paths = [os.fspath(world.photos / "day" / "03.jpg")]
    tagging.decide(
        world.session,
        "sunset",
        paths,
        TagState.CONFIRMED,
        job=Job(),
        sidecars=SidecarWish(settle="library"),
    )


def _change_photos(world: World) -> None:
    """New, changed, moved, swapped and removed files, as a holiday and a clean-up leave them."""
    photos = world.photos
    world.draw("new/one.jpg", (200, 60, 40), "2022:05:15 09:00:00")
    world.draw("new/two.jpg", (20, 60, 240))
    world.draw("day/02.jpg", (90, 90, 20))
    (photos / "trip" / "05.jpg").rename(photos / "new" / "moved.jpg")
    (photos / "trip" / "06.jpg").rename(photos / "trip" / "swap")
    (photos / "trip" / "07.jpg").rename(photos / "trip" / "06.jpg")
    (photos / "trip" / "swap").rename(photos / "trip" / "07.jpg")
    (photos / "trip" / "08.jpg").unlink()
    write_sidecar(photos / "day" / "04.jpg.xmp", SidecarChange(add=("harbour",), rating=5))


def _without_library(world: World) -> None:
    """Only photos, and a keyword file that is damaged."""
    shutil.rmtree(world.paths.home)
    (world.photos / "trip" / "06.jpg.xmp").write_bytes(b"<x:xmpmeta")


def _dispute(world: World) -> None:
    """Stars that library and keyword file changed to different things."""
    sidecar_sync.follow(world.session, decisions.rate(world.session, world.ids(4), 2))
    world.session.write(lambda store: store.execute("DELETE FROM changes_to_follow"))
    write_sidecar(world.photos / "day" / "04.jpg.xmp", SidecarChange(rating=5))
    decisions.rate(world.session, world.ids(4), 3)
    sidecar_sync.write(world.session, world.ids(4), job=Job())


def _suggest_albums(world: World) -> None:
    album = user_albums.create(world.session, "Suggested", world.ids(0))[0]
    rows = [AlbumSuggestion(0, album, tuple(world.ids(number)), ()) for number in (1, 2)]
    world.session.write(lambda store: album_rows.suggest(store, rows))


def _answer_albums(answer: Callable[..., object]) -> Step:
    return step(lambda w: answer(w.session, automatic_albums.suggestions(w.session)[0].id))


def _album(world: World, name: str) -> int:
    return next(
        row.id for row in world.session.read(automatic_albums.albums.list_all) if row.name == name
    )


def _few_words(world: World) -> None:
    """The encoder of the world has no vectors of words with Photosort; few are soon made."""
    del world
    words = name_vocabulary.read_words()[:20]
    name_vocabulary.read_words = lambda path=None: words


def _another_encoder(world: World) -> None:
    """One that is installed and has seen nothing."""
    info = replace(world.encoder.info, name="old", version="d" * 64)
    world.session.write(lambda store: vectors.encoder_id(store, info))
    (world.paths.models / "old").mkdir(parents=True)
    (world.paths.models / "old" / "weights").write_bytes(b"weights")


def _export(world: World, **options: object) -> None:
    wished = exporting.ExportOptions(world.folder / "copies", **options)
    exporting.export(world.session, world.ids(0, 1, 2), wished, job=Job())


def _fill_card(world: World) -> None:
    """Two photos of one name, what goes with one, one that is there twice, and one that the library has."""
    taken = "2023:05:14 10:00:00"
    for name, colour in (
        ("100/IMG_0001.jpg", 10),
        ("101/IMG_0001.jpg", 20),
        ("101/IMG_E0001.jpg", 30),
    ):
        world.draw(f"../card/DCIM/{name}", (colour, 200, 90), taken)
    folder = world.folder / "card" / "DCIM"
    write_sidecar(folder / "101" / "IMG_0001.jpg.xmp", SidecarChange(rating=4))
    shutil.copy(folder / "100" / "IMG_0001.jpg", folder / "101" / "IMG_0009.jpg")
    shutil.copy(world.photos / "day" / "00.jpg", folder / "101" / "known.jpg")
    (folder / "101" / "cut.jpg").write_bytes(b"no picture")


def _import(world: World) -> copying.ImportRun:
    to = world.folder / "imported"
    known = KnownContents(world.session, to, check=lambda: None)
    found = source.look(os.fspath(world.folder / "card"), known, job=Job())
    run = copying.copy(world.session, found, to, template.parse("{year}/{month}"), job=Job())
    registering.register(world.session, run, job=Job())
    return run


def _import_again(world: World) -> list[str]:
    """The second run goes on: everything is there once, whole, under its name, and the card is as it was."""
    card, to = world.folder / "card", world.folder / "imported"
    before = {path: path.read_bytes() for path in card.rglob("*") if path.is_file()}
    run = _import(world)
    faults = [f"{path}: {reason}" for path, reason in run.problems]
    there = {
        os.fspath(path.relative_to(to)): path.read_bytes()
        for path in to.rglob("*")
        if path.is_file()
    }
    names = {
        "2023/05/IMG_0001.jpg": "100/IMG_0001.jpg",
        "2023/05/IMG_0001 (2).jpg": "101/IMG_0001.jpg",
        "2023/05/IMG_0001 (2).jpg.xmp": "101/IMG_0001.jpg.xmp",
        "2023/05/IMG_E0001 (2).jpg": "101/IMG_E0001.jpg",
        "undated/cut.jpg": "101/cut.jpg",
    }
    wanted = {name: before[card / "DCIM" / path] for name, path in names.items()}
    if there != wanted:
        faults.append(f"imported are {sorted(there)}")
    if {path: path.read_bytes() for path in card.rglob("*") if path.is_file()} != before:
        faults.append("the card was changed")
    return faults


def _restore(world: World) -> None:
    world.close()
    copy = backups.backups.list_all(backups.folder_of(world.paths, world.settings))[0]
    recovery.restore(world.paths, world.settings, copy.path)


def _decided_and_copied(world: World) -> None:
    tagging.set_tag_state(world.session, "dog", world.ids(0), TagState.CONFIRMED)
    backups.make(world.session, reason="asked")
    tagging.set_tag_state(world.session, "cat", world.ids(1), TagState.CONFIRMED)


def _damage(world: World) -> None:
    _decided_and_copied(world)
    world.close()
    with world.paths.library.open("r+b") as file:
        file.seek(40)
        file.write(b"\xff" * 60)


def _recover(world: World) -> None:
    recovery.recover(world.paths, world.settings)


SCENARIOS = (
    Scenario(
        "index",
        (
            gradual(lambda w: w.index(w.photos)),
            gradual(lambda w: w.index(w.photos, reread=True)),
        ),
        prepare=lambda w: (w.session, _change_photos(w)),
    ),
    Scenario("new library", (gradual(lambda w: w.index(w.photos)),), prepare=_without_library),
    Scenario(
        "answers",
        (
            _tag("dog", TagState.CONFIRMED, 0, 1, 2),
            _tag("beach", TagState.REJECTED, 1),
            step(_decide_by_command),
            step(follow(lambda w: undoing.undo(w.session))),
            step(follow(lambda w: undoing.undo(w.session))),
            step(follow(lambda w: undoing.undo(w.session, redo=True))),
            _tag("dog", None, 0),
        ),
    ),
    Scenario(
        "corrections",
        (
            step(follow(lambda w: decisions.rate(w.session, w.ids(0, 1), 4))),
            step(follow(lambda w: decisions.flag(w.session, w.ids(2), Flag.PICK))),
            step(follow(lambda w: decisions.keep_best(w.session, w.ids(3)[0], w.ids(4, 5)))),
            step(lambda w: stacks.join(w.session, w.ids(6, 7, 8))),
            step(lambda w: stacks.put_on_top(w.session, w.ids(7)[0])),
            step(lambda w: stacks.split(w.session, w.ids(8))),
            step(follow(lambda w: decisions.describe(w.session, w.ids(3), {"caption": "home"}))),
            step(
                follow(
                    lambda w: date_changes.change_dates(
                        w.session,
                        date_changes.shifted(w.session, w.ids(0, 1), timedelta(hours=1)),
                    )
                )
            ),
            step(follow(lambda w: place_changes.set_place(w.session, w.ids(1, 2), (38.72, -9.14)))),
            step(follow(lambda w: rotation.rotate(w.session, w.ids(0, 1), "left"))),
            step(
                follow(
                    lambda w: metadata_set.paste(
                        w.session, w.ids(4), metadata_set.copied(w.session, w.ids(0)[0])
                    )
                )
            ),
            step(follow(lambda w: undoing.undo(w.session))),
        ),
    ),
    Scenario(
        "keyword files",
        (
            step(lambda w: sidecar_conflicts.resolve_conflicts(w.session, w.ids(4), "file")),
            step(lambda w: sidecar_sync.write(w.session, w.ids(0, 3, 4), job=Job())),
            step(lambda w: sidecar_sync.finish(w.session, job=Job())),
        ),
        prepare=lambda w: (
            _dispute(w),
            tagging.set_tag_state(w.session, "boat", w.ids(3), TagState.CONFIRMED),
        ),
    ),
    Scenario(
        "vocabulary",
        (
            step(lambda w: vocabulary_editing.add_tag(w.session, _OWN_TAG)),
            _tag("our garden", TagState.CONFIRMED, 0, 2),
            step(
                follow(
                    lambda w: vocabulary_editing.edit_tag(
                        w.session, "our garden", Tag("the garden", prompt="garden")
                    )
                )
            ),
            step(follow(lambda w: vocabulary_editing.remove_tag(w.session, "the garden"))),
            step(lambda w: vocabulary_editing.switch_pack(w.session, "travel", on=True)),
            step(lambda w: vocabulary_editing.switch_tags(w.session, ["dog"], on=False)),
            step(lambda w: vocabulary_editing.export_tags(w.session, w.folder / "tags.txt")),
            step(lambda w: vocabulary_editing.import_tags(w.session, w.folder / "tags.txt")),
            step(lambda w: own_keywords.suggest(w.session, job=Job())),
            step(follow(lambda w: batch.confirm(w.session, {"cat": w.ids(0, 1)})[0])),
        ),
    ),
    Scenario(
        "albums",
        (
            step(lambda w: user_albums.create(w.session, "Ours", w.ids(0, 1))),
            step(lambda w: user_albums.add(w.session, "Ours", w.ids(2, 3))),
            step(lambda w: user_albums.remove_photos(w.session, "Ours", w.ids(1))),
            step(lambda w: user_albums.rename(w.session, "Ours", "Mine")),
            step(lambda w: user_albums.create(w.session, "Others", w.ids(4))),
            step(
                lambda w: several_albums.merge(
                    w.session, [_album(w, "Mine"), _album(w, "Others")], "Mine"
                )
            ),
            step(lambda w: user_albums.delete(w.session, "Mine")),
            step(lambda w: undoing.undo(w.session)),
        ),
    ),
    Scenario(
        "automatic albums",
        (
            gradual(lambda w: automatic_albums.group(w.session, Job(), rebuild=True)),
            step(_suggest_albums),
            _answer_albums(automatic_albums.apply),
            _answer_albums(automatic_albums.dismiss),
            step(
                lambda w: automatic_albums.split(
                    w.session, _album(w, "Suggested"), w.ids(0), "Part"
                )
            ),
            step(lambda w: automatic_albums.rename(w.session, _album(w, "Part"), "Other part")),
            step(
                lambda w: automatic_albums.merge(
                    w.session, _album(w, "Other part"), _album(w, "Suggested")
                )
            ),
            step(
                lambda w: automatic_albums.remove_photos(
                    w.session, _album(w, "Suggested"), w.ids(0)
                )
            ),
            step(lambda w: several_albums.pin(w.session, {_album(w, "Suggested"): "Suggested"})),
            step(lambda w: several_albums.unpin(w.session, [_album(w, "Suggested")])),
            step(lambda w: automatic_albums.keep(w.session, _album(w, "Suggested"))),
            step(lambda w: several_albums.delete(w.session, [_album(w, "Suggested")])),
            gradual(
                lambda w: (
                    w.draw("new/late.jpg", (230, 40, 30), "2022:05:14 10:09:00"),
                    w.index(),
                    automatic_albums.suggest(w.session, Job()),
                )
            ),
            step(lambda w: library_map.load_map(w.session, Job())),
            step(lambda w: name_vocabulary.name_vocabulary(w.session, Job())),
        ),
        prepare=_few_words,
    ),
    Scenario(
        "duplicates",
        (
            step(lambda w: duplicate_review.search_library(w.session, Job())),
            step(lambda w: duplicate_review.keep(w.session, w.ids(0, 4), w.ids(0))),
            step(lambda w: duplicate_review.mark_not_duplicates(w.session, w.ids(1, 5))),
            step(
                lambda w: duplicate_review.keep_best(
                    w.session, duplicate_review.load_duplicate_review(w.session).groups
                )
            ),
        ),
    ),
    Scenario(
        "folders",
        (
            step(lambda w: roots.remove(w.session, roots.known(w.session)[0].id)),
            step(lambda w: undoing.undo(w.session)),
            gradual(lambda w: roots.add(w.session, os.fspath(w.folder))),
            step(lambda w: roots.update_online_state(w.session, roots.known(w.session))),
            step(
                lambda w: problems.ignore(
                    w.session, [one.file_id for one in problems.list_all(w.session)]
                )
            ),
            step(lambda w: undoing.undo(w.session)),
            step(lambda w: problems.try_again(w.session)),
        ),
    ),
    Scenario(
        "searches",
        (
            step(lambda w: saved_searches.save(w.session, "Dogs", "dog")),
            step(
                lambda w: saved_searches.rename(
                    w.session, saved_searches.list_all(w.session)[0].id, "My dogs"
                )
            ),
            step(
                lambda w: saved_searches.delete(w.session, saved_searches.list_all(w.session)[0].id)
            ),
            step(lambda w: recent_searches.remember(w.session, "red boat")),
            step(lambda w: recent_searches.clear(w.session)),
            step(lambda w: first_searches.done(w.session)),
            _tag("dog", TagState.CONFIRMED, 1),
            step(lambda w: filter_columns.update_fulltext(w.session)),
        ),
    ),
    Scenario(
        "models",
        (
            step(lambda w: encoder_change.use(w.session, "old")),
            step(lambda w: encoder_change.use(w.session, "starter")),
            step(lambda w: embedding_spaces.keep_texts(w.session, w.encoder)),
            step(lambda w: score_scales.keep_scale(w.session, w.encoder, score_scales.KeptScale())),
            step(lambda w: encoder_change.drop_vectors(w.session, "old")),
            step(lambda w: installation.remove(w.session, "old")),
        ),
        prepare=_another_encoder,
    ),
    Scenario(
        "copies",
        (
            step(lambda w: backups.make(w.session, reason="asked")),
            gradual(partial(_export)),
            gradual(partial(_export, size_px=16, by="date")),
            gradual(lambda w: demonstration.demonstration_photos(w.folder / "demonstration")),
            gradual(lambda w: checking.check(w.session, repair=True, job=Job())),
        ),
    ),
    Scenario("import", (gradual(_import),), prepare=_fill_card, finish=_import_again, kills=6),
    Scenario("restoration", (step(_restore),), prepare=_decided_and_copied),
    Scenario(
        "forgetting",
        (step(lambda w: forgetting.forget(w.session, w.ids(0, 3))),),
        prepare=_decided_and_copied,
    ),
    Scenario("recovery", (gradual(_recover),), prepare=_damage),
)
