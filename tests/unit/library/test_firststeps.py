from photosort.library import browsing, firststeps
from photosort.progress import Job

WANTED = ("something red", "red", "green", "blue", "an octopus")


def test_searches_find_different_photos_and_not_half_of_them(session, add):
    add("red", *(f"r{n}.jpg" for n in range(4)))
    add("green", *(f"g{n}.jpg" for n in range(4)))
    add("blue", *(f"x{n}.jpg" for n in range(12)))
    catalog = browsing.load(session)
    found = firststeps.searches(session, catalog, WANTED, job=Job())
    assert {one.query.split()[-1] for one in found} == {"red", "green"}
    assert [one.matches for one in found] == [4, 4], "each photo is found by one of them"


def test_once_is_enough(session):
    assert firststeps.is_due(session)
    firststeps.done(session)
    assert not firststeps.is_due(session)
