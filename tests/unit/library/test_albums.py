import pytest

from photosort.errors import InputProblem
from photosort.library import albums, browsing, undoing


@pytest.fixture
def ids(session, add):
    add("red", "a.jpg", "b.jpg", "c.jpg")
    return browsing.load(session).ids.tolist()


def sizes(session):
    return {one.name: one.size for one in albums.every(session)}


def test_an_album_is_made_filled_emptied_renamed_and_deleted_each_one_step_back(session, ids):
    albums.create(session, "Lisbon", ids[:1])
    albums.add(session, "lisbon", ids)
    assert sizes(session) == {"Lisbon": 3}
    albums.take_out(session, "Lisbon", ids[1:])
    assert sizes(session) == {"Lisbon": 1}
    albums.rename(session, "Lisbon", "Porto")
    albums.delete(session, "Porto")
    assert sizes(session) == {}
    seen = []
    for _ in range(5):
        undoing.undo(session)
        seen.append(sizes(session))
    assert seen == [{"Porto": 1}, {"Lisbon": 1}, {"Lisbon": 3}, {"Lisbon": 1}, {}]


@pytest.mark.parametrize("name", ["", "  ", "lisbon", " LISBON "])
def test_an_album_needs_a_name_of_its_own(session, name):
    albums.create(session, "Lisbon")
    albums.create(session, "Porto")
    with pytest.raises(InputProblem):
        albums.create(session, name)
    with pytest.raises(InputProblem):
        albums.rename(session, "Porto", name)
    assert sizes(session) == {"Lisbon": 0, "Porto": 0}


def test_an_album_may_change_the_case_of_its_name(session):
    albums.create(session, "lisbon")
    albums.rename(session, "lisbon", "Lisbon")
    assert sizes(session) == {"Lisbon": 0}


def test_an_album_that_is_gone_says_so(session, ids):
    with pytest.raises(InputProblem, match="no album 'Lisbon'"):
        albums.add(session, "Lisbon", ids)
