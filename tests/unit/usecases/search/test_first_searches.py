from photosort.progress import Job
from photosort.usecases.photos import photo_table
from photosort.usecases.search import first_searches

WANTED = ("something red", "red", "green", "blue", "an octopus")


def test_searches_find_different_photos_and_not_half_of_them(session, add):
    add("red", *(f"r{n}.jpg" for n in range(4)))
    add("green", *(f"g{n}.jpg" for n in range(4)))
    add("blue", *(f"x{n}.jpg" for n in range(12)))
    catalog = photo_table.load(session)
    found = first_searches.suggest_searches(session, catalog, WANTED, job=Job())
    assert {one.query.split()[-1] for one in found} == {"red", "green"}
    assert [one.matches for one in found] == [4, 4], "each photo is found by one of them"


def test_once_is_enough(session):
    assert first_searches.is_due(session)
    first_searches.done(session)
    assert not first_searches.is_due(session)
