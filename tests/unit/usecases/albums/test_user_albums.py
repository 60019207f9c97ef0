import pytest

from photosort.errors import InputProblem
from photosort.usecases import undoing
from photosort.usecases.albums import user_albums
from photosort.usecases.photos import photo_table


@pytest.fixture
def ids(session, add):
    add("red", "a.jpg", "b.jpg", "c.jpg")
    return photo_table.load(session).ids.tolist()


def sizes(session):
    return {one.name: one.size for one in user_albums.list_all(session)}


def test_an_album_is_made_filled_emptied_renamed_and_deleted_each_one_step_back(session, ids):
    user_albums.create(session, "Lisbon", ids[:1])
    user_albums.add(session, "lisbon", ids)
    assert sizes(session) == {"Lisbon": 3}
    user_albums.remove_photos(session, "Lisbon", ids[1:])
    assert sizes(session) == {"Lisbon": 1}
    user_albums.rename(session, "Lisbon", "Porto")
    user_albums.delete(session, "Porto")
    assert sizes(session) == {}
    seen = []
    for _ in range(5):
        undoing.undo(session)
        seen.append(sizes(session))
    assert seen == [{"Porto": 1}, {"Lisbon": 1}, {"Lisbon": 3}, {"Lisbon": 1}, {}]


@pytest.mark.parametrize("name", ["", "  ", "lisbon", " LISBON "])
def test_an_album_needs_a_name_of_its_own(session, name):
    user_albums.create(session, "Lisbon")
    user_albums.create(session, "Porto")
    with pytest.raises(InputProblem):
        user_albums.create(session, name)
    with pytest.raises(InputProblem):
        user_albums.rename(session, "Porto", name)
    assert sizes(session) == {"Lisbon": 0, "Porto": 0}


def test_an_album_may_change_the_case_of_its_name(session):
    user_albums.create(session, "lisbon")
    user_albums.rename(session, "lisbon", "Lisbon")
    assert sizes(session) == {"Lisbon": 0}


def test_an_album_that_is_gone_says_so(session, ids):
    with pytest.raises(InputProblem, match="no album 'Lisbon'"):
        user_albums.add(session, "Lisbon", ids)
