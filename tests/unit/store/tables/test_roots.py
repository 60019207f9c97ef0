from __future__ import annotations

from collections.abc import Callable

import pytest

from photosort.domain.photos import FileState, Root
from photosort.errors import InputProblem
from photosort.store.db import history
from photosort.store.db.database import Store
from photosort.store.tables import contents, files, photos, roots
from photosort.store.tables.files import NewFile


def test_a_folder_added_twice_is_one(store: Store, root: Root) -> None:
    again, change = roots.add(store, "/photos", volume="disk-2", marker="9", actor="window")
    assert again.id == root.id
    assert again.volume == "disk-2"
    assert change.history_id is None
    assert [one.path for one in roots.list_all(store)] == ["/photos"]


def test_a_name_that_is_not_utf8_survives(store: Store) -> None:
    added, _ = roots.add(store, "/ph\udce4tos", volume="", marker="", actor="command")
    assert roots.by_id(store, added.id).path == "/ph\udce4tos"


def test_a_removed_folder_hides_its_photos_and_brings_them_back(
    store: Store, root: Root, add_photo: Callable[..., int]
) -> None:
    photo_id = add_photo("a.jpg")
    change = roots.remove(store, root.id, actor="window")
    assert change.everything
    assert roots.list_all(store) == []
    assert len(photos.listing(store)) == 0
    assert photos.count(store) == 0
    assert files.count_by_state(store)[FileState.PRESENT] == 0
    again, _ = roots.add(store, "/photos", volume="disk-1", marker="1:2", actor="window")
    assert again.id == root.id
    assert photos.listing(store).ids.tolist() == [photo_id]


def test_removing_and_adding_can_be_undone(
    store: Store, root: Root, add_photo: Callable[..., int]
) -> None:
    add_photo("a.jpg")
    roots.remove(store, root.id, actor="window")
    history.undo(store)
    assert [one.id for one in roots.list_all(store)] == [root.id]
    history.undo(store)
    assert roots.list_all(store) == []
    history.undo(store, redo=True)
    assert photos.count(store) == 1


def test_a_photo_with_a_file_elsewhere_is_shown_by_it(
    store: Store, root: Root, add_photo: Callable[..., int]
) -> None:
    photo_id = add_photo("a.jpg")
    other, _ = roots.add(store, "/backup", volume="", marker="", actor="command")
    (copy,) = files.insert(store, [NewFile(other.id, "a.jpg", 1, 1, photo_id=photo_id)])
    roots.remove(store, root.id, actor="window")
    assert photos.listing(store).root.tolist() == [other.id]
    assert photos.get(store, [photo_id])[0].files[0].id == copy


def test_unplugged_files_are_offline_and_never_missing(
    store: Store, root: Root, add_photo: Callable[..., int]
) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        add_photo(name)
    held = {file.relative: file.id for file in files.in_folder(store, root.id, "")}
    files.mark(store, [held["b.jpg"]], FileState.MISSING)
    files.mark(store, [held["c.jpg"]], FileState.UNREADABLE, "broken")
    other, _ = roots.add(store, "/other", volume="", marker="", actor="command")
    (elsewhere,) = files.insert(store, [NewFile(other.id, "d.jpg", 1, 1)])
    assert roots.set_online(store, {root.id: False, other.id: True}) == [root.id]
    assert files.get(store, [elsewhere])[elsewhere].state is FileState.PRESENT
    assert roots.set_online(store, {root.id: False}) == []
    assert not roots.by_id(store, root.id).online
    states = {f.relative: f.state for f in files.in_folder(store, root.id, "")}
    assert states == {
        "a.jpg": FileState.OFFLINE,
        "b.jpg": FileState.MISSING,
        "c.jpg": FileState.UNREADABLE,
    }
    assert contents.offline_keys(store) == {b"a.jpg"}
    assert roots.set_online(store, {root.id: True}) == [root.id]
    assert files.get(store, [held["a.jpg"]])[held["a.jpg"]].state is FileState.PRESENT


def test_an_outer_folder_takes_over_what_inner_ones_hold(store: Store) -> None:
    inner, _ = roots.add(store, "/all/2020", volume="", marker="", actor="command")
    beside, _ = roots.add(store, "/all-else", volume="", marker="", actor="command")
    ids = files.insert(
        store,
        [
            NewFile(inner.id, "a.jpg", 1, 1, sidecar="a.xmp"),
            NewFile(inner.id, "trip/b.jpg", 1, 1, sidecar="trip/b.xmp"),
        ],
    )
    outer, _ = roots.add(store, "/all", volume="", marker="", actor="command")
    roots.absorb(store, outer.id)
    assert {one.id for one in roots.list_all(store)} == {outer.id, beside.id}
    held = files.get(store, ids)
    assert [(f.root_id, f.relative, f.sidecar) for f in held.values()] == [
        (outer.id, "2020/a.jpg", "2020/a.xmp"),
        (outer.id, "2020/trip/b.jpg", "2020/trip/b.xmp"),
    ]


def test_absorbing_where_the_outer_folder_was_known_before_keeps_one_row_a_path(
    store: Store,
) -> None:
    outer, _ = roots.add(store, "/all", volume="", marker="", actor="command")
    (old,) = files.insert(store, [NewFile(outer.id, "2020/a.jpg", 1, 1)])
    roots.remove(store, outer.id, actor="command")
    inner, _ = roots.add(store, "/all/2020", volume="", marker="", actor="command")
    files.insert(store, [NewFile(inner.id, "a.jpg", 2, 2), NewFile(inner.id, "b.jpg", 2, 2)])
    roots.add(store, "/all", volume="", marker="", actor="command")
    roots.absorb(store, outer.id)
    found = {one.relative: one.file_id for one in files.known(store, outer.id)}
    assert set(found) == {"2020/a.jpg", "2020/b.jpg"}
    assert found["2020/a.jpg"] == old


def test_an_unknown_folder_is_said(store: Store) -> None:
    with pytest.raises(InputProblem, match="not in the library"):
        roots.remove(store, 77, actor="window")
