from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from photosort.albums.album_matching import match_albums
from photosort.domain.albums import HeldAlbum, PlannedAlbum, Regrouping


def held(
    album: int, machine=(), *, pinned=(), excluded=(), parent=None, named=False, hidden=False
) -> HeldAlbum:  # type: ignore[no-untyped-def]
    return HeldAlbum(
        album, "theme", parent, f"album {album}", named, hidden,
        frozenset(machine), frozenset(pinned), frozenset(excluded),
    )  # fmt: skip


def planned(*groups, parents=()) -> list[PlannedAlbum]:  # type: ignore[no-untyped-def]
    above = [*parents, *[None] * len(groups)]
    return [PlannedAlbum("theme", tuple(group), above[place]) for place, group in enumerate(groups)]


def test_the_first_grouping_makes_everything() -> None:
    found = match_albums(planned(range(5), range(5, 10)), [])
    assert found.new == (0, 1)
    assert found.photos == (tuple(range(5)), tuple(range(5, 10)))


def test_the_same_grouping_changes_nothing() -> None:
    found = match_albums(
        planned(range(5), range(5, 10)), [held(1, range(5)), held(2, range(5, 10))]
    )
    assert found == Regrouping((), (), (), (), (), {1: 0, 2: 1})


def test_new_photos_join_and_strangers_leave() -> None:
    (change,) = match_albums(planned([1, 2, 3, 4, 9]), [held(7, [1, 2, 3, 4, 5])]).changes
    assert (change.album, change.joins, change.leaves) == (7, (9,), (5,))


def test_photos_taken_out_do_not_come_back_and_photos_put_in_stay() -> None:
    album = held(7, [1, 2, 3], pinned=[8], excluded=[4])
    assert match_albums(planned([1, 2, 3, 4]), [album]).changes == ()


def test_a_removed_album_does_not_come_back_nor_what_was_in_it() -> None:
    found = match_albums(
        planned(range(10), range(5), parents=[None, 0]), [held(1, range(10), hidden=True)]
    )
    assert found.new == ()


def test_a_merged_album_does_not_come_back() -> None:
    merged = held(1, range(5), pinned=range(5, 10))
    found = match_albums(
        planned(range(5), range(5, 10)), [merged, held(2, range(5, 10), hidden=True)]
    )
    assert (found.new, found.changes, found.gone) == ((), (), ())


def test_a_split_album_stays_split() -> None:
    first = held(1, range(6), excluded=range(6, 10))
    second = held(2, pinned=range(6, 10))
    found = match_albums(planned(range(12)), [first, second])
    assert found.new == ()
    (change,) = found.changes
    assert (change.album, change.joins) == (1, (10, 11))


def test_new_groups_are_found_around_what_a_person_made() -> None:
    found = match_albums(planned(range(20)), [held(1, pinned=range(4))])
    assert found.photos == (tuple(range(4, 20)),)


def test_only_untouched_albums_go() -> None:
    albums = [held(1, range(5)), held(2, range(5, 10), named=True), held(3, [10, 11], pinned=[12])]
    assert match_albums([], albums).gone == (1,)


def test_photos_that_were_not_looked_at_stay() -> None:
    albums = [held(1, range(6)), held(2, range(20, 25))]
    found = match_albums(planned(range(4)), albums, {"theme": {0, 1, 2, 3, 4}})
    assert [(one.album, one.leaves) for one in found.changes] == [(1, (4,))]
    assert found.gone == ()


def test_nothing_is_made_beside_an_album_of_ones_own_that_is_the_same() -> None:
    found = match_albums(planned(range(10), range(20, 30)), [], own=[set(range(9)), {20, 21}])
    assert found.new == (1,)


ids = st.integers(0, 30)
photo_sets = st.frozensets(ids, max_size=12)


@st.composite
def libraries(draw: st.DrawFn) -> list[HeldAlbum]:
    albums = []
    for number in range(draw(st.integers(0, 6))):
        pinned, excluded, machine = draw(photo_sets), draw(photo_sets), draw(photo_sets)
        parent = draw(st.sampled_from([None, *[album.id for album in albums]]))
        albums.append(
            held(
                number + 1, machine - pinned - excluded, pinned=pinned - excluded, excluded=excluded,
                parent=parent, named=draw(st.booleans()), hidden=draw(st.booleans()),
            )
        )  # fmt: skip
    return albums


@settings(max_examples=150, deadline=None)
@given(libraries(), st.lists(photo_sets.filter(bool), max_size=6))
def test_nothing_that_a_person_decided_moves(
    albums: list[HeldAlbum], groups: list[frozenset[int]]
) -> None:
    found = match_albums(planned(*map(sorted, groups)), albums)
    by_id = {album.id: album for album in albums}
    for change in found.changes:
        album = by_id[change.album]
        assert not album.is_hidden
        assert not set(change.leaves) & album.pinned
        assert not set(change.joins) & album.excluded
    for album in found.gone:
        assert not by_id[album].is_touched
    everywhere = set().union(*(album.pinned for album in albums if not album.is_hidden), set())
    for photos in found.photos:
        assert not set(photos) & everywhere
