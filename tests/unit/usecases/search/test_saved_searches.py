import pytest

from photosort.errors import InputProblem
from photosort.usecases import undoing
from photosort.usecases.albums import album_list, user_albums
from photosort.usecases.search import recent_searches, saved_searches


def one(session):
    (found,) = saved_searches.list_all(session)
    return found


def test_a_saved_search_fills_as_photos_arrive(session, add, named):
    add("red", "a.jpg")
    add("blue", "b.jpg")
    saved_searches.save(session, "Red things", "red")
    assert named(saved_searches.evaluate(session, one(session)).photo_ids) == ["a.jpg"]
    add("red", "c.jpg", "d.jpg")
    (album,) = saved_searches.smart_albums(session)
    assert sorted(named(album.photo_ids)) == ["a.jpg", "c.jpg", "d.jpg"]


def test_the_cut_off_is_kept_as_a_probability(session, add, named):
    add("red", "a.jpg")
    add("grey", "b.jpg")
    saved_searches.save(session, "Surely red", "red", cutoff=0.9)
    saved_searches.save(session, "Perhaps red", "red", cutoff=0.001)
    perhaps, surely = saved_searches.smart_albums(session)
    assert (perhaps.search.cutoff, surely.search.cutoff) == (0.001, 0.9)
    assert named(perhaps.photo_ids) == ["a.jpg", "b.jpg"]
    assert named(surely.photo_ids) == ["a.jpg"]


def test_no_album_shares_its_id_with_a_saved_search(session, add):
    add("red", "a.jpg")
    saved_searches.save(session, "Red things", "red")
    user_albums.create(session, "Holidays")
    ids = {entry.name: entry.id for entry in album_list.list_albums(session)}
    assert ids == {"Holidays": 1, "Red things": -1}


def test_filters_only(session, add, named):
    add("red", "a.jpg")
    add("blue", "b.jpg")
    saved_searches.save(session, "Every JPEG", "type:jpeg")
    assert len(saved_searches.evaluate(session, one(session)).photo_ids) == 2


def test_saving_renaming_and_deleting_are_taken_back(session):
    saved_id, change = saved_searches.save(session, "Dogs", "dog")
    assert change.history_id is not None
    saved_searches.save(session, "Dogs", "dog -cat")
    assert one(session).query == "dog -cat"
    undoing.undo(session)
    assert one(session).query == "dog"
    saved_searches.rename(session, saved_id, "Hounds")
    undoing.undo(session)
    assert one(session).name == "Dogs"
    saved_searches.delete(session, saved_id)
    assert saved_searches.list_all(session) == []
    undoing.undo(session)
    assert one(session).name == "Dogs"


@pytest.mark.parametrize("query", ["", "  ", "tga:dog", 'dog "on'])
def test_what_cannot_be_searched_is_not_saved(session, query):
    with pytest.raises(InputProblem):
        saved_searches.save(session, "Something", query)
    assert saved_searches.list_all(session) == []


def test_a_saved_search_that_cannot_be_answered_says_why(session, add, tmp_path):
    add("red", "a.jpg")
    saved_searches.save(session, "Like one that is gone", f'like:"{tmp_path / "gone.txt"}"')
    album = saved_searches.evaluate(session, one(session))
    assert len(album.photo_ids) == 0
    assert "gone.txt" in album.problem


def test_recent_searches_come_newest_first_once_each_and_can_be_cleared(session):
    for text in ("dog", "beach", " Dog ", "", "x" * 2_000):
        recent_searches.remember(session, text)
    assert recent_searches.list_all(session) == ["Dog", "beach"]
    recent_searches.clear(session)
    assert recent_searches.list_all(session) == []


def test_a_search_is_nowhere_in_the_log(session, add, caplog):
    add("red", "a.jpg")
    with caplog.at_level("INFO"):
        recent_searches.remember(session, "something private")
        saved_searches.save(session, "Private", "something private")
        saved_searches.smart_albums(session)
    assert "private" not in caplog.text.lower()
