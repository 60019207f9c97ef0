import pytest

from photosort.errors import InputProblem
from photosort.library import album_list, albums, recent, saving, undoing


def one(session):
    (found,) = saving.every(session)
    return found


def test_a_saved_search_fills_as_photos_arrive(session, add, named):
    add("red", "a.jpg")
    add("blue", "b.jpg")
    saving.save(session, "Red things", "red")
    assert named(saving.evaluate(session, one(session)).photo_ids) == ["a.jpg"]
    add("red", "c.jpg", "d.jpg")
    (album,) = saving.smart_albums(session)
    assert sorted(named(album.photo_ids)) == ["a.jpg", "c.jpg", "d.jpg"]


def test_the_cut_off_is_kept_as_a_probability(session, add, named):
    add("red", "a.jpg")
    add("grey", "b.jpg")
    saving.save(session, "Surely red", "red", cutoff=0.9)
    saving.save(session, "Perhaps red", "red", cutoff=0.001)
    perhaps, surely = saving.smart_albums(session)
    assert (perhaps.search.cutoff, surely.search.cutoff) == (0.001, 0.9)
    assert named(perhaps.photo_ids) == ["a.jpg", "b.jpg"]
    assert named(surely.photo_ids) == ["a.jpg"]


def test_no_album_shares_its_id_with_a_saved_search(session, add):
    add("red", "a.jpg")
    saving.save(session, "Red things", "red")
    albums.create(session, "Holidays")
    ids = {entry.name: entry.id for entry in album_list.list_albums(session)}
    assert ids == {"Holidays": 1, "Red things": -1}


def test_filters_only(session, add, named):
    add("red", "a.jpg")
    add("blue", "b.jpg")
    saving.save(session, "Every JPEG", "type:jpeg")
    assert len(saving.evaluate(session, one(session)).photo_ids) == 2


def test_saving_renaming_and_deleting_are_taken_back(session):
    saved_id, change = saving.save(session, "Dogs", "dog")
    assert change.history_id is not None
    saving.save(session, "Dogs", "dog -cat")
    assert one(session).query == "dog -cat"
    undoing.undo(session)
    assert one(session).query == "dog"
    saving.rename(session, saved_id, "Hounds")
    undoing.undo(session)
    assert one(session).name == "Dogs"
    saving.delete(session, saved_id)
    assert saving.every(session) == []
    undoing.undo(session)
    assert one(session).name == "Dogs"


@pytest.mark.parametrize("query", ["", "  ", "tga:dog", 'dog "on'])
def test_what_cannot_be_searched_is_not_saved(session, query):
    with pytest.raises(InputProblem):
        saving.save(session, "Something", query)
    assert saving.every(session) == []


def test_a_saved_search_that_cannot_be_answered_says_why(session, add, tmp_path):
    add("red", "a.jpg")
    saving.save(session, "Like one that is gone", f'like:"{tmp_path / "gone.txt"}"')
    album = saving.evaluate(session, one(session))
    assert len(album.photo_ids) == 0
    assert "gone.txt" in album.problem


def test_recent_searches_come_newest_first_once_each_and_can_be_cleared(session):
    for text in ("dog", "beach", " Dog ", "", "x" * 2_000):
        recent.remember(session, text)
    assert recent.every(session) == ["Dog", "beach"]
    recent.clear(session)
    assert recent.every(session) == []


def test_a_search_is_nowhere_in_the_log(session, add, caplog):
    add("red", "a.jpg")
    with caplog.at_level("INFO"):
        recent.remember(session, "something private")
        saving.save(session, "Private", "something private")
        saving.smart_albums(session)
    assert "private" not in caplog.text.lower()
