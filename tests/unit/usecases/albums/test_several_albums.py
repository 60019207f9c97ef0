import pytest

from photosort.errors import InputProblem
from photosort.usecases import undoing
from photosort.usecases.albums import several_albums, user_albums
from photosort.usecases.photos import photo_table


@pytest.fixture
def made(session, add):
    """Ids of the albums "Lisbon" (a, b, c), "Porto" (c, d) and "Faro" (none)."""
    add("red", "a.jpg", "b.jpg", "c.jpg", "d.jpg")
    photos = photo_table.load(session).ids.tolist()
    held = {"Lisbon": photos[:3], "Porto": photos[2:], "Faro": []}
    return {name: user_albums.create(session, name, of)[0] for name, of in held.items()}


def sizes(session):
    return {one.name: one.size for one in user_albums.list_all(session)}


@pytest.mark.parametrize("name", ["Portugal", "Porto", "lisbon"])
def test_several_become_the_largest_in_one_step(session, made, name):
    change = several_albums.merge(session, [made["Porto"], made["Lisbon"]], name)
    assert change.action == f"Merged 2 albums into '{name}'"
    assert sizes(session) == {name: 4, "Faro": 0}
    undoing.undo(session)
    assert sizes(session) == {"Lisbon": 3, "Porto": 2, "Faro": 0}


def test_what_cannot_be_merged_changes_nothing(session, made):
    for ids, name in (
        ([made["Porto"]], "Portugal"),
        ([made["Porto"], made["Porto"]], "Portugal"),
        ([made["Porto"], 999], "Portugal"),
        ([made["Porto"], made["Lisbon"]], "Faro"),
        ([made["Porto"], made["Lisbon"]], " "),
    ):
        with pytest.raises(InputProblem):
            several_albums.merge(session, ids, name)
    assert sizes(session) == {"Lisbon": 3, "Porto": 2, "Faro": 0}


def test_several_are_deleted_in_one_step(session, made):
    assert several_albums.delete(session, [made["Faro"]]).action == "Deleted the album 'Faro'"
    change = several_albums.delete(session, [made["Porto"], made["Lisbon"]])
    assert change.action == "Deleted 2 albums"
    assert sizes(session) == {}
    undoing.undo(session)
    assert sizes(session) == {"Lisbon": 3, "Porto": 2}


def test_a_pinned_album_has_the_name_that_was_shown_where_it_is_free(session, made):
    several_albums.unpin(session, list(made.values()))
    assert not any(one.name_pinned for one in user_albums.list_all(session))
    names = {made["Lisbon"]: "Lissabon", made["Porto"]: "Faro"}
    assert several_albums.pin(session, names).action == "Pinned 2 albums to the sidebar"
    pinned = {one.name: one.name_pinned for one in user_albums.list_all(session)}
    assert pinned == {"Lissabon": True, "Porto": True, "Faro": False}
    undoing.undo(session)
    assert sizes(session).keys() == made.keys()
