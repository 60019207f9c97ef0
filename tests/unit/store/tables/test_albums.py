from __future__ import annotations

from collections.abc import Callable

import pytest

from photosort.errors import InputProblem
from photosort.store.db import history
from photosort.store.db.database import Store
from photosort.store.tables import albums, saved_searches


@pytest.fixture
def three(add_photo: Callable[..., int]) -> list[int]:
    return [add_photo(f"{name}.jpg") for name in "abc"]


def named(store: Store) -> list[tuple[str, int]]:
    return [(one.name, one.size) for one in albums.list_all(store)]


def test_an_album_is_made_filled_renamed_and_deleted(store: Store, three: list[int]) -> None:
    album_id, change = albums.create(store, "  Lisbon ", three[:1], actor="window")
    assert change.albums == {album_id}
    assert change.photos == {three[0]}
    assert named(store) == [("Lisbon", 1)]
    assert albums.add(store, album_id, three, actor="window").photos == set(three[1:])
    assert albums.photos_of(store, album_id) == three
    assert albums.names_of(store, three[2]) == ["Lisbon"]
    albums.rename(store, album_id, "Porto", actor="window")
    assert albums.list_all(store)[0].name_pinned
    albums.remove_photos(store, album_id, three[1:2], actor="window")
    assert albums.photos_of(store, album_id) == [three[0], three[2]]
    albums.delete(store, album_id, actor="window")
    assert named(store) == []
    expected = [[("Porto", 2)], [("Porto", 3)], [("Lisbon", 3)], [("Lisbon", 1)], []]
    for after_undo in expected:
        history.undo(store)
        assert named(store) == after_undo


def test_an_automatic_album_remembers_what_was_taken_out(store: Store, three: list[int]) -> None:
    album_id, _ = albums.create(store, "Beach", three, actor="window")
    store.execute("UPDATE albums SET kind = 'theme'")
    albums.remove_photos(store, album_id, three[:1], actor="window")
    assert albums.photos_of(store, album_id) == three[1:]
    assert albums.names_of(store, three[0]) == []
    assert store.value("SELECT count(*) FROM album_photos WHERE excluded AND pinned") == 1
    albums.add(store, album_id, three[:1], actor="window")
    assert albums.photos_of(store, album_id) == three


def test_albums_inside_a_deleted_one_move_up(store: Store) -> None:
    top, _ = albums.create(store, "Top", actor="window")
    middle, _ = albums.create(store, "Middle", actor="window")
    inner, _ = albums.create(store, "Inner", actor="window")
    store.execute("UPDATE albums SET parent_id = ? WHERE id = ?", [top, middle])
    store.execute("UPDATE albums SET parent_id = ? WHERE id = ?", [middle, inner])
    albums.delete(store, middle, actor="window")
    assert {one.name: one.parent_id for one in albums.list_all(store)} == {
        "Top": None,
        "Inner": top,
    }
    history.undo(store)
    assert {one.id: one.parent_id for one in albums.list_all(store)}[inner] == middle


def test_albums_need_names_and_must_exist(store: Store) -> None:
    with pytest.raises(InputProblem, match="needs a name"):
        albums.create(store, " \n", actor="window")
    for change in (albums.add, albums.remove_photos):
        with pytest.raises(InputProblem, match="not there"):
            change(store, 9, [1], actor="window")
    with pytest.raises(InputProblem, match="not there"):
        albums.rename(store, 9, "x", actor="window")
    with pytest.raises(InputProblem, match="not there"):
        albums.delete(store, 9, actor="window")


def test_searches_are_saved_replaced_renamed_and_deleted(store: Store) -> None:
    first, change = saved_searches.save(store, "Dogs", "tag:dog", cutoff=0.4, actor="window")
    assert change.everything
    assert saved_searches.save(store, "Dogs", "tag:dog rating>=3", actor="window")[0] == first
    second, _ = saved_searches.save(store, "beach", "beach", actor="window")
    assert [(one.name, one.query, one.cutoff) for one in saved_searches.list_all(store)] == [
        ("beach", "beach", None),
        ("Dogs", "tag:dog rating>=3", None),
    ]
    with pytest.raises(InputProblem, match="already"):
        saved_searches.rename(store, second, "Dogs", actor="window")
    saved_searches.rename(store, second, "Sea", actor="window")
    saved_searches.delete(store, first, actor="window")
    assert [one.name for one in saved_searches.list_all(store)] == ["Sea"]
    for _ in range(4):
        history.undo(store)
    assert [(one.name, one.cutoff) for one in saved_searches.list_all(store)] == [("Dogs", 0.4)]


def test_saved_searches_need_names_and_must_exist(store: Store) -> None:
    with pytest.raises(InputProblem, match="needs a name"):
        saved_searches.save(store, "", "x", actor="window")
    with pytest.raises(InputProblem, match="not there"):
        saved_searches.rename(store, 9, "x", actor="window")
    with pytest.raises(InputProblem, match="not there"):
        saved_searches.delete(store, 9, actor="window")
    saved_id, _ = saved_searches.save(store, "a", "x", actor="window")
    with pytest.raises(InputProblem, match="needs a name"):
        saved_searches.rename(store, saved_id, " ", actor="window")


def test_a_photo_that_was_removed_is_no_cover(store: Store, three: list[int]) -> None:
    album_id, _ = albums.create(store, "Lisbon", three, actor="window")
    store.execute(
        "UPDATE albums SET kind = 'event', cover_photo_id = ? WHERE id = ?", [three[0], album_id]
    )
    assert albums.list_all(store)[0].cover_photo_id == three[0]
    albums.remove_photos(store, album_id, three[:1], actor="window")
    assert albums.list_all(store)[0].cover_photo_id is None
    history.undo(store)
    assert albums.list_all(store)[0].cover_photo_id == three[0]
