from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from photosort.domain.photos import Kind, Metadata, Source
from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.store.tables import albums, photos
from photosort.store.tables import automatic_albums as kept
from photosort.store.tables.photos import Effective
from photosort.usecases import undoing
from photosort.usecases.albums import album_plan, automatic_albums
from photosort.usecases.albums.album_list import list_albums, load_shelves
from photosort.usecases.albums.album_plan import plan_albums
from photosort.usecases.albums.english_names import reason_of_album
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import decisions, photo_table
from photosort.usecases.search import saved_searches
from photosort.usecases.session.session import Session
from photosort.usecases.undoing import undo
from tests.fixtures.table import draw, install

LISBON = (38.7223, -9.1393)


@pytest.fixture
def session(places, tmp_path, monkeypatch):
    """An empty library whose encoder sees dogs, beaches, pizzas and mountains."""
    install(monkeypatch, tmp_path)
    opened = Session(places, actor="command")
    yield opened
    opened.close()


@pytest.fixture
def add(session, tmp_path):
    """Adds pictures: `add(dog=range(5), beach=range(3))`."""

    def make(**things: range) -> list[int]:
        folder = tmp_path / "photos"
        folder.mkdir(exist_ok=True)
        before = set(photo_table.load(session).ids.tolist())
        for thing, numbers in things.items():
            for number in numbers:
                draw(folder / f"{thing}{number:03}.png", thing, number)
        index_run.index(session, [str(folder)], job=Job())
        return sorted(set(photo_table.load(session).ids.tolist()) - before)

    return make


def things(session, photo_ids) -> set[str]:
    catalog = photo_table.load(session)
    return {catalog.names[catalog.row(photo)][:-7] for photo in photo_ids}


def named(session, name: str) -> int:
    return next(album.id for album in session.read(albums.list_all) if album.name == name)


def members(session, album: int) -> set[int]:
    return set(session.read(lambda store: albums.photos_of(store, album)))


def state(session) -> dict[str, tuple[int, set[int]]]:
    return {
        album.name: (album.id, members(session, album.id))
        for album in session.read(albums.list_all)
    }


def test_the_first_grouping_makes_named_albums(session, add) -> None:
    add(dog=range(12), beach=range(9), pizza=range(7), nothing=range(10))
    done = automatic_albums.group(session, Job())
    assert done.made >= 3
    found = {album.name: album for album in list_albums(session) if album.kind == "theme"}
    assert {"Dog", "Beach", "Pizza"} <= set(found)
    assert things(session, members(session, found["Dog"].id)) == {"dog"}
    reason = found["Dog"].why[0]
    assert (reason.kind, reason.text) == ("word", "Dog")
    assert reason.share - reason.of_rest > 0.6
    assert found["Dog"].cover is not None
    assert len(found["Dog"].photos) == 12


def test_events_are_named_by_place_and_date(session, add) -> None:
    ids = add(nothing=range(12))
    begin = datetime(2022, 5, 12, 9)  # noqa: DTZ001
    shots = {
        photo: Effective(
            Metadata(
                taken_at=(begin + timedelta(days=n // 4, hours=n % 4)).isoformat(),
                taken_source=Source.EXIF, latitude=LISBON[0], longitude=LISBON[1],
            )
        )
        for n, photo in enumerate(ids)
    }  # fmt: skip
    session.write(lambda store: photos.set_effective(store, shots))
    automatic_albums.group(session, Job())
    events = [album for album in list_albums(session) if album.kind == "event"]
    assert events[0].name == "Lisbon, 12-14 May 2022"
    assert events[0].parent is None
    assert events[0].photos == ()
    assert "photos, 12-14 May 2022" not in events[0].others  # every camera's folder is called so
    days = [event for event in events if event.parent == events[0].id]
    assert {day.name for day in days} == {f"Lisbon, {day} May 2022" for day in (12, 13, 14)}
    assert all(len(day.photos) == 4 for day in days)


@pytest.mark.parametrize("way", ["suggestion", "rebuild"])
def test_an_event_that_photos_join_says_its_new_dates(session, add, way: str) -> None:
    def travel(ids: list[int], first: int) -> None:
        begin = datetime(2022, 5, 12, 9)  # noqa: DTZ001
        shots = {
            photo: Effective(
                Metadata(
                    taken_at=(begin + timedelta(days=n // 4, hours=n % 4)).isoformat(),
                    taken_source=Source.EXIF, latitude=LISBON[0], longitude=LISBON[1],
                )
            )
            for n, photo in enumerate(ids, start=first)
        }  # fmt: skip
        session.write(lambda store: photos.set_effective(store, shots))

    travel(add(nothing=range(12)), 0)
    automatic_albums.group(session, Job())
    trip = named(session, "Lisbon, 12-14 May 2022")
    travel(add(nothing=range(12, 16)), 12)
    if way == "rebuild":
        automatic_albums.group(session, Job(), rebuild=True)
    else:
        automatic_albums.group(session, Job())
        row = next(row for row in automatic_albums.suggestions(session) if row.album_id == trip)
        automatic_albums.apply(session, row.id)
    found = {album.id: album for album in list_albums(session)}[trip]
    assert found.name == "Lisbon, 12-15 May 2022"
    assert reason_of_album(found.why[0]) == "16 photos of 12-15 May 2022"
    undo(session)
    before = {album.id: album for album in list_albums(session)}[trip]
    assert before.name == "Lisbon, 12-14 May 2022"
    assert reason_of_album(before.why[0]) == "12 photos of 12-14 May 2022"


def test_an_event_that_a_person_named_keeps_its_name_when_photos_join(session, add) -> None:
    ids = add(nothing=range(12))
    begin = datetime(2022, 5, 12, 9)  # noqa: DTZ001

    def dated(ids: list[int], first: int) -> None:
        shots = {
            photo: Effective(
                Metadata(
                    taken_at=(begin + timedelta(hours=n)).isoformat(), taken_source=Source.EXIF
                )
            )
            for n, photo in enumerate(ids, start=first)
        }
        session.write(lambda store: photos.set_effective(store, shots))

    dated(ids, 0)
    automatic_albums.group(session, Job())
    (event,) = [one for one in list_albums(session) if one.kind == "event" and one.parent is None]
    automatic_albums.rename(session, event.id, "Our day")
    dated(add(nothing=range(12, 16)), 6)
    automatic_albums.group(session, Job(), rebuild=True)
    found = {album.id: album for album in list_albums(session)}[event.id]
    assert found.name == "Our day"
    assert len(members(session, event.id)) == 16
    assert found.why[0].count == 16


def test_a_theme_that_photos_join_says_how_many_of_them_it_fits(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    dog = named(session, "Dog")
    before = {album.id: album for album in list_albums(session)}[dog].why
    add(dog=range(12, 15), pizza=range(6))
    automatic_albums.group(session, Job())
    (row,) = [row for row in automatic_albums.suggestions(session) if row.album_id == dog]
    assert row.described is not None
    assert [one.text for one in row.described.why] == [one.text for one in before]
    automatic_albums.apply(session, row.id)
    after = {album.id: album for album in list_albums(session)}[dog]
    assert (after.name, after.why) == ("Dog", row.described.why)


def test_only_many_photos_without_a_word_are_an_album(session, add, monkeypatch) -> None:
    add(dog=range(26), beach=range(9), nothing=range(8))
    monkeypatch.setattr(album_plan, "_ALIKE", 20)
    monkeypatch.setattr(
        album_plan, "name_groups", lambda photos, groups, bank, holders=None: [[] for _ in groups]
    )
    automatic_albums.group(session, Job())
    (only,) = [album for album in list_albums(session) if album.kind == "theme"]
    assert only.name == f"{only.size} photos that look alike"
    assert things(session, members(session, only.id)) == {"dog"}


def test_a_library_without_groups_is_grouped_again_only_when_something_changed(
    session, add, monkeypatch
) -> None:
    planned = []

    def plan(*args):
        planned.append(args)
        return plan_albums(*args)

    monkeypatch.setattr(automatic_albums, "plan_albums", plan)
    add(dog=range(1))
    for _ in range(2):
        assert automatic_albums.group(session, Job()).made == 0
    assert len(planned) == 1
    add(dog=range(1, 12))
    assert automatic_albums.group(session, Job()).made == 1
    assert len(planned) == 2


def test_screenshots_are_in_no_album(session, add) -> None:
    ids = add(dog=range(10))
    shots = {photo: Effective(Metadata(), kind=Kind.SCREENSHOT) for photo in ids[:4]}
    session.write(lambda store: photos.set_effective(store, shots))
    automatic_albums.group(session, Job())
    for album in list_albums(session):
        assert not members(session, album.id) & set(ids[:4])


def test_saved_searches_are_albums_too(session, add) -> None:
    add(dog=range(5), beach=range(4))
    saved_searches.save(session, "Fresh", "type:png")
    (fresh,) = [one for one in list_albums(session) if one.kind == "smart"]
    assert (fresh.name, fresh.size, fresh.parent) == ("Fresh", 9, None)
    assert fresh.why[0].text == "type:png"
    assert [card.query for card in load_shelves(session).cards] == ["type:png"]


@pytest.mark.parametrize("count", [0, 1])
def test_next_to_no_photos(session, add, count: int) -> None:
    add(dog=range(count))
    assert automatic_albums.group(session, Job()).made == 0
    assert list_albums(session) == []


def test_photos_that_arrive_are_suggested_applied_and_taken_back(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    dog = named(session, "Dog")
    before = members(session, dog)
    fresh = add(dog=range(12, 15), pizza=range(6))
    assert automatic_albums.group(session, Job()).waiting == 2
    assert members(session, dog) == before
    join, new = sorted(automatic_albums.suggestions(session), key=lambda row: row.album is not None)
    assert (join.album_id, set(join.joins)) == (dog, set(fresh[:3]))
    assert new.album is not None
    assert new.album.name == "Pizza"
    automatic_albums.apply(session, join.id)
    assert members(session, dog) == before | set(fresh[:3])
    automatic_albums.apply(session, new.id)
    assert things(session, members(session, named(session, "Pizza"))) == {"pizza"}
    assert automatic_albums.suggestions(session) == []
    undo(session)
    undo(session)
    assert members(session, dog) == before
    assert len(automatic_albums.suggestions(session)) == 2


def test_the_first_grouping_is_taken_back_whatever_waits(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    add(dog=range(12, 15))
    assert automatic_albums.group(session, Job()).waiting == 1
    undo(session)
    assert session.read(albums.list_all) == []
    assert automatic_albums.suggestions(session) == []


def test_what_was_dismissed_is_not_suggested_again(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    add(dog=range(12, 15), pizza=range(6))
    automatic_albums.group(session, Job())
    for row in automatic_albums.suggestions(session):
        automatic_albums.dismiss(session, row.id)
    assert automatic_albums.group(session, Job()).waiting == 0
    with pytest.raises(InputProblem):
        automatic_albums.dismiss(session, 999)


def test_a_merge_survives_a_new_grouping(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    dog, beach = named(session, "Dog"), named(session, "Beach")
    both = members(session, dog) | members(session, beach)
    automatic_albums.merge(session, beach, dog)
    assert members(session, dog) == both
    automatic_albums.group(session, Job(), rebuild=True)
    assert members(session, dog) == both
    assert "Beach" not in state(session)
    with pytest.raises(InputProblem):
        automatic_albums.merge(session, dog, dog)


def test_a_split_survives_a_new_grouping(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    dog = named(session, "Dog")
    some = sorted(members(session, dog))[:5]
    made, _ = automatic_albums.split(session, dog, some, "Our dog")
    rest = members(session, dog)
    automatic_albums.group(session, Job(), rebuild=True)
    assert members(session, made) == set(some)
    assert members(session, dog) == rest
    with pytest.raises(InputProblem):
        automatic_albums.split(session, dog, some, "our DOG")


def test_an_album_of_ones_own_is_left_alone(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    dog = named(session, "Dog")
    automatic_albums.keep(session, dog)
    kept_photos = members(session, dog)
    add(dog=range(12, 20))
    automatic_albums.group(session, Job(), rebuild=True)
    assert members(session, dog) == kept_photos
    assert [a.kind for a in session.read(albums.list_all) if a.name.startswith("Dog")] == ["manual"]


def test_a_removed_album_does_not_come_back_until_it_is_taken_back(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    dog = named(session, "Dog")
    session.write(lambda store: albums.delete(store, dog, actor="command"))
    automatic_albums.group(session, Job(), rebuild=True)
    assert "Dog" not in state(session)


def test_taking_out_of_an_album_takes_out_of_those_inside(session, add) -> None:
    ids = add(dog=range(6))
    with_inner, _ = session.write(lambda store: albums.create(store, "Outer", ids, actor="command"))
    inner, _ = session.write(lambda store: albums.create(store, "Inner", ids[:3], actor="command"))
    session.write(
        lambda store: store.execute(
            "UPDATE albums SET parent_id = ? WHERE id = ?", [with_inner, inner]
        )
    )
    automatic_albums.remove_photos(session, with_inner, ids[:2])
    assert members(session, inner) == {ids[2]}
    assert members(session, with_inner) == set(ids[2:])
    undo(session)
    assert members(session, inner) == set(ids[:3])


@pytest.mark.parametrize("seed", range(3))
def test_what_a_person_decided_survives_random_edits_and_regrouping(
    session, add, seed: int
) -> None:
    add(dog=range(10), beach=range(8), pizza=range(7), nothing=range(6))
    automatic_albums.group(session, Job())
    rng = random.Random(seed)
    names: dict[int, str] = {}
    inside: dict[int, set[int]] = {}
    outside: dict[int, set[int]] = {}
    for step in range(4):
        shown = [album for album in session.read(albums.list_all) if album.size > 3]
        album = rng.choice(shown).id
        held = sorted(members(session, album))
        act = rng.choice(("rename", "take out", "add", "split"))
        if act == "rename":
            names[album] = f"Name {step}"
            session.write(
                lambda s, a=album, n=names[album]: albums.rename(s, a, n, actor="command")
            )
        elif act == "take out":
            gone = set(rng.sample(held, 2))
            automatic_albums.remove_photos(session, album, sorted(gone))
            outside.setdefault(album, set()).update(gone)
            inside.get(album, set()).difference_update(gone)
        elif act == "add":
            every = photo_table.load(session).ids.tolist()
            fresh = rng.sample(every, 2)
            session.write(lambda s, a=album, f=fresh: albums.add(s, a, f, actor="command"))
            inside.setdefault(album, set()).update(fresh)
            outside.get(album, set()).difference_update(fresh)
        else:
            some = rng.sample(held, 2)
            made, _ = automatic_albums.split(session, album, some, f"Part {step}")
            inside[made], names[made] = set(some), f"Part {step}"
            outside.setdefault(album, set()).update(some)
            inside.get(album, set()).difference_update(some)
        if step % 2:
            add(dog=range(10 + 3 * step, 13 + 3 * step))
        automatic_albums.group(session, Job(), rebuild=True)
        now = {album.id: album.name for album in session.read(albums.list_all)}
        for known, name in names.items():
            assert now[known] == name
        for known, photo_ids in inside.items():
            assert photo_ids <= members(session, known)
        for known, photo_ids in outside.items():
            assert not photo_ids & members(session, known)
    assert session.read(kept.is_grouped)


def test_photos_without_a_vector_of_the_encoder_in_use_stay_where_they_are(session, add) -> None:
    add(dog=range(12), beach=range(9), nothing=range(8))
    automatic_albums.group(session, Job())
    before = state(session)
    session.write(lambda store: store.execute("DELETE FROM vectors WHERE content_id % 2"))
    automatic_albums.group(session, Job(), rebuild=True)
    for name, (album, photo_ids) in before.items():
        assert state(session)[name] == (album, photo_ids)


def test_undo_passes_over_what_nobody_asked_for(session, add) -> None:
    ids = add(dog=range(12), beach=range(12))
    decisions.rate(session, ids[:1], 4)
    assert automatic_albums.group(session, Job(), is_asked_for=False).made
    grouped, rated, *_ = undoing.entries(session)
    assert undoing.next_steps(session)[0] == rated.action
    assert undoing.undo(session).photos == frozenset(ids[:1])
    assert list_albums(session) != []
    undoing.undo(session, grouped.id)
    assert list_albums(session) == []
