from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from photosort.domain.photos import (
    FileState,
    Flag,
    Kind,
    Metadata,
    PersonRegion,
    Role,
    Root,
    Source,
)
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.db.database import Store
from photosort.store.tables import files, photos, roots
from photosort.store.tables.files import NewFile
from photosort.store.tables.photos import NO_DATE, NO_RATING, Effective, UserValues

AddPhoto = Callable[..., int]
FULL = Metadata(
    width=4000,
    height=3000,
    taken_at="2022-05-15T18:42:07.123",
    offset_min=120,
    taken_source=Source.EXIF,
    latitude=38.7,
    longitude=-9.1,
    altitude_m=12.5,
    camera_make="NIKON",
    camera_model="D750",
    lens="50mm",
    exposure_s=0.01,
    f_number=2.8,
    iso=100,
    focal_mm=50.0,
    rating=-1,
    rating_source=Source.SIDECAR,
    label="Red",
    title="Title",
    caption="Caption",
    keywords=("a|b", "c"),
    people=(PersonRegion("Ada", (0.0, 0.1, 0.2, 0.3)),),
    content_identifier="id",
    is_animated=True,
    has_motion=True,
    software="x",
)


def test_all_that_is_effective_comes_back(store: Store, add_photo: AddPhoto) -> None:
    photo_id = add_photo("a.jpg", FULL)
    (photo,) = photos.get(store, [photo_id])
    assert photo.effective == FULL
    assert (photo.kind, photo.flag) == (Kind.PHOTO, None)
    assert [file.relative for file in photo.files] == ["a.jpg"]
    photos.set_effective(store, {photo_id: Effective(Metadata(width=1), Kind.VIDEO)})
    (photo,) = photos.get(store, [photo_id])
    assert photo.effective == Metadata(width=1)
    assert photo.kind is Kind.VIDEO


def test_photos_come_in_the_order_asked_for(store: Store, add_photo: AddPhoto) -> None:
    a, b = add_photo("a.jpg"), add_photo("b.jpg")
    assert [photo.id for photo in photos.get(store, [b, 99, a])] == [b, a]
    assert photos.get(store, []) == []


def test_ids_are_never_used_again(store: Store) -> None:
    (first,) = photos.insert(store, [Effective(Metadata())])
    store.execute("DELETE FROM photos")
    (second,) = photos.insert(store, [Effective(Metadata())])
    assert second > first


def test_broken_text_is_made_storable(store: Store, add_photo: AddPhoto) -> None:
    photo_id = add_photo("a.jpg", Metadata(caption="b\udce4d", keywords=("x\udce4",)))
    (photo,) = photos.get(store, [photo_id])
    assert photo.effective.caption == "b?d"
    assert photo.effective.keywords == ("x\udce4",)


def test_the_table_says_what_the_photos_say(store: Store, root: Root, add_photo: AddPhoto) -> None:
    a = add_photo("x/a.jpg", FULL)
    b = add_photo("y/b.jpg", Metadata(latitude=1.0), size_bytes=77)
    photos.set_effective(store, {b: Effective(Metadata(), Kind.DOCUMENT)})
    photos.set_user(store, {b: {"flag": Flag.DISCARD}}, {}, action=Sentence("Flag"), actor="window")
    held = {photo.id: photo.files[0] for photo in photos.get(store, [a, b])}
    files.mark(store, [held[b].id], FileState.OFFLINE)
    (without_file,) = photos.insert(store, [Effective(Metadata())])
    table = photos.listing(store)
    assert without_file not in table.ids
    assert len(table) == 2
    assert table.ids.tolist() == [a, b]
    assert table.taken_sort.tolist() == [1652640127123, NO_DATE]
    assert [photos.KINDS[code] for code in table.kind] == [Kind.PHOTO, Kind.DOCUMENT]
    assert table.rating.tolist() == [-1, NO_RATING]
    assert [photos.FLAGS[code] for code in table.flag] == [None, Flag.DISCARD]
    assert table.has_gps.tolist() == [True, False]
    assert table.root.tolist() == [root.id, root.id]
    named = files.folders(store)
    assert [named[code] for code in table.folder.tolist()] == [(root.id, "x"), (root.id, "y")]
    assert [photos.STATES[code] for code in table.state] == [FileState.PRESENT, FileState.OFFLINE]
    assert table.content.tolist() == [held[a].content_id, held[b].content_id]
    assert table.size_bytes.tolist() == [1000, 77]
    assert table.rating.dtype == np.int8
    assert photos.count(store) == 2


def test_a_part_of_the_table(store: Store, add_photo: AddPhoto) -> None:
    ids = [add_photo(f"{n}.jpg", replace(FULL, rating=n)) for n in range(5)]
    table = photos.listing(store, [ids[3], 999, ids[1], ids[3]])
    assert table.ids.tolist() == [ids[1], ids[3]]
    assert table.rating.tolist() == [1, 3]
    assert len(photos.listing(store, [])) == 0


def test_an_empty_table(store: Store) -> None:
    table = photos.listing(store)
    assert len(table) == 0
    assert table.taken_sort.dtype == np.int64


def test_how_exactly_dates_are_known(store: Store, add_photo: AddPhoto) -> None:
    dates = ("1985", "1985-07", "1985-07-04", "1985-07-04T12:00:00", None)
    for number, taken_at in enumerate(dates):
        add_photo(f"{number}.jpg", Metadata(taken_at=taken_at, rating=5))
    table = photos.listing(store)
    assert [photos.PRECISIONS[code].value for code in table.precision] == [
        "year", "month", "day", "second", "second",
    ]  # fmt: skip
    assert table.rating.tolist() == [5] * 5


def test_dates_before_1970_and_none_are_sorted(store: Store, add_photo: AddPhoto) -> None:
    late = add_photo("a.jpg", Metadata(taken_at="2099-01-01T00:00:00"))
    early = add_photo("b.jpg", Metadata(taken_at="1925-01-01T00:00:00"))
    never = add_photo("c.jpg")
    table = photos.listing(store)
    assert table.ids[np.argsort(table.taken_sort)].tolist() == [never, early, late]


@pytest.mark.parametrize(
    ("states", "roles", "shown"),
    [
        (["missing", "present"], ["original", "raw"], 1),
        (["present", "present"], ["raw", "original"], 1),
        (["present", "present"], ["original", "edited"], 1),
        (["present", "offline"], ["original", "edited"], 0),
        (["unreadable", "offline"], ["original", "original"], 1),
        (["unreadable", "missing"], ["original", "original"], 0),
        (["missing", "present"], ["original", "motion"], 0),
        (["present", "present"], ["original", "original"], 0),
    ],
)
def test_the_best_file_is_shown(
    store: Store, root: Root, states: list[str], roles: list[str], shown: int
) -> None:
    (photo_id,) = photos.insert(store, [Effective(Metadata())])
    ids = files.insert(
        store,
        [
            NewFile(root.id, f"{n}", 1, 1, Role(role), FileState(state), photo_id=photo_id)
            for n, (state, role) in enumerate(zip(states, roles, strict=True))
        ],
    )
    photos.choose_main(store, [photo_id])
    (photo,) = photos.get(store, [photo_id])
    assert photo.files[0].id == ids[shown]
    assert len(photo.files) == 2


def test_what_the_user_sets_is_apart_and_undone(store: Store, add_photo: AddPhoto) -> None:
    a, b = add_photo("a.jpg", FULL), add_photo("b.jpg", FULL)
    change = photos.set_user(
        store,
        {a: {"rating": 5, "caption": "Mine"}, b: {"rating": 5, "caption": None}},
        {a: Effective(replace(FULL, rating=5, rating_source=Source.USER, caption="Mine"))},
        action=Sentence("Rate 2 photos"),
        actor="window",
    )
    assert change.photos == {a, b}
    own = photos.user_values(store, [a, b, 99])
    assert own == {a: UserValues(rating=5, caption="Mine"), b: UserValues(rating=5)}
    assert photos.get(store, [a])[0].effective.rating == 5
    history.undo(store)
    assert photos.user_values(store, [a]) == {a: UserValues()}
    assert photos.get(store, [a])[0].effective == FULL


def test_a_user_kind(store: Store, add_photo: AddPhoto) -> None:
    a = add_photo("a.jpg")
    photos.set_user(
        store,
        {a: {"kind": Kind.SCREENSHOT}},
        {a: Effective(Metadata(), Kind.SCREENSHOT, "user")},
        action=Sentence("x"),
        actor="window",
    )
    assert photos.user_values(store, [a])[a].kind is Kind.SCREENSHOT
    assert photos.get(store, [a])[0].kind is Kind.SCREENSHOT


def test_a_copy_that_parts_keeps_the_decisions(store: Store, add_photo: AddPhoto) -> None:
    a = add_photo("a.jpg", FULL)
    photos.set_user(
        store, {a: {"flag": Flag.PICK, "rating": 4}}, {}, action=Sentence("x"), actor="window"
    )
    with history.recording(store, Sentence("x"), "window") as changes:
        (tag_id,) = changes.insert("tags", {"key": ["dog"], "name": "Dog", "origin": "user"})
        (album_id,) = changes.insert(
            "albums", {"name": ["One"], "kind": "manual", "created_at": "x"}
        )
        changes.put(
            "photo_tags", [(a, tag_id)], {"state": "confirmed", "origin": "user", "at": "x"}
        )
        changes.put("album_photos", [(album_id, a)], {"added_by": "user", "pinned": 1})
    copy = photos.duplicate(store, a)
    assert copy != a
    (photo,) = photos.get(store, [copy])
    assert (photo.flag, photo.effective, photo.files) == (Flag.PICK, FULL, ())
    assert photos.user_values(store, [copy])[copy].rating == 4
    assert store.value("SELECT state FROM photo_tags WHERE photo_id = ?", [copy]) == "confirmed"
    assert store.value("SELECT pinned FROM album_photos WHERE photo_id = ?", [copy]) == 1


def test_photos_below_a_folder(store: Store, root: Root, add_photo: AddPhoto) -> None:
    a = add_photo("trip/a.jpg")
    b = add_photo("trip/day 1/b.jpg")
    c = add_photo("trip2/c.jpg")
    files.insert(store, [NewFile(root.id, "trip/unreadable.jpg", 1, 1)])
    other, _ = roots.add(store, "/other", volume="", marker="", actor="command")
    assert photos.below(store, root.id, "trip") == [a, b]
    assert photos.below(store, root.id, "trip/day 1") == [b]
    assert photos.below(store, root.id, "") == [a, b, c]
    assert photos.below(store, other.id, "") == []


def test_pinned_groups(store: Store, add_photo: AddPhoto) -> None:
    a, b = add_photo("a.jpg"), add_photo("b.jpg")
    store.execute("UPDATE photos SET grouping_pinned = 1 WHERE id = ?", [b])
    assert photos.pinned(store, [a, b]) == {b}


def test_photos_of_files(store: Store, root: Root, add_photo: AddPhoto) -> None:
    a = add_photo("a.jpg")
    held = photos.get(store, [a])[0].files[0].id
    (alone,) = files.insert(store, [NewFile(root.id, "b.jpg", 1, 1)])
    assert photos.ids_of_files(store, [held, alone, 99]) == {held: a}
