from __future__ import annotations

from collections.abc import Callable

import pytest

from photosort.errors import InputProblem
from photosort.sentences import Sentence, counted_photos, quoted
from photosort.store.db import history
from photosort.store.db.database import Store
from photosort.store.tables import photos


@pytest.fixture
def two(store: Store, add_photo: Callable[..., int]) -> tuple[int, int]:
    """Two photos and an empty history."""
    ids = add_photo("a.jpg"), add_photo("b.jpg")
    store.execute("DELETE FROM history")
    return ids


def rate(store: Store, photo_ids: list[int], rating: int, action: str = "Rate") -> int:
    with history.recording(store, Sentence(action), "window") as changes:
        changes.update("photos", photo_ids, {"user_rating": rating})
    assert changes.result.history_id is not None
    return changes.result.history_id


def ratings(store: Store) -> list[int | None]:
    return [row[0] for row in store.rows("SELECT user_rating FROM photos ORDER BY id")]


def flag(store: Store, photo_id: int) -> str | None:
    return store.value("SELECT flag FROM photos WHERE id = ?", [photo_id])  # type: ignore[no-any-return]


def test_what_was_done_keeps_its_parts(store: Store, two: tuple[int, int]) -> None:
    action = Sentence("Confirmed {tags} on {photos}", tags=quoted("dog"), photos=counted_photos(2))
    with history.recording(store, action, "window") as changes:
        changes.update("photos", list(two), {"user_rating": 1})
    (entry,) = history.entries(store)
    for said in (entry.action, history.undo(store).action):
        assert isinstance(said, Sentence)
        assert said == "Confirmed 'dog' on 2 photos"
        assert said.arguments["tags"].template == "'{name}'"


def test_an_entry_is_found_however_much_was_done_since(store: Store, two: tuple[int, int]) -> None:
    first = rate(store, [two[0]], 3)
    for number in range(101):
        rate(store, [two[1]], number % 2)
    assert first not in {entry.id for entry in history.entries(store)}
    (entry,) = history.entries(store, entry_id=first)
    assert entry.id == first


def test_an_update_is_undone_and_redone(store: Store, two: tuple[int, int]) -> None:
    rate(store, list(two), 3)
    entry = rate(store, [two[0]], 5, "Rate 'a' 5")
    assert ratings(store) == [5, 3]
    change = history.undo(store)
    assert ratings(store) == [3, 3]
    assert (change.history_id, change.action) == (entry, "Rate 'a' 5")
    assert change.photos == {two[0]}
    history.undo(store)
    assert ratings(store) == [None, None]
    history.undo(store, redo=True)
    assert ratings(store) == [3, 3]
    history.undo(store, redo=True)
    assert ratings(store) == [5, 3]
    with pytest.raises(InputProblem, match="nothing to redo"):
        history.undo(store, redo=True)


def test_nothing_to_undo(store: Store) -> None:
    with pytest.raises(InputProblem, match="nothing to undo"):
        history.undo(store)
    with pytest.raises(InputProblem, match="no entry 7"):
        history.undo(store, 7)


def test_what_changes_nothing_leaves_no_entry(store: Store, two: tuple[int, int]) -> None:
    rate(store, list(two), 3)
    with history.recording(store, Sentence("Rate"), "window") as changes:
        assert changes.update("photos", [*two, 999], {"user_rating": 3}) == 0
        assert changes.delete("albums", [1, 2]) == 0
        assert changes.update("photos", [], {"user_rating": 3}) == 0
        assert changes.put("photo_tags", [], {"state": "confirmed"}) == 0
        assert changes.insert("albums", {"name": [], "kind": [], "created_at": []}) == []
    assert changes.result.history_id is None
    assert len(history.entries(store)) == 1


def test_only_rows_that_change_are_recorded(store: Store, two: tuple[int, int]) -> None:
    rate(store, [two[0]], 3)
    with history.recording(store, Sentence("Rate"), "window") as changes:
        assert changes.update("photos", list(two), {"user_rating": 3}) == 1
    assert changes.result.photos == {two[1]}


def test_steps_are_taken_back_in_reverse(store: Store, two: tuple[int, int]) -> None:
    with history.recording(store, Sentence("Twice"), "window") as changes:
        changes.update("photos", [two[0]], {"user_rating": 3})
        changes.update("photos", list(two), {"user_rating": 4})
    history.undo(store)
    assert ratings(store) == [None, None]
    history.undo(store, redo=True)
    assert ratings(store) == [4, 4]


def test_values_a_row(store: Store, two: tuple[int, int]) -> None:
    with history.recording(store, Sentence("Rate"), "window") as changes:
        changes.update("photos", list(two), {"user_rating": [1, 2], "flag": "pick"})
    assert ratings(store) == [1, 2]
    assert flag(store, two[1]) == "pick"
    history.undo(store)
    assert ratings(store) == [None, None]
    assert flag(store, two[1]) is None


def test_inserts_and_deletes_come_back_with_their_ids(store: Store, two: tuple[int, int]) -> None:
    with history.recording(store, Sentence("Make an album"), "window") as changes:
        first, second = changes.insert(
            "albums", {"name": ["One", "Two"], "kind": "manual", "created_at": "x"}
        )
        changes.insert(
            "album_photos", {"album_id": [first, second], "photo_id": two, "added_by": "user"}
        )
    assert changes.result.albums == {first, second}
    assert changes.result.photos == set(two)
    before = store.rows("SELECT * FROM albums ORDER BY id")
    with history.recording(store, Sentence("Delete an album"), "window") as changes:
        assert changes.delete("album_photos", [(first, two[0]), (first, two[1])]) == 1
        assert changes.delete("albums", [first, 999]) == 1
    assert store.value("SELECT count(*) FROM album_photos") == 1
    history.undo(store)
    assert store.rows("SELECT * FROM albums ORDER BY id") == before
    assert store.value("SELECT count(*) FROM album_photos") == 2
    history.undo(store)
    assert store.rows("SELECT * FROM albums") == []
    history.undo(store, redo=True)
    assert store.rows("SELECT * FROM albums ORDER BY id") == before


def test_put_changes_what_is_there_and_adds_what_is_not(store: Store, two: tuple[int, int]) -> None:
    with history.recording(store, Sentence("Make a tag"), "window") as changes:
        (tag_id,) = changes.insert("tags", {"key": ["dog"], "name": "Dog", "origin": "user"})
    assert changes.result.tags == {"dog"}
    said = {"state": "confirmed", "origin": "user", "at": "1"}
    with history.recording(store, Sentence("Confirm"), "window") as changes:
        assert changes.put("photo_tags", [(two[0], tag_id)], said) == 1
    with history.recording(store, Sentence("Reject"), "window") as changes:
        keys = [(two[1], tag_id), (two[0], tag_id)]
        assert changes.put("photo_tags", keys, {**said, "state": ["rejected", "confirmed"]}) == 1
        assert changes.put("photo_tags", keys, {**said, "state": "rejected"}) == 1
    assert changes.result.tags == {"dog"}
    assert changes.result.photos == set(two)
    rows = "SELECT photo_id, state FROM photo_tags ORDER BY photo_id"
    assert store.rows(rows) == [(two[0], "rejected"), (two[1], "rejected")]
    history.undo(store)
    assert store.rows(rows) == [(two[0], "confirmed")]
    history.undo(store)
    assert store.rows(rows) == []


def test_bytes_survive(store: Store) -> None:
    with history.recording(store, Sentence("x"), "window") as changes:
        (root_id,) = changes.insert("roots", {"path": [b"/\xff\x00"], "added_at": "x"})
    assert changes.result.everything
    history.undo(store)
    history.undo(store, redo=True)
    assert store.value("SELECT path FROM roots WHERE id = ?", [root_id]) == b"/\xff\x00"


def test_a_named_entry_is_undone_alone(store: Store, two: tuple[int, int]) -> None:
    first = rate(store, [two[0]], 1)
    rate(store, [two[1]], 2)
    history.undo(store, first)
    assert ratings(store) == [None, 2]
    with pytest.raises(InputProblem, match="undone already"):
        history.undo(store, first)
    history.undo(store, first, redo=True)
    assert ratings(store) == [1, 2]
    with pytest.raises(InputProblem, match="was not undone"):
        history.undo(store, first, redo=True)


def test_undo_is_refused_when_a_later_change_touches_the_same_rows(
    store: Store, two: tuple[int, int]
) -> None:
    first = rate(store, list(two), 1)
    second = rate(store, [two[1]], 2, "Rate 'b' 2")
    with pytest.raises(InputProblem, match="Rate 'b' 2"):
        history.undo(store, first)
    assert ratings(store) == [1, 2]
    history.undo(store, second)
    history.undo(store, first)
    with pytest.raises(InputProblem):  # done on top of the first one, which is undone now
        history.undo(store, second, redo=True)
    assert ratings(store) == [None, None]


def test_undo_is_refused_when_the_rows_changed_outside_the_history(
    store: Store, two: tuple[int, int]
) -> None:
    rate(store, list(two), 1)
    store.execute("UPDATE photos SET user_rating = 4 WHERE id = ?", [two[0]])
    with pytest.raises(InputProblem, match="changed since"):
        history.undo(store)
    assert ratings(store) == [4, 1]


def test_undo_is_refused_when_something_new_depends_on_it(
    store: Store, two: tuple[int, int]
) -> None:
    with history.recording(store, Sentence("Make an album"), "window") as changes:
        (album_id,) = changes.insert(
            "albums", {"name": ["One"], "kind": "manual", "created_at": "x"}
        )
    store.execute(
        "INSERT INTO album_photos (album_id, photo_id, added_by) VALUES (?, ?, 'machine')",
        [album_id, two[0]],
    )
    with pytest.raises(InputProblem, match="depends"):
        history.undo(store)
    assert store.value("SELECT count(*) FROM albums") == 1
    assert not history.entries(store)[0].undone


def test_an_error_inside_leaves_neither_change_nor_entry(
    store: Store, two: tuple[int, int]
) -> None:
    def fail() -> None:
        with history.recording(store, Sentence("Rate"), "window") as changes:
            changes.update("photos", list(two), {"user_rating": 3})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert ratings(store) == [None, None]
    assert history.entries(store) == []
    rate(store, list(two), 1)  # the next one is not taken for a part of the one that failed
    assert len(history.entries(store)) == 1


def test_a_recording_inside_another_is_part_of_it(store: Store, two: tuple[int, int]) -> None:
    with history.recording(store, Sentence("Both"), "window") as outer:
        with history.recording(store, Sentence("Inner"), "command") as inner:
            inner.update("photos", [two[0]], {"user_rating": 3})
        outer.update("photos", [two[1]], {"user_rating": 4})
    (entry,) = history.entries(store)
    assert (entry.action, entry.actor) == ("Both", "window")
    assert outer.result.photos == set(two)
    history.undo(store)
    assert ratings(store) == [None, None]


def test_files_that_change_hands_name_both_photos(store: Store, two: tuple[int, int]) -> None:
    file_id = photos.get(store, [two[1]])[0].files[0].id
    with history.recording(store, Sentence("Join"), "window") as changes:
        changes.update("files", [file_id], {"photo_id": two[0]})
    assert changes.result.photos == set(two)
    assert history.undo(store).photos == set(two)


def test_entries_tell_what_was_done(store: Store, two: tuple[int, int]) -> None:
    rate(store, list(two), 1, "First")
    rate(store, list(two), 2, "Second")
    history.undo(store)
    newest, oldest = history.entries(store)
    assert (newest.action, newest.undone) == ("Second", True)
    assert (oldest.action, oldest.undone, oldest.actor) == ("First", False, "window")
    assert [one.action for one in history.entries(store, limit=1)] == ["Second"]


def test_old_entries_are_dropped(
    store: Store, two: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_KEPT_ENTRIES", 3)
    for rating in (0, 1, 2, 3, 4):
        rate(store, [two[0]], rating)
    assert len(history.entries(store)) == 3


def test_many_rows_at_once(store: Store, add_photo: Callable[..., int]) -> None:
    ids = photos.insert(store, [photos.Effective(photos._BARE)] * 3000)
    rate(store, ids, 4)
    assert ratings(store) == [4] * 3000
    assert history.undo(store).photos == set(ids)
    assert ratings(store) == [None] * 3000
